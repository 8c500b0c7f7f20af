"""The comments on a segment, beside it."""

from typing import Any

from archive.desk.models import SegmentComment


def aid(translation: Any, row: Any, user: Any) -> dict[str, Any]:
    """All comments on this segment, those still open first, oldest first; two queries."""
    # A segment whose block was made anew has its old key until somebody saves it.
    keys = {row.source.key, row.segment.key if row.segment else row.source.key}
    comments = list(
        SegmentComment.objects.filter(translation=translation.pk, key__in=keys)
        .select_related("author", "resolved_by")
        .order_by("created_at", "pk")
    )
    return {
        "open": [comment for comment in comments if comment.resolved_at is None],
        "resolved": [comment for comment in comments if comment.resolved_at],
    }
