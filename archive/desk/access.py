"""Who may open a translation's segments: asked by the desk's own views."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from archive.desk.models import Translation
from archive.desk.policies import policy


def translation_for(pk: int) -> Translation:
    """The translation's row with its story; Http404 where there is none."""
    translations = Translation.objects.select_related("article", "latest_revision")
    return get_object_or_404(translations, pk=pk)


def may_edit(user: Any, translation: Translation) -> bool:
    """Whoever may change it, or has to review it now."""
    if policy.user_has_permission_for_instance(user, "change", translation):
        return True
    task = translation.current_workflow_task
    return bool(task and task.user_can_access_editor(translation, user))


def lock_against(request: HttpRequest, translation: Translation) -> str:
    """Why this user can't change it now; "" if nothing is in the way."""
    lock = translation.get_lock()
    if lock is None or not lock.for_user(request.user):
        return ""
    return str(lock.get_message(request.user))
