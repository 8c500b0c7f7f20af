"""The names as a termbase: finds them in a text of either language. Values only, no models.

In a story, text after text, also the short names that follow a full one: “Liu” or 刘书记 means
Liu Xiaohua only after the story has said who that is, and only while nobody else of that name
has turned up.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal

from pypinyin import lazy_pinyin

from archive.entities.glossary.matching import Matcher, as_found
from archive.entities.periods import Period
from archive.text.language import CHINESE, ENGLISH, LANGUAGES
from archive.text.normalisation import fold

# So many texts' names are cached, of texts of at most so many characters.
_CACHED = 2048
_LONGEST_CACHED = 5000
# What stands after a surname in a Chinese report.
TITLES = (
    *("书记", "市长", "副市长", "省长", "副省长", "州长", "县长", "区长", "部长", "主席", "总理"),
    *("总统", "大使", "公使", "会长", "主任", "局长", "院长", "校长", "教授", "先生", "女士"),
)
# Territories in which a Chinese name is the person's own.
_CHINESE_SPEAKING = {"CN", "HK", "MO", "TW", "SG"}
_MIDDLE_DOT = "·"
_WORD_FOLLOWS = re.compile(r"\s+[A-Z][a-z]")
_LETTERS = re.compile(r"[^a-z]")

FormKind = Literal[
    "canonical",
    "alias",
    "romanisation",
    "former",
    "abbreviation",
    "traditional",
    "short",
    "inflected",
]
# The kind of a term that is no name; its `entity_id` is the id of its own row.
PLAIN = "term"


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a name; a forbidden one is found, and warned of. `valid_from` and
    `valid_until` are partial dates ("1945", "1945-08"), "" for open ends."""

    text: str
    language: str
    kind: FormKind = "canonical"
    forbidden: bool = False
    valid_from: str = ""
    valid_until: str = ""

    def is_in_use(self, day: date) -> bool:
        """Whether the name was in use on that day, as far as is known."""
        if not (self.valid_from or self.valid_until):
            return True
        return day in Period.known(since=self.valid_from, until=self.valid_until, as_of="")


@dataclass(frozen=True, slots=True)
class Term:
    """An entity by its id, with all its forms; `country` is its ISO 3166-1 code, if known.

    Or a term that is no name: see `PLAIN`.
    """

    entity_id: int
    key: str
    kind: str
    forms: tuple[Form, ...]
    country: str = ""

    def canonical(self, language: str) -> str:
        """The form to use in this language, or ""."""
        found = (f.text for f in self.forms if f.language == language and f.kind == "canonical")
        return next(found, "")

    def allowed(self, language: str) -> tuple[str, ...]:
        """All forms in this language that may be printed."""
        return tuple(f.text for f in self.forms if f.language == language and not f.forbidden)

    def forbidden(self, language: str) -> tuple[str, ...]:
        return tuple(f.text for f in self.forms if f.language == language and f.forbidden)


@dataclass(frozen=True, slots=True)
class Hit:
    """A form found at text[start:end]; several terms if the form is ambiguous."""

    start: int
    end: int
    form: Form
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Glossary:
    """Terms, and where their forms stand in a text. `redirects` leads from the ids of merged names
    to those of the names that are kept."""

    terms: tuple[Term, ...] = ()
    redirects: Mapping[int, int] = field(default_factory=dict, kw_only=True, compare=False)

    def present(self, ids: Iterable[int]) -> set[int]:
        """The ids, those of merged names as the ids of the names that are kept."""
        return {self.redirects.get(pk, pk) for pk in ids}

    def find(self, text: str, language: str) -> list[Hit]:
        """The forms of one language that stand in the text: leftmost, longest, not overlapping.
        Case counts where a name may be a common word; accents, width, line breaks, hyphens between
        words and traditional characters don't. A text may mix both scripts."""
        if len(text) > _LONGEST_CACHED:
            return list(self._search(text, language))
        return list(self._found(text, language))

    @cached_property
    def _found(self) -> Callable[[str, str], tuple[Hit, ...]]:
        # A desk asks for the same paragraphs again and again: with each segment that gets the
        # focus for the whole story, since what a short name means depends on what came before.
        return lru_cache(maxsize=_CACHED)(self._search)

    def _search(self, text: str, language: str) -> tuple[Hit, ...]:
        matcher = self._matchers.get(language)
        if matcher is None or not text:
            return ()
        return tuple(
            Hit(
                start,
                end,
                as_found(text[start:end], entries),
                tuple({term.entity_id: term for _form, term in entries}.values()),
            )
            for start, end, entries in matcher.find(text)
        )

    def of(self, entity_ids: Collection[int]) -> list[Term]:
        """The terms of these entities, those that the glossary has."""
        return [self._by_id[pk] for pk in sorted(entity_ids) if pk in self._by_id]

    @cached_property
    def _by_id(self) -> dict[int, Term]:
        return {term.entity_id: term for term in self.terms}

    @cached_property
    def _matchers(self) -> dict[str, Matcher]:
        return {
            language: Matcher(
                (form, term)
                for term in self.terms
                for form in term.forms
                if form.language == language
            )
            for language in LANGUAGES
        }


@dataclass(frozen=True)
class Termbase:
    """The archive's names, and the terms that are none."""

    names: Glossary = field(default_factory=Glossary)
    terms: Glossary = field(default_factory=Glossary)


def find_terms(terms: Glossary, text: str, language: str, names: Sequence[Hit]) -> list[Hit]:
    """The plain terms in a text, but for what is a name or a part of one: names come first."""
    return [
        hit
        for hit in terms.find(text, language)
        if not any(name.start <= hit.start and hit.end <= name.end for name in names)
    ]


def without_forbidden(text: str, hits: Iterable[Hit], term: Term, language: str) -> str:
    """The text without the places where the term stands in a form that it forbids."""
    forbidden = {fold(form).text for form in term.forbidden(language)}
    pieces, end = [], 0
    for hit in hits:
        if term in hit.terms and fold(text[hit.start : hit.end]).text in forbidden:
            pieces.append(text[end : hit.start])
            end = hit.end
    return "\n".join([*pieces, text[end:]])


def find_in_story(glossary: Glossary, texts: Sequence[str], language: str) -> list[list[Hit]]:
    """The hits of each text, in order; those of short names have a form of the kind "short"."""
    people: dict[int, Term] = {}
    short = Glossary()
    found = []
    for text in texts:
        full = glossary.find(text, language)
        # One of several people of the same full name can't be told from the others.
        single = (hit.terms[0] for hit in full if len(hit.terms) == 1 and not hit.form.forbidden)
        named = {term.entity_id: term for term in single if term.kind == "person"}
        if named.keys() - people.keys():
            people.update(named)
            short = Glossary(tuple(with_short_forms(people.values(), language)))
        first = {pk: min(h.start for h in full if named[pk] in h.terms) for pk in named}
        later = [
            replace(hit, terms=(people[hit.terms[0].entity_id],))
            for hit in short.find(text, language)
            if _is_meant(text, hit, full, first)
        ]
        found.append(sorted([*full, *later], key=lambda hit: hit.start))
    return found


def _is_meant(text: str, hit: Hit, full: Iterable[Hit], first: dict[int, int]) -> bool:
    if len(hit.terms) > 1 or first.get(hit.terms[0].entity_id, -1) > hit.start:
        return False
    if any(hit.start < other.end and other.start < hit.end for other in full):
        return False
    return not _WORD_FOLLOWS.match(text, hit.end)


def with_short_forms(people: Iterable[Term], language: str) -> Iterator[Term]:
    """The people with their short forms in place of the full ones."""
    for term in people:
        forms = tuple(Form(text, language, "short") for text in short_names(term, language))
        yield replace(term, forms=forms)


@lru_cache(maxsize=4096)
def short_names(term: Term, language: str) -> tuple[str, ...]:
    """What a story calls a person after the first mention: Liu, 帕克特, 刘书记."""
    name = term.canonical(language)
    if term.kind != "person" or not name:
        return ()
    if language == CHINESE:
        if _MIDDLE_DOT in name:
            return (name.rsplit(_MIDDLE_DOT, 1)[1],)
        return () if is_foreign(term) else tuple(name[0] + title for title in TITLES)
    words = name.split()
    if len(words) == 1:
        return ()
    return (words[-1] if is_foreign(term) else words[0],)


@lru_cache(maxsize=4096)
def is_foreign(term: Term) -> bool:
    """Whether the Chinese name is a translation: known by the country, else by the pinyin."""
    if term.country:
        return term.country not in _CHINESE_SPEAKING
    own = "".join(lazy_pinyin(term.canonical(CHINESE)))
    return all(_LETTERS.sub("", name.lower()) != own for name in term.allowed(ENGLISH))


_HISSING = re.compile(r"(?:s|x|z|ch|sh)$", re.IGNORECASE)
_CONSONANT_Y = re.compile(r"(?<=[^aeiou])y$", re.IGNORECASE)
_SILENT_E = re.compile(r"(?<=[^eoy])e$", re.IGNORECASE)
# One syllable that ends in a single consonant doubles it: "planned", but not "opened".
_DOUBLES = re.compile(r"[^aeiou]*[aeiou][bcdfghklmnpqrtv]", re.IGNORECASE)
# The word before one of these is a phrase's head: "state of emergency".
_BEFORE = re.compile(r"\s(?:of|in|for|to|on|at|with|by|from)\s", re.IGNORECASE)


def inflected(phrase: str, part_of_speech: str) -> Iterator[str]:
    """The plural of a noun; the forms of a verb, whose first word changes. Nothing of others.

    "sister cities", "carried out": by the rules alone, since a person lists what goes another way
    ("mice").
    """
    if part_of_speech == "noun":
        preposition = _BEFORE.search(phrase)
        end = preposition.start() if preposition else len(phrase)
        yield _with_s(phrase[:end]) + phrase[end:]
    elif part_of_speech == "verb":
        verb, blank, rest = phrase.partition(" ")
        for form in (_with_s(verb), *_past_and_progressive(verb)):
            yield form + blank + rest


def _with_s(word: str) -> str:
    if _CONSONANT_Y.search(word):
        return f"{word[:-1]}ies"
    return f"{word}es" if _HISSING.search(word) else f"{word}s"


def _past_and_progressive(verb: str) -> tuple[str, str]:
    if _CONSONANT_Y.search(verb):
        return f"{verb[:-1]}ied", f"{verb}ing"
    stem = _SILENT_E.sub("", verb)
    if _DOUBLES.fullmatch(verb):
        stem = verb + verb[-1]
    return (f"{verb}d" if verb.endswith("e") else f"{stem}ed"), f"{stem}ing"
