"""Imports back files into this archive, and says how long each stage takes."""

import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from tests.benchmarks.back_files import PAPER, write_folder, write_lines

# A statement of executemany has no more rows than a batch of the import.
_ROWS = 1000


def prepare() -> None:
    """The front page and the paper, both names of which the files know."""
    from archive.models import HomePage, PublicationPage

    call_command("archive_setup", "--noinput", "--publication", PAPER[0], verbosity=0)
    PublicationPage.objects.filter(name_en=PAPER[0]).update(name_zh_hans=PAPER[1])
    assert HomePage.objects.exists()


def import_stories(form: str, count: int) -> dict[str, Any]:
    """Seconds by the wall and of all processes, statements, processor's seconds by stage."""
    prepare()
    statements = 0

    def note(execute: Any, *args: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*args)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if form.startswith("JSON"):
            write_lines(folder / "stories.jsonl", count)
        else:
            write_folder(folder, count)
        with _stages() as stages, connection.execute_wrapper(note):
            wall, cpu = time.perf_counter(), time.process_time()
            call_command("import_articles", str(folder), publish=True, verbosity=0)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    stages["read"] = _readers()
    return {
        "wall": wall,
        "cpu": cpu + stages["read"],
        "statements": statements,
        "stages": dict(stages),
    }


def _readers() -> float:
    """The processor's seconds of the processes that have read files."""
    from archive.sandbox.pool import end_all

    end_all()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def _stages() -> Iterator[dict[str, float]]:
    from archive.contrib.intake import bulk, runs
    from archive.publishing import followers

    found: dict[str, float] = defaultdict(float, write=0, align=0, search=0, memory=0, others=0)

    def timed(run: Callable[..., Any], stage: Callable[..., str]) -> Callable[..., Any]:
        @wraps(run)
        def measured(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                return run(*args, **kwargs)
            finally:
                found[stage(*args)] += time.process_time() - start

        return measured

    def follower(one: Any, *args: Any) -> str:
        names = {"search index": "search", "translation memory": "memory"}
        return names.get(one.name, "others")

    pieces = [
        (bulk, "laid_out_text", lambda *args: "align"),
        (runs, "are_one_story", lambda *args: "align"),
        (bulk, "add_stories", lambda *args: "write"),
        (bulk, "insert_objects", lambda *args: "write"),
        (followers, "_run", follower),
    ]
    kept = [(module, name, getattr(module, name)) for module, name, _stage in pieces]
    try:
        for module, name, stage in pieces:
            setattr(module, name, timed(getattr(module, name), stage))
        yield found
    finally:
        for module, name, own in kept:
            setattr(module, name, own)


def table_sizes(count: int) -> dict[str, Any]:
    """Bytes on disk a story, and the tables with most of them, with their indexes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT m.tbl_name, SUM(s.pgsize) FROM dbstat s JOIN sqlite_master m "
                "ON m.name = s.name GROUP BY 1"
            )
        else:
            cursor.execute(
                "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' "
                "AND relnamespace = 'public'::regnamespace"
            )
        sizes = dict(cursor.fetchall())
    largest = sorted(sizes.items(), key=lambda one: -one[1])[:4]
    told = ", ".join(f"{name} {100 * size / sum(sizes.values()):.0f} %" for name, size in largest)
    return {"all": sum(sizes.values()) / count, "largest": told}


def write_raw() -> dict[str, float]:
    """The rows that the import's writing stage has made, written again by executemany alone."""
    with connection.cursor() as cursor:
        taken = [(one, *_rows_of(cursor, one)) for one in _WRITTEN]
        wall, cpu = time.perf_counter(), time.process_time()
        for name, columns, rows in taken:
            marks = ", ".join(["%s"] * len(columns))
            statement = f"INSERT INTO raw_{name} ({', '.join(columns)}) VALUES ({marks})"
            for start in range(0, len(rows), _ROWS):
                cursor.executemany(statement, rows[start : start + _ROWS])
        return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


# The tables of the writing stage; what follows publication has its own.
_WRITTEN = (
    *("wagtailcore_page", "archive_articlepage", "archive_articlebyline", "wagtailcore_revision"),
    *("archive_translation", "archive_segment", "wagtailcore_pagelogentry"),
    *("wagtailcore_modellogentry", "wagtailcore_referenceindex", "wagtailsearch_indexentry"),
    *("archive_harvestrecord", "archive_intake_importitem"),
)


def _rows_of(cursor: Any, name: str) -> tuple[list[str], list[Any]]:
    """The table's columns and rows, and an empty one like it, with its indexes, beside it."""
    cursor.execute(f"SELECT * FROM {name}")
    columns, rows = [f'"{one[0]}"' for one in cursor.description], cursor.fetchall()
    if connection.vendor != "sqlite":
        cursor.execute(f"CREATE TABLE raw_{name} (LIKE {name} INCLUDING ALL)")
        return columns, rows
    cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE tbl_name = %s", [name])
    for kind, own, sql in cursor.fetchall():
        if kind in ("table", "index") and sql:
            made = sql.replace(f'"{name}"', f'"raw_{name}"', 1).replace(
                f'"{own}"', f'"raw_{own}"', 1
            )
            cursor.execute(made)
    return columns, [tuple(_stored(one) for one in row) for row in rows]


def _stored(value: Any) -> Any:
    return str(value) if isinstance(value, date) else value
