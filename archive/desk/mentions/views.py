"""Marks a name in a translation's draft, for the panel of suggested names."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive.desk.access import lock_against, translation_for
from archive.desk.mentions.marking import mark
from archive.desk.models import Translation
from archive.desk.policies import may_work_on
from archive.entities.models import Entity
from archive.text.language import LABELS


@require_POST
@transaction.atomic
def mark_name(request: HttpRequest, pk: int) -> JsonResponse:
    """POST `entity`, `key` (the segment) and `base` (the version it was read from)."""
    # Whoever submits it at this moment waits, or has made a lock that is seen here.
    Translation.objects.select_for_update().filter(pk=pk).first()
    translation = translation_for(pk)
    if translation is None or not may_work_on(request.user, translation):
        raise PermissionDenied
    if message := lock_against(request, translation):
        return _say(message, 423)
    posted = request.POST.get("entity", "")
    number = int(posted) if posted.isascii() and posted.isdecimal() and len(posted) < 19 else 0
    entity = get_object_or_404(Entity, pk=number)
    key, base = request.POST.get("key", ""), request.POST.get("base", "")
    said = {"language": LABELS[translation.language]}
    match mark(translation, entity, key, base, user=request.user):
        case "saved":
            return _say(_("Marked in the draft of the %(language)s translation.") % said)
        case "unchanged":
            return _say(_("The %(language)s translation has it already.") % said)
        case _other:
            message = _("Somebody changed the %(language)s translation meanwhile: mark it there.")
            return _say(message % said, 409)


def _say(message: str, status: int = 200) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
