"""Full-text engines behind one interface: what they are asked, what they answer, what they do."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, connections, router
from django.utils.module_loading import import_string

from archive.conf import settings
from archive.search.analysis import TermPhrase, paired
from archive.stories.models import ArticlePage
from archive.visibility import RestrictedPlaces

# The filters that take a document's column as it is.
COLUMNS = {"year": "year", "section": "section_id", "publication": "publication_id"}
RELEVANCE, NEWEST, OLDEST = "relevance", "newest", "oldest"
# The field of an alternative that is a span of days.
PRINTED = "printed"
# So many values of a facet are shown; of names, so many are counted.
MOST_VALUES = 12

# What SQL is given beside its text.
Value = str | int | date


@dataclass(frozen=True)
class WantedPhrase:
    """A phrase in some of a document's fields; in any of them where `fields` is empty."""

    phrase: TermPhrase
    fields: tuple[str, ...] = ()


# All of the groups must match, each by one of its phrases.
Expression = Sequence[Sequence[WantedPhrase]]


@dataclass(frozen=True)
class Alternative:
    """One way to hold: by date or page of the paper (`field`, `value`), or by one of the texts.

    Of the field PRINTED the value is the first day, and `until` the last, both included.
    """

    field: str = ""
    value: Value = ""
    wanted: tuple[WantedPhrase, ...] = ()
    until: date | None = None


@dataclass(frozen=True)
class Restriction:
    """One of the choices must hold; if excluded, none may, in either of a story's languages."""

    choices: tuple[Alternative, ...]
    is_excluded: bool = False

    @property
    def is_stated(self) -> bool:
        """Whether it is asked for by name, `page:17`, and not by words that may say it."""
        return all(one.field for one in self.choices)


@dataclass(frozen=True)
class Filters:
    """What the reader has narrowed the results to; each value as in the address."""

    year: int | None = None
    section: int | None = None
    publication: int | None = None
    language: str = ""
    picture: bool = False
    # Ids of tagged entities, places and people alike: all must be tagged.
    entities: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass
class SearchQuestion:
    """What an engine is asked. `start` counts from 0; nobody finds what is `restricted`."""

    texts: Expression
    restrictions: Sequence[Restriction]
    filters: Filters
    sort: str
    start: int
    count: int
    restricted: RestrictedPlaces = field(default_factory=RestrictedPlaces)

    def hidden_stories(self) -> list[int]:
        """The keys of the stories that some readers may not see: one query where there are any."""
        if not self.restricted:
            return []
        stories = ArticlePage.objects.filter(self.restricted.of_stories())
        return list(stories.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class FoundStory:
    """A story that matches: the languages it matches in, best first; a higher score is better."""

    article_id: int
    languages: tuple[str, ...]
    score: float


# By year or month, the number of stories in each language.
Spread = dict[int, dict[str, int]]


@dataclass
class Results:
    """One page of results; `facets` maps a facet to its values and their numbers of stories."""

    total: int = 0
    found: list[FoundStory] = field(default_factory=list)
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    # By year, or by month where the question is of one year: by language, the number of stories.
    # Empty from an engine that is no part of the database.
    spread: Spread = field(default_factory=dict)

    def order_facets(self) -> None:
        """The latest years first; of all else what is most often found."""
        for name, values in self.facets.items():
            values.sort(key=lambda one: (-int(one[0]),) if name == "year" else (-one[1], one[0]))


def fetch(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement that the ORM can't make: the full-text tables are no models."""
    # As the ORM's own: a site may have readers' questions answered by a replica.
    with connections[router.db_for_read(ArticlePage)].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


class SearchError(Exception):
    """The engine can't answer now; the message is for the log."""


@dataclass(frozen=True)
class IndexedText:
    """A document as engines take it: its key, its texts from `shape`, what filters need of it."""

    id: int
    texts: dict[str, str]
    facets: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TextMatch:
    """SQL of `SELECT id, score …`; the lower the score, the better the match."""

    sql: str
    params: tuple[Value, ...]

    def stories(self, **columns: Value) -> list[tuple[Any, ...]]:
        """(story, language, score) of the documents that match and have these values."""
        # The ORM can't join it. A cross join keeps SQLite from beginning with the documents.
        sql = (
            f"SELECT d.article_id, d.language, m.score FROM ({self.sql}) m "
            "CROSS JOIN archive_searchdocument d WHERE d.id = m.id"
        )
        sql += "".join(f" AND d.{column} = %s" for column in columns)
        return fetch(sql, [*self.params, *columns.values()])


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

    def shape(self, texts: dict[str, str]) -> dict[str, str]:
        """Terms with a blank between."""
        return {name: " ".join(paired(text).split()) for name, text in texts.items()}

    def tidy(self) -> None:
        """Nothing is left behind, unless the engine says otherwise."""

    @abstractmethod
    def forget(self, articles: Collection[int]) -> None:
        """Forget the documents of these stories."""

    def begin(self) -> None:
        """Before all is written anew: what readers ask must go on answering meanwhile."""

    def finish(self) -> None:
        """All was written anew."""

    @abstractmethod
    def find(self, question: SearchQuestion) -> Results:
        """The page of results that is asked for, with its facets. SearchError if it can't."""


class SQLEngine(SearchEngine):
    """Shares database and transactions with its rows; a trigger forgets a text with its row."""

    # Of so many phrases all documents are asked for at once.
    at_once = 40

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
        sql = f"SELECT id FROM ({match.sql}) m WHERE id <= %s"
        return [row[0] for row in fetch(sql, [*match.params, upto])]

    def holders(self, phrases: Sequence[WantedPhrase], upto: int) -> Iterator[Sequence[int]]:
        """Of each phrase, all documents that have it, up to this key: where many have each."""
        for one in phrases:
            yield self.keys(self.match([[one]], scored=False), upto)

    def prepare(self) -> None:
        """Before many documents are written, or all of a common word are asked for: on this
        connection."""

    @contextmanager
    def loading(self) -> Iterator[None]:
        self.prepare()
        yield


_OF_DATABASES = {
    "postgresql": "archive.search.engines.postgres.PostgresEngine",
    "sqlite": "archive.search.engines.sqlite.SQLiteEngine",
}


def get_engine() -> RemoteEngine | SQLEngine:
    """The engine that ARCHIVE_SEARCH_ENGINE names, or else the one of the site's database."""
    engine: RemoteEngine | SQLEngine
    if path := settings.SEARCH_ENGINE:
        engine = import_string(path)(**settings.SEARCH_OPTIONS)
    else:
        engine = import_string(_OF_DATABASES[connection.vendor])()
    return engine
