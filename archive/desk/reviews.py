"""The review that a translation is in, or came back from: who, why, and what was changed in it.

Wagtail keeps the version that was handed in with the step that reviews it. What differs from it,
and somebody else has written, are the reviewer's changes; each can be taken back by itself. What
differs from the version that was sent back before is what the reviewer looks at first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Revision, TaskState, WorkflowState

from archive.desk.models import Segment, Translation
from archive.desk.segments import Row
from archive.text.differences import Difference, differences
from archive.text.segmentation import plain_text


@dataclass(frozen=True)
class ReviewChange:
    """A segment that somebody else changed since it was handed in; `target` is as handed in.

    Of one that is a rework, as it was sent back in the review before.
    """

    target: str
    person_id: int | None
    parts: list[Difference]
    is_rework: bool = False


@dataclass(frozen=True)
class Review:
    """`handed_in` are the texts of the version under review, by the segment's key; `sent_back` are
    those of the version with which the last review ended, {} where it is the first."""

    is_returned: bool
    step: TaskState
    requested_by_id: int | None
    handed_in: Mapping[str, str]
    sent_back: Mapping[str, str] = field(default_factory=dict)

    def has_changed(self, segment: Segment | None) -> bool:
        """No, where it reads as it was handed in, or was written anew since it came back."""
        if segment is None or segment.translated_by_id in (None, self.requested_by_id):
            return False
        written = segment.translated_at
        finished = self.step.finished_at
        if self.is_returned and written and finished and written > finished:
            return False
        return self.handed_in.get(segment.key, segment.target) not in ("", segment.target)

    def is_reworked(self, segment: Segment | None) -> bool:
        """Whether it reads otherwise than when it was sent back."""
        if segment is None or not self.sent_back:
            return False
        return self.sent_back.get(segment.key, "") != segment.target

    def change_of(self, row: Row) -> ReviewChange | None:
        segment = row.segment
        is_change = self.has_changed(segment)
        if segment is None or not (is_change or self.is_reworked(segment)):
            return None
        before = (self.handed_in if is_change else self.sent_back).get(segment.key, "")
        texts = [plain_text(text, segment.markup) for text in (before, segment.target)]
        parts = differences(*texts)
        return ReviewChange(before, segment.translated_by_id, parts, is_rework=not is_change)

    def count_changes(self, translation: Translation) -> int:
        draft = translation.get_latest_revision_as_object()
        return sum(self.has_changed(segment) for segment in draft.segments.all())


def review_of(translation: Translation) -> Review | None:
    """The review that is open, or ended with a request for changes; one query, of an open one two,
    and three where it was sent back before."""
    state = (
        WorkflowState.objects.active()
        .for_instance(translation)
        .select_related("current_task_state__revision", "current_task_state__finished_by")
        .order_by("-pk")
        .first()
    )
    step = state and state.current_task_state
    if not step:
        return None
    is_returned = state.status == WorkflowState.STATUS_NEEDS_CHANGES
    return Review(
        is_returned=is_returned,
        step=step,
        requested_by_id=state.requested_by_id,
        handed_in=_texts_of(step.revision),
        sent_back={} if is_returned else _texts_of(_sent_back(translation)),
    )


def _sent_back(translation: Translation) -> Revision | None:
    """The version as it was when a review last asked for changes, with the reviewer's own; none
    where it has been approved since. A review that is restarted is another one."""
    reviews = WorkflowState.objects.for_instance(translation)
    approved = reviews.filter(status=WorkflowState.STATUS_APPROVED).order_by("-pk").values("pk")
    since = Coalesce(Subquery(approved[:1]), 0)
    ended = TaskState.objects.filter(
        workflow_state__in=reviews.filter(pk__gt=since), status=TaskState.STATUS_REJECTED
    ).order_by("-finished_at")
    if not (at := ended.values_list("finished_at", flat=True).first()):
        return None
    versions = translation.revisions.filter(created_at__lte=at)
    found: Revision | None = versions.order_by("-created_at", "-pk").first()
    return found


def _texts_of(version: Revision | None) -> dict[str, str]:
    segments = version.content.get("segments", []) if version else []
    return {one["key"]: one["target"] for one in segments}
