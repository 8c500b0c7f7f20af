"""The names as a termbase: finds them in a text of either language. Values only, no models."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal

from archive.entities.glossary.matching import Matcher, as_found
from archive.entities.periods import Period
from archive.text.language import LANGUAGES

# So many texts' names are kept, of texts of at most so many characters.
_KEPT = 2048
_LONGEST_KEPT = 5000

FormKind = Literal[
    "canonical", "alias", "romanisation", "former", "abbreviation", "traditional", "short"
]


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a name; a forbidden one is found, and warned of.

    `valid_from` and `valid_until` are partial dates ("1945", "1945-08"), "" for open ends.
    """

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
    """An entity by its id, with all its forms; `country` is its ISO 3166-1 code, if known."""

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
    """Terms, and where their forms stand in a text.

    `redirects` leads from the ids of merged names to those of the names that are kept.
    """

    terms: tuple[Term, ...] = ()
    redirects: Mapping[int, int] = field(default_factory=dict, kw_only=True, compare=False)

    def present(self, ids: Iterable[int]) -> set[int]:
        """The ids, those of merged names as the ids of the names that are kept."""
        return {self.redirects.get(pk, pk) for pk in ids}

    def find(self, text: str, language: str) -> list[Hit]:
        """The forms of one language that stand in the text: leftmost, longest, not overlapping.

        Case counts where a name may be a common word; accents, width, line breaks, hyphens
        between words and traditional characters don't. A text may mix both scripts.
        """
        if len(text) > _LONGEST_KEPT:
            return list(self._search(text, language))
        return list(self._found(text, language))

    @cached_property
    def _found(self) -> Callable[[str, str], tuple[Hit, ...]]:
        # A desk asks for the same paragraphs again and again: with each segment that gets the
        # focus for the whole story, since what a short name means depends on what came before.
        return lru_cache(maxsize=_KEPT)(self._search)

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
