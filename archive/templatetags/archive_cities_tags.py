"""What the pages of names and ties need: decades, data for machines, small maps' styles."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from archive.site.names.charts import decade_name as name_of_decade
from archive.text.language import supported

register = template.Library()

# So that no text in it can end the script it stands in.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def decade_name(first_year: int) -> str:
    """1980 -> 1980s; 20世纪80年代."""
    return name_of_decade(first_year, supported(get_language()))


@register.filter
def linked_data(data: dict[str, Any]) -> SafeString:
    """JSON-LD for the page's head. It is data, not a script: no policy forbids it."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 - escaped above
    )
