"""What a full-text engine does: keep documents' terms, and say which documents match."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from archive.search.question import Expression, Results, SearchQuestion, Value


class SearchError(Exception):
    """The engine can't answer now; the message is for the log."""


@dataclass(frozen=True)
class IndexedText:
    """A document as engines take it: its key, its texts by field, and what filters need of it.

    The texts are as the engine's `shape` gives them.
    """

    id: int
    texts: dict[str, str]
    facets: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TextMatch:
    """SQL of `SELECT id, score …`; the lower the score, the better the match."""

    sql: str
    params: tuple[Value, ...]


class SearchEngine(ABC):
    """Holds the documents' texts, under the keys of their rows."""

    @abstractmethod
    def shape(self, texts: dict[str, str]) -> dict[str, str]:
        """A document's texts, cut by `analysis.cut`, as `write` takes them."""

    @abstractmethod
    def write(self, documents: Sequence[IndexedText]) -> None:
        """Store documents' texts, under keys that have none yet."""

    @abstractmethod
    def remove(self, ids: Collection[int]) -> None:
        """Forget documents; keys without one are passed over."""

    @abstractmethod
    def ids(self) -> set[int]:
        """The keys of all documents whose text is stored."""

    @contextmanager
    def loading(self) -> Iterator[None]:
        """While many documents are written."""
        yield

    @abstractmethod
    def tidy(self) -> None:
        """After many writes: merge what they left behind, and tell the planner."""


class RemoteEngine(SearchEngine):
    """No part of the database: finds and counts by itself, and is told once it is committed."""

    @abstractmethod
    def forget(self, articles: Collection[int]) -> None:
        """Forget the documents of these stories."""

    @abstractmethod
    def begin(self) -> None:
        """Before all is written anew: what readers ask must go on answering meanwhile."""

    @abstractmethod
    def finish(self) -> None:
        """All was written anew."""

    @abstractmethod
    def find(self, question: SearchQuestion) -> Results:
        """The page of results that is asked for, with its facets. SearchError if it can't."""


class SQLEngine(SearchEngine):
    """Shares the database, and so the transactions, with the rows it indexes.

    A trigger forgets a text with its row.
    """

    @abstractmethod
    def match(self, expression: Expression, *, scored: bool, above: int | None = None) -> TextMatch:
        """The documents that match; with a score of 0 unless `scored`.

        `above`: only documents of a higher key, of which there are few.
        """

    @abstractmethod
    def trim(self, upto: int) -> None:
        """Documents up to this key aren't asked for by `above` any more."""

    def keys(self, match: TextMatch, upto: int) -> list[int]:
        """Of all documents that match, up to this key."""
        # The full-text index is no model.
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
