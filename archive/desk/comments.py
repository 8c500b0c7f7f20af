"""What colleagues say about a segment: comments, and resolving them."""

from typing import Any

from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive.desk.errors import DeskError
from archive.desk.models import SegmentComment, Translation
from archive.desk.notices.actions import notify_of_comment
from archive.desk.policies import refuse, refuse_work_on
from archive.desk.segments import source_segments

LONGEST = 5000


@transaction.atomic
def add_comment(translation: Translation, key: str, text: str, *, user: Any) -> SegmentComment:
    """DeskError where there is nothing to say, or too much, or no such segment to say it of."""
    text = text.replace("\x00", "").strip()
    if not text:
        raise DeskError(_("Enter some text first."))
    if len(text) > LONGEST:
        raise DeskError(_("A comment can have at most %(most)d characters.") % {"most": LONGEST})
    # What the story has now, and what it had when it was last translated.
    draft = translation.get_latest_revision_as_object()
    pieces: list[Any] = [*source_segments(translation.article), *draft.segments.all()]
    if key not in {piece.key for piece in pieces}:
        raise DeskError(_("This segment was deleted from the story. Reload the page."))
    comment = SegmentComment.objects.create(
        translation=translation, key=key, text=text, author=user
    )
    notify_of_comment(comment)
    return comment


def resolve_comment(comment: SegmentComment, *, user: Any) -> None:
    """Settled; it stays to be read. What is settled already keeps the name of who did it."""
    if comment.resolved_at is None:
        comment.resolved_at, comment.resolved_by = timezone.now(), user
        comment.save(update_fields=["resolved_at", "resolved_by"])


def open_comments(translation: Translation) -> dict[str, int]:
    """How many comments wait for an answer, by the segment's key; one query."""
    waiting = SegmentComment.objects.filter(translation=translation.pk, resolved_at=None)
    return dict(waiting.order_by().values_list("key").annotate(number=Count("pk")))


def comments_section(translation: Any, row: Any, user: Any) -> dict[str, Any]:
    """All comments on this segment, those still open first, oldest first; two queries."""
    # A segment whose block was made anew has its old key until somebody saves it.
    keys = {row.source.key, row.segment.key if row.segment else row.source.key}
    found = SegmentComment.objects.filter(translation=translation.pk, key__in=keys)
    comments = list(found.select_related("author", "resolved_by").order_by("created_at", "pk"))
    return {
        "open": [comment for comment in comments if comment.resolved_at is None],
        "resolved": [comment for comment in comments if comment.resolved_at],
    }


@require_POST
def add_comment_view(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `key` and `text`; also while the translation is locked: reviewers talk then."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    key, text = request.POST.get("key", ""), request.POST.get("text", "")
    try:
        add_comment(translation, key, text, user=request.user)
    except DeskError as error:
        return refuse(str(error), 400)
    return JsonResponse({"open": open_comments(translation)})


@require_POST
def resolve_comment_view(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_object_or_404(SegmentComment.objects.select_related("translation"), pk=pk)
    if refused := refuse_work_on(request, comment.translation):
        return refused
    resolve_comment(comment, user=request.user)
    return JsonResponse({"open": open_comments(comment.translation)})
