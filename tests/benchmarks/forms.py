"""The editor's form of a long story in Chromium, beside stock Wagtail's with the same body."""

from argparse import Namespace
from statistics import median

from playwright.sync_api import Browser

from tests.benchmarks.figures import milliseconds, times
from tests.benchmarks.measuring import NAMES, OURS, STOCK
from tests.benchmarks.pool import WorkerPool
from tests.benchmarks.processes import served
from tests.benchmarks.report import table
from tests.benchmarks.weighing import chromium, collect

HEAD = ("site", "ready", "processor", "takes, against this archive", "HTML")
# Until the body's last block is there and nothing more is to be done, in ms since the navigation.
READY = """(blocks) => new Promise(done => {
  const look = () =>
    document.querySelectorAll("[data-streamfield-child]").length < blocks
      ? setTimeout(look, 10)
      : requestIdleCallback(() => done(performance.now()));
  look();
})"""


def opening(pool: WorkerPool, options: Namespace) -> str:
    """Both forms are opened in turn, each in a tab of its own."""
    sites = (OURS, STOCK)
    workers = pool.gather(*((site, options.few) for site in sites))
    found: dict[str, list[tuple[float, float, int]]] = {site: [] for site in sites}
    forms = {
        site: worker.ask("build_form", blocks=options.blocks)
        for site, worker in zip(sites, workers, strict=True)
    }
    for site in sites:
        collect(pool.surroundings(site, options.few))
    for _round in range(options.rounds):
        for site in sites:
            surroundings = pool.surroundings(site, options.few)
            with served(site, surroundings) as root, chromium() as browser:
                # The first visit fills the server's and the browser's caches.
                visits = [_visit(browser, root, forms[site], options.blocks) for _n in range(2)]
                found[site].append(visits[-1])
    ready = {site: median(one[0] for one in visits) for site, visits in found.items()}
    rows = [
        [
            NAMES[site].split(",")[0],
            milliseconds(ready[site]),
            milliseconds(median(one[1] for one in visits)),
            times(ready[site] / ready[OURS]),
            f"{visits[-1][2] / 1000:.0f} kB",
        ]
        for site, visits in found.items()
    ]
    return table(f"Open the form of a story of {options.blocks} blocks", HEAD, rows)


def _visit(
    browser: Browser, root: str, form: dict[str, str], blocks: int
) -> tuple[float, float, int]:
    """Seconds until it is ready, seconds of the tab's processor, bytes of HTML."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=root)
    context.add_cookies([{"name": "sessionid", "value": form["session"], "url": root}])
    tab = context.new_page()
    tab.set_default_timeout(120_000)
    devices = context.new_cdp_session(tab)
    devices.send("Performance.enable", {"timeDomain": "threadTicks"})
    response = tab.goto(form["path"], wait_until="load")
    if response is None or not response.ok:
        raise RuntimeError(f"{form['path']} answers {response and response.status}")
    ready = tab.evaluate(READY, blocks) / 1000
    metrics = devices.send("Performance.getMetrics")["metrics"]
    spent = {one["name"]: one["value"] for one in metrics}["TaskDuration"]
    size = len(response.body())
    context.close()
    return ready, spent, size
