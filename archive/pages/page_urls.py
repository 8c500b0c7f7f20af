"""The addresses of pages, where a list has many: like `page.get_url(request)`, and sooner."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from wagtail.coreutils import WAGTAIL_APPEND_SLASH
from wagtail.models import Page

from archive.pages.caching.furniture import furniture
from archive.text.reversing import Surroundings, surroundings

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
        and not getattr(settings, "WAGTAIL_I18N_ENABLED", False)
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
