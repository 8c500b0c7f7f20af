"""Views that the translator's screen talks to: saving segments, and aids beside them."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from archive.desk.access import lock_against, translation_for
from archive.desk.aids.base import sections
from archive.desk.autosave import UnreadableError, read_changes, save_posted
from archive.desk.clashes import values_of
from archive.desk.models import Translation
from archive.desk.policies import may_work_on
from archive.desk.segments import rows


def refuse(message: str, status: int) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)


@require_http_methods(["GET", "POST"])
def save_segment(request: HttpRequest, pk: int) -> HttpResponse:
    """POST saves segments: see `archive.desk.autosave`. GET says who is logged in, and gives a
    fresh token to a page whose user has logged in again elsewhere."""
    translation = translation_for(pk)
    if translation is None or not may_work_on(request.user, translation):
        return refuse(_("You may not change this translation."), 403)
    if request.method == "GET":
        return JsonResponse({"user": str(request.user.pk), "token": get_token(request)})
    if request.headers.get("X-Desk-User", str(request.user.pk)) != str(request.user.pk):
        return refuse(_("Somebody else is logged in in this browser now."), 403)
    try:
        changes = read_changes(request.body)
    except UnreadableError as error:
        return refuse(str(error), 400)
    except RequestDataTooBig:
        return refuse(_("This is too much text for one request."), 413)
    return _save_unlocked(request, pk, changes)


@transaction.atomic
def _save_unlocked(request: HttpRequest, pk: int, changes: list[dict[str, Any]]) -> HttpResponse:
    # Whoever submits it at this moment waits, or has made a lock that is seen here.
    Translation.objects.select_for_update().filter(pk=pk).first()
    translation = translation_for(pk)
    if translation is None:
        return refuse(_("You may not change this translation."), 403)
    if message := lock_against(request, translation):
        return refuse(message, 423)
    return JsonResponse(save_posted(translation, changes, user=request.user))


@require_GET
def segment_aids(request: HttpRequest, pk: int) -> HttpResponse:
    """What helps with one segment (`?key=…`), as a fragment of HTML; fixed queries."""
    translation = translation_for(pk)
    if translation is None or not may_work_on(request.user, translation):
        return refuse(_("You may not change this translation."), 403)
    draft = translation.get_latest_revision_as_object()
    draft.article = translation.article
    row = next((row for row in rows(draft) if row.source.key == request.GET.get("key")), None)
    if row is None:
        # No 404: Django would look for the page in another language.
        return refuse(_("The story has lost this paragraph."), 410)
    context: dict[str, Any] = {
        "sections": sections(draft, row, request.user, request=request),
        "stored_json": json.dumps(values_of(row.segment, row.source)),
        "state": row.state,
    }
    return render(request, "archive/admin/aids.html", context)
