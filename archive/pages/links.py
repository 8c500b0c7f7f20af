"""The links of a page's frame as HTML: put together here, since every page has them."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from archive.pages.addresses import HTML_CODES, LanguageLink
from archive.pages.bylines import name_of
from archive.pages.modes import Choice
from archive.pages.page_urls import page_url
from archive.text.escaping import escaped


def page_link(page: Any, request: HttpRequest | None) -> SafeString:
    """A page's name in the reader's language, leading to the page."""
    return SafeString(f'<a href="{escaped(page_url(page, request))}">{name_of(page)}</a>')


def language_items(links: Iterable[LanguageLink], *, keeps_place: bool) -> SafeString:
    """With `keeps_place`, a script takes the reader to the same paragraph."""
    keep = " data-keep-place" if keeps_place else ""
    return SafeString("".join(_language_item(link, keep) for link in links))


def _language_item(link: LanguageLink, keep: str) -> str:
    code, current = HTML_CODES[link.language], _current(link.is_current)
    return (
        f'<li><a href="{escaped(link.url)}" hreflang="{code}" lang="{code}"{keep}{current}>'
        f"{escaped(link.label)}</a></li>"
    )


def mode_items(choices: Iterable[Choice]) -> SafeString:
    """The ways to read a story; a language's name is in that language."""
    return SafeString("".join(map(_mode_item, choices)))


def _mode_item(choice: Choice) -> str:
    code = HTML_CODES.get(choice.mode)
    lang = f' lang="{code}"' if code else ""
    return (
        f'<li><a href="{escaped(choice.url)}" rel="nofollow" data-keep-place'
        f"{_current(choice.is_current)}{lang}>{escaped(choice.label)}</a></li>"
    )


def _current(is_current: bool) -> str:
    return ' aria-current="true"' if is_current else ""
