"""Names against the glossary: missing, misspelt (王中平 for 王中丙), forbidden, inconsistent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pypinyin import lazy_pinyin

from archive.entities.glossary.terms import Form, Hit, Term, find_in_story, is_foreign
from archive.qa.base import HEADING_KINDS, Check, Finding, Pair, Span, Story, remembered
from archive.text.dictionary import installed_glosses
from archive.text.language import CHINESE, UNSPACED
from archive.text.normalisation import fold
from archive.text.richtext import linked_ids
from archive.text.scripts import HAN

_HAN_RUN = re.compile(f"[{HAN}·]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]{2,})?")
_SHORTEST_WORD = 5
_LONG_WORD = 8
_PAIR = 2
# By so many characters a word may be longer than a name in it, on either side.
_AROUND = 3
# Topics and events are common nouns as often as not: a good translation turns them around.
NAMED = ("person", "organisation", "place")
# Forms next to which another one is no inconsistency.
_ABBREVIATED = ("short", "abbreviation", "traditional")
# What may be left off or put on: 湛江市 is 湛江.
_SUFFIXES = "省市州县区"
_SHORTEST_WITH_SUFFIX = 3


@dataclass(frozen=True)
class PairNames:
    """The names in one pair; `first` are the entities that running text names here first."""

    pair: Pair
    source: list[Hit]
    target: list[Hit]
    first: set[int]

    def has(self, term: Term, language: str) -> bool:
        """Whether the target, which is in `language`, has any form of the name."""
        target = fold(self.pair.target).text
        return any(form in target for form in ways_to_write(term, language))


def ways_to_write(term: Term, language: str) -> set[str]:
    """All forms in the language, folded; a place's also without 省, 市 and the like.

    Initials such as NATO are written in any language; and as long as the glossary has no form in
    this one, so is what it has.
    """
    known = any(form.language == language for form in term.forms)
    forms = {
        fold(form.text).text
        for form in term.forms
        if not known or form.language == language or form.text.isupper()
    }
    if term.kind == "place":
        long = (form for form in forms if len(form) >= _SHORTEST_WITH_SUFFIX)
        forms |= {form[:-1] for form in long if form[-1] in _SUFFIXES}
    return forms


class StoryNames:
    """By key, the names of each pair; ambiguous ones are settled by the story's own mentions."""

    def __init__(self, story: Story) -> None:
        self.linked = story.glossary.present(
            pk for pair in story.pairs for pk in linked_ids(pair.source_markup, "entity")
        )
        source, target = (
            find_in_story(story.glossary, texts, language)
            for texts, language in (
                ([pair.source for pair in story.pairs], story.source_language),
                ([pair.target for pair in story.pairs], story.target_language),
            )
        )
        self.pairs: dict[str, PairNames] = {}
        self.people: dict[int, Term] = {}
        # All entities that the source may name.
        self.told = {term.entity_id for hits in source for hit in hits for term in hit.terms}
        met: set[int] = set()
        for pair, there, here in zip(story.pairs, source, target, strict=True):
            terms = {term.entity_id: term for hit in there for term in self.meant(hit)}
            first = set() if pair.kind in HEADING_KINDS else terms.keys() - met
            self.pairs[pair.key] = PairNames(pair, there, here, first)
            met |= first
            self.people |= {pk: term for pk, term in terms.items() if term.kind == "person"}

    def meant(self, hit: Hit) -> tuple[Term, ...]:
        """The terms that a hit can mean: those that the story links to, or else all."""
        linked = tuple(term for term in hit.terms if term.entity_id in self.linked)
        return linked or hit.terms

    @cached_property
    def first_uses(self) -> dict[int, tuple[PairNames, Hit]]:
        """By entity, where the target first names it in full by a form that others may not vary."""
        found: dict[int, tuple[PairNames, Hit]] = {}
        for names in self.pairs.values():
            for hit in names.target:
                if _is_plain(hit.form) and len(self.meant(hit)) == 1:
                    found.setdefault(self.meant(hit)[0].entity_id, (names, hit))
        return found


names_of = remembered(StoryNames)


def _is_plain(form: Form) -> bool:
    return not form.forbidden and form.kind not in _ABBREVIATED


def near_names(text: str, name: str, taken: Sequence[Span], *, surname: bool) -> Iterator[Span]:
    """Where something differs from the name by a character or a letter or two.

    `taken` are the spans of known names. With `surname`, the first character must be right:
    two people of the same given name are two people.
    """
    find = _near_han if _HAN_RUN.match(name) else _near_latin
    for start, end in find(text, name, surname):
        if not any(start < other_end and other < end for other, other_end in taken):
            yield start, end


def _near_han(text: str, name: str, surname: bool) -> Iterator[Span]:
    wanted = fold(name).text
    for run in _HAN_RUN.finditer(text):
        folded = fold(run.group()).text
        for start in range(len(folded) - len(wanted) + 1):
            if surname and folded[start] != wanted[0]:
                continue
            window = folded[start : start + len(wanted)]
            if _differs_by_one(window, wanted) and not _is_word(folded, start, len(wanted)):
                yield run.start() + start, run.start() + start + len(wanted)


def _is_word(text: str, start: int, size: int) -> bool:
    """Whether the dictionary has it as a common word, or in a longer one: 三角洲 isn't 三角镇
    misspelt, nor is 三角 in 珠三角 anybody's name."""
    if (glosses := installed_glosses()) is None:
        return False
    end = start + size
    around = {
        text[begin:stop]
        for begin in range(max(start - _AROUND, 0), start + 1)
        for stop in range(end, min(end + _AROUND, len(text)) + 1)
    }
    return any(
        word in glosses and (len(word) > size or not glosses.names_for(word)) for word in around
    )


def _differs_by_one(window: str, wanted: str) -> bool:
    differences = [(a, b) for a, b in zip(window, wanted, strict=True) if a != b]
    if len(differences) != 1:
        return False
    # In a name of two characters one wrong one is another word, unless it sounds the same.
    return len(wanted) > _PAIR or lazy_pinyin(differences[0][0]) == lazy_pinyin(differences[0][1])


def _near_latin(text: str, name: str, surname: bool) -> Iterator[Span]:
    wanted = _WORD.findall(name)
    words = list(_WORD.finditer(text))
    for first in range(len(words) - len(wanted) + 1):
        span = words[first].start(), words[first + len(wanted) - 1].end()
        found = [word.group() for word in words[first : first + len(wanted)]]
        if found != wanted and _is_misspelt(found, wanted, surname):
            yield span


def _is_misspelt(found: list[str], wanted: list[str], surname: bool) -> bool:
    if not found or (surname and len(found) > 1 and found[0] != wanted[0]):
        return False
    for one, right in zip(found, wanted, strict=True):
        if one[0] != right[0]:
            return False
        most = 0 if len(right) < _SHORTEST_WORD else 1 if len(right) < _LONG_WORD else 2
        if distance(fold(one).text, fold(right).text) > most:
            return False
    # Accents and case alone make no other name.
    return fold(" ".join(found)).text != fold(" ".join(wanted)).text


def distance(one: str, other: str) -> int:
    """How many letters must be put in, taken out or changed to make one word of the other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            changed = previous + (a != b)
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, changed)
    return row[-1]


class NameMissing(Check):
    check_id = "name-missing"
    name = gettext_lazy("Missing name")
    description = gettext_lazy("A name of the source is missing from the translation.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        """A place counts at its first mention, as later ones are often “the city”, 当地, and a
        heading may leave names out; but wherever another place stands instead."""
        names = names_of(story)
        here = names.pairs[pair.key]
        others = [hit for hit in _once_each(here.target) if _is_other_place(hit, names)]
        for hit in _once_each(here.source):
            terms = names.meant(hit)
            term = terms[0]
            if hit.form.kind == "short" or term.kind not in NAMED:
                continue
            is_exchanged = term.kind == "place" and bool(others)
            is_asked = pair.kind not in HEADING_KINDS and (
                term.kind != "place" or term.entity_id in here.first
            )
            if not (is_asked or is_exchanged):
                continue
            wanted = term.canonical(story.target_language)
            if not wanted or any(here.has(term, story.target_language) for term in terms):
                continue
            if any(near(names, here, term, story.target_language) for term in terms):
                continue
            said = {"name": pair.source[hit.start : hit.end], "wanted": wanted}
            message = _("%(name)s is missing from the translation: %(wanted)s.")
            if is_exchanged:
                said["other"] = pair.target[others[0].start : others[0].end]
                message = _("“%(other)s” is another place than %(name)s: %(wanted)s.")
            spans = tuple((one.start, one.end) for one in others) if is_exchanged else ()
            yield self.finding(pair, message % said, source=((hit.start, hit.end),), target=spans)


class NameMisspelt(Check):
    check_id = "name-misspelt"
    severity = "error"
    name = gettext_lazy("Misspelt name")
    description = gettext_lazy(
        "Something in the translation looks like a name but differs from it."
    )

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        names = names_of(story)
        here = names.pairs[pair.key]
        said = {term.entity_id: term for hit in here.source for term in names.meant(hit)}
        found: dict[Span, str] = {}
        for term in (names.people | said).values():
            found.update(near(names, here, term, story.target_language))
        for (start, end), wanted in found.items():
            message = _("“%(found)s” is not in the glossary: did you mean %(wanted)s?")
            message %= {"found": pair.target[start:end], "wanted": wanted}
            yield self.finding(pair, message, target=((start, end),), fixes=(wanted,))


class NameForbidden(Check):
    check_id = "name-forbidden"
    severity = "error"
    name = gettext_lazy("Forbidden name")
    description = gettext_lazy("The translation has a form of a name that the glossary forbids.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        names = names_of(story)
        here = names.pairs[pair.key]
        said = {term for hit in here.source for term in names.meant(hit)}
        meant = ((hit, names.meant(hit)) for hit in here.target)
        for span, message, fixes in forbidden_hits(pair, meant, said, story.target_language):
            yield self.finding(pair, message, target=(span,), fixes=fixes)


class NameInconsistent(Check):
    check_id = "name-inconsistent"
    name = gettext_lazy("Inconsistent name")
    description = gettext_lazy("The translation uses two names for the same person or place.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        names = names_of(story)
        here = names.pairs[pair.key]
        for hit in _once_each(here.target):
            terms = names.meant(hit)
            if len(terms) > 1 or terms[0].kind not in NAMED or not _is_plain(hit.form):
                continue
            there, before = names.first_uses[terms[0].entity_id]
            if _is_same(before.form, hit.form, story.target_language):
                continue
            said = [_source_form(one, terms[0], story.source_language) for one in (here, there)]
            if said[0] == said[1]:
                message = _("“%(found)s” here, but %(before)s earlier in the story.")
                message %= {"found": pair.target[hit.start : hit.end], "before": before.form.text}
                yield self.finding(pair, message, target=((hit.start, hit.end),))


def forbidden_hits(
    pair: Pair, meant: Iterable[tuple[Hit, tuple[Term, ...]]], said: set[Term], language: str
) -> Iterator[tuple[Span, str, tuple[str, ...]]]:
    """Where the target has a form that may not be used, in words, and what to write in its place,
    if that is known; `meant` are the target's hits with what each can mean, `said` is what the
    source names."""
    for hit, terms in meant:
        found = pair.target[hit.start : hit.end]
        term = _term_it_is_forbidden_for(found, terms, said, language)
        if term is None:
            continue
        wanted = term.canonical(language)
        message = _("“%(found)s” is forbidden: write %(wanted)s.") if wanted else ""
        message = message or _("“%(found)s” is forbidden.")
        fixes = (wanted,) if wanted else ()
        yield (hit.start, hit.end), message % {"found": found, "wanted": wanted}, fixes


def _term_it_is_forbidden_for(
    found: str, terms: tuple[Term, ...], said: set[Term], language: str
) -> Term | None:
    """None if it may be used; where it is another's right name, what the source says decides."""
    written = fold(found).text
    bad = [
        term
        for term in terms
        if any(written == fold(text).text for text in term.forbidden(language))
    ]
    good = [term for term in terms if term not in bad]
    if good and (said & set(good) or not said & set(bad)):
        return None
    return next((term for term in bad if term in said), bad[0]) if bad else None


def near(names: StoryNames, here: PairNames, term: Term, language: str) -> dict[Span, str]:
    """What in the target looks like this name and isn't, and the form that it looks like.

    A person is looked for in every segment of the story, because the name may stand for a “he”;
    anything else only where it is missing.
    """
    is_person = term.kind == "person"
    said = sum(term in names.meant(hit) for hit in here.source)
    in_full = sum(term in hit.terms and hit.form.kind != "short" for hit in here.target)
    is_there = in_full >= max(said, 1) if is_person else here.has(term, language)
    if term.kind not in NAMED or is_there:
        return {}
    surname = is_person and not (language == CHINESE and is_foreign(term))
    taken = [(hit.start, hit.end) for hit in here.target]
    found: dict[Span, str] = {}
    for form in term.forms:
        if form.language == language and form.kind == "canonical" and not form.forbidden:
            for span in near_names(here.pair.target, form.text, taken, surname=surname):
                found.setdefault(span, form.text)
    return found


def _is_other_place(hit: Hit, names: StoryNames) -> bool:
    """Whether it names a place that the source names nowhere."""
    return all(one.kind == "place" and one.entity_id not in names.told for one in hit.terms)


def _once_each(hits: list[Hit]) -> Iterator[Hit]:
    """The first hit of each form of each name."""
    seen = set()
    for hit in hits:
        mark = (hit.terms[0].entity_id, hit.form.text)
        if mark not in seen:
            seen.add(mark)
            yield hit


def _is_same(one: Form, other: Form, language: str) -> bool:
    """Whether one is short for the other: 湛江 and 湛江市, 加州 and 加利福尼亚州."""
    folded = (fold(form.text).text for form in (one, other))
    pieces = [list(text) if language in UNSPACED else text.split() for text in folded]
    short, long = sorted(pieces, key=len)
    rest = iter(long)
    return all(piece in rest for piece in short)


def _source_form(names: PairNames, term: Term, language: str) -> str:
    """What the source calls it here; where it says two things, so may the translation."""
    forms = (hit.form.text for hit in names.source if term in hit.terms and _is_plain(hit.form))
    return next(forms, term.canonical(language))
