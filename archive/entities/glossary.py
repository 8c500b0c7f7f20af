"""The names as a termbase: finds them in a text of either language. Values only, no models."""

from dataclasses import dataclass
from typing import Literal

FormKind = Literal["canonical", "alias", "romanisation", "former", "abbreviation", "traditional"]


@dataclass(frozen=True)
class Form:
    """One written form of a name; a forbidden one is found, and warned of."""

    text: str
    language: str
    kind: FormKind = "canonical"
    forbidden: bool = False


@dataclass(frozen=True)
class Term:
    """An entity by its id, with all its forms."""

    entity_id: int
    key: str
    kind: str
    forms: tuple[Form, ...]

    def canonical(self, language: str) -> str:
        """The form to use in this language, or ""."""
        found = (f.text for f in self.forms if f.language == language and f.kind == "canonical")
        return next(found, "")

    def allowed(self, language: str) -> tuple[str, ...]:
        """All forms in this language that may be printed."""
        return tuple(f.text for f in self.forms if f.language == language and not f.forbidden)

    def forbidden(self, language: str) -> tuple[str, ...]:
        return tuple(f.text for f in self.forms if f.language == language and f.forbidden)


@dataclass(frozen=True)
class Hit:
    """A form found at text[start:end]; several terms if the form is ambiguous."""

    start: int
    end: int
    form: Form
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Glossary:
    """Terms, and where their forms stand in a text."""

    terms: tuple[Term, ...] = ()
