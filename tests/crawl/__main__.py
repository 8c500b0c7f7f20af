"""`python -m tests.crawl [--address URL] [--without lighthouse]`: the demo, or a site that runs.

Prints what is wrong, a line each, and the scores. The exit code is 1 if anything is.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.processes import ROOT, served
from tests.crawl.crawler import Crawler
from tests.crawl.judges import book_errors, html_errors, lighthouse

FRONT_PAGES = ("/", "/en/", "/zh-hans/")
# What Lighthouse looks at: of each pattern the shortest path that the crawler has met, and of these
# looks (classes of the body) a page in English; the story in both languages, too, the longest one,
# and a search.
KINDS = (r"/en/", r"/zh-hans/", r"/en/entities/[\w-]+/", r"/en/ties/", r"/en/browse/")
LOOKS = ("on-story", "on-dossier")
SEARCH = "/en/search/?q=Zhanjiang"
MOST_SHOWN = 40


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.crawl.settings",
        "SECRET_KEY": "of this check, and of nothing else: it is no secret",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder}/archive.sqlite3",
        "CACHE_URL": f"file://{folder}/cache",
        "MEDIA_ROOT": f"{folder}/media",
        "STATIC_ROOT": f"{folder}/static",
        "NEWSROOM_VAR_DIR": str(folder),
        "LOG_LEVEL": "WARNING",
    }


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """The demo in a folder of its own, served; gives its address."""
    variables = environment(folder)
    for name in ("cache", "media", "static"):
        (folder / name).mkdir()
    commands = (
        ["setup_demo", "--known-passwords"],
        ["make_renditions"],
        ["collectstatic", "--no-input", "-v", "0"],
    )
    for command in commands:
        line = [sys.executable, "manage.py", *command]
        subprocess.run(line, cwd=ROOT, env=variables, stdout=subprocess.DEVNULL, check=True)
    with served("ours", variables) as root:
        yield root


def check(root: str, folder: Path, *, scored: bool) -> int:
    """Gives the number of findings."""
    crawler = Crawler(root)
    report = Report()
    report.run("links, titles, descriptions", lambda: _crawl(crawler))
    pages = [page for page in crawler.pages.values() if page.is_html]
    books = [page for page in crawler.pages.values() if page.kind == "application/epub+zip"]
    say(f"{len(crawler.pages)} addresses, {len(pages)} pages, {len(books)} books")
    report.run("Nu Html Checker", lambda: html_errors(pages, folder))
    report.run("epubcheck", lambda: book_errors(books, folder))
    if scored:
        report.run("Lighthouse", lambda: _score(crawler))
    say(f"{report.findings} findings")
    return report.findings


class Report:
    def __init__(self) -> None:
        self.findings = 0

    def run(self, name: str, judge: Callable[[], Iterator[str]]) -> None:
        start = time.monotonic()
        found = list(judge())
        self.findings += len(found)
        say(f"{'FOUND' if found else 'clean'} {time.monotonic() - start:6.1f} s  {name}")
        for text in found[:MOST_SHOWN]:
            say(f"                {text}")
        if len(found) > MOST_SHOWN:
            say(f"                and {len(found) - MOST_SHOWN} more")


def _crawl(crawler: Crawler) -> Iterator[str]:
    crawler.crawl(*FRONT_PAGES)
    yield from crawler.findings()


def _score(crawler: Crawler) -> Iterator[str]:
    pages = [page for page in crawler.pages.values() if page.stands_for_itself]
    chosen: dict[str, list[str]] = {
        kind: [page.path for page in pages if re.fullmatch(kind, page.path)] for kind in KINDS
    }
    for look in LOOKS:
        chosen[look] = [p.path for p in pages if look in p.looks and p.path.startswith("/en/")]
    paths = [SEARCH, *(min(found, key=len) for found in chosen.values() if found)]
    if chosen["on-story"]:
        longest = max(chosen["on-story"], key=lambda path: len(crawler.pages[path].content))
        paths += [f"{min(chosen['on-story'], key=len)}?view=both", longest]
    yield from (
        f"there is no page of the kind {kind}" for kind, found in chosen.items() if not found
    )
    for line, low in lighthouse(crawler.root + path for path in paths):
        say(f"                {line}")
        yield from low


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.crawl", description=__doc__)
    parser.add_argument("--address", help="of a site that runs, such as http://127.0.0.1:8000")
    parser.add_argument("--without-scores", action="store_true", help="leave Lighthouse out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="archive-crawl-") as made:
        files = Path(made) / "files"
        files.mkdir()
        if options.address:
            wrong = check(options.address, files, scored=not options.without_scores)
        else:
            with demo(Path(made)) as root:
                wrong = check(root, files, scored=not options.without_scores)
    sys.exit(1 if wrong else 0)
