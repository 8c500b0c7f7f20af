"""The names in a segment, for the sidebar: what to write for each, and what not to.

First what the segment's source names, in a story of which other segments have names too; then
the forms to offer for each name, the one that this place asks for first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from archive.conf import settings
from archive.desk.segments import Row, rows
from archive.entities.glossary.termbase import load_glossary, office_title, offices_on
from archive.entities.glossary.terms import (
    TITLES,
    Form,
    Glossary,
    Hit,
    Term,
    find_in_story,
    is_foreign,
    short_names,
)
from archive.entities.models import Office
from archive.entities.rich_text import EDIT_URL_NAME
from archive.qa.checks.names import ways_to_write
from archive.text import richtext
from archive.text.language import other
from archive.text.normalisation import QUOTES, fold
from archive.text.segmentation import RICH

# In: a "smart" city.
_UNQUOTED = dict.fromkeys(map(ord, QUOTES))
# Running text: a name's first mention there is the story's; headlines and captions have none.
RUNNING = ("paragraph", "item", "quote", "text")
_MOST = 4
# Right in the language, and yet not what to write without a reason.
_NOT_OFFERED = ("former", "traditional", "romanisation")

Patterns = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class NamedInSource:
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

    def names_at(self, place: int) -> list[NamedInSource]:
        """The names in one row's source, in its order, each once."""
        row = self.rows[place]
        links = self.glossary.present(_links(row))
        target = fold(_plain(row.target, row.source.markup)).text
        before = self._named_before(place)
        named = list(self._found(place, links))
        used = self._used(place, [terms[0] for _found, _short, terms in named if len(terms) == 1])
        return [
            NamedInSource(
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


def forms_for(
    named: NamedInSource, term: Term, kind: str, language: str, day: date, patterns: Patterns
) -> list[str]:
    """The forms to offer in the target language, the best first; [] where there is none.

    At the first mention a name stands in full, a foreigner's with the original in brackets;
    later the surname alone will do, where the language allows it.
    """
    name = term.canonical(language)
    if not name:
        return []
    if kind in RUNNING and named.is_first:
        forms = [_in_full(name, named, term, language, patterns), name]
    elif kind in RUNNING or named.is_short:
        forms = [*_short(term, language), name]
    else:
        forms = [name]
    forms += [form.text for form in _others(term, language, day)]
    if term.kind == "topic":
        forms = [_within_a_sentence(form) for form in forms]
    return list(dict.fromkeys(forms))[:_MOST]


def _within_a_sentence(form: str) -> str:
    """A common noun has a small letter: "sister city"; Belt and Road Initiative is a name."""
    is_name = not form[1:].islower()
    return form if is_name else form[0].lower() + form[1:]


def _in_full(name: str, named: NamedInSource, term: Term, language: str, patterns: Patterns) -> str:
    original = term.canonical(other(language)) or named.found
    pattern = patterns.get(language, {}).get(term.kind, "{name}")
    if term.kind == "person" and not is_foreign(term):
        pattern = "{name}"
    return pattern.format(name=name, original=original)


def _short(term: Term, language: str) -> Iterator[str]:
    # A Chinese paper never calls anybody by the surname alone.
    for name in short_names(term, language):
        if not name.endswith(TITLES):
            yield name


def _others(term: Term, language: str, day: date) -> Iterator[Form]:
    for form in term.forms:
        is_offered = not form.forbidden and form.kind not in _NOT_OFFERED
        if form.language == language and is_offered and form.is_in_use(day):
            yield form


def out_of_use(term: Term, language: str, day: date) -> list[Form]:
    """Forms in the target language that weren't in use on that day."""
    return [
        form
        for form in term.forms
        if form.language == language and not form.forbidden and not form.is_in_use(day)
    ]


@dataclass(frozen=True)
class Meaning:
    """What a name may mean, and what is to be written if it does."""

    term: Term
    # The forms to offer, the one that fits here first.
    forms: list[str]
    office: str = ""
    # Where the translation calls it something else than its first name: all that it says.
    used: tuple[str, ...] = ()
    edit_url: str = ""
    forbidden: tuple[str, ...] = ()
    out_of_use: list[str] = field(default_factory=list)
    # The entity's id where the source has a link to it, for the link in the target.
    mention: int | None = None


@dataclass(frozen=True)
class ShownName:
    named: NamedInSource
    meanings: list[Meaning]


def names_aid(translation: Any, row: Any, user: Any) -> dict[str, Any]:
    """The names in the row's source; two queries, four when the names have changed.

    The user's permissions are two more where nobody has asked for them yet.
    """
    story = StoryRows(rows(translation), load_glossary(), translation.language)
    place = next((n for n, one in enumerate(story.rows) if one.source.key == row.source.key), None)
    found = story.names_at(place) if place is not None else []
    if not found:
        return {}
    day = translation.article.print_date
    people = [term.entity_id for named in found for term in named.terms if term.kind == "person"]
    adviser = _Adviser(translation.language, day, row.source.kind, user)
    adviser.offices = offices_on(people, day) if people else {}
    return {
        "names": [
            ShownName(one, [adviser.meaning(one, term) for term in one.terms]) for one in found
        ],
        "target_language": translation.language,
        "day": day,
    }


class _Adviser:
    """What holds for all names of the segment: the language, the day, and who asks."""

    def __init__(self, language: str, day: date, kind: str, user: Any) -> None:
        self.language = language
        self.day = day
        self.kind = kind
        self.may_edit = user.has_perm("archive.change_entity")
        self.offices: dict[int, Office] = {}

    def meaning(self, named: NamedInSource, term: Term) -> Meaning:
        patterns = settings.NAMES_FIRST_MENTION
        forms = forms_for(named, term, self.kind, self.language, self.day, patterns)
        # A common noun is said in many ways, and rightly.
        is_one = term.kind == "topic" or set(named.used) <= {term.canonical(self.language)}
        office = self.offices.get(term.entity_id)
        return Meaning(
            term,
            forms,
            office=office_title(office, self.language) if office else "",
            edit_url=reverse(EDIT_URL_NAME, args=[term.entity_id]) if self.may_edit else "",
            used=() if is_one else named.used,
            forbidden=term.forbidden(self.language),
            out_of_use=[form.text for form in out_of_use(term, self.language, self.day)],
            mention=term.entity_id if named.is_linked else None,
        )
