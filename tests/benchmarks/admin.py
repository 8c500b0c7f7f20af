"""The newsroom's screens of the admin, beside stock Wagtail's of the same kind and content.

The answer of Django's test client, without the browser's own work (the part `form` has that): the
form of the seed story and of a new one, the list of as many stories as a page holds, the names,
Wagtail's search for pages, and the home page.
"""

from argparse import Namespace

from tests.benchmarks.figures import Series, milliseconds, times
from tests.benchmarks.measuring import OURS, STOCK
from tests.benchmarks.pool import WorkerPool
from tests.benchmarks.report import table
from tests.benchmarks.weighing import collect

HEAD = (
    "screen",
    "this archive",
    "stock",
    "takes, against stock",
    "queries",
    "stock",
    "HTML",
    "stock",
)


def opening(pool: WorkerPool, options: Namespace) -> str:
    """Both sites' pages in turn, after one visit that fills the caches."""
    sites = (OURS, STOCK)
    workers = pool.gather(*((site, options.few) for site in sites))
    collect(pool.surroundings(OURS, options.few))
    screens = [worker.ask("build_admin") for worker in workers]
    rows = []
    for name in screens[0]:
        pairs = list(zip(workers, (one[name] for one in screens), strict=True))
        sizes = [worker.ask("open_admin", path=path)["bytes"] for worker, path in pairs]
        queries = [pool.queries(worker, "admin_queries", path=path) for worker, path in pairs]
        found = [Series([]), Series([])]
        for _round in range(options.rounds):
            for place, (worker, path) in enumerate(pairs):
                took = [
                    worker.ask("open_admin", path=path)[options.clock]
                    for _n in range(options.times)
                ]
                found[place] += Series(took)
        ours, stock = found
        rows.append(
            [
                name,
                milliseconds(ours.p50),
                milliseconds(stock.p50),
                times(ours.p50 / stock.p50),
                *map(str, queries),
                *(f"{size / 1000:.0f} kB" for size in sizes),
            ]
        )
    return table(f"Open a screen of the admin, with {options.few} stories", HEAD, rows)
