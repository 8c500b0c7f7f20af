"""Where a translation names what the source names: the first free place, in the same segments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.desk.segments import Row
from archive.entities.glossary.terms import Glossary
from archive.entities.rich_text import LINK_TYPE
from archive.entities.suggestions.base import Spot, sentence_at
from archive.text import richtext
from archive.text.marking import marked
from archive.text.segmentation import RICH, digest

OPENING = '<a linktype="{type}" id="{id}">'


@dataclass(frozen=True)
class Place:
    """A name's place in a segment's translation; `base` is a digest of the segment's words."""

    row: Row
    spot: Spot
    base: str

    def with_mark(self, entity_id: int) -> str | None:
        """The segment's text with the mark; None where it can't be set there."""
        opening = OPENING.format(type=LINK_TYPE, id=entity_id)
        return marked(self.row.target, self.spot.start, self.spot.end, opening)


def words_of(row: Row) -> str:
    """Names what a segment says, whatever is marked in it: two names of one paragraph may be
    accepted one after the other."""
    return digest(row.target, RICH)


def find_places(
    rows: Iterable[Row], wanted: Mapping[int, Sequence[str]], glossary: Glossary, language: str
) -> dict[int, Place]:
    """For each entity its first free place in the segments that the source names it in, in order.

    `wanted` gives those segments' keys by entity id. What the translation links already is left
    out, and so is a name that several entities have and a segment without rich text.
    """
    texts = {row.source.key: row for row in rows if row.source.markup == RICH and row.target}
    linked = glossary.present(
        pk for row in texts.values() for pk in richtext.linked_ids(row.target, LINK_TYPE)
    )
    hits: dict[str, list[tuple[int, int, int]]] = {}
    found: dict[int, Place] = {}
    for entity_id, keys in wanted.items():
        if entity_id in linked:
            continue
        for key in dict.fromkeys(keys):
            if key in texts and (place := _first(texts[key], entity_id, hits, glossary, language)):
                found[entity_id] = place
                break
    return found


def _first(
    row: Row, entity_id: int, known: dict[str, Any], glossary: Glossary, language: str
) -> Place | None:
    text = richtext.plain_text(row.target)
    if row.source.key not in known:
        known[row.source.key] = [
            (hit.terms[0].entity_id, hit.start, hit.end)
            for hit in glossary.find(text, language)
            if len(hit.terms) == 1 and not hit.form.forbidden
        ]
    for pk, start, end in known[row.source.key]:
        if pk == entity_id:
            sentence = sentence_at(text, start, end)
            spot = Spot(row.source.key, start, end, text[start:end], sentence)
            place = Place(row, spot, words_of(row))
            if place.with_mark(entity_id):
                return place
    return None
