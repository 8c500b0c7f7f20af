"""Sets a mark in a translation's draft, the way the desk saves everything else."""

from __future__ import annotations

from typing import Any, Literal

from archive.desk.mentions.finding import find_places, words_of
from archive.desk.models import Translation
from archive.desk.saving import Change, save_segments, version_of
from archive.desk.segments import rows
from archive.entities.glossary.termbase import load_glossary
from archive.entities.models import Entity


def mark(
    translation: Translation, entity: Entity, key: str, base: str, *, user: Any
) -> Literal["saved", "unchanged", "clash", "gone"]:
    """Mark the entity's first free place in the segment; `base` is a digest of the
    words that were shown.

    Nothing else of the segment changes: not its words, its state, nor the source that it was
    made from. Whether the user may, and whether it is locked, is the caller's to ask.
    """
    draft = translation.get_latest_revision_as_object()
    draft.article = translation.article
    laid_out = rows(draft)
    row = next((one for one in laid_out if one.source.key == key), None)
    if row is None or row.segment is None:
        return "gone"
    if words_of(row) != base:
        return "clash"
    places = find_places(laid_out, {entity.pk: [key]}, load_glossary(), translation.language)
    target = places[entity.pk].with_mark(entity.pk) if entity.pk in places else None
    if target is None:
        return "unchanged"
    segment = row.segment
    change = Change(
        key,
        target,
        version_of(segment),
        joined=segment.joined,
        note=segment.note,
        seen=segment.source_digest,
        origin=segment.origin,
        state=segment.state,
    )
    (outcome,) = save_segments(translation, [change], user=user)
    return outcome.kind
