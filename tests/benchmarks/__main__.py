"""`python -m tests.benchmarks`: measures publishing, serving and reading, and prints tables."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks import (
    admin,
    api,
    harvesting,
    importing,
    listing,
    load,
    names,
    page,
    relating,
    report,
    suggesting,
)
from tests.benchmarks.database import Databases, PostgresDatabases, SqliteFiles
from tests.benchmarks.desks import translating
from tests.benchmarks.forms import opening
from tests.benchmarks.measuring import publishing, reading, serving
from tests.benchmarks.memories import remembering
from tests.benchmarks.pool import WorkerPool
from tests.benchmarks.searching import searching
from tests.benchmarks.weighing import weighing

PARTS = {
    "publish": publishing,
    "import": importing.importing,
    "serve": serving,
    "read": reading,
    "memory": remembering,
    "names": names.finding,
    "suggest": suggesting.suggesting,
    "related": relating.relating,
    "desk": translating,
    "search": searching,
    "sitemaps": harvesting.harvesting,
    "api": api.reading,
    "lists": listing.listing,
    "weigh": weighing,
    "form": opening,
    "admin": admin.opening,
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; or all of them"
    )
    parser.add_argument("--few", type=int, default=100, help="stories in the small archive")
    parser.add_argument("--many", type=int, default=20_000, help="stories in the large archive")
    parser.add_argument("--served", type=int, default=10_000, help="stories of the served sites")
    parser.add_argument("--rounds", type=int, default=6, help="rounds of each measurement")
    parser.add_argument("--times", type=int, default=8, help="stories published a round")
    parser.add_argument("--seconds", type=float, default=3, help="seconds of load a round")
    parser.add_argument("--units", type=int, default=200_000, help="units of the memory")
    parser.add_argument(
        "--related",
        type=int,
        nargs="+",
        default=[1000, 10_000, 100_000],
        help="stories in the archives whose related stories are kept",
    )
    parser.add_argument("--blocks", type=int, default=300, help="blocks of the form's story")
    parser.add_argument("--segments", type=int, default=150, help="segments of the desk's story")
    parser.add_argument("--waiting", type=int, default=1000, help="stories the desk prepares")
    parser.add_argument(
        "--remembered", type=int, default=20_000, help="units of the memory while it prepares them"
    )
    parser.add_argument(
        "--imported",
        type=int,
        nargs="+",
        default=[1000],
        help="bilingual stories that are imported",
    )
    parser.add_argument("--questions", type=int, default=100, help="suggestions asked for")
    parser.add_argument(
        "--searched",
        type=int,
        nargs="+",
        default=[1000, 10_000, 100_000],
        help="stories in the archives that are searched",
    )
    parser.add_argument(
        "--listed",
        type=int,
        default=100_000,
        help="stories that are harvested and listed",
    )
    parser.add_argument(
        "--clock",
        choices=["wall", "cpu"],
        default="wall",
        help="cpu: each process's own time, for a machine that does other work; SQLite only",
    )
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument(
        "--write", action="store_true", help="also write the tables into docs/benchmarks.md"
    )
    parser.add_argument("--sql", metavar="FILE", help="also write the SQL of each measured piece")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if options.database == "postgres" and options.clock == "cpu":
        parser.error("--clock cpu would leave out PostgreSQL's own work")
    if options.database == "postgres" and not os.environ.get("DATABASE_URL"):
        parser.error("--database postgres needs DATABASE_URL, of a user who may make databases")
    return options


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[Databases]:
    made: Databases = (
        SqliteFiles(folder) if kind == "sqlite" else PostgresDatabases(os.environ["DATABASE_URL"])
    )
    try:
        yield made
    finally:
        made.drop_all()


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    options = arguments()
    start = time.monotonic()
    machine = report.machine(options.database, options.clock, load.generator())
    say(machine)
    with tempfile.TemporaryDirectory(prefix="archive-benchmarks-") as name:
        folder = Path(name)
        with databases(options.database, folder) as made, WorkerPool(made, folder) as pool:
            for part in options.parts or PARTS:
                figures = PARTS[part](pool, options)
                say(figures)
                if options.write:
                    page.write(part, machine, figures)
            if options.sql:
                Path(options.sql).write_text(pool.statements(), encoding="utf-8")
    say(f"The benchmarks took {time.monotonic() - start:.0f} s.")


if __name__ == "__main__":
    main()
