"""What a full-text engine does: keep documents' terms, and say which documents match."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from archive.search.analysis import Phrase
from archive.search.results import Filters, Results


class SearchError(Exception):
    """The engine can't answer now; the message is for the log."""


@dataclass(frozen=True)
class Text:
    """A document as engines take it: its key, its texts by field, and what filters need of it.

    The texts are as the engine's `shape` gives them.
    """

    id: int
    texts: dict[str, str]
    facets: dict[str, Any] = field(default_factory=dict)


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
class Choice:
    """One way to hold: by date or page of the paper (`field`, `value`), or by one of the texts."""

    field: str = ""
    value: Value = ""
    wanted: tuple[Wanted, ...] = ()


@dataclass(frozen=True)
class Restriction:
    """One of the choices must hold; if excluded, none may, in either of a story's languages."""

    choices: tuple[Choice, ...]
    is_excluded: bool = False


@dataclass
class Question:
    """What an engine is asked. `start` counts from 0; `hidden` are tree paths of hidden pages."""

    texts: Expression
    restrictions: Sequence[Restriction]
    filters: Filters
    sort: str
    start: int
    count: int
    hidden: Sequence[str] = ()


@dataclass(frozen=True)
class Match:
    """SQL of `SELECT id, score …`; the lower the score, the better the match."""

    sql: str
    params: tuple[Value, ...]


class Engine(ABC):
    """Holds the documents' texts, under the keys of their rows."""

    @abstractmethod
    def shape(self, texts: dict[str, str]) -> dict[str, str]:
        """A document's texts, cut by `analysis.cut`, as `write` takes them."""

    @abstractmethod
    def write(self, documents: Sequence[Text]) -> None:
        """Put documents' texts in place of what is stored under the same keys."""

    @abstractmethod
    def remove(self, ids: Collection[int]) -> None:
        """Forget documents; keys without one are passed over."""

    @abstractmethod
    def forget(self, articles: Collection[int]) -> None:
        """Forget the documents of these stories."""

    @abstractmethod
    def ids(self) -> set[int]:
        """The keys of all documents whose text is stored."""

    @abstractmethod
    def find(self, question: Question) -> Results:
        """The page of results that is asked for, with its facets. SearchError if it can't."""

    @abstractmethod
    def begin(self) -> None:
        """Before all is written anew: what readers ask must go on answering meanwhile."""

    @abstractmethod
    def finish(self) -> None:
        """All was written anew."""

    @contextmanager
    def loading(self) -> Iterator[None]:
        """While many documents are written."""
        yield

    @abstractmethod
    def tidy(self) -> None:
        """After many writes: merge what they left behind, and tell the planner."""

    @abstractmethod
    def size(self) -> int:
        """Bytes that the full-text index takes."""


class SQLEngine(Engine):
    """Shares the database, and so the transactions, with the rows it indexes."""

    @abstractmethod
    def match(self, expression: Expression, *, scored: bool, above: int | None = None) -> Match:
        """The documents that match; with a score of 0 unless `scored`.

        `above`: only documents of a higher key, of which there are few.
        """

    @abstractmethod
    def trim(self, upto: int) -> None:
        """Documents up to this key aren't asked for by `above` any more."""

    def keys(self, match: Match, upto: int) -> list[int]:
        """Of all documents that match, up to this key."""
        with connection.cursor() as cursor:
            sql = f"SELECT id FROM ({match.sql}) m WHERE id <= %s"
            cursor.execute(sql, [*match.params, upto])
            return [row[0] for row in cursor.fetchall()]

    def prepare(self) -> None:
        """Before many documents are written, or all of a common word are asked for: on this
        connection."""

    @contextmanager
    def loading(self) -> Iterator[None]:
        self.prepare()
        yield

    def forget(self, articles: Collection[int]) -> None:
        """A trigger forgets a text with its row."""

    def begin(self) -> None:
        """Documents are replaced a batch at a time, each in one transaction."""

    def finish(self) -> None:
        """See `begin`."""

    def find(self, question: Question) -> Results:
        from archive.search import counting, finding

        return counting.find(self, question) or finding.find_by_rows(self, question)
