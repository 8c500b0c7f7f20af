"""The addresses of a public page in both languages: for links, search engines and the switch."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import quote

from django.conf import settings as django_settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse, translate_url
from django.utils import translation
from django.utils.http import urlencode
from wagtail.coreutils import WAGTAIL_APPEND_SLASH
from wagtail.models import Page, Site

from archive.conf import settings
from archive.site.caching.site_chrome import furniture
from archive.site.modes import query_in, query_of_text
from archive.text.cached import Surroundings, surroundings
from archive.text.language import ENGLISH, HTML_CODES, LABELS, LANGUAGES, supported

# What of a query string makes another page of it, rather than another view of the same.
PAGING = ("kind", "p", "page", "letter", "decade")
# What narrows a list to fewer of the same stories: no page of its own for search engines.
NARROWING = ("role", "year", "country")
# For readers of any other language.
X_DEFAULT = "x-default"

Found = TypeVar("Found")


@dataclass(frozen=True)
class LanguageLink:
    """The page that is being read, in one of the languages."""

    language: str
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class PageAddresses:
    """Absolute addresses; `alternates` is [] unless the page is in both languages.

    The last of them, x-default, is for readers of other languages.
    """

    canonical: str
    alternates: list[tuple[str, str]]


@dataclass(frozen=True)
class ListPlace:
    """Which page of a list is shown: its query; not `is_indexed` where it has a better one.

    Kept at the request as `archive_list_place`.
    """

    query: dict[str, str]
    is_indexed: bool


def language_links(request: HttpRequest, *, is_story: bool = False) -> list[LanguageLink]:
    """This page in each language, the query string kept; of a story, the way to read it.

    Worked out once a request.
    """
    current = supported(translation.get_language())
    name = f"archive_links_{current}_{is_story}"
    return _once(request, name, lambda: _language_links(request, current, is_story))


def _language_links(request: HttpRequest, current: str, is_story: bool) -> list[LanguageLink]:
    query = query_in if is_story else _whole_query
    return [
        LanguageLink(
            language,
            LABELS[language],
            _in_language(request, language) + query(request, language),
            language == current,
        )
        for language in LANGUAGES
    ]


def original_address(request: HttpRequest, article: Any) -> str:
    """Where a story reads in the language that it was written in."""
    language = article.source_language
    return translated(request, language) + query_of_text(request, language)


def page_addresses(request: HttpRequest, article: Any = None, language: str = "") -> PageAddresses:
    """Where search engines are to find this page: a story is where its text is published.

    `language` is that of the main text, where it isn't the page's.
    """
    language = language or supported(translation.get_language())
    name = f"archive_addresses_{language}_{article.pk if article else None}"
    return _once(request, name, lambda: _page_addresses(request, article, language))


def _page_addresses(request: HttpRequest, article: Any, language: str) -> PageAddresses:
    published = article.languages() if article else list(LANGUAGES)
    shown = language if language in published else published[0]
    root, query = _root_url(request), _paging(request)
    by_language = {code: f"{root}{translated(request, code)}{query}" for code in published}
    return PageAddresses(by_language[shown], alternates(by_language, published[0]))


def alternates(by_language: dict[str, str], default: str = ENGLISH) -> list[tuple[str, str]]:
    """The addresses of one page for hreflang; [] where there is only one.

    Readers of other languages are sent to a story as it was written, to any other page in
    English.
    """
    if len(by_language) < 2:
        return []
    found = [(HTML_CODES[code], by_language[code]) for code in LANGUAGES if code in by_language]
    return [*found, (X_DEFAULT, by_language[default])]


def robots_rule(request: HttpRequest) -> str:
    """For a page's robots meta: "" where it may be indexed."""
    if settings.ROBOTS_CLOSED or getattr(request, "is_preview", False):
        return "noindex, nofollow"
    place: ListPlace | None = getattr(request, "archive_list_place", None)
    is_indexed = place is None or place.is_indexed
    is_narrowed = any(map(request.GET.get, NARROWING))
    return "noindex, follow" if is_narrowed or not is_indexed else ""


def translated(request: HttpRequest, language: str) -> str:
    """This page's path in a language. Ours differ in their first part alone."""
    match, prefix = request.resolver_match, f"{get_script_prefix()}{translation.get_language()}/"
    is_ours = match and (match.url_name == "wagtail_serve" or match.app_names == ["archive"])
    if is_ours and request.path.startswith(prefix):
        return f"{get_script_prefix()}{language}/{request.path[len(prefix) :]}"
    return translate_url(request.path, language)


def _once(request: HttpRequest, name: str, find: Callable[[], Found]) -> Found:
    if name not in request.__dict__:
        request.__dict__[name] = find()
    found: Found = request.__dict__[name]
    return found


def _in_language(request: HttpRequest, language: str) -> str:
    here = request.path
    there = translated(request, language)
    is_elsewhere = supported(translation.get_language()) != language
    # An address that leads nowhere has no counterpart: then to the other front page.
    return _front_page(language) if is_elsewhere and there == here else there


def _front_page(language: str) -> str:
    with translation.override(language):
        try:
            return reverse("wagtail_serve", args=[""])
        except NoReverseMatch:
            return "/"


def _root_url(request: HttpRequest) -> str:
    # The site's own name, whichever name the request came in by.
    site = Site.find_for_request(request)
    return str(site.root_url) if site else f"{request.scheme}://{request.get_host()}"


def _whole_query(request: HttpRequest, language: str) -> str:
    return "".join(request.get_full_path().partition("?")[1:])


def _paging(request: HttpRequest) -> str:
    place: ListPlace | None = getattr(request, "archive_list_place", None)
    if place is None:
        kept = {name: request.GET[name] for name in PAGING if request.GET.get(name)}
    else:
        kept = place.query
    return f"?{urlencode(kept)}" if kept else ""


# What Django leaves as it is in a path.
_UNQUOTED = "!$&'()*+,;=/~:@"
_PLAIN = re.compile(r"[-a-zA-Z0-9_./]*")


def page_url(page: Any, request: HttpRequest | None) -> str:
    """Relative where the page is of this site; "" for a page that has no address."""
    return page_urls(request)(page)


def page_urls(request: HttpRequest | None) -> Callable[[Any], str]:
    """`page_url` for the pages of a list, in the language that is active now."""
    root, prefix = "", None
    if (
        request is not None
        and WAGTAIL_APPEND_SLASH
        and not getattr(django_settings, "WAGTAIL_I18N_ENABLED", False)
    ):
        sites = furniture(request).sites
        if len(sites) == 1:
            root, prefix = sites[0].root_page.url_path, _serving(surroundings())

    def url(page: Any) -> str:
        is_plain = prefix is not None and type(page).get_url_parts is Page.get_url_parts
        if is_plain and page.url_path.startswith(root):
            return f"{prefix}{_quoted(page.url_path[len(root) :])}"
        return str(page.get_url(request) or "")

    return url


def _quoted(path: str) -> str:
    return path if _PLAIN.fullmatch(path) else quote(path, safe=_UNQUOTED)


@lru_cache(maxsize=32)
def _serving(around: Surroundings) -> str | None:
    """Where Wagtail's pages begin: /en/."""
    try:
        return reverse("wagtail_serve", args=[""])
    except NoReverseMatch:
        return None
