"""The archive's tables as the database has them, a line for each part, sorted: for comparing.

`python -m tests.services.schema` writes those of the settings' database, which is migrated.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection

FOLDER = Path(__file__).resolve().parents[1] / "data" / "schema"

# Older releases of SQLite can't have them.
_OPTIONS = ", content='', contentless_delete=1"
# Newer releases of Django write `WHERE "is_unfiled" = 1` for what older ones write without a value.
_IS_TRUE = re.compile(r'(?<=") = 1$')


def schema() -> list[str]:
    """Columns, indexes, constraints, triggers, functions and full-text tables."""
    parts = _of_sqlite if connection.vendor == "sqlite" else _of_postgres
    with connection.cursor() as cursor:
        return sorted({_folded(line) for line in parts(cursor)})


def written() -> list[str]:
    """What `tests/data/schema/` has for this kind of database."""
    return _file().read_text(encoding="utf-8").splitlines()


def _file() -> Path:
    return FOLDER / f"{connection.vendor}.txt"


def _folded(line: str) -> str:
    return _IS_TRUE.sub("", " ".join(line.replace(_OPTIONS, "").split()))


def _of_sqlite(cursor: Any) -> Iterator[str]:
    cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    for kind, name, table, sql in cursor.fetchall():
        if not (name.startswith("archive_") or table.startswith("archive_")):
            continue
        if kind != "table" or "VIRTUAL" in sql:
            yield f"{kind} {name} on {table}: {sql}"
            continue
        yield f"table {name} {'without rowid' if 'WITHOUT ROWID' in sql else ''}"
        cursor.execute(f'PRAGMA table_info("{name}")')
        for _number, column, type_, is_required, default, key in cursor.fetchall():
            yield f"column {name}.{column} {type_} required={is_required} {default} key={key}"
        cursor.execute(f'PRAGMA foreign_key_list("{name}")')
        for row in cursor.fetchall():
            yield f"reference {name}.{row[3]} to {row[2]}.{row[4]}"
        for found in re.finditer(
            r'CONSTRAINT "\w+" (?:UNIQUE|CHECK) .*?\)(?=, "|, CONSTRAINT|\)$)', sql
        ):
            yield f"constraint {name} {found[0]}"


_POSTGRES = {
    "column": """
        SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
            column_default, is_identity
        FROM information_schema.columns WHERE table_name LIKE 'archive\\_%'""",
    "index": "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'archive\\_%'",
    # Newer releases count NOT NULL (n) among the constraints.
    "constraint": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid::regclass::text LIKE 'archive\\_%' AND contype <> 'n'""",
    "function": "SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'archive\\_%'",
    "trigger": """
        SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger
        WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'archive\\_%'""",
}


def _of_postgres(cursor: Any) -> Iterator[str]:
    for kind, sql in _POSTGRES.items():
        cursor.execute(sql.replace("%", "%%"), [])
        for row in cursor.fetchall():
            yield f"{kind} {' '.join(map(str, row))}"


if __name__ == "__main__":
    import django

    django.setup()
    _file().write_text("\n".join([*schema(), ""]), encoding="utf-8")
