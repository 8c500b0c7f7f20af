"""The mails of a translation's review, in place of Wagtail's.

Wagtail's own lead to no preview of a snippet, and are English in a Chinese interface. Whom they go
to, and who has switched them off, stays Wagtail's. A site overrides `archive/mail/review.txt`.
All mails of reviews, a page's too, are sent after the commit.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import ModelSignal
from django.dispatch import Signal
from django.urls import reverse
from wagtail import signals
from wagtail.admin import mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import GroupApprovalTask, TaskState, WorkflowState

from archive.desk.models import Translation
from archive.desk.policies import name_of
from archive.desk.reviews import review_of

TEMPLATES = {
    "subject": "archive/mail/review_subject.txt",
    "text": "archive/mail/review.txt",
    "html": "archive/mail/review.html",
}


def _state_of(step: TaskState | WorkflowState) -> WorkflowState:
    return step.workflow_state if isinstance(step, TaskState) else step


class ReviewMailMixin:
    """Of a translation, the archive's words; of anything else, what Wagtail's notifier does."""

    notification: str

    def get_template_set(self, instance: Any, **kwargs: Any) -> dict[str, str]:
        if isinstance(_state_of(instance).content_object, Translation):
            return TEMPLATES
        found: dict[str, str] = super().get_template_set(instance, **kwargs)  # type: ignore[misc]
        return found

    def get_context(self, instance: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(instance, **kwargs)  # type: ignore[misc]
        state = _state_of(instance)
        translation = state.content_object
        if not isinstance(translation, Translation):
            return context
        # As a step begins, its workflow doesn't know of it yet.
        step = instance if isinstance(instance, TaskState) else state.current_task_state
        return {**context, **_told(translation, state, step, self.notification)}

    def send_notifications(self, *args: Any, **kwargs: Any) -> bool:
        """Nobody waits for a mail server at a locked form, or hears of what is rolled back."""
        send = super().send_notifications  # type: ignore[misc]
        transaction.on_commit(partial(send, *args, **kwargs), robust=True)
        return True


def _told(
    translation: Translation, state: WorkflowState, step: TaskState | None, kind: str
) -> dict[str, Any]:
    base = get_admin_base_url() or ""
    preview = translation.snippet_viewset.get_url_name("workflow_preview")
    review = review_of(translation) if kind == "rejected" else None
    return {
        "kind": kind,
        "translation": translation,
        "requested_by": name_of(state.requested_by),
        "reviewer": name_of(step.finished_by) if step else "",
        "comment": step.comment if step else "",
        "changes": review.count_changes(translation) if review else 0,
        "edit_url": base + translation.get_edit_url(),
        "preview_url": base + reverse(preview, args=[translation.pk, step.task_id])
        if step and kind == "submitted"
        else "",
        "account_url": base + reverse("wagtailadmin_account"),
    }


class StepMail(ReviewMailMixin, mail.GroupApprovalTaskStateSubmissionEmailNotifier):
    """To the group that reviews it."""


class SubmissionMail(ReviewMailMixin, mail.WorkflowStateSubmissionEmailNotifier):
    """To administrators, unless they get the mail to a translation's reviewers."""

    def get_recipient_users(self, workflow_state: WorkflowState, **kwargs: Any) -> Any:
        step = workflow_state.current_task_state
        is_told = step and isinstance(step.task.specific, GroupApprovalTask)
        if is_told and isinstance(workflow_state.content_object, Translation):
            return set()
        return super().get_recipient_users(workflow_state, **kwargs)


class ApprovalMail(ReviewMailMixin, mail.WorkflowStateApprovalEmailNotifier):
    """To who handed it in."""


class RejectionMail(ReviewMailMixin, mail.WorkflowStateRejectionEmailNotifier):
    """To who handed it in, and to whose it is to do."""

    def get_recipient_users(self, workflow_state: WorkflowState, **kwargs: Any) -> Any:
        found = set(super().get_recipient_users(workflow_state, **kwargs))
        translation = workflow_state.content_object
        if isinstance(translation, Translation) and translation.assignee:
            found |= {translation.assignee} - {kwargs.get("user")}
        return found


# The receivers must live as long as the process: signals hold them weakly.
_RECEIVERS: tuple[tuple[Signal | ModelSignal, type, str, Any], ...] = (
    (signals.task_submitted, TaskState, "group_approval_task_submitted", StepMail()),
    (signals.workflow_submitted, WorkflowState, "workflow_state_submitted", SubmissionMail()),
    (signals.workflow_rejected, WorkflowState, "workflow_state_rejected", RejectionMail()),
    (signals.workflow_approved, WorkflowState, "workflow_state_approved", ApprovalMail()),
)


def replace_notifiers() -> None:
    """Take the places of Wagtail's notifiers, by the names under which it connects them."""
    for signal, sender, name, receiver in _RECEIVERS:
        uid = f"{name}_email_notification"
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(receiver, sender=sender, dispatch_uid=uid)
