"""The same words elsewhere in a translator's own work, once one of them is confirmed."""

from dataclasses import dataclass
from typing import Any

from archive.desk.models import Translation
from archive.desk.policies import lock_against, policy
from archive.desk.pretranslation.analysis import waiting_rows, with_drafts
from archive.desk.pretranslation.drafts import as_markup, draft_change, fill
from archive.desk.queue.filters import IS_OPEN
from archive.desk.segments import Row, source_segments
from archive.text.segmentation import SourceSegment, plain_text

# So many of a person's translations are looked through, those that are due first.
_MOST = 100


@dataclass(frozen=True)
class Repetition:
    """Segments of one translation that nobody has begun and that have the same words."""

    translation: Translation
    sources: tuple[SourceSegment, ...]


def repetitions(translation: Translation, row: Row, user: Any) -> list[Repetition]:
    """Where the row's source stands untranslated: in its own story, and in the user's open work."""
    if not row.is_done or not row.target:
        return []
    mine = Translation.objects.filter(IS_OPEN, assignee=user, language=translation.language)
    ids = list(
        mine.exclude(pk=translation.pk).order_by("-rank").values_list("pk", flat=True)[:_MOST]
    )
    stories = Translation.objects.filter(pk__in=[translation.pk, *ids]).order_by("-rank")
    wanted, found = row.source.digest, []
    for one in with_drafts(stories):
        # Most stories don't have the words, and needn't be aligned.
        if all(source.digest != wanted for source in source_segments(one.article)):
            continue
        sources = tuple(
            other.source
            for other, is_begun in waiting_rows(one)
            if other.source.digest == wanted and not is_begun
        )
        if sources and not lock_against(user, one):
            found.append(Repetition(one, sources))
    return [
        one
        for one in found
        if policy.user_has_permission_for_instance(user, "change", one.translation)
    ]


def propagate(translation: Translation, row: Row, user: Any) -> int:
    """Put the row's translation into its repetitions, as drafts; gives how many."""
    text = plain_text(row.target, row.source.markup)
    return sum(
        fill(
            one.translation,
            [
                draft_change(
                    source,
                    row.target
                    if source.text == row.source.text
                    else as_markup(text, source.markup),
                )
                for source in one.sources
            ],
            user=user,
        )
        for one in repetitions(translation, row, user)
    )
