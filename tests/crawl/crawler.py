"""Reads a site from its front pages and sitemaps on, and says what is wrong with its links.

What a search engine may index is read for links; other pages (results, filtered lists) are read
once and lead nowhere, because they would go on without end.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import lxml.html
import requests

TIMEOUT_S = 120
# Where a page names others: elements, and their attribute.
LINKS = (
    ("//a[@href]", "href"),
    ("//link[@href]", "href"),
    ("//img[@src]", "src"),
    ("//script[@src]", "src"),
    ("//iframe[@src]", "src"),
)
# How Python writes a value for programmers: lists, dicts, objects, a lazy text, nothing.
PYTHON = re.compile(
    r"""\[['"][^]]{0,60}|\{['"]\w+['"]: |<[\w.]+ object at|__proxy__|QuerySet \[|datetime\.date|"""
    r"""Decimal\(|(?<![\w-])None(?![\w-])|\bTrue\b|\bFalse\b"""
)
# Addresses that act, or whose answer isn't for everybody.
LEFT_ALONE = re.compile(r"^/(admin|view)/")


@dataclass
class CrawledPage:
    """What the server gave for an address; `path` has its query."""

    path: str
    status: int
    kind: str
    content: bytes
    # The path after redirects.
    final: str
    language: str = ""
    title: str = ""
    description: str = ""
    canonical: str = ""
    is_indexed: bool = False
    # The classes of its body.
    looks: frozenset[str] = frozenset()
    ids: set[str] = field(default_factory=set)
    python: list[str] = field(default_factory=list)
    # The paths that it names, with the fragments behind them.
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_html(self) -> bool:
        return self.kind == "text/html"

    @property
    def stands_for_itself(self) -> bool:
        return self.is_indexed and self.path == self.final == (self.canonical or self.path)


class Crawler:
    """All pages of a site by path; `root` is its address without a slash at the end."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.pages: dict[str, CrawledPage] = {}
        # By path, the pages that lead there.
        self.leads: dict[str, list[str]] = defaultdict(list)
        self._session = requests.Session()
        # A proxy that the machine has is for other sites.
        self._session.trust_env = False

    def crawl(self, *starts: str) -> None:
        waiting = deque([*starts, *self._listed()])
        while waiting:
            path = waiting.popleft()
            if path in self.pages:
                continue
            page = self.pages[path] = self._read(path)
            for onward, _fragment in page.links:
                self.leads[onward].append(path)
                if page.is_indexed and onward not in self.pages:
                    waiting.append(onward)

    def findings(self) -> Iterator[str]:
        """Broken links, fragments without a target, and what search results would lack."""
        for path, page in self.pages.items():
            if page.status >= 400:
                yield f"{path}: {page.status}, linked from {self.leads[path][:2] or 'the sitemap'}"
            if page.python:
                yield f"{path}: Python's writing of a value, {page.python[:3]}"
            for onward, fragment in page.links:
                target = self.pages.get(onward)
                if fragment and target and target.is_html and fragment not in target.ids:
                    yield f"{path}: no element has the id of {onward}#{fragment}"
        own = [page for page in self.pages.values() if page.stands_for_itself]
        titles = defaultdict(list)
        for page in own:
            titles[page.language, page.title].append(page.path)
            if not page.title or not page.description:
                yield f"{page.path}: no {'description' if page.title else 'title'}"
        for (_language, title), paths in titles.items():
            if len(paths) > 1:
                yield f"one title of {len(paths)} pages, {title!r}: {', '.join(paths[:4])}"

    def _listed(self) -> Iterator[str]:
        """What the sitemaps list."""
        robots = self._session.get(f"{self.root}/robots.txt", timeout=TIMEOUT_S).text
        maps = deque(re.findall(r"(?im)^sitemap:\s*(\S+)", robots))
        while maps:
            text = self._session.get(self._here(maps.popleft()), timeout=TIMEOUT_S).text
            addresses = re.findall(r"<loc>([^<]+)</loc>", text)
            if "<sitemapindex" in text:
                maps.extend(addresses)
            else:
                yield from (_path(address) for address in addresses)

    def _here(self, address: str) -> str:
        """On this host and port, which a site's own address may not name."""
        return self.root + _path(address)

    def _read(self, path: str) -> CrawledPage:
        answer = self._session.get(self.root + path, timeout=TIMEOUT_S)
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        page = CrawledPage(path, answer.status_code, kind, answer.content, _path(answer.url))
        if page.is_html and answer.content:
            self._look_into(page, answer.headers.get("X-Robots-Tag", ""))
        return page

    def _look_into(self, page: CrawledPage, robots: str) -> None:
        tree = lxml.html.fromstring(page.content)
        page.language = tree.get("lang", "")
        page.title = tree.findtext(".//title") or ""
        page.looks = frozenset(" ".join(tree.xpath("//body/@class")).split())
        page.ids = {str(one) for one in tree.xpath("//@id")}
        page.python = python_in(tree)
        page.description = _content(tree, "description")
        page.canonical = next(
            (_path(one) for one in tree.xpath("//link[@rel='canonical']/@href")), ""
        )
        page.is_indexed = page.status == 200 and "noindex" not in robots + _content(tree, "robots")
        hosts = {"", urlsplit(self.root).netloc, urlsplit(page.canonical).netloc}
        for query, attribute in LINKS:
            for element in tree.xpath(query):
                address, fragment = urldefrag(element.get(attribute).strip())
                whole = urljoin(self.root + page.final, address)
                parts = urlsplit(whole)
                is_here = parts.scheme in ("http", "https") and parts.netloc in hosts
                if is_here and not LEFT_ALONE.match(parts.path):
                    page.links.append((_path(whole), unquote(fragment)))


def python_in(tree: lxml.html.HtmlElement) -> list[str]:
    """Where a page's words, or its elements' attributes, are a value as Python writes it."""
    words = tree.xpath("//text()[not(ancestor::script or ancestor::style)]")
    said = [*words, *tree.xpath("//@*")]
    return [match.group() for text in said for match in PYTHON.finditer(str(text))]


def _content(tree: lxml.html.HtmlElement, name: str) -> str:
    return next((str(one) for one in tree.xpath(f"//meta[@name='{name}']/@content")), "").strip()


def _path(address: str) -> str:
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
