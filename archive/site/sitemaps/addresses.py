"""Absolute addresses in both languages, made without asking for each page's site."""

from dataclasses import dataclass
from typing import Any, Self

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import iri_to_uri
from wagtail.models import Page, Site

from archive.text.language import LANGUAGES


@dataclass(frozen=True)
class SiteAddresses:
    """The addresses of one of Wagtail's sites; `prefixes` lead to its front page by language."""

    root_url: str
    root_page: Page
    prefixes: dict[str, str]

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Those of the request's site; raises Http404 where there is none."""
        site = Site.find_for_request(request)
        if site is None:
            raise Http404
        prefixes = by_language("wagtail_serve", "")
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
