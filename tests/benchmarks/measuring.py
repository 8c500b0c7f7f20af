"""What is measured, and the tables that come of it."""

from argparse import Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median

from tests.benchmarks.figures import Series, milliseconds, times
from tests.benchmarks.load import Load, measure
from tests.benchmarks.pool import WorkerPool, kind_of
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


def publishing(pool: WorkerPool, options: Namespace) -> str:
    """A new story: saved as a draft, revision, published; among few stories and among many."""
    sites = (OURS, SPREAD, STOCK)
    sizes = (options.few, options.many)
    workers = pool.gather(*[(site, size) for site in sites for size in sizes])
    pairs = list(zip(workers[::2], workers[1::2], strict=True))
    contestants = [Contestant(NAMES[few.site], few, many) for few, many in pairs]
    stock_index = {"stock_index": True}
    contestants.insert(2, Contestant(f"{NAMES[OURS]}, stock index", *pairs[0], stock_index))
    tables = [_publishing_table(pool, contestants, options, tags) for tags in (False, True)]
    return "\n".join([*tables, _bilingual(pool, options)])


def _publishing_table(
    pool: WorkerPool, contestants: Sequence[Contestant], options: Namespace, tags: bool
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
            *_percentiles(few.answer),
            *_percentiles(many.answer),
            milliseconds(many.after.p50),
            times(many.answer.p50 / few.answer.p50),
            times(stock_many.answer.p50 / many.answer.p50),
            str(pool.queries(one.many, "publish_queries", **what)),
        ]
        for one, what, few, many in zip(contestants, whats, found[::2], found[1::2], strict=True)
    ]
    title = "Publish a story" + (" that has 20 tags" if tags else "")
    few, many = f"{options.few:,}", f"{options.many:,}"
    head = [f"p50 at {few}", "p95", f"p50 at {many}", "p95"]
    head += ["after it", "growth", "stock takes", "queries"]
    return table(title, ["among the site's stories", *head], rows)


def _bilingual(pool: WorkerPool, options: Namespace) -> str:
    """A story and its translation, both published; every text is written by the program."""
    workers = pool.gather((OURS, options.few), (LOCALIZE, options.few))
    what = {"tags": False, "translated": True}
    found = _in_turns([(worker, what) for worker in workers], options)
    rows = [
        [
            NAMES[worker.site],
            *_percentiles(series.answer),
            milliseconds(series.after.p50),
            f"{1 / series.answer.p50:.1f}",
            times(series.answer.p50 / found[0].answer.p50),
            str(pool.queries(worker, "publish_queries", **what)),
        ]
        for worker, series in zip(workers, found, strict=True)
    ]
    head = ["p50", "p95", "after it", "stories a second", "time against ours", "queries"]
    return table(f"Publish a story in both languages, at {options.few}", ["site", *head], rows)


@dataclass
class Published:
    """The seconds until the answer, and those of what follows it."""

    answer: Series
    after: Series


def _in_turns(
    pieces: Sequence[tuple[Worker, dict[str, bool]]], options: Namespace
) -> list[Published]:
    """Each piece of work in short rounds, after two that don't count."""
    for worker, what in pieces:
        worker.ask("publish", times=2, clock=options.clock, **what)
    found = [Published(Series([]), Series([])) for _piece in pieces]
    for _round in range(options.rounds):
        for place, (worker, what) in enumerate(pieces):
            seconds = worker.ask("publish", times=options.times, clock=options.clock, **what)
            found[place].answer += Series(seconds["answer"])
            found[place].after += Series(seconds["after"])
    return found


@dataclass(frozen=True)
class Served:
    """A page under load: whose, in what form, and the form of the neighbour's to compare with."""

    label: str
    server: str
    worker: Worker
    path: str
    beside: str


def serving(pool: WorkerPool, options: Namespace) -> str:
    """The seed story's page on each side, not cached and cached."""
    ours, localize = pool.gather((SPREAD, options.served), (LOCALIZE, options.served))
    pages = _served_pages(ours, localize)
    by = _by_processor if options.clock == "cpu" else _by_servers
    return _serving_table(pool, pages, by(pool, pages, options), options.served)


def _by_servers(
    pool: WorkerPool, pages: Sequence[Served], options: Namespace
) -> Sequence[Sequence[Load]]:
    """From two gunicorn processes on each side, by the clock on the wall."""
    loads: list[list[Load]] = [[] for _page in pages]
    own: dict[str, dict[str, str]] = {"ours": {}, "localize": {}}
    own["ours, cached"] = {"ARCHIVE_CACHE_PAGES": "true"}
    with ExitStack() as servers:
        roots: dict[str, str] = {}
        for page in pages:
            if page.server not in roots:
                site = page.worker.site
                around = {**pool.surroundings(site, options.served), **own[page.server]}
                roots[page.server] = servers.enter_context(served(kind_of(site), around))
            measure(roots[page.server] + page.path, 1)
        for _round in range(options.rounds):
            for place, page in enumerate(pages):
                loads[place].append(measure(roots[page.server] + page.path, options.seconds))
    return loads


def _by_processor(
    pool: WorkerPool, pages: Sequence[Served], options: Namespace
) -> Sequence[Sequence[Load]]:
    """By the processor that a process spends on each request, without a server."""
    loads: list[list[Load]] = [[] for _page in pages]
    for _round in range(options.rounds):
        for place, page in enumerate(pages):
            what = {"path": page.path, "cached": page.server.endswith("cached")}
            count = options.times * 4
            series = Series(page.worker.ask("read", times=count, clock=options.clock, **what))
            loads[place].append(Load(1 / series.p50, series.p50, series.p95))
    return loads


def _served_pages(ours: Worker, localize: Worker) -> list[Served]:
    """The neighbour's page in each language first: the others are compared with these."""
    mine, theirs = ours.ask("addresses"), localize.ask("addresses")
    pages = [
        Served(f"wagtail-localize, {LANGUAGES[one]}", "localize", localize, theirs[one], one)
        for one in LANGUAGES
    ]
    forms = {
        **{LANGUAGES[one]: (mine[one], one) for one in LANGUAGES},
        "side by side": (f"{mine['story']}?view=both", "story"),
    }
    for server, note in (("ours", ""), ("ours, cached", ", cached")):
        pages += [
            Served(f"this archive, {name}{note}", server, ours, path, beside)
            for name, (path, beside) in forms.items()
        ]
    return pages


def _serving_table(
    pool: WorkerPool, pages: Sequence[Served], loads: Sequence[Sequence[Load]], stories: int
) -> str:
    peers = {
        page.beside: measured
        for page, measured in zip(pages, loads, strict=True)
        if page.server == "localize"
    }
    rows = []
    for page, measured in zip(pages, loads, strict=True):
        is_cached = page.server.endswith("cached")
        what = {"path": page.path, "cached": is_cached}
        rows.append(
            [
                page.label,
                f"{_rate(measured):.0f}",
                milliseconds(median(one.p50 for one in measured)),
                milliseconds(median(one.p95 for one in measured)),
                # Of one round each: the machine may be slower in the next.
                times(
                    median(
                        one.per_second / peer.per_second
                        for one, peer in zip(measured, peers[page.beside], strict=True)
                    )
                ),
                str(pool.queries(page.worker, "read_queries", **what)),
            ]
        )
    head = ["requests a second", "p50", "p95", "against localize, not cached", "queries"]
    return table(f"Serve a story's page, among {stories:,}", ["page", *head], rows)


def reading(pool: WorkerPool, options: Namespace) -> str:
    """Pages of this archive among few stories and among many, through Django's test client."""
    workers = pool.gather((SPREAD, options.few), (SPREAD, options.many))
    addresses = workers[0].ask("addresses")
    rows = []
    for name, path in addresses.items():
        found = [Series([]), Series([])]
        for _round in range(options.rounds):
            for place, worker in enumerate(workers):
                seconds = worker.ask("read", path=path, times=options.times, clock=options.clock)
                found[place] += Series(seconds)
        few, many = found
        queries = [pool.queries(worker, "read_queries", path=path) for worker in workers]
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
