"""Saying something about a segment, and calling it settled."""

from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.desk.errors import DeskError
from archive.desk.models import SegmentComment, Translation
from archive.desk.segments import source_segments

LONGEST = 5000


def add_comment(translation: Translation, key: str, text: str, *, user: Any) -> SegmentComment:
    """DeskError where there is nothing to say, or too much, or no such segment to say it of."""
    text = text.replace("\x00", "").strip()
    if not text:
        raise DeskError(_("Write something first."))
    if len(text) > LONGEST:
        raise DeskError(_("A comment has at most %(most)d characters.") % {"most": LONGEST})
    if key not in _keys(translation):
        raise DeskError(_("The story has no such segment any more. Load the page again."))
    return SegmentComment.objects.create(translation=translation, key=key, text=text, author=user)


def _keys(translation: Translation) -> set[str]:
    """Of what the story has now, and of what it had when it was last translated."""
    draft = translation.get_latest_revision_as_object()
    now = (source.key for source in source_segments(translation.article))
    return {*now, *(segment.key for segment in draft.segments.all())}


def resolve_comment(comment: SegmentComment, *, user: Any) -> None:
    """Settled; it stays to be read. What is settled already keeps the name of who did it."""
    if comment.resolved_at is None:
        comment.resolved_at, comment.resolved_by = timezone.now(), user
        comment.save(update_fields=["resolved_at", "resolved_by"])


def open_comments(translation: Translation) -> dict[str, int]:
    """How many comments wait for an answer, by the segment's key; one query."""
    waiting = SegmentComment.objects.filter(translation=translation.pk, resolved_at=None)
    counted = waiting.order_by().values_list("key").annotate(number=Count("pk"))
    return dict(counted)
