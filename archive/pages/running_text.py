"""Rich text for readers: Wagtail's rewriting where there is something to rewrite."""

import re
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail import blocks
from wagtail.rich_text import expand_db_html

from archive.text.richtext import without_block_keys

_FIRST_PARAGRAPH = re.compile(r"<p\b[^>]*>")
# What the rewriter looks for: links and embeds by what they point to. A link by its address
# only passes it as well, which may set attributes of links to other sites.
_REWRITTEN = ("<a ", "<embed ")


def story_text(value: Any, dateline: str = "") -> SafeString:
    """A rich text block's value as HTML, with the dateline run into its first paragraph."""
    html = without_block_keys(value.source)
    if any(opening in html for opening in _REWRITTEN):
        html = expand_db_html(html)
    if dateline:
        run_in = format_html('<span class="dateline">{}</span> ', dateline)
        html = _FIRST_PARAGRAPH.sub(lambda opening: opening[0] + run_in, html, count=1)
    return mark_safe(html)  # noqa: S308 - an editor's rich text, through Wagtail's rewriter


class RunningTextMixin(blocks.RichTextBlock):
    """A paragraph, the most frequent block: without a template of its own, which takes longer."""

    def render(self, value: Any, context: dict[str, Any] | None = None) -> SafeString:
        return story_text(value, (context or {}).get("dateline", ""))
