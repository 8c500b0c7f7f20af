"""Settles a report at the translator's screen, which then fetches its aids anew."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive.desk.corrections.actions import pending_reports, settle
from archive.desk.corrections.policies import policy
from archive.desk.models import ReaderReport, Translation
from archive.desk.segments import source_segments


@require_POST
def settle_report(request: HttpRequest, pk: int) -> HttpResponse:
    """POST to `?state=done`, with a `note` if there is one to keep."""
    report = get_object_or_404(ReaderReport.objects.select_related("article"), pk=pk)
    if not policy.user_has_permission_for_instance(request.user, "change", report):
        return JsonResponse(
            {"error": _("You do not have permission to handle this report.")}, status=403
        )
    state = request.GET.get("state", "")
    if state not in ReaderReport.State.values:
        return JsonResponse({"error": _("A report can't have this state.")}, status=400)
    note = request.POST.get("note", "").replace("\x00", "").strip()
    settle([report], state, user=request.user, note=note or None)
    translation = Translation(article=report.article, language=report.language)
    keys = [source.key for source in source_segments(report.article)]
    return JsonResponse({"reports": pending_reports(translation, keys)})
