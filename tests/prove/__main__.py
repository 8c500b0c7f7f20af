"""`python -m tests.prove import`: kills an import again and again, and compares what comes of it.

The same folder is imported once undisturbed, and once by a command that is killed at random moments
and started again until it ends. Both databases have to say the same of their stories, but for keys,
moments and ids that differ by chance.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.benchmarks.back_files import write_folder
from tests.benchmarks.database import Databases, PostgresDatabases, SqliteFiles
from tests.benchmarks.processes import ROOT, environment

# What a killed process had begun is free again after its lease.
LEASE_SECONDS = 65
# Every run is a batch of its own.
_BATCHES = "archive_intake.importbatch"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.prove", description=__doc__)
    parser.add_argument("part", choices=["import"])
    parser.add_argument(
        "--stories", type=int, default=400, help="bilingual stories, two files each"
    )
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0, help="of the moments")
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    return parser.parse_args()


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Site:
    """A database of this archive, and commands on it."""

    def __init__(self, databases: Databases, name: str, folder: Path) -> None:
        self.surroundings = environment("ours", databases.make(name), folder)
        self.run("migrate", "-v0")
        self.run(
            "shell", "-v0", "-c", "from tests.benchmarks.sites.importing import prepare; prepare()"
        )

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", *words]
        return subprocess.Popen(command, cwd=ROOT, env=self.surroundings, start_new_session=True)

    def run(self, *words: str) -> None:
        if code := self.start(*words).wait():
            raise SystemExit(f"manage.py {words[0]} ended with {code}.")

    def says(self) -> dict[str, Counter[str]]:
        code = (
            "import json; from tests.contrib.intake.tables import contents; "
            "print(json.dumps(contents()))"
        )
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        printed = subprocess.run(
            command, cwd=ROOT, env=self.surroundings, check=True, capture_output=True
        )
        found: dict[str, Any] = json.loads(printed.stdout)
        return {table: Counter(rows) for table, rows in found.items()}


def prove(databases: Databases, folder: Path, options: argparse.Namespace) -> bool:
    files = folder / "files"
    write_folder(files, options.stories)
    words = ("import_articles", str(files), "--publish", "-v0")
    whole, killed = (Site(databases, name, folder) for name in ("whole", "killed"))
    start = time.monotonic()
    whole.run(*words)
    seconds = time.monotonic() - start
    say(f"Undisturbed: {options.stories} stories in {seconds:.0f} s.")
    moments = random.Random(options.seed)
    for number in range(options.kills):
        process = killed.start(*words)
        moment = moments.uniform(1, seconds * 0.6)
        time.sleep(moment)
        is_over = process.poll() is not None
        if not is_over:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        say(f"{number + 1}: {'had ended before' if is_over else 'killed after'} {moment:.1f} s.")
    killed.run(*words)
    time.sleep(LEASE_SECONDS)
    killed.run("publish_scheduled")
    expected, found = whole.says(), killed.says()
    wrong = [table for table in expected if table != _BATCHES and expected[table] != found[table]]
    for table in wrong:
        less, more = expected[table] - found[table], found[table] - expected[table]
        say(f"{table}: {less.total()} rows are missing, {more.total()} are there besides.")
        for row in [*less][:2] + [*more][:2]:
            say(f"  {row[:600]}")
    say("The two differ." if wrong else f"All {len(expected) - 1} tables say the same.")
    return not wrong


def main() -> int:
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="archive-prove-") as name:
        folder = Path(name)
        databases: Databases = (
            SqliteFiles(folder)
            if options.database == "sqlite"
            else PostgresDatabases(os.environ["DATABASE_URL"])
        )
        try:
            return 0 if prove(databases, folder, options) else 1
        finally:
            databases.drop_all()


if __name__ == "__main__":
    sys.exit(main())
