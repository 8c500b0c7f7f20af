"""The names of a story around one of its segments: which are new here, and what was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.desk.segments import Row
from archive.entities.glossary.story_names import find_in_story
from archive.entities.glossary.terms import Glossary, Hit, Term
from archive.qa.story_names import ways_to_write
from archive.text import richtext
from archive.text.folding import QUOTES, fold
from archive.text.language import other
from archive.text.segmentation import RICH

# In: a "smart" city.
_UNQUOTED = dict.fromkeys(map(ord, QUOTES))
# Running text: a name's first mention there is the story's; headlines and captions have none.
RUNNING = ("paragraph", "item", "quote", "text")


@dataclass(frozen=True)
class Named:
    """A name that the segment's source has: as it stands there, and what it may mean.

    `used` are the forms that the translation has in this story's other segments.
    """

    found: str
    is_short: bool
    terms: tuple[Term, ...]
    is_first: bool
    is_linked: bool
    in_target: bool
    used: tuple[str, ...]


class StoryRows:
    """A story's rows with the names of their sources; `language` is the target's."""

    def __init__(self, rows: Sequence[Row], glossary: Glossary, language: str) -> None:
        self.rows = rows
        self.glossary = glossary
        self.language = language
        self.sources = [_plain(row.source.text, row.source.markup) for row in rows]
        self.linked = glossary.present(pk for row in rows for pk in _links(row))
        self.hits = find_in_story(glossary, self.sources, other(language))

    def names_at(self, place: int) -> list[Named]:
        """The names in one row's source, in its order, each once."""
        row = self.rows[place]
        links = self.glossary.present(_links(row))
        target = fold(_plain(row.target, row.source.markup)).text
        before = self._named_before(place)
        named = list(self._found(place, links))
        used = self._used(place, [terms[0] for _found, _short, terms in named if len(terms) == 1])
        return [
            Named(
                found,
                is_short,
                terms,
                is_first=row.source.kind in RUNNING and not before & _ids(terms),
                is_linked=bool(links & _ids(terms)),
                in_target=any(form in target for term in terms for form in ways_to_write(term)),
                used=used.get(terms[0].entity_id, ()) if len(terms) == 1 else (),
            )
            for found, is_short, terms in named
        ]

    def _found(self, place: int, links: set[int]) -> Iterator[tuple[str, bool, tuple[Term, ...]]]:
        """What the words name, and then what only a link names."""
        met: set[int] = set()
        for hit in self.hits[place]:
            terms = self._meant(hit, links)
            if not met & _ids(terms):
                met |= _ids(terms)
                found = self.sources[place][hit.start : hit.end]
                yield found.translate(_UNQUOTED), hit.form.kind == "short", terms
        for term in self.glossary.of(links - met):
            yield term.canonical(other(self.language)), False, (term,)

    def _meant(self, hit: Hit, links: set[int]) -> tuple[Term, ...]:
        """An ambiguous name means what it is linked to, here or else elsewhere in the story."""
        for linked in (links, self.linked):
            meant = tuple(term for term in hit.terms if term.entity_id in linked)
            if meant:
                return meant
        return hit.terms

    def _named_before(self, place: int) -> set[int]:
        return {
            term.entity_id
            for row, hits in zip(self.rows[:place], self.hits[:place], strict=True)
            if row.source.kind in RUNNING
            for hit in hits
            for term in hit.terms
        }

    def _used(self, place: int, terms: Sequence[Term]) -> dict[int, tuple[str, ...]]:
        """By entity, the forms that the other rows' translations have, in the story's order."""
        wanted = Glossary(tuple(terms))
        found: defaultdict[int, dict[str, None]] = defaultdict(dict)
        for number, row in enumerate(self.rows):
            if number == place or not row.target:
                continue
            for hit in wanted.find(_plain(row.target, row.source.markup), self.language):
                for term in hit.terms:
                    found[term.entity_id][hit.form.text] = None
        return {pk: tuple(forms) for pk, forms in found.items()}


def _plain(text: str, markup: str) -> str:
    return richtext.plain_text(text) if markup == RICH else text


def _links(row: Row) -> list[int]:
    return richtext.linked_ids(row.source.text, "entity") if row.source.markup == RICH else []


def _ids(terms: tuple[Term, ...]) -> set[int]:
    return {term.entity_id for term in terms}
