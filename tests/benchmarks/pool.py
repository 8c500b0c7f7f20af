"""The workers of a run: each holds one site with its own database, all filled beforehand.

They take turns in short rounds, so that whatever else the machine does falls on all alike.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from tests.benchmarks.database import Databases
from tests.benchmarks.processes import Worker, environment

# A site's name and the number of its stories.
Wanted = tuple[str, int]


def kind_of(site: str) -> str:
    """ "ours, spread" has the settings of "ours"."""
    return site.split(",", maxsplit=1)[0]


class WorkerPool:
    """Makes workers when they are first asked for; all end with the `with` block."""

    def __init__(self, databases: Databases, folder: Path) -> None:
        self._databases = databases
        self._folder = folder
        self._templates: set[str] = set()
        self._workers: dict[Wanted, Worker] = {}
        self._urls: dict[Wanted, str] = {}
        self._named: dict[str, str] = {}
        self._statements: list[str] = []

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers.values():
            worker.stop()

    def gather(self, *wanted: Wanted) -> list[Worker]:
        """The sites, built where they aren't there yet, as many at a time as there are cores."""
        self._migrate({kind_of(site) for site, _stories in wanted})
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            list(threads.map(self._build, set(wanted) - self._workers.keys()))
        return [self._workers[one] for one in wanted]

    def surroundings(self, site: str, stories: int) -> dict[str, str]:
        """The environment for another process that serves the same database."""
        return environment(kind_of(site), self._urls[site, stories], self._folder)

    @contextmanager
    def alone(self, site: str, name: str) -> Iterator[Worker]:
        """A process of its own on a database of this name, made without stories if it's new."""
        kind = kind_of(site)
        self._migrate({kind})
        if name not in self._named:
            self._named[name] = self._databases.make(name, template=kind)
        worker = Worker(site, environment(kind, self._named[name], self._folder))
        try:
            yield worker
        finally:
            worker.stop()

    def size(self, name: str) -> int:
        """Bytes on disk of a named database."""
        return self._databases.size(name)

    def queries(self, worker: Worker, do: str, **arguments: object) -> int:
        """How many SQL statements a piece of work takes; they are kept for `statements()`."""
        found = worker.ask(do, **arguments)
        words = " ".join(str(value) for value in arguments.values())
        self._statements.extend([f"-- {worker.site}: {do} {words}", *found, ""])
        return len(found)

    def statements(self) -> str:
        return "\n".join(self._statements)

    def _build(self, wanted: Wanted) -> None:
        site, stories = wanted
        name = f"{site.replace(', ', '_')}_{stories}"
        url = self._databases.make(name, template=kind_of(site))
        self._urls[site, stories] = url
        self._workers[wanted] = Worker(site, self.surroundings(site, stories))
        self._workers[wanted].ask("build", stories=stories)

    def _migrate(self, kinds: set[str]) -> None:
        """Once for each kind of site, side by side: the others start from a copy."""
        missing = sorted(kinds - self._templates)
        workers = [
            Worker(kind, environment(kind, self._databases.make(kind), self._folder))
            for kind in missing
        ]
        for worker in workers:
            worker.tell("migrate")
        for worker in workers:
            worker.hear()
            worker.stop()
        self._templates.update(missing)
