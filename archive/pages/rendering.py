"""Renders a body in a fixed number of queries, whatever it links to."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from archive.entities.models import Entity
from archive.entities.rich_text import resolved_mentions
from archive.pages.body import embed_urls, link_targets
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
def resolved_pages(ids: list[int]) -> Iterator[None]:
    """Within it, rich text's links to these pages cost no query."""
    found = Page.objects.filter(pk__in=ids).live() if ids else []
    token = _pages.set({str(page.pk): page for page in found})
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
    known_entities: Iterable[Entity] = (),
) -> SafeString:
    """The rows as HTML; mentions, links, and embeds resolved beforehand, a query each.

    `bodies` are those that the rows come from: two cost no query more than one. Mentions of
    `known_entities`, which the caller has loaded, cost none.
    """
    with ExitStack() as resolved:
        mentions = _of_each(bodies, lambda body: link_targets(body, "entity"))
        resolved.enter_context(resolved_mentions(mentions, known_entities))
        pages = _of_each(bodies, lambda body: link_targets(body, "page"))
        resolved.enter_context(resolved_pages(pages))
        values = {
            **(context or {}),
            "rows": rows,
            "known_embeds": known_embeds(_of_each(bodies, embed_urls)),
            "first_picture": _first_picture(rows),
        }
        return render_to_string("archive/blocks/body.html", values)


def _of_each(bodies: Sequence[StreamValue], look: Callable[[StreamValue], list[Any]]) -> list[Any]:
    return list(dict.fromkeys(found for body in bodies for found in look(body)))


def _first_picture(rows: Sequence[BodyRow]) -> str:
    """The id of the block that is likely on the first screen: it isn't loaded lazily."""
    blocks = (block for row in rows for block in row.main.blocks)
    return next((str(block.id) for block in blocks if block.block_type == "image"), "")
