"""Importing back files: stories a second by stage, beside what others take for the same work."""

from argparse import Namespace
from typing import Any

from tests.benchmarks.figures import times
from tests.benchmarks.measuring import LOCALIZE, NAMES, OURS, STOCK
from tests.benchmarks.pool import WorkerPool
from tests.benchmarks.report import table

# How the two ways in are called.
PLAIN, LINES = "text, web pages and Markdown", "JSON Lines"
_PEERS = 60


def importing(pool: WorkerPool, options: Namespace) -> str:
    """Bilingual stories, two files each, published, with all that follows done."""
    rows, stages, sizes = [], [], []
    for count in options.imported:
        for form in (PLAIN, LINES):
            with pool.alone(OURS, f"import_{count}_{form[:4]}") as worker:
                found = worker.ask("import_stories", form=form, count=count)
                size = worker.ask("table_sizes", count=count)
                raw = worker.ask("write_raw") if form == PLAIN else None
            rows.append(_row(f"this archive, {form}, {count:,}", found, count))
            if raw:
                rows.append(_row(f"the same rows by executemany, {count:,}", raw, count))
                ratio = found["stages"]["write"] / raw["cpu"]
                sizes.append([f"{count:,}", _bytes(size["all"]), size["largest"], times(ratio)])
            stages.append(
                [f"{form}, {count:,}"]
                + [f"{1000 * found['stages'][one] / count:.1f} ms" for one in _STAGES]
            )
    rows += [_peer(pool, site, options) for site in (LOCALIZE, STOCK)]
    head = ["stories a second", "processor a story", "statements a story"]
    return "\n".join(
        [
            table("Import bilingual stories", ["from", *head], rows),
            table(
                "Processor of a story, by stage; reading is in processes of its own",
                ["from", *_STAGES],
                stages,
            ),
            table(
                "What a story takes",
                ["stories", "on disk", "largest tables", "writing against raw rows"],
                sizes,
            ),
        ]
    )


_STAGES = ("read", "align", "write", "search", "memory", "others")


def _row(name: str, found: dict[str, Any], count: int) -> list[str]:
    statements = found.get("statements")
    return [
        name,
        f"{count / found['wall']:.1f}",
        f"{1000 * found['cpu'] / count:.1f} ms",
        f"{statements / count:.1f}" if statements else "",
    ]


def _peer(pool: WorkerPool, site: str, options: Namespace) -> list[str]:
    """`add_child` and `publish` a story at a time, in both languages where the site has them."""
    (worker,) = pool.gather((site, options.few))
    what = {"tags": False, "translated": site == LOCALIZE}
    worker.ask("publish", times=2, clock="wall", **what)
    found = {}
    for clock in ("wall", "cpu"):
        seconds = worker.ask("publish", times=_PEERS, clock=clock, **what)
        found[clock] = sum(seconds["answer"]) + sum(seconds["after"])
    found["statements"] = _PEERS * pool.queries(worker, "publish_queries", **what)
    return _row(f"{NAMES[site]}, by program", found, _PEERS)


def _bytes(size: float) -> str:
    return f"{size / 1000:.0f} kB"
