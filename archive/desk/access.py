"""A translation for the desk's own views, and what may be in the way of changing it."""

from html import unescape

from django.http import HttpRequest
from django.utils.html import strip_tags

from archive.desk.models import Translation


def translation_for(pk: int) -> Translation | None:
    """The translation's row with its story, if it is there."""
    translations = Translation.objects.select_related("article", "latest_revision")
    return translations.filter(pk=pk).first()


def lock_against(request: HttpRequest, translation: Translation) -> str:
    """Why this user can't change it now; "" if nothing is in the way."""
    lock = translation.get_lock()
    if lock is None or not lock.for_user(request.user):
        return ""
    return as_plain_text(lock.get_message(request.user))


def as_plain_text(message: object) -> str:
    """Wagtail's messages of locks are pieces of HTML; "" for none."""
    return unescape(strip_tags(str(message or "")))
