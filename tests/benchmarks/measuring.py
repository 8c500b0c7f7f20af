"""What is measured, and the tables that come of it."""

from argparse import Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median

from tests.benchmarks.crew import Crew
from tests.benchmarks.figures import Series, milliseconds, times
from tests.benchmarks.load import Load, measure
from tests.benchmarks.processes import Worker, served
from tests.benchmarks.report import table

OURS, SPREAD, STOCK, LOCALIZE = "ours", "ours, spread", "stock", "localize"
NAMES = {
    OURS: "this archive, all in one issue",
    SPREAD: "this archive, 20 an issue",
    STOCK: "stock Wagtail, one language",
    LOCALIZE: "wagtail-localize",
}
LANGUAGES = {"story": "English", "story in Chinese": "Chinese"}


@dataclass(frozen=True)
class Contestant:
    """A row of a publishing table: a site with few stories and with many, and how it publishes."""

    name: str
    few: Worker
    many: Worker
    what: dict[str, bool] = field(default_factory=dict)


def publishing(crew: Crew, options: Namespace) -> str:
    """A new story: saved as a draft, revision, published; among few stories and among many."""
    sites = (OURS, SPREAD, STOCK)
    sizes = (options.few, options.many)
    workers = crew.gather(*[(site, size) for site in sites for size in sizes])
    pairs = list(zip(workers[::2], workers[1::2], strict=True))
    contestants = [Contestant(NAMES[few.site], few, many) for few, many in pairs]
    stock_index = {"stock_index": True}
    contestants.insert(2, Contestant(f"{NAMES[OURS]}, stock index", *pairs[0], stock_index))
    tables = [_publishing_table(crew, contestants, options, tags) for tags in (False, True)]
    return "\n".join([*tables, _bilingual(crew, options)])


def _publishing_table(
    crew: Crew, contestants: Sequence[Contestant], options: Namespace, tags: bool
) -> str:
    whats = [{**one.what, "tags": tags} for one in contestants]
    pieces = [
        (worker, what)
        for one, what in zip(contestants, whats, strict=True)
        for worker in (one.few, one.many)
    ]
    found = _in_turns(pieces, options)
    stock_many = found[-1]
    rows = [
        [
            one.name,
            *_percentiles(few),
            *_percentiles(many),
            times(many.p50 / few.p50),
            times(stock_many.p50 / many.p50),
            str(crew.queries(one.many, "publish_queries", **what)),
        ]
        for one, what, few, many in zip(contestants, whats, found[::2], found[1::2], strict=True)
    ]
    title = "Publish a story" + (" that has 20 tags" if tags else "")
    few, many = f"{options.few:,}", f"{options.many:,}"
    head = [f"p50 at {few}", "p95", f"p50 at {many}", "p95", "growth", "stock takes", "queries"]
    return table(title, ["among the site's stories", *head], rows)


def _bilingual(crew: Crew, options: Namespace) -> str:
    """A story and its translation, both published; every text is written by the program."""
    workers = crew.gather((OURS, options.few), (LOCALIZE, options.few))
    what = {"tags": False, "translated": True}
    found = _in_turns([(worker, what) for worker in workers], options)
    rows = [
        [
            NAMES[worker.site],
            *_percentiles(series),
            f"{1 / series.p50:.1f}",
            times(series.p50 / found[0].p50),
            str(crew.queries(worker, "publish_queries", **what)),
        ]
        for worker, series in zip(workers, found, strict=True)
    ]
    head = ["p50", "p95", "stories a second", "time against ours", "queries"]
    return table(f"Publish a story in both languages, at {options.few}", ["site", *head], rows)


def _in_turns(pieces: Sequence[tuple[Worker, dict[str, bool]]], options: Namespace) -> list[Series]:
    """Each piece of work in short rounds, after two that don't count."""
    for worker, what in pieces:
        worker.ask("publish", times=2, clock=options.clock, **what)
    found = [Series([]) for _piece in pieces]
    for _round in range(options.rounds):
        for place, (worker, what) in enumerate(pieces):
            seconds = worker.ask("publish", times=options.times, clock=options.clock, **what)
            found[place] += Series(seconds)
    return found


def serving(crew: Crew, options: Namespace) -> str:
    """The seed story's page, not cached, from two gunicorn processes on each side."""
    workers = crew.gather((OURS, options.few), (LOCALIZE, options.few))
    pages = [
        (worker, language, worker.ask("addresses")[language])
        for language in LANGUAGES
        for worker in workers
    ]
    loads: list[list[Load]] = [[] for _page in pages]
    with ExitStack() as servers:
        roots = {
            worker.site: servers.enter_context(
                served(worker.site, crew.surroundings(worker.site, options.few))
            )
            for worker in workers
        }
        for worker, _language, path in pages:
            measure(roots[worker.site] + path, 1)
        for _round in range(options.rounds):
            for place, (worker, _language, path) in enumerate(pages):
                loads[place].append(measure(roots[worker.site] + path, options.seconds))
    rows = []
    for (worker, language, path), ours in zip(pages, loads, strict=True):
        peer = loads[[page[:2] for page in pages].index((workers[1], language))]
        rows.append(
            [
                f"{NAMES[worker.site].split(',')[0]}, {LANGUAGES[language]}",
                f"{_rate(ours):.0f}",
                milliseconds(median(one.p50 for one in ours)),
                milliseconds(median(one.p95 for one in ours)),
                times(_rate(ours) / _rate(peer)),
                str(crew.queries(worker, "read_queries", path=path)),
            ]
        )
    head = ["requests a second", "p50", "p95", "against localize", "queries"]
    return table("Serve a story's page", ["page", *head], rows)


def reading(crew: Crew, options: Namespace) -> str:
    """Pages of this archive among few stories and among many, through Django's test client."""
    workers = crew.gather((SPREAD, options.few), (SPREAD, options.many))
    addresses = workers[0].ask("addresses")
    rows = []
    for name, path in addresses.items():
        found = [Series([]), Series([])]
        for _round in range(options.rounds):
            for place, worker in enumerate(workers):
                seconds = worker.ask("read", path=path, times=options.times, clock=options.clock)
                found[place] += Series(seconds)
        few, many = found
        queries = [crew.queries(worker, "read_queries", path=path) for worker in workers]
        rows.append(
            [
                name,
                *_percentiles(few),
                *_percentiles(many),
                times(many.p50 / few.p50),
                " / ".join(str(one) for one in queries),
            ]
        )
    few_many = (f"p50 at {options.few:,}", "p95", f"p50 at {options.many:,}", "p95")
    return table("Read this archive", ["page", *few_many, "growth", "queries"], rows)


def _percentiles(series: Series) -> tuple[str, str]:
    return milliseconds(series.p50), milliseconds(series.p95)


def _rate(loads: Sequence[Load]) -> float:
    return median(one.per_second for one in loads)
