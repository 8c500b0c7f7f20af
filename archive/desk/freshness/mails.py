"""Tells the translator that a correction of the source waits to be translated."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.users.models import UserProfile

from archive.desk.models import Translation

TEMPLATE = "archive/admin/mail/correction"


def ask_for_correction(translation: Translation) -> None:
    """Write to whoever has the translation in hand."""
    person = _in_charge(translation)
    if person is None or not person.is_active or not person.email:
        return
    context = {"translation": translation, "base_url": get_admin_base_url() or ""}
    with override(UserProfile.get_for_user(person).get_preferred_language()):
        subject = render_to_string(f"{TEMPLATE}_subject.txt", context)
        text = render_to_string(f"{TEMPLATE}.txt", context)
    # A subject is one line.
    send_mail(" ".join(subject.split()), text, [person.email])


def _in_charge(translation: Translation) -> Any | None:
    """The assignee, or else who translated last."""
    if translation.assignee is not None:
        return translation.assignee
    by_people = translation.segments.exclude(translated_by=None).order_by("-translated_at")
    last = by_people.first()
    return last.translated_by if last else None
