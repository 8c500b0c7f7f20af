"""SQLite: an FTS5 table that holds the index alone, ranked by BM25 with a weight for each field.

The terms come ready made; its tokenizer only parts them at blanks.
"""

from collections.abc import Collection, Sequence

from django.db import connection

from archive.search.documents import FIELDS, WEIGHTS
from archive.search.engines.base import Engine, Expression, Match, Terms, Wanted

TABLE = "archive_search_text"


class SQLiteEngine(Engine):
    def write(self, documents: Sequence[Terms]) -> None:
        columns = ", ".join(FIELDS)
        marks = ", ".join(["%s"] * (len(FIELDS) + 1))
        rows: list[tuple[int | str, ...]] = [
            (id_, *(" ".join(terms[name]) for name in FIELDS)) for id_, terms in documents
        ]
        with connection.cursor() as cursor:
            self.remove([id_ for id_, _terms in documents])
            cursor.executemany(f"INSERT INTO {TABLE} (rowid, {columns}) VALUES ({marks})", rows)

    def remove(self, ids: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(id_,) for id_ in ids])

    def ids(self) -> set[int]:
        with connection.cursor() as cursor:
            # Its own list of documents: cheaper than walking through the index.
            cursor.execute(f"SELECT id FROM {TABLE}_docsize")
            return {row[0] for row in cursor.fetchall()}

    def match(self, expression: Expression, *, scored: bool) -> Match:
        weights = ", ".join(str(WEIGHTS[name]) for name in FIELDS)
        score = f"bm25({TABLE}, {weights})" if scored else "0.0"
        sql = f"SELECT rowid AS id, {score} AS score FROM {TABLE} WHERE {TABLE} MATCH %s"
        return Match(sql, (" AND ".join(_any_of(group) for group in expression),))

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")
            cursor.execute("ANALYZE archive_searchdocument")

    def size(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT SUM(LENGTH(block)) FROM {TABLE}_data")
            data = cursor.fetchone()[0] or 0
            cursor.execute(f"SELECT SUM(LENGTH(sz)) FROM {TABLE}_docsize")
            return int(data) + int(cursor.fetchone()[0] or 0)


def _any_of(group: Sequence[Wanted]) -> str:
    return f"({' OR '.join(_phrase(wanted) for wanted in group)})"


def _phrase(wanted: Wanted) -> str:
    # Terms are letters and figures: none can close the quotation.
    words = f'"{" ".join(wanted.phrase.terms)}"{" *" if wanted.phrase.is_open else ""}'
    return f"{{{' '.join(wanted.fields)}}} : {words}" if wanted.fields else words
