"""What Wagtail's comparison of two versions shows of a story."""

from typing import Any

from django import template

from archive.stories.versions.views import paragraphs_of

register = template.Library()


@register.simple_tag(takes_context=True)
def story_paragraphs(context: template.Context) -> dict[str, Any]:
    """See `paragraphs_of`; {} for anything but a story."""
    names = ("object", "view", "request", "revision_a", "revision_b")
    headings = ("revision_a_heading", "revision_b_heading")
    return paragraphs_of({name: context.get(name) for name in (*names, *headings)})


@register.filter
def of_key(values: dict[Any, Any], key: Any) -> Any:
    """The entry of a dictionary; "" without one."""
    return values.get(key, "")
