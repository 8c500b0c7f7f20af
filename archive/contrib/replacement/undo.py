"""Takes a replacement back, in those segments at which nobody has worked since."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from archive.desk.models import Segment
from archive.desk.policies import name_of
from archive.desk.saving import DraftSegments, SegmentChange, version_of
from archive.desk.segment_undo import SegmentsKind
from archive.journal.models import JournalEntry
from archive.journal.plan import OthersWork

TAKEN_BACK = "archive.replace_undone"


class ReplaceKind(SegmentsKind):
    """Words that were replaced: the former words, the version that the replacement left, and the
    former segment whole."""

    name, label, taken_back = "replace", gettext_lazy("Find and replace"), TAKEN_BACK

    def get_url(self, entry: JournalEntry) -> str:
        return reverse("archive_replacement:replace_in_mine")

    def work_at(self, segment: Segment | None, stored: list[Any], user: Any) -> list[OthersWork]:
        """Who has written the segment anew, or else stands by what the user's replacement has
        left."""
        if segment is None:
            return []
        _target, version, former = stored
        is_changed = version_of(segment) != version
        # Who confirms a colleague's draft is its translator from then on.
        person = (not is_changed and segment.reviewed_by) or segment.translated_by
        if person and (is_changed or person != user):
            deeds = pgettext("by somebody", "confirmed"), pgettext("by somebody", "changed")
            return [OthersWork(deeds[is_changed], name_of(person), by=person.pk)]
        # That the words are still right for a changed source, nobody signs.
        is_judged = segment.source_digest != former["source_digest"]
        return [OthersWork(_("somebody"))] * is_judged

    def put_back(self, draft: DraftSegments, key: str, stored: list[Any], user: Any) -> bool:
        target, version, former = stored
        change = SegmentChange(
            key,
            target,
            version,
            joined=former["joined"],
            note=former["note"],
            former=Segment.from_serializable_data(former),
        )
        return bool(draft.take(change, user=user).kind == "saved")
