"""The addresses for crawlers and harvesters: in no language, at the site's root."""

from django.urls import path, register_converter

from archive.feeds import robots
from archive.feeds.oai import views as oai
from archive.feeds.sitemaps import views as sitemaps
from archive.feeds.sitemaps.kinds import KINDS
from archive.text.language import LANGUAGES


class LanguageConverter:
    """ "zh-hans", as in the addresses of pages."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ListedConverter(LanguageConverter):
    """ "stories"."""

    regex = "|".join(KINDS)


class NumberConverter:
    """A number that no database refuses."""

    regex = "0|[1-9][0-9]{0,11}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(LanguageConverter, "archive_language")
register_converter(ListedConverter, "archive_listed")
register_converter(NumberConverter, "archive_number")

urlpatterns = [
    path("oai/", oai.oai, name="archive_oai"),
    path("robots.txt", robots.robots_txt, name="archive_robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="archive_sitemap"),
    path("sitemap-news.xml", sitemaps.sitemap_news, name="archive_sitemap_news"),
    # At the root, because a sitemap may list what lies beside and below it.
    path(
        "sitemap-<archive_language:language>-<archive_listed:kind>-<archive_number:number>.xml",
        sitemaps.sitemap_file,
        name="archive_sitemap_file",
    ),
]
