"""The memory's fingerprints in the database: see `archive.text.fingerprints`."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection
from django.db.models import QuerySet

from archive.desk.models import MemoryFingerprint, MemoryUnit
from archive.inserts import in_batches, insert_rows
from archive.text.fingerprints import fingerprints
from archive.text.language import LANGUAGES, column

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


def add_fingerprints(units: Iterable[MemoryUnit]) -> None:
    """Note saved units' fingerprints; those that are noted already stay."""
    rows = ((number, unit.pk) for unit in units for number in _numbers(unit))
    insert_rows(MemoryFingerprint, ["fingerprint", "unit_id"], rows)


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
