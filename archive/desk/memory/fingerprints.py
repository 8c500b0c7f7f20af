"""Samples of a text's word groups, as numbers: texts that read alike share some of them.

Of all groups of neighbouring words (in Chinese, characters) those with the smallest hashes are
kept: a bottom-k sketch. Two texts draw their samples by the same rule, so the share that both
samples have is about the share that both texts have, whatever their length. After A. Broder,
On the resemblance and containment of documents (1997).
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.db import connection
from django.db.models import QuerySet

from archive.desk.models import MemoryFingerprint, MemoryUnit
from archive.text.language import FIRST, KANA, LANGUAGES, SECOND, UNSPACED, column

# So many of a text's groups are kept. Enough to find four texts in five words of which are the
# same; see docs/benchmarks.md for what more or fewer would cost.
SAMPLE = 12

_HAN = f"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f{KANA}"
_TOKEN = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
_DIGITS = re.compile(r"\d+")
# "visit", "visits" and "visited" are one word here.
_STEM = 5
# How many neighbours make a group; shorter ones only where a text has too few of the first.
_GROUPS = {True: (3, 2, 1), False: (4, 3, 2, 1)}
# A group means something else in another language.
_START = {FIRST: 1, SECOND: 2}
_EMPTY_WORDS = frozenset(
    _TOKEN.findall(
        "a an and are as at be been but by for from had has have he her his in is it its not of "
        "on or said she that the their there they this to was were which who will with would"
    )
)

# Of a fingerprint that more units have, the newest count: it tells little, and mustn't cost much.
MOST_OF_ONE = 2000
_ROWS = 400
# So many units are read at a time while all are looked through.
_UNITS = 1000
# Raw, because the ORM can't limit each part of a union: one statement asks for all fingerprints.
# The name is the model's; the values are passed as parameters.
_TABLE = MemoryFingerprint._meta.db_table
_NEWEST = f"""SELECT * FROM (SELECT fingerprint, unit_id FROM {_TABLE} WHERE fingerprint = %s
    ORDER BY unit_id DESC LIMIT {MOST_OF_ONE}) AS newest"""  # noqa: S608
# PostgreSQL hands over a list far sooner than its numbers row by row.
_NEWEST_AS_LIST = f"SELECT fingerprint, array_agg(unit_id) FROM ({_NEWEST}) AS one GROUP BY 1"  # noqa: S608


T = TypeVar("T")


def in_batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most so many."""
    iterator = iter(items)
    while some := list(islice(iterator, size)):
        yield some


def fingerprints(text: str, language: str) -> list[int]:
    """At most SAMPLE different signed 32-bit numbers; [] for a text without words."""
    words = [_DIGITS.sub("0", word) for word in _TOKEN.findall(text.casefold())]
    has_words = language not in UNSPACED
    found: set[int] = set()
    for size in _GROUPS[has_words]:
        numbers = sorted(_hash(group, language) for group in _groups(words, size, has_words))
        found.update(numbers[: SAMPLE - len(found)])
        if len(found) >= SAMPLE:
            break
    return [number - 2**32 if number >= 2**31 else number for number in sorted(found)]


def _groups(words: list[str], size: int, has_words: bool) -> set[str]:
    neighbours = zip(*(words[start:] for start in range(size)), strict=False)
    if not has_words:
        return {" ".join(group) for group in neighbours}
    # "of the" is in every other text and says nothing of any.
    telling = (group for group in neighbours if not _EMPTY_WORDS.issuperset(group))
    return {" ".join(word[:_STEM] for word in group) for group in telling}


def _hash(group: str, language: str) -> int:
    # A checksum of like texts is alike; the factor (Knuth's, 6.4) spreads them out.
    return zlib.crc32(group.encode(), _START[language]) * 2654435761 % 2**32


def add_fingerprints(units: Iterable[MemoryUnit]) -> None:
    """Note saved units' fingerprints; those that are noted already stay."""
    MemoryFingerprint.objects.bulk_create(
        (
            MemoryFingerprint(fingerprint=number, unit_id=unit.pk)
            for unit in units
            for number in _numbers(unit)
        ),
        batch_size=_ROWS,
        ignore_conflicts=True,
    )


def add_all_fingerprints(all_units: QuerySet[MemoryUnit]) -> int:
    """Note the fingerprints of units, batch by batch; gives how many units there are."""
    count = 0
    for units in in_batches(all_units.order_by("pk").iterator(_UNITS), _UNITS):
        add_fingerprints(units)
        count += len(units)
    return count


def remove_fingerprints(units: Sequence[MemoryUnit]) -> None:
    """Take units' fingerprints out; theirs as their texts have them now."""
    ids = [unit.pk for unit in units]
    for some in in_batches({number for unit in units for number in _numbers(unit)}, _ROWS):
        MemoryFingerprint.objects.filter(fingerprint__in=some, unit_id__in=ids).delete()


def units_with(numbers: Sequence[int]) -> dict[int, list[int]]:
    """{fingerprint: ids of the units that have it, at most MOST_OF_ONE, the newest}."""
    if not numbers:
        return {}
    is_postgres = connection.vendor == "postgresql"
    asked = [_NEWEST_AS_LIST if is_postgres else _NEWEST] * len(numbers)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), list(numbers))
        rows = cursor.fetchall()
    if is_postgres:
        return dict(rows)
    found: dict[int, list[int]] = {}
    for number, unit_id in rows:
        found.setdefault(number, []).append(unit_id)
    return found


def count_fingerprints(unit: MemoryUnit) -> int:
    """How many rows a unit should have."""
    return len(set(_numbers(unit)))


def _numbers(unit: MemoryUnit) -> Iterator[int]:
    for language in LANGUAGES:
        yield from fingerprints(getattr(unit, column("text", language)), language)
