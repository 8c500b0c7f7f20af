"""The translator's screen with a long story, beside wagtail-localize's editor with the same.

And the memory's part of the work on many stories, before anybody opens one.
"""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack

from tests.benchmarks.figures import Series, milliseconds, times
from tests.benchmarks.measuring import LOCALIZE, NAMES, OURS
from tests.benchmarks.pool import WorkerPool
from tests.benchmarks.processes import Worker
from tests.benchmarks.report import table

SHORT = 15
KILOBYTE = 1000
# What is done; only this archive has a sidebar and a page beside the segments.
WORK = {
    "open": "Open a story of {segments} segments",
    "save": "Save one of {segments} segments",
    "sidebar": "Open the sidebar of one of {segments} segments",
    "page": "Save one of {segments} segments, and show the page as readers see it",
}


class Used:
    """What a piece of work came to in all rounds so far."""

    def __init__(self) -> None:
        self.wall, self.cpu, self.size = Series([]), Series([]), 0

    def add(self, found: dict[str, list[float]]) -> None:
        self.wall += Series(found["wall"])
        self.cpu += Series(found["cpu"])
        self.size = int(found["bytes"][-1])


def translating(pool: WorkerPool, options: Namespace) -> str:
    """The screen, a save and the sidebar, for a long story; queries also for a short one."""
    with ExitStack() as open_workers:
        workers = {
            (site, length): open_workers.enter_context(pool.alone(site, f"desk_{site}_{length}"))
            for site in (OURS, LOCALIZE)
            for length in (options.segments, SHORT)
        }
        shown = {key: worker.ask("build_desk", segments=key[1]) for key, worker in workers.items()}
        tables = [
            table(
                title.format(segments=options.segments), HEAD, _rows(pool, what, workers, options)
            )
            for what, title in WORK.items()
        ]
    counted = ", ".join(f"{_name(site)}: {number}" for (site, _n), number in shown.items())
    return "\n".join([*tables, f"Segments shown: {counted}", "", _prepared(pool, options)])


HEAD = (
    "site",
    "p50",
    "p95",
    "processor",
    "takes, against this archive",
    f"queries at {SHORT} / at all",
    "kB",
)


def _rows(
    pool: WorkerPool, what: str, workers: dict[tuple[str, int], Worker], options: Namespace
) -> Iterator[list[str]]:
    sites = (OURS,) if what in ("sidebar", "page") else (OURS, LOCALIZE)
    found = {site: Used() for site in sites}
    for (site, _length), worker in workers.items():
        if site in sites:
            worker.ask("use_desk", what=what, times=2)
    for _round in range(options.rounds):
        for site in sites:
            worker = workers[site, options.segments]
            found[site].add(worker.ask("use_desk", what=what, times=options.times))
    for site, used in found.items():
        queries = [
            pool.queries(workers[site, length], "desk_queries", what=what)
            for length in (SHORT, options.segments)
        ]
        yield [
            _name(site),
            milliseconds(used.wall.p50),
            milliseconds(used.wall.p95),
            milliseconds(used.cpu.p50),
            times(used.cpu.p50 / found[OURS].cpu.p50),
            " / ".join(map(str, queries)),
            f"{used.size / KILOBYTE:.0f}",
        ]


def _prepared(pool: WorkerPool, options: Namespace) -> str:
    """The analysis and the pretranslation of many stories; wagtail-localize has neither."""
    with pool.alone(OURS, "desk_waiting") as worker:
        worker.ask("fill_desk", stories=options.waiting, units=options.remembered)
        rows = []
        for what in ("analyse", "pretranslate"):
            done = worker.ask("prepare_stories", what=what, clock=options.clock)
            found = ", ".join(f"{key}: {count:,}" for key, count in done["found"].items())
            each = done["seconds"] / options.waiting
            rows.append([what, f"{done['seconds']:.1f} s", milliseconds(each), found])
    title = f"Prepare {options.waiting:,} stories, with {options.remembered:,} units in memory"
    return table(title, ["what", "all", "a story", "found"], rows)


def _name(site: str) -> str:
    return NAMES[site].split(",")[0]
