"""Renders a body in a fixed number of queries, whatever it links to."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from archive.entities.rich_text import resolved_mentions
from archive.pages.body import embed_urls, link_targets
from archive.pages.body_html import rows_html
from archive.pages.gathering import Gathered
from archive.pages.rows import BodyRow

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


def known_embeds(urls: list[str]) -> dict[str, str]:
    """The HTML of embeds that were fetched before, by address, in one query."""
    hashes = {get_embed_hash(url): url for url in urls}
    found = Embed.objects.filter(hash__in=hashes) if hashes else []
    return {hashes[embed.hash]: embed.html for embed in found}


def render_body(
    rows: Sequence[BodyRow],
    bodies: Sequence[StreamValue],
    context: dict[str, Any] | None = None,
    gathered: Gathered | None = None,
) -> SafeString:
    """The rows as HTML; mentions, links, and embeds resolved beforehand, a query each.

    `bodies` are those that the rows come from: two cost no query more than one. What the caller
    has `gathered` for them costs none.
    """
    with ExitStack() as resolved:
        targets = {} if gathered else link_targets(bodies)
        mentioned = gathered.mentions if gathered else {}
        resolved.enter_context(resolved_mentions(targets.get("entity", ()), mentioned))
        links = targets.get("page", ())
        pages = Page.objects.live().in_bulk(links) if links else {}
        resolved.enter_context(resolved_pages(gathered.pages if gathered else pages))
        urls = list(dict.fromkeys(url for body in bodies for url in embed_urls(body)))
        values = {
            **(context or {}),
            "rows": rows,
            "known_embeds": known_embeds(urls),
            "first_picture": _first_picture(rows),
        }
        return rows_html(rows, values)


def _first_picture(rows: Sequence[BodyRow]) -> str:
    """The id of the block that is likely on the first screen: it isn't loaded lazily."""
    blocks = (block for row in rows for block in row.main.blocks)
    return next((str(block.id) for block in blocks if block.block_type == "image"), "")
