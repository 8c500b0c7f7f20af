"""What Wagtail's comparison of two versions shows of a story."""

from typing import Any

from django import template

from archive.stories.versions.views import paragraphs_of

register = template.Library()


@register.simple_tag(takes_context=True)
def story_paragraphs(context: template.Context) -> dict[str, Any]:
    """See `paragraphs_of`; {} for anything but a story."""
    return paragraphs_of(context.flatten())


@register.filter
def of_key(values: dict[Any, Any], key: Any) -> Any:
    """The entry of a dictionary; "" without one."""
    return values.get(key, "")
