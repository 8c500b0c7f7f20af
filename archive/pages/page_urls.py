"""The addresses of pages, where a list has many: like `page.get_url(request)`, and sooner."""

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language
from wagtail.coreutils import WAGTAIL_APPEND_SLASH
from wagtail.models import Page

from archive.pages.caching.furniture import furniture

# What Django leaves as it is in a path.
_UNQUOTED = "!$&'()*+,;=/~:@"


def page_url(page: Any, request: HttpRequest | None) -> str:
    """Relative where the page is of this site; "" for a page that has no address."""
    if request is not None and _is_plain(page):
        around = furniture(request)
        if len(around.sites) == 1:
            root = around.sites[0].root_page.url_path
            prefix = _prefix()
            if prefix is not None and page.url_path.startswith(root):
                below = quote(page.url_path[len(root) :], safe=_UNQUOTED)
                return f"{prefix}{below}"
    return page.get_url(request) or ""


def _is_plain(page: Any) -> bool:
    return (
        type(page).get_url_parts is Page.get_url_parts
        and WAGTAIL_APPEND_SLASH
        and not getattr(settings, "WAGTAIL_I18N_ENABLED", False)
    )


def _prefix() -> str | None:
    urlconf = get_urlconf() or settings.ROOT_URLCONF
    return _serving(urlconf, get_script_prefix(), get_language())


@lru_cache(maxsize=32)
def _serving(urlconf: str, script: str, language: str | None) -> str | None:
    """Where Wagtail's pages begin: /en/."""
    try:
        return reverse("wagtail_serve", args=[""])
    except NoReverseMatch:
        return None
