"""What administrators see of the archive's state: each part in a few queries."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from archive.base_page import Page
from archive.integrity.evidence import tables
from archive.operations.models import CommandRun
from archive.operations.routines import routines
from archive.publishing.due import MOST_ATTEMPTS, DueWork, due_work, failed_rows
from archive.publishing.followers import every_follower
from archive.publishing.models import FollowerDue
from archive.search.models import SearchDocument
from archive.stories.models import ArticlePage

# So much of what failed is listed at once, and so many tables.
MOST_FAILURES = 50
MOST_TABLES = 20


@dataclass(frozen=True)
class Failure:
    """A piece of due work that was tried in vain. `page` is its story, unless that is gone."""

    row: FollowerDue
    page: Page | None
    label: str
    # How manage.py does it for all stories.
    command: str

    @property
    def is_set_aside(self) -> bool:
        return self.row.attempts >= MOST_ATTEMPTS

    @property
    def error(self) -> str:
        return self.row.error or _("Its process ended before it was done.")


@dataclass(frozen=True)
class RoutineState:
    """A command that a server runs by the clock, with its last run."""

    label: str | Promise
    command: str
    run: CommandRun | None
    every: timedelta | None

    @property
    def is_late(self) -> bool:
        """It should have run since, or never ran."""
        if self.every is None:
            return False
        return self.run is None or timezone.now() - self.run.began_at > self.every


@dataclass(frozen=True)
class TableSize:
    """`bytes` are those of its indexes too; None where the database doesn't say."""

    name: str
    rows: int
    bytes: int | None


@dataclass(frozen=True)
class SearchState:
    """How many stories are live, how many of them the index has, and how many must be sent again to
    an engine outside the database."""

    live: int
    indexed: int
    unsent: int

    @property
    def is_in_step(self) -> bool:
        return self.live == self.indexed and not self.unsent


def failures() -> list[Failure]:
    """The oldest first."""
    rows = list(failed_rows()[:MOST_FAILURES])
    pages = Page.objects.in_bulk({row.story for row in rows})
    commands = {one.name: one.command for one in every_follower()}
    return [
        Failure(row, pages.get(row.story), _(row.follower), commands.get(row.follower, ""))
        for row in rows
    ]


def labelled_work() -> list[tuple[str, DueWork]]:
    """With what each follower is called in the reader's language."""
    return [(_(one.follower), one) for one in due_work()]


def routine_states() -> list[RoutineState]:
    runs = {run.command: run for run in CommandRun.objects.all()}
    return [
        RoutineState(one.label, one.command, runs.get(one.command), one.every) for one in routines()
    ]


def search_state() -> SearchState:
    documents = SearchDocument.objects.order_by()
    return SearchState(
        ArticlePage.objects.live().count(),
        documents.values("article").distinct().count(),
        documents.filter(digest="").count(),
    )


def largest_tables() -> list[TableSize]:
    """By their size, or rows. PostgreSQL's numbers of rows are those of its last ANALYZE."""
    ask = _of_postgres if connection.vendor == "postgresql" else _of_sqlite
    found = [TableSize(name, max(0, rows), size) for name, rows, size in ask(list(tables()))]
    return sorted(found, key=lambda one: (one.bytes or 0, one.rows), reverse=True)[:MOST_TABLES]


def _of_postgres(names: list[str]) -> list[tuple[str, int, int | None]]:
    # Of the database's own catalogue the ORM knows nothing.
    sql = (
        "SELECT relname, reltuples::bigint, pg_total_relation_size(oid) FROM pg_class"
        " WHERE relkind = 'r' AND relname = ANY(%s) AND pg_table_is_visible(oid)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [names])
        return list(cursor.fetchall())


def _of_sqlite(names: list[str]) -> list[tuple[str, int, int | None]]:
    # One question for all tables. SQLite is mostly built without what tells their sizes.
    quote = connection.ops.quote_name
    parts = (f"SELECT '{name}', COUNT(*), NULL FROM {quote(name)}" for name in names)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return list(cursor.fetchall())


def database_bytes() -> int:
    sql = {
        "postgresql": "SELECT pg_database_size(current_database())",
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        return int(cursor.fetchone()[0])
