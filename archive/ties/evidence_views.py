"""Adds a story's sentence to a tie that the archive has."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive.pages.models import ArticlePage
from archive.text.language import LANGUAGES
from archive.ties.evidence import add_evidence
from archive.ties.models import Tie


@require_POST
def add_story_evidence(request: HttpRequest, pk: int) -> JsonResponse:
    """POST `story`, `block_id`, `sentence` and its `language`."""
    if not request.user.has_perm("archive.change_tie"):
        raise PermissionDenied
    tie = get_object_or_404(Tie, pk=pk)
    posted = request.POST.get("story", "")
    number = int(posted) if posted.isascii() and posted.isdecimal() and len(posted) < 19 else 0
    story: Any = get_object_or_404(ArticlePage, pk=number)
    if not story.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    language = request.POST.get("language", "")
    block_id, sentence = request.POST.get("block_id", ""), request.POST.get("sentence", "")
    if language not in LANGUAGES:
        return _say(_("This sentence can't be added."), 400)
    try:
        added = add_evidence(tie, story, block_id, sentence, language, user=request.user)
    except ValidationError as error:
        return _say(" ".join(error.messages), 400)
    if added:
        return _say(_("The sentence is evidence of the tie now."))
    return _say(_("The tie has evidence from this story already."))


def _say(message: str, status: int = 200) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
