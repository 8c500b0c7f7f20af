"""Which units have a fingerprint: a table made for one question, asked in one statement."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection
from django.db.models import Exists, OuterRef

from archive.desk.memory.fingerprints import fingerprints
from archive.desk.models import MemoryFingerprint, MemoryUnit
from archive.text.language import LANGUAGES, column

# Of a fingerprint that more units have, the newest count: it tells little, and mustn't cost much.
MOST_OF_ONE = 2000
_ROWS = 400

_TABLE = MemoryFingerprint._meta.db_table
# The names are the model's; the values are passed as parameters.
_INSERT = f"INSERT INTO {_TABLE} (fingerprint, unit_id) VALUES (%s, %s) ON CONFLICT DO NOTHING"  # noqa: S608
_NEWEST = f"""SELECT * FROM (SELECT fingerprint, unit_id FROM {_TABLE} WHERE fingerprint = %s
    ORDER BY unit_id DESC LIMIT {MOST_OF_ONE}) AS newest"""  # noqa: S608
# PostgreSQL hands over a list far sooner than its numbers row by row.
_NEWEST_AS_LIST = f"SELECT fingerprint, array_agg(unit_id) FROM ({_NEWEST}) AS one GROUP BY 1"  # noqa: S608


def add(units: Iterable[MemoryUnit]) -> None:
    """Note saved units' fingerprints; those that are noted already stay."""
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, [(one, unit.pk) for unit in units for one in _numbers(unit)])


def remove(units: Sequence[MemoryUnit]) -> None:
    """Take units' fingerprints out; theirs as their texts have them now."""
    numbers = iter({number for unit in units for number in _numbers(unit)})
    ids = [unit.pk for unit in units]
    while some := list(islice(numbers, _ROWS)):
        MemoryFingerprint.objects.filter(fingerprint__in=some, unit_id__in=ids).delete()


def sweep() -> None:
    """Take out the fingerprints of units that are gone."""
    units = MemoryUnit.objects.filter(pk=OuterRef("unit_id"))
    MemoryFingerprint.objects.filter(~Exists(units)).delete()


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


def _numbers(unit: MemoryUnit) -> Iterator[int]:
    for language in LANGUAGES:
        yield from fingerprints(getattr(unit, column("text", language)), language)
