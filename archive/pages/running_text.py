"""Rich text for readers: Wagtail's rewriting where there is something to rewrite."""

import re
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail import blocks
from wagtail.rich_text import expand_db_html

from archive.text.richtext import without_block_keys

_FIRST_PARAGRAPH = re.compile(r"<p\b[^>]*>")
# What Wagtail's rewriter may still have to do: embeds, and links to anything but names.
_REWRITTEN = re.compile(r"<embed |<a (?!class=\"entity\" )")


def story_text(value: Any, dateline: str = "") -> SafeString:
    """A rich text block's value as HTML, with the dateline run into its first paragraph."""
    # Wagtail's rich text can't be imported before the models are there.
    from archive.entities.rich_text import with_links

    html = with_links(without_block_keys(value.source))
    if _REWRITTEN.search(html):
        html = expand_db_html(html)
    if dateline:
        run_in = format_html('<span class="dateline">{}</span> ', dateline)
        html = _FIRST_PARAGRAPH.sub(lambda opening: opening[0] + run_in, html, count=1)
    return mark_safe(html)  # noqa: S308 - an editor's rich text, through Wagtail's rewriter


class RunningTextMixin(blocks.RichTextBlock):
    """A paragraph, the most frequent block: without a template of its own, which takes longer."""

    # It is shown by its value and the dateline alone.
    needs_page = False

    def render(self, value: Any, context: dict[str, Any] | None = None) -> SafeString:
        return story_text(value, (context or {}).get("dateline", ""))
