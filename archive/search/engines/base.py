"""What a full-text engine does: keep documents' terms, and say in SQL which documents match."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from archive.search.analysis import Phrase

# A document's text: its key, and its terms by field.
Terms = tuple[int, dict[str, list[str]]]


@dataclass(frozen=True)
class Wanted:
    """A phrase in some of a document's fields; in any of them where `fields` is empty."""

    phrase: Phrase
    fields: tuple[str, ...] = ()


# What SQL is given beside its text.
Value = str | int | date

# All of the groups must match, each by one of its phrases.
Expression = Sequence[Sequence[Wanted]]


@dataclass(frozen=True)
class Match:
    """SQL of `SELECT id, score …`; the lower the score, the better the match."""

    sql: str
    params: tuple[Value, ...]


class Engine(ABC):
    """Shares the database, and so the transactions, with the rows it indexes."""

    @abstractmethod
    def write(self, documents: Sequence[Terms]) -> None:
        """Put documents' texts in place of what is stored under the same keys."""

    @abstractmethod
    def remove(self, ids: Collection[int]) -> None:
        """Forget documents; keys without one are passed over."""

    @abstractmethod
    def ids(self) -> set[int]:
        """The keys of all documents whose text is stored."""

    @abstractmethod
    def match(self, expression: Expression, *, scored: bool) -> Match:
        """The documents that match; with a score of 0 unless `scored`."""

    @abstractmethod
    def tidy(self) -> None:
        """After many writes: merge what they left behind, and tell the planner."""

    @abstractmethod
    def size(self) -> int:
        """Bytes that the full-text index takes."""
