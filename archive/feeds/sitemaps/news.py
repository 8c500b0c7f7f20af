"""The sitemap for Google News: only what was printed yesterday or today, never what is new here.

https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from xml.sax.saxutils import escape

from archive.feeds.sitemaps.addresses import SiteAddresses
from archive.feeds.sitemaps.writing import HEADER, SITEMAP
from archive.pages.feed_formats import clean
from archive.pages.models import ArticlePage
from archive.text.language import CHINESE, ENGLISH, column, columns

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
