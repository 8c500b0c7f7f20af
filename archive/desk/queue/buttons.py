"""The queue's buttons for one translation: in its row of the list, and above its text."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from archive.desk.models import Translation
from archive.desk.policies import policy

# Whose it was when the page was made: so nobody takes unawares what another has just taken.
SEEN = "seen"


# The largest number of a database's id column has 19 digits.
ID_DIGITS = 18


def is_id(text: str) -> bool:
    """Whether what an address says can be the id of a row."""
    return text.isdecimal() and len(text) <= ID_DIGITS


def queue_buttons(translation: Translation, user: Any, next_url: str) -> list[Button]:
    """Take or release, assign, urgency, due date; none for those who may not."""
    if not policy.user_has_permission_for_instance(user, "change", translation):
        return []
    pages = [
        ("assign", _("Assign to…"), "user", 42),
        ("urgency", _("Priority…"), "warning", 43),
        ("due-date", _("Due date…"), "calendar", 44),
    ]
    return [
        *_at_once(translation, user, next_url),
        *(
            Button(label, _bulk_url(action, translation, next_url), icon_name=icon, priority=rank)
            for action, label, icon, rank in pages
        ),
    ]


def _at_once(translation: Translation, user: Any, next_url: str) -> list[Button]:
    """What needs no page of its own: a press, and it is done."""
    verbs = []
    if translation.assignee_id != user.pk:
        verbs.append(("take", _("Claim"), "user", 40))
    if translation.assignee_id:
        verbs.append(("release", _("Unassign"), "resubmit", 41))
    return [
        Button(
            label,
            icon_name=icon,
            priority=rank,
            attrs={
                "data-controller": "w-action",
                "data-action": "w-action#post",
                "data-w-action-url-value": _url(verb, translation),
                "data-w-action-next-value": next_url,
            },
        )
        for verb, label, icon, rank in verbs
    ]


def _url(verb: str, translation: Translation) -> str:
    url = reverse(f"archive_translation:{verb}", args=[translation.pk])
    return f"{url}?{SEEN}={translation.assignee_id or ''}"


def _bulk_url(action: str, translation: Translation, next_url: str) -> str:
    url = reverse("wagtail_bulk_action", args=["archive", "translation", action])
    return f"{url}?{urlencode({'id': translation.pk, 'next': next_url})}"


class QueueButtonsMixin:
    """For the translation's own screen: the queue's buttons in the header's menu."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        view: Any = self
        own = super().header_more_buttons  # type: ignore[misc]
        url = view.object.get_edit_url()
        return [*own, *queue_buttons(view.object, view.request.user, url)]
