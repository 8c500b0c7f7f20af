"""What takes back a change to segments of translations, those left out that somebody has worked at
since."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from archive.desk.models import Segment, Translation
from archive.desk.policies import lock_against, policy
from archive.desk.saving import DraftSegments, locked_draft
from archive.journal.kinds import JournalKind
from archive.journal.models import JournalEntry
from archive.journal.plan import OthersWork, UndoPlan


class SegmentsKind(JournalKind):
    """A change (`segments`) has a translation's segments by their keys: what is needed of each to
    take it back. Only who has made the change takes it back."""

    in_parts = True
    # What Wagtail's log is told.
    taken_back: str

    def may_undo(self, user: Any, entry: JournalEntry) -> bool:
        return bool(entry.made_by_id == user.pk)

    def revert_all(self, entry: JournalEntry, plan: UndoPlan, user: Any) -> None:
        for change in entry.changes:
            before, restored = change["segments"], 0
            translation = Translation.objects.with_story().filter(pk=change["pk"]).first()
            if translation and _may_change(user, translation):
                restored = self._take_back_in(translation, before, plan.stay_for, user)
            plan.restored += restored
            if left := len(before) - restored:
                plan.stay[str(Segment._meta.verbose_name_plural)] += left

    @abstractmethod
    def work_at(self, segment: Segment | None, stored: list[Any], user: Any) -> list[OthersWork]:
        """Who has worked at the segment since; it stays as it is for them."""

    @abstractmethod
    def put_back(self, draft: DraftSegments, key: str, stored: list[Any], user: Any) -> bool:
        """Take the segment back in the draft; whether it was."""

    @transaction.atomic
    def _take_back_in(
        self,
        translation: Translation,
        before: dict[str, list[Any]],
        others: list[OthersWork],
        user: Any,
    ) -> int:
        """How many are as they were; adds who has worked at those that aren't."""
        draft, restored = DraftSegments(locked_draft(translation)), 0
        for key, stored in before.items():
            works: Sequence[OthersWork] = self.work_at(draft.segments.get(key), stored, user)
            others += [work for work in works if work not in others]
            if not works:
                restored += self.put_back(draft, key, stored, user)
        draft.save(user)
        if restored:
            log(translation, self.taken_back, user=user, data={"count": restored})
        return restored


def _may_change(user: Any, translation: Translation) -> bool:
    allowed = policy.user_has_permission_for_instance(user, "change", translation)
    return bool(allowed and not lock_against(user, translation))
