"""PostgreSQL: the folded text itself, and a GIN index over its terms that stores them only once.

The index's expression cuts the text into the terms, so that no list of them is stored in the
table. The index gives the documents that hold all terms of a phrase; whether they stand side by
side is seen in the text, as is the field, and how often they stand there. The index is on an
expression of its own and rows are many: so the SQL is here.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from django.db import connection

from archive.search.analysis import is_han
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
_TERMS = f"{TABLE}_terms({', '.join(FIELDS)})"
# Of BM25: how soon more of the same says no more, and how much length counts. In octets, which
# are known, while characters are counted in each text anew.
_K, _B, _USUAL_LENGTH = 1.2, 0.75, 1000
_MOST_SCORED = 6
# Documents whose texts are read at once.
_READ = 2000
_SPELT = re.compile("u(2[0-9a-f]{4}|3[0-9a-f]{4})")


class PostgresEngine(SQLEngine):
    # The texts are read once for them.
    at_once = 250

    def shape(self, texts: dict[str, str]) -> dict[str, str]:
        # As it is stored: a blank around each of its words and runs.
        return {name: f" {_whole(text)} " if text else "" for name, text in texts.items()}

    def write(self, documents: Sequence[IndexedText]) -> None:
        columns = ", ".join(("id", *FIELDS))
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {TABLE} ({columns}) FROM STDIN") as copy,
        ):
            for one in documents:
                copy.write_row((one.id, *(one.texts[name] for name in FIELDS)))

    def remove(self, ids: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE id = ANY(%s)", [list(ids)])

    def ids(self) -> set[int]:
        return {row[0] for row in fetch(f"SELECT id FROM {TABLE}")}

    def match(self, expression: Expression, *, scored: bool, above: int | None = None) -> TextMatch:
        conditions: list[str] = []
        params: list[Value] = []
        for group in expression:
            sql, values = _condition(group, is_latest=above is not None)
            conditions.append(sql)
            params += values
        source = TABLE
        if above is not None:
            # Few rows: they are read, whatever the planner thinks of the index.
            source = f"(SELECT * FROM {TABLE} WHERE id > {int(above)} OFFSET 0) latest"
        score, scoring = _score(expression) if scored else ("0.0::float8", [])
        sql = f"SELECT id, {score} AS score FROM {source} WHERE {' AND '.join(conditions)}"
        return TextMatch(sql, (*scoring, *params))

    def holders(self, phrases: Sequence[WantedPhrase], upto: int) -> Iterator[Sequence[int]]:
        """From the texts themselves, read once for all phrases of the same fields: to ask the index
        for each, and its thousands of rows for what stands in a field, takes ten times as long."""
        found: dict[WantedPhrase, array[int]] = {one: array("I") for one in phrases}
        by_fields: dict[tuple[str, ...], list[WantedPhrase]] = defaultdict(list)
        for one in phrases:
            by_fields[one.fields].append(one)
        for fields, of_fields in by_fields.items():
            for one, key in _standing(of_fields, fields or FIELDS, upto):
                found[one].append(key)
        return (found[one] for one in phrases)

    def trim(self, upto: int) -> None:
        """Its latest documents are those of the highest keys."""

    def prepare(self) -> None:
        """Room to note each document: with less, whole pages of them are cut into terms again."""
        fetch("SELECT set_config('work_mem', '64MB', false)")

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [f"{TABLE}_terms"])
            cursor.execute(f"ANALYZE {TABLE}")
            cursor.execute("ANALYZE archive_searchdocument")


def _whole(term: str) -> str:
    """Characters beyond Unicode's first plane as themselves; the terms spell them out."""
    return _SPELT.sub(lambda match: chr(int(match[1], 16)), term) if "u" in term else term


def _whole_terms(wanted: WantedPhrase) -> list[str]:
    return [_whole(term) for term in wanted.phrase.terms]


def _needle(wanted: WantedPhrase) -> str:
    """What stands in the text where the phrase does."""
    terms = _whole_terms(wanted)
    if wanted.phrase.is_open and len(terms) == 1:
        return terms[0]
    parts: list[str] = []
    for number, term in enumerate(terms):
        following = terms[number + 1] if number + 1 < len(terms) else ""
        if not is_han(term):
            parts.append(f" {term} ")
        elif following and len(term) > 1 and following[0] == term[1]:
            parts.append(term[0])
        else:
            parts.append(term if number + 1 == len(terms) or len(term) > 1 else f"{term} ")
    return "".join(parts).replace("  ", " ")


def _standing(
    phrases: Sequence[WantedPhrase], fields: Sequence[str], upto: int
) -> Iterator[tuple[WantedPhrase, int]]:
    """Each phrase with the keys of the documents in which it stands in one of the fields."""
    # By its first word or character: few texts have any one of them.
    beginning: dict[str, list[tuple[str, WantedPhrase]]] = defaultdict(list)
    for one in phrases:
        needle = _needle(one)
        first = needle.split()[0] if needle.startswith(" ") else needle[0]
        beginning[first].append((needle, one))
    sql = (
        # A newline is in no text, so nothing stands in two of them.
        f"SELECT id, concat_ws(E'\\n', {', '.join(fields)}) FROM {TABLE} "
        "WHERE id > %s AND id <= %s ORDER BY id LIMIT %s"
    )
    last = 0
    while rows := fetch(sql, [last, upto, _READ]):
        for key, text in rows:
            for first in beginning.keys() & {*text, *text.split()}:
                for needle, one in beginning[first]:
                    if needle in text:
                        yield one, key
        last = rows[-1][0]


def _condition(group: Sequence[WantedPhrase], *, is_latest: bool) -> tuple[str, list[Value]]:
    """The index's part, and the text's where the index can't tell.

    Each by itself: a condition that mixes the two would have every candidate's text cut again.
    """
    pieces: list[str] = []
    params: list[Value] = []
    if not is_latest:
        pieces.append(f"({' OR '.join([f'{_TERMS} @> %s'] * len(group))})")
        params += [list(dict.fromkeys(_whole_terms(one))) for one in group]  # type: ignore[misc]
    if is_latest or not all(map(_is_sure, group)):
        found = [f"{name} LIKE %s" for one in group for name in one.fields or FIELDS]
        pieces.append(f"({' OR '.join(found)})")
        params += [f"%{_needle(one)}%" for one in group for _name in one.fields or FIELDS]
    return " AND ".join(pieces), params


def _is_sure(wanted: WantedPhrase) -> bool:
    """Whether every document that the index gives has the phrase.

    Of scripts beside Latin and Chinese, the index has letters that may be parts of words.
    """
    one, *more = wanted.phrase.terms
    return not more and not wanted.fields and (one.isascii() or is_han(one))


def _score(expression: Expression) -> tuple[str, list[Value]]:
    """BM25 over the fields' weights; each group once, without the rarity of its words."""
    pieces: list[str] = []
    params: list[Value] = []
    for group in expression:
        counts = []
        for wanted in list(group)[:_MOST_SCORED]:
            needle = _needle(wanted)
            names = [name for name in wanted.fields or FIELDS if name != "body"]
            counts += [
                f"CASE WHEN {name} LIKE %s THEN {WEIGHTS[name]} ELSE 0 END" for name in names
            ]
            params += [f"%{needle}%"] * len(names)
            if not wanted.fields or "body" in wanted.fields:
                octets = "(octet_length(body) - octet_length(replace(body, %s, '')))"
                counts.append(f"{octets}::float8 / {len(needle.encode())}")
                params.append(needle)
        frequency = " + ".join(counts)
        length = f"{_K} * ({1 - _B} + {_B} * octet_length(body) / {_USUAL_LENGTH})"
        pieces.append(f"(SELECT f * {_K + 1} / (f + {length}) FROM (SELECT ({frequency}) AS f) t)")
    return f"(-({' + '.join(pieces)}))::float8", params
