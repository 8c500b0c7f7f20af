"""Pages of apps around the archive below its front page, which lists them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from archive.base_page import Page
from archive.registry import registered
from archive.text.language import LANGUAGES, column


@dataclass(frozen=True)
class ListedPages:
    """Pages with a name and an introduction: on the front page, among a search's answers, in
    sitemaps. Each process keeps them, so their app says when one has changed
    (`archive.signals.on_frame_changed`).

    `template` lists some of them: its `pages`. `unread` fields of lists stay in the database.
    `stories` gives the keys of those that a page puts together, in its order.
    """

    model: type[Page]
    template: str
    unread: tuple[str, ...] = ()
    stories: Callable[[Any], Sequence[int]] = lambda _page: ()


def listed_pages() -> list[ListedPages]:
    return registered("listed_pages", ListedPages)


def matching(pages: Iterable[Any], query: str) -> list[Any]:
    """Those whose names and introductions have every word of the query, in either language."""
    words = query.casefold().split()
    return [one for one in pages if words and all(word in _words(one) for word in words)]


def _words(page: Any) -> str:
    fields = (column(name, code) for name in ("name", "intro") for code in LANGUAGES)
    return " ".join(getattr(page, name) or "" for name in fields).casefold()
