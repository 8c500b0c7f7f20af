"""SQLite: an FTS5 table that holds the index alone, ranked by BM25 with a weight for each field.

The terms come ready made; its tokenizer only parts them at blanks. A second, small table holds
the latest documents once more: one character among few documents is found there, while in the
large table every term that begins with it is read, however few documents are asked for. The ORM
knows no FTS5: so the SQL is here.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from archive.search.analysis import paired
from archive.search.documents import FIELDS
from archive.search.engines import (
    Expression,
    IndexedText,
    SQLEngine,
    TextMatch,
    Value,
    WantedPhrase,
    fetch,
)
from archive.search.ranking import WEIGHTS

TABLE = "archive_search_text"
LATEST = "archive_search_latest"
# Whether there are stored sets of stories.
_SETS = "SELECT 1 FROM archive_searchbits"
ROOM = 256 * 1024
# FTS5's own: so many pieces of a kind are merged into one.
_USUAL_MERGING = 4
# So many pages are merged in one transaction: what fits into ROOM, and takes a second or two.
_STEP = 16_000
# In the order of the tables: a place in the first column takes two bytes less.
COLUMNS = ("body", *(name for name in FIELDS if name != "body"))


class SQLiteEngine(SQLEngine):
    def shape(self, texts: dict[str, str]) -> dict[str, str]:
        return {name: paired(text) for name, text in texts.items()}

    def write(self, documents: Sequence[IndexedText]) -> None:
        columns = ", ".join(COLUMNS)
        marks = ", ".join(["%s"] * (len(COLUMNS) + 1))
        rows: list[tuple[int | str, ...]] = [
            (one.id, *(one.texts[name] for name in COLUMNS)) for one in documents
        ]
        with connection.cursor() as cursor:
            sql = f"INSERT INTO {TABLE} (rowid, {columns}) VALUES ({marks})"
            cursor.executemany(sql, rows)
            # Nobody asks for the latest while there are no sets: then all are read alike.
            sql = f"INSERT INTO {LATEST} (rowid, {columns}) SELECT {marks} WHERE EXISTS ({_SETS})"
            cursor.executemany(sql, rows)

    def remove(self, ids: Collection[int]) -> None:
        with connection.cursor() as cursor:
            for table in (TABLE, LATEST):
                cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(pk,) for pk in ids])

    def ids(self) -> set[int]:
        # Its own list of documents: cheaper than walking through the index.
        return {row[0] for row in fetch(f"SELECT id FROM {TABLE}_docsize")}

    def match(self, expression: Expression, *, scored: bool, above: int | None = None) -> TextMatch:
        table = TABLE if above is None else LATEST
        weights = ", ".join(str(WEIGHTS[name]) for name in COLUMNS)
        score = f"bm25({table}, {weights})" if scored else "0.0"
        sql = f"SELECT rowid AS id, {score} AS score FROM {table} WHERE {table} MATCH %s"
        groups = (" OR ".join(map(_phrase, group)) for group in expression)
        params: tuple[Value, ...] = (" AND ".join(f"({group})" for group in groups),)
        if above is not None:
            sql, params = f"{sql} AND rowid > %s", (*params, above)
        return TextMatch(sql, params)

    def trim(self, upto: int) -> None:
        with connection.cursor() as cursor:
            stored = f"SELECT id FROM {LATEST}_docsize WHERE id <= %s"
            cursor.execute(f"DELETE FROM {LATEST} WHERE rowid IN ({stored})", [upto])

    def keys(self, match: TextMatch, upto: int) -> list[int]:
        """As one text: Python reads it in a third of the time that as many rows take."""
        sql = f"SELECT group_concat(id) FROM ({match.sql}) m WHERE id <= %s"
        [(listed,)] = fetch(sql, [*match.params, upto])
        keys: list[int] = json.loads(f"[{listed or ''}]")
        return keys

    def prepare(self) -> None:
        """Room for the indexes' pages, in kB: with 2 MB, most are read and written many times."""
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{ROOM}")

    @contextmanager
    def loading(self) -> Iterator[None]:
        """What each transaction writes isn't merged with what others wrote: `tidy` does it once.

        From 16 pieces on FTS5 merges all the same, also should this process be killed.
        """
        self.prepare()
        try:
            self._set(TABLE, "automerge", 0)
            yield
        finally:
            self._set(TABLE, "automerge", _USUAL_MERGING)

    def _set(self, table: str, name: str, value: int) -> int:
        """Tell a table something; how many rows of its own it changed."""
        with connection.cursor() as cursor:
            before: int = connection.connection.total_changes
            cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES (%s, %s)", [name, value])
            return int(connection.connection.total_changes) - before

    def tidy(self) -> None:
        """One piece of what was written, step by step: others write meanwhile.

        In one transaction it would outgrow its room, and take four times as long.
        """
        # A first number below zero puts all pieces together; 1 change means that none is left.
        self._set(TABLE, "merge", -_STEP)
        while self._set(TABLE, "merge", _STEP) > 1:
            pass
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE archive_searchdocument")


def _phrase(wanted: WantedPhrase) -> str:
    # Terms are letters and figures: none can close the quotation.
    words = f'"{" ".join(wanted.phrase.terms)}"{" *" if wanted.phrase.is_open else ""}'
    return f"{{{' '.join(wanted.fields)}}} : {words}" if wanted.fields else words
