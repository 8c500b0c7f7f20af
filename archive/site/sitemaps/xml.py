"""The sitemaps' XML, piece by piece, so that no file need be held whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from archive.site.addresses import alternates
from archive.site.feeds.formats import clean
from archive.site.sitemaps.addresses import SiteAddresses
from archive.stories.models import ArticlePage
from archive.text.language import CHINESE, ENGLISH, column, columns

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
# Addresses that are written at a time.
PIECE = 500


@dataclass(frozen=True)
class SitemapUrl:
    """A page's addresses by the languages that it is published in.

    `default` is the language for readers of neither; `changed` when the text of the file's
    language last changed, None where it is unknown.
    """

    addresses: dict[str, str]
    default: str = ENGLISH
    changed: datetime | None = None


def urlset(urls: Iterable[SitemapUrl], language: str) -> Iterator[str]:
    """A file of the addresses in one language, each with its alternates."""
    yield f'{HEADER}<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">\n'
    elements = (_url(url, language) for url in urls)
    while piece := "".join(islice(elements, PIECE)):
        yield piece
    yield "</urlset>\n"


def sitemap_index_xml(files: Iterable[tuple[str, datetime | None]]) -> str:
    """The index: addresses of files, and when what they list last changed."""
    listed = "".join(
        f"<sitemap><loc>{escape(url)}</loc>{_changed(when)}</sitemap>\n" for url, when in files
    )
    return f'{HEADER}<sitemapindex xmlns="{SITEMAP}">\n{listed}</sitemapindex>\n'


def _url(url: SitemapUrl, language: str) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'
        for code, address in alternates(url.addresses, url.default)
    )
    location = escape(url.addresses[language])
    return f"<url><loc>{location}</loc>{_changed(url.changed)}{links}</url>\n"


def _changed(when: datetime | None) -> str:
    return f"<lastmod>{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if when else ""


NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
# Google's own codes: ISO 639, but for Chinese.
LANGUAGE_CODES = {ENGLISH: "en", CHINESE: "zh-cn"}
MOST = 1_000


def news_sitemap(at: SiteAddresses, today: date) -> str:
    """Each language's version of the stories of the last two days, the latest first."""
    recent = ArticlePage.objects.filter(
        print_date__gt=today - timedelta(days=2),
        print_date__lte=today,
        # Google wants to know which paper it was.
        publication__isnull=False,
        is_sample=False,
    )
    names = [f"publication__{name}" for name in columns("name")]
    stories = recent.live().public().descendant_of(at.root_page).newest_first()
    rows = stories.values(
        "url_path", "source_language", "print_date", *columns("headline"), *names
    )[:MOST]
    elements = [element for row in rows for element in _versions(row, at)]
    return (
        f'{HEADER}<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">\n'
        f"{''.join(elements[:MOST])}</urlset>\n"
    )


def _versions(row: dict[str, Any], at: SiteAddresses) -> Iterator[str]:
    for language, code in LANGUAGE_CODES.items():
        headline = row[column("headline", language)]
        if not headline:
            continue
        own, others = (row[f"publication__{name}"] for name in _names(language))
        yield (
            f"<url><loc>{escape(at.of_path(row['url_path'])[language])}</loc><news:news>"
            f"<news:publication><news:name>{escape(clean(own or others))}</news:name>"
            f"<news:language>{code}</news:language></news:publication>"
            f"<news:publication_date>{row['print_date']:%Y-%m-%d}</news:publication_date>"
            f"<news:title>{escape(clean(headline))}</news:title></news:news></url>\n"
        )


def _names(language: str) -> list[str]:
    """The columns of a publication's name, the language's own first."""
    return sorted(columns("name"), key=lambda name: name != column("name", language))
