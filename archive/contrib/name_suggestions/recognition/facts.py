"""The glossary, richer: with what tells names apart that several entities have. Values only."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from archive.contrib.name_suggestions.recognition.geo_hierarchy import Area, area_of
from archive.entities.glossary.terms import Form, Glossary, Hit, Term
from archive.entities.periods import Period
from archive.text.language import ENGLISH

# “Portland (Oregon)” and “Washington, D.C.” are told apart in lists, not in stories.
_QUALIFIED = re.compile(r"^(?P<name>[^,(（]{2,}?)(?:,\s|\s?[(（]).+$")
# “Zhanjiang Port” is as often “Zhanjiang port”.
_COMMON_NOUN = re.compile(r" (?:State|Province|City|Port|County|Prefecture)$")


@dataclass(frozen=True, slots=True)
class OfficeFact:
    """A dated office; `titles` by language, `place` the entity's id or None."""

    titles: dict[str, str]
    place: int | None
    since: str = ""
    until: str = ""
    as_of: str = ""

    def is_held_on(self, day: date) -> bool:
        """Whether the office is known to have been held on that day."""
        return day in Period.known(since=self.since, until=self.until, as_of=self.as_of)


@dataclass(frozen=True, slots=True)
class Facts:
    """Where a place lies (`regions`: the province's or state's name by language), who is who.
    `partners` are the ids of the places that it has a tie with, `uses` how many stories are tagged
    with the entity."""

    place_type: str = ""
    regions: dict[str, str] = field(default_factory=dict)
    offices: tuple[OfficeFact, ...] = ()
    partners: frozenset[int] = frozenset()
    uses: int = 0


@dataclass(frozen=True)
class Gazetteer(Glossary):
    """Terms with what else is known of them, by entity id. `built` is a glossary of the same terms
    whose tables are there already."""

    facts: Mapping[int, Facts] = field(default_factory=dict)
    built: Glossary | None = None

    def find(self, text: str, language: str) -> list[Hit]:
        """Like a glossary's, also by the forms that follow from the listed ones: the longer of
        two that overlap, both readings of one that has two."""
        listed = (
            self.built.find(text, language) if self.built else Glossary.find(self, text, language)
        )
        derived = [
            replace(hit, terms=tuple(self._by_id[term.entity_id] for term in hit.terms))
            for hit in self._derived.find(text, language)
        ]
        if not derived:
            return listed
        by_span: dict[tuple[int, int], Hit] = {}
        for hit in (*listed, *derived):
            known = by_span.setdefault((hit.start, hit.end), hit)
            terms = {term.entity_id: term for term in (*known.terms, *hit.terms)}
            by_span[hit.start, hit.end] = replace(known, terms=tuple(terms.values()))
        merged: list[Hit] = []
        for hit in sorted(by_span.values(), key=lambda one: (one.start, -one.end)):
            if not merged or hit.start >= merged[-1].end:
                merged.append(hit)
        return merged

    def of_entity(self, entity_id: int) -> Facts:
        return self.facts.get(entity_id) or Facts()

    def area(self, term: Term) -> Area:
        """Where a place lies; the area itself for a state or province."""
        return area_of(term.country, self.of_entity(term.entity_id).regions)

    def is_region(self, term: Term) -> bool:
        return self.of_entity(term.entity_id).place_type in ("state", "province")

    def offices_on(self, entity_id: int, day: date | None) -> list[OfficeFact]:
        """The offices held on the day; all that are known if there is no day."""
        offices = self.of_entity(entity_id).offices
        return [office for office in offices if day is None or office.is_held_on(day)]

    @cached_property
    def _derived(self) -> Glossary:
        terms = (replace(term, forms=tuple(_derive(term))) for term in self.terms)
        return Glossary(tuple(term for term in terms if term.forms))


def _derive(term: Term) -> Iterator[Form]:
    if term.kind != "place":
        return
    listed = {form.text for form in term.forms}
    for form in term.forms:
        qualified = _QUALIFIED.match(form.text) if form.kind == "canonical" else None
        if qualified and (name := qualified["name"].strip()) not in listed:
            yield Form(name, form.language, "alias")
        if form.language == ENGLISH and (noun := _COMMON_NOUN.search(form.text)):
            yield Form(form.text[: noun.start()] + noun[0].lower(), ENGLISH, "alias")
