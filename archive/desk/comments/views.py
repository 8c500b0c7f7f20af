"""Adds and settles comments; the desk's screen then fetches its aids anew."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive.desk.access import translation_for
from archive.desk.comments import actions
from archive.desk.errors import DeskError
from archive.desk.models import SegmentComment, Translation
from archive.desk.policies import may_work_on


@require_POST
def add_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `key` and `text`; also while the translation is locked: reviewers talk then."""
    translation = translation_for(pk)
    if translation is None or not may_work_on(request.user, translation):
        return _forbidden()
    key, text = request.POST.get("key", ""), request.POST.get("text", "")
    try:
        actions.add_comment(translation, key, text, user=request.user)
    except DeskError as error:
        return JsonResponse({"error": str(error)}, status=400)
    return _count(translation)


@require_POST
def resolve_comment(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_object_or_404(SegmentComment.objects.select_related("translation"), pk=pk)
    if not may_work_on(request.user, comment.translation):
        return _forbidden()
    actions.resolve_comment(comment, user=request.user)
    return _count(comment.translation)


def _forbidden() -> HttpResponse:
    return JsonResponse({"error": _("You may not change this translation.")}, status=403)


def _count(translation: Translation) -> HttpResponse:
    return JsonResponse({"open": actions.open_comments(translation)})
