"""Who may open a translation's segments: asked by the desk's own views."""

from html import unescape
from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags

from archive.desk.models import Translation
from archive.desk.policies import languages_of, policy


def translation_for(pk: int) -> Translation | None:
    """The translation's row with its story, if it is there."""
    translations = Translation.objects.select_related("article", "latest_revision")
    return translations.filter(pk=pk).first()


def may_edit(user: Any, translation: Translation | None) -> bool:
    """Whoever may change it, or has to review it now."""
    if translation is None:
        return False
    if policy.user_has_permission_for_instance(user, "change", translation):
        return True
    if translation.language not in languages_of(user):
        return False
    task = translation.current_workflow_task
    return bool(task and task.user_can_access_editor(translation, user))


def lock_against(request: HttpRequest, translation: Translation) -> str:
    """Why this user can't change it now; "" if nothing is in the way."""
    lock = translation.get_lock()
    if lock is None or not lock.for_user(request.user):
        return ""
    # Wagtail's message is a piece of HTML.
    return unescape(strip_tags(str(lock.get_message(request.user))))
