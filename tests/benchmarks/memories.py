"""The translation memory: how long suggestions take among many units, and what it holds."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from archive.text.language import CHINESE, ENGLISH, LABELS
from tests.benchmarks.figures import Series, milliseconds, times
from tests.benchmarks.measuring import NAMES
from tests.benchmarks.pool import WorkerPool
from tests.benchmarks.processes import Worker
from tests.benchmarks.report import table
from tests.benchmarks.sites.memory import LIKE, NONE, SAME

KINDS = (SAME, LIKE, NONE)
SCANS = 8
MEGABYTE = 1_000_000
A_STORY = 20


def remembering(pool: WorkerPool, options: Namespace) -> str:
    """Suggestions among many units, beside a plain scan of all and wagtail-localize's look-up."""
    few = _time_to_write(pool, "memory_empty", options)
    with pool.alone("ours", "memory") as worker:
        before = pool.size("memory")
        seconds = worker.ask("fill_memory", units=options.units, clock=options.clock)
    size = pool.size("memory") - before
    with ExitStack() as workers:
        ours = workers.enter_context(pool.alone("ours", "memory"))
        scan = workers.enter_context(pool.alone("ours", "memory"))
        rows = [
            row
            for language in (ENGLISH, CHINESE)
            for row in _suggestions(ours, scan, language, options)
        ]
        peaks = [one.ask("memory_in_use") / MEGABYTE for one in (ours, scan)]
        words = _concordance(ours, options)
    many = _time_to_write(pool, "memory", options)
    facts = [
        ["filled", f"{options.units / seconds:,.0f} units a second"],
        ["size on disk, texts and indexes", f"{size / MEGABYTE:,.0f} MB"],
        ["most memory of the process that suggests", f"{peaks[0]:.0f} MB"],
        ["most memory of the process that scans", f"{peaks[1]:.0f} MB"],
        [f"{A_STORY} units written, into an empty memory", few],
        [f"{A_STORY} units written, beside {options.units:,}", many],
    ]
    head = ["p50", "p95", "scan's p50", "scan takes", "best that scan finds, found"]
    return "\n".join(
        [
            table(f"Suggest among {options.units:,} units", ["asked for", *head], rows),
            table("The memory", ["what", "figure"], facts),
            table("Search for words in it", ["words", "found", "p50", "p95"], words),
            _localize(pool, options),
        ]
    )


def _time_to_write(pool: WorkerPool, name: str, options: Namespace) -> str:
    with pool.alone("ours", name) as worker:
        seconds = worker.ask("write_memory", units=A_STORY, times=20, clock=options.clock)
    return milliseconds(Series(seconds).p50)


def _suggestions(
    ours: Worker, scan: Worker, language: str, options: Namespace
) -> Iterator[list[str]]:
    for kind in KINDS:
        what = _what(kind, language, options)
        found = ours.ask("suggest", count=options.questions, **what)
        scanned = scan.ask("scan", count=SCANS, **what)
        again = ours.ask("suggest", count=SCANS, **what)
        series, slow = Series(found["seconds"]), Series(scanned["seconds"])
        pairs = list(zip(again["scores"], scanned["scores"], strict=True))
        wanted = [pair for pair in pairs if pair[1]]
        met = sum(mine >= best for mine, best in wanted)
        yield [
            f"{kind}, in {LABELS[language]}",
            milliseconds(series.p50),
            milliseconds(series.p95),
            milliseconds(slow.p50),
            times(slow.p50 / series.p50),
            f"{met} of {len(wanted)}" if wanted else "–",
        ]


def _what(kind: str, language: str, options: Namespace) -> dict[str, Any]:
    return {"kind": kind, "language": language, "units": options.units, "clock": options.clock}


def _concordance(ours: Worker, options: Namespace) -> list[list[str]]:
    rows = []
    for words in ("lighthouse", "灯塔", "Wang Weining", "霞霞霞"):
        found = ours.ask("look_up_words", words=words, times=10, clock=options.clock)
        series = Series(found["seconds"])
        rows.append(
            [words, str(found["found"]), milliseconds(series.p50), milliseconds(series.p95)]
        )
    return rows


def _localize(pool: WorkerPool, options: Namespace) -> str:
    """It has no suggestions for texts that are only alike, and none from Chinese to English."""
    what = _what(SAME, ENGLISH, options)
    with pool.alone("localize", "memory_localize") as worker:
        worker.ask("fill_memory", units=options.units, clock=options.clock)
    with (
        pool.alone("localize", "memory_localize") as worker,
        pool.alone("ours", "memory") as ours,
    ):
        found = {
            name: Series(
                one.ask("suggest", count=options.questions, threshold=threshold, **what)["seconds"]
            )
            for name, one, threshold in (
                ("this archive, with texts like it", ours, 0),
                ("this archive, the same text only", ours, 100),
                (NAMES["localize"], worker, 100),
            )
        }
    rows = [
        [
            name,
            milliseconds(one.p50),
            milliseconds(one.p95),
            times(one.p50 / found[NAMES["localize"]].p50),
        ]
        for name, one in found.items()
    ]
    return table("Look up the same text", ["site", "p50", "p95", "against localize"], rows)
