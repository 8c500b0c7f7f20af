"""Lets a finding pass, or takes that back; the desk's screen then fetches its aids anew."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from archive.desk.errors import DeskError
from archive.desk.freshness.corrections import CHECK_ID as MISSING_CORRECTION
from archive.desk.models import CheckWaiver, Translation
from archive.desk.policies import lock_against, may_work_on
from archive.desk.qa import waivers
from archive.desk.qa.sidebar import story_findings


def _objection(request: HttpRequest, translation: Translation) -> JsonResponse | None:
    if not may_work_on(request.user, translation):
        return _refuse(_("You do not have permission to change this translation."), 403)
    lock = lock_against(request.user, translation)
    return _refuse(lock, 423) if lock else None


def _refuse(message: str, status: int) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)


def _translation(pk: int) -> Translation:
    translations = Translation.objects.select_related("article", "latest_revision")
    return get_object_or_404(translations, pk=pk)


@require_POST
def waive_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `key`, `check`, `digest` (as shown) and `reason`."""
    translation = _translation(pk)
    if objection := _objection(request, translation):
        return objection
    try:
        waivers.waive(
            translation,
            request.POST.get("key", ""),
            request.POST.get("check", ""),
            reason=request.POST.get("reason", ""),
            seen=request.POST.get("digest", ""),
            user=request.user,
        )
    except DeskError as error:
        return _refuse(str(error), 400)
    return JsonResponse({})


@require_POST
def unwaive_finding(request: HttpRequest, pk: int) -> HttpResponse:
    found = CheckWaiver.objects.select_related("translation__article")
    # That a correction is minor is an editor's word.
    waiver = get_object_or_404(found.exclude(check_id=MISSING_CORRECTION), pk=pk)
    if objection := _objection(request, waiver.translation):
        return objection
    waivers.unwaive(waiver, user=request.user)
    return JsonResponse({})


@require_GET
def findings_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is open in a translation, as a fragment of HTML."""
    translation = _translation(pk)
    if not may_work_on(request.user, translation):
        return _refuse(_("You do not have permission to change this translation."), 403)
    context = story_findings(translation)
    return render(request, "archive/admin/findings_panel.html", context)
