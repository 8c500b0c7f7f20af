"""Drafts that wait for somebody's approval, and who has them."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.locks import WorkflowLock
from wagtail.models import GroupApprovalTask, TaskState, WorkflowState

from archive.text.punctuation import joined

# So many reviewers are named.
MOST_NAMED = 5


def reviews_address() -> str:
    """Where Wagtail lists what awaits one's review: a panel of the dashboard, by its id."""
    return f"{reverse('wagtailadmin_home')}#awaiting-review-section"


class ReviewLock(WorkflowLock):
    """Wagtail's lock of what awaits review; it says whose turn it is."""

    def get_message(self, user: Any) -> SafeString | None:
        message = super().get_message(user)
        return format_html("{} {}", message, whose_turn(self.task)) if message else None


class ReviewedMixin:
    """For a model with drafts and workflows, before Wagtail's mixins."""

    def get_lock(self) -> Any:
        lock = super().get_lock()  # type: ignore[misc]
        return ReviewLock(lock.object, lock.task) if type(lock) is WorkflowLock else lock

    @property
    def sent_back(self) -> TaskState | None:
        """The step in which a reviewer sent it back, until it is handed in again."""
        state = self.current_workflow_state  # type: ignore[attr-defined]
        is_returned = state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        return state.current_task_state if is_returned else None


def ask_once(page: Any) -> None:
    """Find the state of a page's review of a form that is only shown; Wagtail asks twenty times.

    It keeps the states in the same way for its lists (`prefetch_workflow_states`).
    """
    states = page.workflow_states.active().select_related("current_task_state__task")
    page._current_workflow_states = list(states) if page.pk else []


class ToldDecisionMixin(ABC):
    """For Wagtail's view of a decision in its list of what awaits review, which tells nothing."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        is_done = self.task_state.status != TaskState.STATUS_IN_PROGRESS  # type: ignore[attr-defined]
        if is_done and (text := self.decision_message()):
            messages.success(request, text)
        return answer

    @abstractmethod
    def decision_message(self) -> str:
        """What was done; "" for an action of a site's own."""


def with_steps(rows: QuerySet, content_type: ContentType) -> QuerySet:
    """With `step_id`, the key of `sent_back`: it costs a list no query.

    `content_type` is the one by which Wagtail's tables name such rows.
    """
    returned = WorkflowState.objects.filter(
        base_content_type=content_type,
        object_id=Cast(OuterRef("pk"), CharField()),
        status=WorkflowState.STATUS_NEEDS_CHANGES,
    )
    return rows.annotate(step_id=Subquery(returned.values("current_task_state")[:1]))


def steps_of(rows: Iterable[Any]) -> dict[int, TaskState]:
    """The steps in which reviewers sent rows `with_steps` back, by their keys."""
    keys = [row.step_id for row in rows if row.step_id]
    found: dict[int, TaskState] = TaskState.objects.select_related("finished_by").in_bulk(keys)
    return found


def waiting_count(user: Any, content_type: ContentType) -> int:
    """How many rows of a kind wait for this user's approval."""
    waiting = TaskState.objects.reviewable_by(user)
    return int(waiting.filter(workflow_state__base_content_type=content_type).count())


def reviewers_of(task: GroupApprovalTask) -> QuerySet:
    """The people who may approve it, administrators aside."""
    users = get_user_model().objects.filter(groups__in=task.groups.all(), is_active=True)
    return users.distinct().order_by("pk")


def whose_turn(task: Any) -> str:
    """ "It waits for review by Lin Jing and Evelyn Hart."; "" for a task of the site's own kind."""
    step = task.specific
    if not isinstance(step, GroupApprovalTask):
        return ""
    names = [get_user_display_name(user) for user in reviewers_of(step)]
    if not names:
        return _("Nobody is in the groups that review it: ask an administrator.")
    shown, more = names[:MOST_NAMED], len(names) - MOST_NAMED
    people = joined(shown)
    if more > 0:
        text = _("It waits for review by %(people)s and %(more)s more.")
        return text % {"people": people, "more": more}
    return _("It waits for review by %(people)s.") % {"people": people}
