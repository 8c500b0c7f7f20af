"""What a page weighs and how soon it is there, in Chromium: the figures that Lighthouse gives."""

import subprocess
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

from tests.benchmarks.figures import milliseconds
from tests.benchmarks.pool import WorkerPool
from tests.benchmarks.processes import ROOT, served
from tests.benchmarks.report import table
from tests.browser.chromium import FLAGS, find_chromium

SITE = "ours, spread"
# Lighthouse's presets: a telephone on a slow connection, a computer on a usual one.
SCREENS = {390: (150, 1_638_400, 4), 1280: (40, 10_240_000, 1)}
KINDS = {"document": "HTML", "stylesheet": "CSS", "script": "scripts", "image": "pictures"}
OTHER = "other"
# The largest contentful paint, in milliseconds, and the sum of layout shifts, once all is there.
VITALS = """() => new Promise(done => {
  let [paint, shift] = [0, 0];
  new PerformanceObserver(list => list.getEntries().forEach(one => { paint = one.startTime; }))
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver(list => list.getEntries().forEach(one => { shift += one.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done([paint, shift]), 300);
})"""


@dataclass
class Visit:
    """One visit to a page with an empty cache; `bytes` by kind as they were sent."""

    paint: float = 0
    shift: float = 0
    requests: int = 0
    bytes: Counter[str] = field(default_factory=Counter)


def weighing(pool: WorkerPool, options: Namespace) -> str:
    """The home page, a story, both languages side by side, and a search, on two screens."""
    (worker,) = pool.gather((SITE, options.few))
    story = worker.ask("addresses")["story"]
    pages = {
        "home": "/en/",
        "story": story,
        "story, side by side": f"{story}?view=both",
        "search": "/en/search/?q=Zhanjiang",
    }
    surroundings = pool.surroundings(SITE, options.few)
    collect(surroundings)
    rows = []
    with served(SITE.split(",")[0], surroundings) as root, chromium() as browser:
        for name, path in pages.items():
            for width in SCREENS:
                visits = [
                    _visit(browser, root + path, width, Path(surroundings["MEDIA_ROOT"]))
                    for _round in range(options.rounds)
                ]
                rows.append([f"{name}, {width} px", *_cells(visits)])
    head = ["LCP", "CLS", "requests", *KINDS.values(), OTHER, "all"]
    return table("Weigh this archive's pages", ["page", *head], rows)


def _cells(visits: list[Visit]) -> list[str]:
    last = visits[-1]
    kinds = [f"{last.bytes[kind] / 1000:.1f} kB" for kind in (*KINDS.values(), OTHER)]
    return [
        milliseconds(median(one.paint for one in visits) / 1000),
        f"{max(one.shift for one in visits):.3f}",
        str(last.requests),
        *kinds,
        f"{sum(last.bytes.values()) / 1000:.1f} kB",
    ]


def collect(surroundings: dict[str, str]) -> None:
    """Static files as a server has them: in one folder, and compressed beside."""
    commands = (
        ["manage.py", "collectstatic", "--no-input", "--verbosity", "0"],
        ["-m", "whitenoise.compress", "--quiet", surroundings["STATIC_ROOT"]],
    )
    for command in commands:
        subprocess.run([sys.executable, *command], cwd=ROOT, env=surroundings, check=True)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


def _visit(browser: Browser, url: str, width: int, media: Path) -> Visit:
    context = browser.new_context(viewport={"width": width, "height": 844}, service_workers="block")
    tab = context.new_page()
    visit = Visit()
    finished: list[Request] = []
    # A site's web server hands out its uploads; gunicorn doesn't.
    tab.route("**/media/**", lambda route: _hand_out(route, media))
    tab.on("requestfinished", lambda request: finished.append(request))
    _slow_down(tab, *SCREENS[width])
    tab.goto(url, wait_until="load")
    visit.paint, visit.shift = tab.evaluate(VITALS)
    for request in finished:
        _count(visit, request)
    context.close()
    return visit


def _hand_out(route: Route, media: Path) -> None:
    route.fulfill(path=media / route.request.url.split("/media/", 1)[1])


def _count(visit: Visit, request: Request) -> None:
    kind = KINDS.get(request.resource_type, OTHER)
    visit.requests += 1
    visit.bytes[kind] += request.sizes()["responseBodySize"] or _length(request)


def _length(request: Request) -> int:
    """For what `_hand_out` gave, which never crossed the network."""
    response = request.response()
    return len(response.body()) if response and response.ok else 0


def _slow_down(tab: Page, latency_ms: int, bits_a_second: int, slower: int) -> None:
    chromium = tab.context.new_cdp_session(tab)
    bytes_a_second = bits_a_second / 8
    chromium.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": latency_ms,
            "downloadThroughput": bytes_a_second,
            "uploadThroughput": bytes_a_second / 2,
        },
    )
    chromium.send("Emulation.setCPUThrottlingRate", {"rate": slower})
