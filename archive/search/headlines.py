"""Headlines' words as they stand, in an index of their own: what typing is completed from.

On SQLite an FTS5 table of the places alone; on PostgreSQL a `tsvector` under a GIN index. A
headline is found from any of its words or Chinese characters on, except from a small word within.
Neither is a model, nor can the ORM ask for a phrase whose last word may go on: so the SQL is here.
"""

from collections.abc import Sequence

from django.db import connection

from archive.search.analysis import (
    LONGEST_WORD,
    TextPiece,
    fold,
    is_han,
    paired,
    pieces,
    split,
    storable,
)
from archive.search.engines import fetch
from archive.search.models import LONGEST_START, SearchDocument
from archive.text.language import LANGUAGES, columns

TABLE = "archive_search_headline"
_WORDS = f"{TABLE}_words"
_BATCH = 200
# Before a small word within: so none is taken for the beginning of what is typed.
_WITHIN = "\ue000"
_MOST_STARTS = 40
# No headline is looked for from one of these on, though it may begin with one.
SMALL_WORDS = frozenset(
    "a an and as at by for from in into is it of on or the to with".split()  # noqa: SIM905
)
# The words of one phrase, of which the last may be the beginning of a word.
HeadlinePhrase = tuple[list[str], bool]


def words_of(headline: str) -> list[str]:
    """In order: words, Chinese characters in pairs, and the last of a run by itself.

    >>> words_of("The port of 湛江")
    ['the', 'port', '\\ue000of', '湛江', '江']
    """
    found: list[str] = []
    for number, piece in enumerate(split(fold(headline))):
        if is_han(piece):
            found += paired(piece).split()
        elif number and piece in SMALL_WORDS:
            found.append(_WITHIN + piece)
        else:
            found += [storable(one)[:LONGEST_WORD] for one in piece.split("'")]
    return found


def headline_text(text: str) -> str:
    """A headline, or what was typed of one, as its keys compare it: 'new port opens', '港口gdp'."""
    return _joined(text)[0]


def headline_keys(headline: str) -> set[str]:
    """The headline from each word on, from each Chinese character on; so far as it is compared."""
    text, places = _joined(headline)
    starts: list[str] = []
    for number, (at, piece) in enumerate(places):
        if piece.is_han:
            starts += [text[one:] for one in range(at, at + len(piece.text) - 1)]
        elif number == 0 or piece.text not in SMALL_WORDS:
            starts.append(text[at:])
    return {start[:LONGEST_START] for start in starts[:_MOST_STARTS] if len(start) > 1}


def _joined(text: str) -> tuple[str, list[tuple[int, TextPiece]]]:
    """Words parted by one blank, Chinese characters by nothing; and where each piece stands."""
    joined, places, was_han = "", [], True
    for piece in pieces(fold(text)):
        if not (was_han or piece.is_han):
            joined += " "
        places.append((len(joined), piece))
        joined += piece.text
        was_han = piece.is_han
    return joined, places


def write(rows: Sequence[tuple[int, list[str]]]) -> None:
    """Store headlines' words, under keys of documents that have none yet."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {TABLE} (id, words) FROM STDIN") as copy:
                for pk, words in rows:
                    places = (f"'{word}':{place}" for place, word in enumerate(words, 1))
                    copy.write_row((pk, " ".join(places)))
            return
        cursor.executemany(
            f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, %s)",
            [(pk, " ".join(words)) for pk, words in rows],
        )


def repair() -> None:
    """Write the headlines that are missing, and leave the index in good order."""
    pks = _missing()
    for start in range(0, len(pks), _BATCH):
        rows = SearchDocument.objects.filter(pk__in=pks[start : start + _BATCH])
        forms = [f"article__{name}" for name in columns("headline")]
        write(
            [
                (pk, words_of(headlines[LANGUAGES.index(language)] or ""))
                for pk, language, *headlines in rows.values_list("pk", "language", *forms)
            ]
        )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [_WORDS])
            cursor.execute(f"ANALYZE {TABLE}")
        else:
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")


def _missing() -> list[int]:
    """The documents that have no headline here."""
    stored = f"{TABLE}_docsize" if connection.vendor == "sqlite" else TABLE
    sql = (
        f"SELECT d.id FROM archive_searchdocument d LEFT JOIN {stored} h ON h.id = d.id "
        "WHERE h.id IS NULL ORDER BY d.id"
    )
    return [row[0] for row in fetch(sql)]


def containing(typed: str, count: int) -> list[int]:
    """The documents, latest first, in whose headline the typed text stands, its last word begun."""
    phrases = _phrases(words_of(typed))
    if not phrases:
        return []
    if connection.vendor == "postgresql":
        # All are read, then put in order: in the order of keys, rare words are found last.
        sql = (
            f"WITH found AS MATERIALIZED (SELECT id FROM {TABLE} WHERE words @@ %s::tsquery) "
            "SELECT id FROM found ORDER BY id DESC LIMIT %s"
        )
        asked = " | ".join(f"({_tsquery(phrase)})" for phrase in phrases)
    else:
        sql = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY rowid DESC LIMIT %s"
        asked = " OR ".join(_match(phrase) for phrase in phrases)
    return [row[0] for row in fetch(sql, [asked, count])]


def words_beginning(start: str, count: int) -> list[str]:
    """Some of the words in headlines that begin with these letters."""
    params: list[str | int] = [start, f"{start}\uffff", count]
    sql = f"SELECT term FROM {_WORDS} WHERE term >= %s AND term < %s LIMIT %s"
    if connection.vendor == "postgresql":
        sql = (
            f"SELECT DISTINCT lexeme FROM (SELECT words FROM {TABLE} WHERE words @@ %s::tsquery "
            "LIMIT %s) found, unnest(found.words) WHERE starts_with(lexeme, %s)"
        )
        params = [_tsquery(([start], True)), count, start]
    return [row[0] for row in fetch(sql, params)]


def _phrases(words: Sequence[str]) -> list[HeadlinePhrase]:
    """The ways in which what was typed may go on."""
    if not words:
        return []
    *before, last = words
    if before and before[-1] != last and before[-1].endswith(last) and is_han(last):
        # The run may go on: its last character need not end it.
        return [(before, False)]
    within = last.removeprefix(_WITHIN)
    ways: list[HeadlinePhrase] = [([*before, within], True)]
    if before and any(one.startswith(within) for one in SMALL_WORDS):
        ways.append(([*before, _WITHIN + within], True))
    return ways


def _match(phrase: HeadlinePhrase) -> str:
    # Words are letters and figures: none can close the quotation.
    words, is_open = phrase
    return f'"{" ".join(words)}"{" *" if is_open else ""}'


def _tsquery(phrase: HeadlinePhrase) -> str:
    words, is_open = phrase
    quoted = [f"'{word}'" for word in words]
    return " <-> ".join(quoted) + (":*" if is_open else "")
