"""Renders a body in a fixed number of queries, whatever it links to."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed

from archive.entities.rich_text import resolved_mentions
from archive.site.caching.site_chrome import site_chrome
from archive.site.players import Player
from archive.site.rows import BodyRow
from archive.site.story_page import Gathered
from archive.stories.body import embed_urls
from archive.stories.page_links import resolved_pages


def known_embeds(urls: list[str], request: HttpRequest | None) -> dict[str, Player]:
    """Embeds that were fetched before, by address; a query for those not seen yet."""
    if not urls:
        return {}
    kept = site_chrome(request).embeds
    if missing := {get_embed_hash(url): url for url in urls if url not in kept}:
        found = Embed.objects.filter(hash__in=missing)
        kept.update({missing[embed.hash]: Player.of(embed) for embed in found})
    return {url: kept[url] for url in urls if url in kept}


def render_body(
    rows: Sequence[BodyRow],
    bodies: Sequence[StreamValue],
    context: dict[str, Any],
    gathered: Gathered,
) -> SafeString:
    """The rows as HTML. `bodies` are those that the rows come from; `gathered` is what they show.

    `context` is that of the story's page; blocks see it too.
    """
    urls = [url for body in bodies for url in embed_urls(body)]
    blocks = (block for row in rows for block in row.main.blocks)
    pictures = (str(block.id) for block in blocks if block.block_type == "image")
    values = {
        **context,
        "rows": rows,
        "sides": [row.main for row in rows],
        "known_embeds": known_embeds(urls, context.get("request")),
        # The id of the block that is likely on the first screen: it isn't loaded lazily.
        "first_picture": next(pictures, ""),
    }
    # What every block sees: put together once, not for each of them.
    values["block_context"] = dict(values)
    with resolved_mentions((), gathered.mentions), resolved_pages(gathered.pages):
        return render_to_string("archive/stories/body.html", values)
