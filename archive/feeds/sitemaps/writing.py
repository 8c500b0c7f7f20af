"""The files' XML, piece by piece, so that no file need be held whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from archive.pages.addresses import alternates
from archive.text.language import ENGLISH

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
# Addresses that are written at a time.
PIECE = 500


@dataclass(frozen=True)
class Url:
    """A page's addresses by the languages that it is published in.

    `default` is the language for readers of neither; `changed` when the text of the file's
    language last changed, None where nobody knows.
    """

    addresses: dict[str, str]
    default: str = ENGLISH
    changed: datetime | None = None


def urlset(urls: Iterable[Url], language: str) -> Iterator[str]:
    """A file of the addresses in one language, each with its alternates."""
    yield f'{HEADER}<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">\n'
    elements = (_url(url, language) for url in urls)
    while piece := "".join(islice(elements, PIECE)):
        yield piece
    yield "</urlset>\n"


def index(files: Iterable[tuple[str, datetime | None]]) -> str:
    """The index: addresses of files, and when what they list last changed."""
    listed = "".join(
        f"<sitemap><loc>{escape(url)}</loc>{_changed(when)}</sitemap>\n" for url, when in files
    )
    return f'{HEADER}<sitemapindex xmlns="{SITEMAP}">\n{listed}</sitemapindex>\n'


def _url(url: Url, language: str) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'
        for code, address in alternates(url.addresses, url.default)
    )
    location = escape(url.addresses[language])
    return f"<url><loc>{location}</loc>{_changed(url.changed)}{links}</url>\n"


def _changed(when: datetime | None) -> str:
    return f"<lastmod>{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if when else ""
