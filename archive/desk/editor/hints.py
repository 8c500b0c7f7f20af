"""The names and terms in a segment, for the sidebar: what to write for each, and what not to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from archive.conf import settings
from archive.desk.segments import Row, rows
from archive.entities.glossary.matching import stands_alone
from archive.entities.glossary.termbase import load_termbase, office_title, offices_on
from archive.entities.glossary.terms import (
    TITLES,
    Form,
    Glossary,
    Hit,
    Term,
    find_in_story,
    find_terms,
    is_foreign,
    short_names,
    without_forbidden,
)
from archive.entities.rich_text import EDIT_URL_NAME
from archive.entities.terms.models import GlossaryTerm
from archive.entities.terms.policies import term_policy
from archive.qa.checks.names import ways_to_write
from archive.qa.checks.terms import is_written
from archive.text.language import other
from archive.text.normalisation import QUOTES, fold
from archive.text.richtext import linked_ids
from archive.text.segmentation import RICH, plain_text

EDIT_TERM_URL_NAME = "wagtailsnippets_archive_glossaryterm:edit"


@dataclass(frozen=True)
class ShownTerm:
    """A term as it stands in the source, what to write for it, and what is known of it."""

    found: str
    # As `NamedInSource.places`.
    places: list[int]
    # The one to be preferred first.
    forms: list[str]
    row: GlossaryTerm
    # In the target's language, else in the other.
    definition: str
    definition_language: str
    forbidden: tuple[str, ...]
    in_target: bool
    edit_url: str


def shown_terms(
    row: Row, names: Sequence[Hit], terms: Glossary, language: str, user: Any
) -> list[ShownTerm]:
    """The terms in the row's source, in its order, each once; `names` are the names in it.

    One query where there are any.
    """
    source, origin = row.source.plain_text, other(language)
    found: dict[Term, str] = {}
    places = find_terms(terms, source, origin, names)
    for hit in places:
        for term in () if hit.form.forbidden else hit.terms:
            found.setdefault(term, source[hit.start : hit.end])
    rows = GlossaryTerm.objects.in_bulk([term.entity_id for term in found]) if found else {}
    target = plain_text(row.target, row.source.markup)
    hits = terms.find(target, language)
    return [
        _shown(
            words,
            _places(source, words, places),
            term,
            stored,
            language,
            without_forbidden(target, hits, term, language),
            term_policy.user_has_permission_for_instance(user, "change", stored),
        )
        for term, words in found.items()
        if (stored := rows.get(term.entity_id))
    ]


def _places(source: str, words: str, hits: Sequence[Hit]) -> list[int]:
    starts = {hit.start for hit in hits}
    every = re.finditer(re.escape(words), source)
    return [number for number, found in enumerate(every) if found.start() in starts]


def _shown(
    words: str,
    places: list[int],
    term: Term,
    row: GlossaryTerm,
    language: str,
    target: str,
    may_edit: bool,
) -> ShownTerm:
    """`target` is the translation without what the term forbids."""
    definition, said_in = row.definition_in(language), language
    if not definition:
        definition, said_in = row.definition_in(other(language)), other(language)
    return ShownTerm(
        words,
        places,
        [row.term_in(language), *row.variants_in(language)],
        row,
        definition,
        said_in,
        tuple(row.forbidden_in(language)),
        in_target=is_written(term, fold(target).text, language),
        edit_url=reverse(EDIT_TERM_URL_NAME, args=[row.pk]) if may_edit else "",
    )


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
    """A name that the segment's source has: as it stands there, and what it may mean."""

    found: str
    is_short: bool
    terms: tuple[Term, ...]
    is_first: bool
    in_target: bool
    # The forms that the translation has in this story's other segments.
    used: tuple[str, ...]
    # Of the places where the source has these letters, those where they are the name, from 0.
    places: list[int]


class StoryRows:
    """A story's rows with the names of their sources; `language` is the target's."""

    def __init__(self, rows: Sequence[Row], glossary: Glossary, language: str) -> None:
        self.rows = rows
        self.glossary = glossary
        self.language = language
        self.sources = [row.source.plain_text for row in rows]
        self.linked = glossary.present(pk for row in rows for pk in _links(row))
        self.hits = find_in_story(glossary, self.sources, other(language))

    def names_at(self, place: int) -> list[NamedInSource]:
        """The names in one row's source, in its order, each once."""
        row = self.rows[place]
        links = self.glossary.present(_links(row))
        target = plain_text(row.target, row.source.markup)
        hits = self.glossary.find(target, self.language)
        before = {
            term.entity_id
            for earlier, hits in zip(self.rows[:place], self.hits[:place], strict=True)
            if earlier.source.kind in RUNNING
            for hit in hits
            for term in hit.terms
        }
        named = list(self._found(place, links))
        used = self._used(place, [terms[0] for _found, _short, terms in named if len(terms) == 1])
        return [
            NamedInSource(
                found,
                is_short,
                terms,
                is_first=row.source.kind in RUNNING and not before & _ids(terms),
                in_target=any(
                    form in fold(without_forbidden(target, hits, term, self.language)).text
                    for term in terms
                    for form in ways_to_write(term, self.language)
                ),
                used=used.get(terms[0].entity_id, ()) if len(terms) == 1 else (),
                places=_places(self.sources[place], found, self.hits[place]),
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

    def _used(self, place: int, terms: Sequence[Term]) -> dict[int, tuple[str, ...]]:
        """By entity, the forms that the other rows' translations have, in the story's order; not
        where the letters are a part of another name (厦门市 in 厦门市第一医院) or word (广州 in
        广州湾), and not in what is left out."""
        wanted = {term.entity_id for term in terms}
        found: defaultdict[int, dict[str, None]] = defaultdict(dict)
        for number, row in enumerate(self.rows):
            if number == place or not row.target or row.left_out:
                continue
            text = plain_text(row.target, row.source.markup)
            for hit in self.glossary.find(text, self.language):
                used = _ids(hit.terms) & wanted
                if used and stands_alone(text, hit.start, hit.end):
                    for pk in used:
                        found[pk][hit.form.text] = None
        return {pk: tuple(forms) for pk, forms in found.items()}


def _links(row: Row) -> list[int]:
    return linked_ids(row.source.text, "entity") if row.source.markup == RICH else []


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
        # A Chinese paper never calls anybody by the surname alone.
        short = [form for form in short_names(term, language) if not form.endswith(TITLES)]
        forms = [*short, name]
    else:
        forms = [name]
    offered = (form for form in _allowed(term, language) if form.kind not in _NOT_OFFERED)
    forms += [form.text for form in offered if form.is_in_use(day)]
    if term.kind == "topic":
        # A common noun has a small letter: "sister city"; Belt and Road Initiative is a name.
        forms = [form[0].lower() + form[1:] if form[1:].islower() else form for form in forms]
    return list(dict.fromkeys(forms))[:_MOST]


def _in_full(name: str, named: NamedInSource, term: Term, language: str, patterns: Patterns) -> str:
    original = term.canonical(other(language)) or named.found
    pattern = patterns.get(language, {}).get(term.kind, "{name}")
    if term.kind == "person" and not is_foreign(term):
        pattern = "{name}"
    return pattern.format(name=name, original=original)


def _allowed(term: Term, language: str) -> Iterator[Form]:
    return (form for form in term.forms if form.language == language and not form.forbidden)


@dataclass(frozen=True)
class Meaning:
    """What a name may mean, and what is to be written if it does."""

    term: Term
    # The forms to offer, the one that fits here first.
    forms: list[str]
    office: str
    edit_url: str
    # Where the translation calls it something else than its first name: all that it says.
    used: tuple[str, ...]
    forbidden: tuple[str, ...]
    # Forms that weren't in use on the story's day.
    out_of_use: list[str]
    # The entity's id as the source has it in a link, for the link in the target: of a name that
    # was merged since, its former one.
    mention: int | None


@dataclass(frozen=True)
class ShownName:
    named: NamedInSource
    meanings: list[Meaning]


def names_section(translation: Any, row: Any, user: Any) -> dict[str, Any]:
    """The names and terms in the row's source; two queries, one more for terms, two more for
    changed names, two for rights."""
    language, day, base = translation.language, translation.article.print_date, load_termbase()
    story = StoryRows(rows(translation), base.names, language)
    place = next((n for n, one in enumerate(story.rows) if one.source.key == row.source.key), None)
    if place is None:
        return {}
    found = story.names_at(place)
    terms = shown_terms(story.rows[place], story.hits[place], base.terms, language, user)
    if not found and not terms:
        return {}
    people = [term.entity_id for named in found for term in named.terms if term.kind == "person"]
    offices = offices_on(people, day) if people else {}
    may_edit = user.has_perm("archive.change_entity")
    patterns = settings.NAMES_FIRST_MENTION
    linked = {base.names.redirects.get(pk, pk): pk for pk in _links(story.rows[place])}

    def meaning(named: NamedInSource, term: Term) -> Meaning:
        # A common noun is said in many ways, and rightly.
        is_one = term.kind == "topic" or set(named.used) <= {term.canonical(language)}
        office = offices.get(term.entity_id)
        return Meaning(
            term,
            forms_for(named, term, row.source.kind, language, day, patterns),
            office=office_title(office, language) if office else "",
            edit_url=reverse(EDIT_URL_NAME, args=[term.entity_id]) if may_edit else "",
            used=() if is_one else named.used,
            forbidden=term.forbidden(language),
            out_of_use=[form.text for form in _allowed(term, language) if not form.is_in_use(day)],
            mention=linked.get(term.entity_id),
        )

    return {
        "names": [ShownName(one, [meaning(one, term) for term in one.terms]) for one in found],
        "terms": terms,
        "target_language": language,
        "day": day,
    }
