"""Takes a replacement back, in those segments at which nobody has worked since."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.log_actions import log

from archive.desk.models import Segment, Translation
from archive.desk.policies import lock_against, name_of, policy
from archive.desk.saving import DraftSegments, SegmentChange, locked_draft, version_of
from archive.journal.kinds import JournalKind
from archive.journal.models import JournalEntry
from archive.journal.plan import OthersWork, UndoPlan

TAKEN_BACK = "archive.replace_undone"


class ReplaceKind(JournalKind):
    """Words that were replaced; a change (`segments`) has a translation's segments by their keys:
    the former words, the version that the replacement left, and the former segment whole."""

    name, label, in_parts = "replace", gettext_lazy("Find and replace"), True

    def may_undo(self, user: Any, entry: JournalEntry) -> bool:
        return bool(entry.made_by_id == user.pk)

    def revert_all(self, entry: JournalEntry, plan: UndoPlan, user: Any) -> None:
        for change in entry.changes:
            before, restored = change["segments"], 0
            translation = Translation.objects.with_story().filter(pk=change["pk"]).first()
            if translation and _may_change(user, translation):
                restored = _take_back_in(translation, before, plan.stay_for, user)
            plan.restored += restored
            if left := len(before) - restored:
                plan.stay[str(Segment._meta.verbose_name_plural)] += left

    def get_url(self, entry: JournalEntry) -> str:
        return reverse("archive_replacement:replace_in_mine")


def _may_change(user: Any, translation: Translation) -> bool:
    allowed = policy.user_has_permission_for_instance(user, "change", translation)
    return bool(allowed and not lock_against(user, translation))


@transaction.atomic
def _take_back_in(
    translation: Translation, before: dict[str, Any], others: list[OthersWork], user: Any
) -> int:
    """How many are as they were; adds who has worked at those that aren't."""
    draft, restored = DraftSegments(locked_draft(translation)), 0
    for key, (target, version, former) in before.items():
        if works := _work_at(draft.segments.get(key), version, former, user):
            others += [work for work in works if work not in others]
            continue
        change = SegmentChange(
            key,
            target,
            version,
            joined=former["joined"],
            note=former["note"],
            former=Segment.from_serializable_data(former),
        )
        restored += draft.take(change, user=user).kind == "saved"
    draft.save(user)
    if restored:
        log(translation, TAKEN_BACK, user=user, data={"count": restored})
    return restored


def _work_at(segment: Any, version: str, former: dict[str, Any], user: Any) -> list[OthersWork]:
    """Who has written the segment anew, or else stands by what the user's replacement has left."""
    if segment is None:
        return []
    is_changed = version_of(segment) != version
    # Who confirms a colleague's draft is its translator from then on.
    person = (not is_changed and segment.reviewed_by) or segment.translated_by
    if person and (is_changed or person != user):
        deeds = pgettext("by somebody", "confirmed"), pgettext("by somebody", "changed")
        return [OthersWork(deeds[is_changed], name_of(person), by=person.pk)]
    # That the words are still right for a changed source, nobody signs.
    is_judged = segment.source_digest != former["source_digest"]
    return [OthersWork(_("somebody"))] * is_judged
