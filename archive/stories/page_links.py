"""Links to pages in rich text, without a query for each paragraph."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail.rich_text.pages import PageLinkHandler

from archive.base_page import Page

_pages: ContextVar[dict[str, Page] | None] = ContextVar("resolved_pages", default=None)


class ResolvedPageLinkHandler(PageLinkHandler):
    """Wagtail's link to a page, without a query for each paragraph."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        resolved = _pages.get()
        if resolved is None:
            return super().get_many(attrs_list)
        return [resolved.get(str(attrs.get("id"))) for attrs in attrs_list]


@contextmanager
def resolved_pages(pages: Mapping[int, Page]) -> Iterator[None]:
    """Within it, rich text's links to these pages cost no query, and others lead nowhere."""
    token = _pages.set({str(pk): page for pk, page in pages.items()})
    try:
        yield
    finally:
        _pages.reset(token)
