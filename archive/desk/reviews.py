"""The review that a translation is in, or came back from: who, why, and what was changed in it.

Wagtail keeps the version that was handed in with the step that reviews it. What differs from it,
and somebody else has written, are the reviewer's changes; each can be taken back by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from wagtail.models import TaskState, WorkflowState

from archive.desk.models import Segment, Translation
from archive.desk.segments import Row
from archive.text.differences import Difference, differences
from archive.text.segmentation import plain_text


@dataclass(frozen=True)
class ReviewChange:
    """A segment that somebody else changed since it was handed in; `target` is as handed in."""

    target: str
    person_id: int | None
    parts: list[Difference]


@dataclass(frozen=True)
class Review:
    """`handed_in` are the texts of the version under review, by the segment's key."""

    is_returned: bool
    step: TaskState
    requested_by_id: int | None
    handed_in: Mapping[str, str]

    def has_changed(self, segment: Segment | None) -> bool:
        """No, where it reads as it was handed in, or was written anew since it came back."""
        if segment is None or segment.translated_by_id in (None, self.requested_by_id):
            return False
        written = segment.translated_at
        finished = self.step.finished_at
        if self.is_returned and written and finished and written > finished:
            return False
        return self.handed_in.get(segment.key, segment.target) not in ("", segment.target)

    def change_of(self, row: Row) -> ReviewChange | None:
        segment = row.segment
        if segment is None or not self.has_changed(segment):
            return None
        before = self.handed_in[segment.key]
        texts = [plain_text(text, segment.markup) for text in (before, segment.target)]
        return ReviewChange(before, segment.translated_by_id, differences(*texts))

    def count_changes(self, translation: Translation) -> int:
        draft = translation.get_latest_revision_as_object()
        return sum(self.has_changed(segment) for segment in draft.segments.all())


def review_of(translation: Translation) -> Review | None:
    """The review that is open, or ended with a request for changes; one query."""
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
    segments = step.revision.content.get("segments", []) if step.revision else []
    return Review(
        is_returned=state.status == WorkflowState.STATUS_NEEDS_CHANGES,
        step=step,
        requested_by_id=state.requested_by_id,
        handed_in={one["key"]: one["target"] for one in segments},
    )
