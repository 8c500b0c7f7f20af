"""PostgreSQL: a tsvector of ready-made terms under a GIN index, ranked by cover density.

A tsvector has four weights for our seven fields, so names and bylines also stand in it under
terms of their own, by which they are told apart. It holds places up to 16,383, and 256 a term:
in a longer story a phrase is found as its terms beyond that.
"""

from collections.abc import Collection, Iterator, Sequence

from django.db import connection

from archive.search.documents import FIELDS
from archive.search.engines.base import Engine, Expression, Match, Terms, Wanted

TABLE = "archive_search_text"
_LABELS = {
    "headline": "A",
    "standfirst": "B",
    "about": "B",
    "mentioned": "C",
    "captions": "C",
    "bylines": "C",
    "body": "D",
}
# As PostgreSQL wants them: D, C, B, A.
_WEIGHTS = "{0.1, 0.2, 0.5, 1.0}"
_OWN = {"about": "n:", "mentioned": "n:", "bylines": "b:"}
_LAST_PLACE = 16_383
_MOST_PLACES = 255


class PostgresEngine(Engine):
    def write(self, documents: Sequence[Terms]) -> None:
        rows = [(id_, _vector(terms)) for id_, terms in documents]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {TABLE} (id, vector) VALUES (%s, %s::tsvector) "
                "ON CONFLICT (id) DO UPDATE SET vector = EXCLUDED.vector",
                rows,
            )

    def remove(self, ids: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE id = ANY(%s)", [list(ids)])

    def ids(self) -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {TABLE}")
            return {row[0] for row in cursor.fetchall()}

    def match(self, expression: Expression, *, scored: bool) -> Match:
        query = " & ".join(_any_of(group) for group in expression)
        if not scored:
            return Match(
                f"SELECT id, 0.0::float8 AS score FROM {TABLE} WHERE vector @@ %s::tsquery",
                (query,),
            )
        # Divided by 1 + the logarithm of the length, as a long story holds more of every word.
        return Match(
            f"SELECT id, -ts_rank_cd('{_WEIGHTS}', vector, %s::tsquery, 1)::float8 AS score "
            f"FROM {TABLE} WHERE vector @@ %s::tsquery",
            (query, query),
        )

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [f"{TABLE}_vector"])
            cursor.execute(f"ANALYZE {TABLE}")
            cursor.execute("ANALYZE archive_searchdocument")

    def size(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [TABLE])
            return int(cursor.fetchone()[0])


def _vector(terms: dict[str, list[str]]) -> str:
    """The tsvector as text: 'term':1A,5A 'other':2D …"""
    places: dict[str, list[str]] = {}
    for term, place, label in _placed(terms):
        found = places.setdefault(term, [])
        if len(found) < _MOST_PLACES:
            found.append(f"{min(place, _LAST_PLACE)}{label}")
    return " ".join(f"'{term}':{','.join(found)}" for term, found in places.items())


def _placed(terms: dict[str, list[str]]) -> Iterator[tuple[str, int, str]]:
    place = 0
    # The body last: of a very long one, only the end loses its places.
    for name in sorted(FIELDS, key=lambda name: name == "body"):
        for term in terms[name]:
            place += 1
            yield term, place, _LABELS[name]
            if name in _OWN:
                yield _OWN[name] + term, place, _LABELS[name]
        place += 1  # No phrase goes from one field into the next.


def _any_of(group: Sequence[Wanted]) -> str:
    return f"({' | '.join(_phrase(wanted) for wanted in group)})"


def _phrase(wanted: Wanted) -> str:
    owned = {_OWN[name] for name in wanted.fields if name in _OWN}
    prefix = owned.pop() if len(owned) == 1 else ""
    label = "" if prefix else "".join(sorted({_LABELS[name] for name in wanted.fields}))
    *most, last = wanted.phrase.terms
    end = f"*{label}" if wanted.phrase.is_open else label
    words = [_lexeme(prefix + term, label) for term in most] + [_lexeme(prefix + last, end)]
    return f"({' <-> '.join(words)})"


def _lexeme(term: str, flags: str) -> str:
    return f"'{term}':{flags}" if flags else f"'{term}'"
