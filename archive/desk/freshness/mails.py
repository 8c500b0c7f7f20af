"""Tells the translator that a correction of the source waits to be translated."""

import logging
from functools import partial
from smtplib import SMTPException
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.users.models import UserProfile

from archive.desk.models import Translation

logger = logging.getLogger(__name__)

TEMPLATE = "archive/admin/mail/correction"


def ask_for_correction(translation: Translation) -> None:
    """Write to whoever has the translation in hand, once the story's publication is stored."""
    person = _in_charge(translation)
    if person is not None and person.is_active and person.email:
        transaction.on_commit(partial(_send, translation, person))


def _in_charge(translation: Translation) -> Any | None:
    """The assignee, or else who translated last."""
    if translation.assignee is not None:
        return translation.assignee
    by_people = translation.segments.exclude(translated_by=None).order_by("-translated_at")
    last = by_people.first()
    return last.translated_by if last else None


def _send(translation: Translation, person: Any) -> None:
    context = {"translation": translation, "base_url": get_admin_base_url() or ""}
    with override(UserProfile.get_for_user(person).get_preferred_language()):
        subject = render_to_string(f"{TEMPLATE}_subject.txt", context)
        text = render_to_string(f"{TEMPLATE}.txt", context)
    try:
        # A subject is one line.
        send_mail(" ".join(subject.split()), text, [person.email])
    except (SMTPException, OSError):
        # The story is published all the same, and the queue shows what is urgent.
        logger.exception("No mail about the correction of %s", translation.article)
