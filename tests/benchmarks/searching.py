"""`python -m tests.benchmarks.searching`: this search beside Wagtail's own, over the same stories.

On $DATABASE_URL, which must be empty, or else on a new SQLite file. Bulk rows stand for published
stories. Wagtail's queries are stopped after a while, so that a run comes to its end.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import django


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=100, help="of each kind, for this search")
    parser.add_argument("--neighbour", type=int, default=10, help="of each kind, for Wagtail's")
    parser.add_argument(
        "--patience", type=float, default=60, help="seconds that a query of Wagtail's may take"
    )
    parser.add_argument(
        "--without-proof", action="store_true", help="leave out recall and precision"
    )
    parser.add_argument(
        "--processor-time",
        action="store_true",
        help="count this process's own time (on SQLite, all): for a machine that others use",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="archive-search-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.test"
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from tests.benchmarks import comparing, filling

        texts = filling.fill(options.stories)
        comparing.build(options.stories)
        if not options.without_proof:
            comparing.prove_all(options, texts)
        comparing.compare(options, texts)
        comparing.trends(options, texts)
        comparing.browse(options)


def searching(_workers: object, options: argparse.Namespace) -> str:
    """The part of `make bench`: each size in a process, and a database, of its own."""
    from tests.benchmarks.database import PostgresDatabases

    tables = []
    for size in options.searched:
        command = [sys.executable, "-m", "tests.benchmarks.searching", "--stories", str(size)]
        if size > 20_000:
            # A scan of every text for each query, and minutes for one of Wagtail's.
            command += ["--without-proof", "--patience", "20"]
        if options.clock == "cpu":
            command.append("--processor-time")
        environment = {name: v for name, v in os.environ.items() if name != "DATABASE_URL"}
        if options.database == "postgres":
            made = PostgresDatabases(os.environ["DATABASE_URL"])
            environment["DATABASE_URL"] = made.make(f"search_{size}")
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
            made.drop_all()
        else:
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
        done.check_returncode()
        tables.append(f"## Search among {size:,}\n\n{done.stdout}")
    return "\n".join(tables)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
