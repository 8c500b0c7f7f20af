"""The addresses of a public page in both languages: for links, search engines and the switch."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self, TypeVar
from urllib.parse import quote

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse, translate_url
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from wagtail.coreutils import WAGTAIL_APPEND_SLASH
from wagtail.models import Site

from archive.base_page import Page
from archive.conf import settings
from archive.site.caching.site_chrome import site_chrome
from archive.site.modes import query_in, query_of_text
from archive.stories.archive_page import ArchivePage
from archive.text.language import FIRST, HTML_CODES, LABELS, LANGUAGES, supported

# What of a query string makes another page of it, rather than another view of the same.
PAGING = ("kind", "p", "page", "letter", "decade")
# Of an index from A to Z: no letter has the same names in another language.
_OF_ONE_LANGUAGE = ("letter", "p")
# What narrows a list to fewer of the same stories: no page of its own for search engines.
NARROWING = ("role", "year", "country", "only")
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
    """Which page of a list is shown: its query; not `is_indexed` where it has a better one."""

    query: dict[str, str]
    is_indexed: bool


def language_links(request: HttpRequest, *, is_story: bool = False) -> list[LanguageLink]:
    """This page in each language, the query string kept; of a story, the way to read it."""
    current = supported(translation.get_language())

    def links() -> list[LanguageLink]:
        whole = "".join(request.get_full_path().partition("?")[1:])
        queries = dict.fromkeys(LANGUAGES, whole)
        if is_story:
            queries = {code: query_in(request, code) for code in LANGUAGES}
        elif _is_of_a_letter(request):
            kept = request.GET.copy()
            for name in _OF_ONE_LANGUAGE:
                kept.pop(name, None)
            others = f"?{kept.urlencode()}" if kept else ""
            queries = {**dict.fromkeys(LANGUAGES, others), current: whole}
        return [
            LanguageLink(
                code, LABELS[code], _in_language(request, code) + queries[code], code == current
            )
            for code in LANGUAGES
        ]

    return _once(request, f"archive_links_{current}_{is_story}", links)


def original_address(request: HttpRequest, article: Any) -> str:
    """Where a story reads in the language that it was written in."""
    return text_address(request, article.source_language)


def text_address(request: HttpRequest, language: str) -> str:
    """Where the story of this page reads in a language, and in no other."""
    return translated(request, language) + query_of_text(request, language)


def page_addresses(request: HttpRequest, article: Any = None, language: str = "") -> PageAddresses:
    """Where search engines are to find this page: a story is where its text is published.

    `language` is that of the main text, where it isn't the page's.
    """
    language = language or supported(translation.get_language())

    def addresses() -> PageAddresses:
        published = article.languages() if article else list(LANGUAGES)
        if _is_of_a_letter(request):
            published = [language]
        shown = language if language in published else published[0]
        place: ListPlace | None = getattr(request, "archive_list_place", None)
        given = {name: request.GET[name] for name in PAGING if request.GET.get(name)}
        query = urlencode(given if place is None else place.query)
        root, end = site_root(request), f"?{query}" if query else ""
        urls = {code: f"{root}{translated(request, code)}{end}" for code in published}
        return PageAddresses(urls[shown], alternates(urls, published[0]))

    name = f"archive_addresses_{language}_{article.pk if article else None}"
    return _once(request, name, addresses)


def alternates(by_language: dict[str, str], default: str = FIRST) -> list[tuple[str, str]]:
    """The addresses of one page for hreflang; [] where there is only one.

    Readers of other languages are sent to a story as it was written, to any other page in the
    first language.
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
    if not url_has_allowed_host_and_scheme(request.path, None):
        # "//evil.example/en/" leads nowhere here; as a link it would be another site's address.
        return _front_page(language)
    match, prefix = request.resolver_match, f"{get_script_prefix()}{translation.get_language()}/"
    if match and match.url_name == "browse_letter" and language != translation.get_language():
        return by_language("archive:browse_names", match.kwargs["kind"])[language]
    is_ours = match and match.app_names == ["archive"]
    if is_ours and request.path.startswith(prefix):
        return f"{get_script_prefix()}{language}/{request.path[len(prefix) :]}"
    return translate_url(request.path, language)


def request_of_default_site() -> HttpRequest:
    """For what shows pages without anybody having asked; a new one each time."""
    site = Site.objects.filter(is_default_site=True).first()
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", "/", "/"
    host, port = (site.hostname, site.port) if site else ("localhost", 80)
    request.META = {"SERVER_NAME": host, "SERVER_PORT": str(port)}
    return request


def site_root(request: HttpRequest) -> str:
    """The site's own name, whichever name the request came in by: "https://archive.example"."""
    site = Site.find_for_request(request)
    return str(site.root_url) if site else f"{request.scheme}://{request.get_host()}"


def _once(request: HttpRequest, name: str, find: Callable[[], Found]) -> Found:
    if name not in request.__dict__:
        request.__dict__[name] = find()
    found: Found = request.__dict__[name]
    return found


def _is_of_a_letter(request: HttpRequest) -> bool:
    """Whether it shows a part of an index from A to Z, which other languages part otherwise."""
    match = request.resolver_match
    return "letter" in request.GET or bool(match and match.url_name == "browse_letter")


def _in_language(request: HttpRequest, language: str) -> str:
    there = translated(request, language)
    if there != request.path or supported(translation.get_language()) == language:
        return there
    # An address that leads nowhere has no counterpart: then to the other front page.
    return _front_page(language)


def _front_page(language: str) -> str:
    try:
        return by_language("archive:page", "")[language]
    except NoReverseMatch:
        return "/"


# What Django leaves as it is in a path.
_UNQUOTED = "!$&'()*+,;=/~:@"
_PLAIN = re.compile(r"[-a-zA-Z0-9_./]*")


def page_url(page: Any, request: HttpRequest | None) -> str:
    """Relative where the page is of this site; "" for a page that has no address."""
    return page_urls(request)(page)


def page_urls(request: HttpRequest | None, language: str = "") -> Callable[[Any], str]:
    """`page_url` for the pages of a list, in `language` or the one that is active now."""
    root = ""
    language = language or supported(translation.get_language())
    prefix = f"{get_script_prefix()}{language}/"
    if request is not None and WAGTAIL_APPEND_SLASH:
        sites = site_chrome(request).sites
        if len(sites) == 1:
            root = sites[0].root_page.url_path

    def url(page: Any) -> str:
        is_plain = root and type(page).get_url_parts is ArchivePage.get_url_parts
        if is_plain and page.url_path.startswith(root):
            path = page.url_path[len(root) :]
            return f"{prefix}{path if _PLAIN.fullmatch(path) else quote(path, safe=_UNQUOTED)}"
        with translation.override(language):
            return str(page.get_url(request) or "")

    return url


@dataclass(frozen=True)
class SiteAddresses:
    """The addresses of one of Wagtail's sites; `prefixes` stand before a page's path below the
    site's root, by language."""

    root_url: str
    root_page: Page
    prefixes: dict[str, str]

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Those of the request's site; raises Http404 where there is none."""
        site = Site.find_for_request(request)
        if site is None:
            raise Http404
        prefixes = {code: f"{get_script_prefix()}{code}/" for code in LANGUAGES}
        return cls(site.root_url, site.root_page, prefixes)

    def of_path(self, url_path: str, languages: Any = LANGUAGES) -> dict[str, str]:
        """By language, the address of the page with this path in Wagtail's tree."""
        below = iri_to_uri(url_path.removeprefix(self.root_page.url_path))
        return {code: f"{self.root_url}{self.prefixes[code]}{below}" for code in languages}

    def of_view(self, name: str, *arguments: Any) -> dict[str, str]:
        """By language, the address of one of the archive's views."""
        paths = by_language(name, *arguments)
        return {code: f"{self.root_url}{path}" for code, path in paths.items()}

    def of_neutral(self, name: str, *arguments: Any) -> str:
        """An address that is in no language."""
        return f"{self.root_url}{reverse(name, args=arguments)}"


def by_language(name: str, *arguments: Any) -> dict[str, str]:
    """A view's path in each language."""
    found = {}
    for code in LANGUAGES:
        with translation.override(code):
            found[code] = reverse(name, args=arguments)
    return found
