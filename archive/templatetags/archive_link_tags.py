"""Links and lists of links that every story's page has, put together without templates."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive.pages import addresses, cards, links
from archive.pages.overriding import is_overridden

register = template.Library()

CARD_TEMPLATE = "archive/includes/story_card.html"

register.simple_tag(links.mode_items)


@register.simple_tag(takes_context=True)
def language_items(context: template.Context) -> SafeString:
    """This page in each language, as items of the masthead's list."""
    request, is_story = context.get("request"), "story_view" in context
    found = addresses.language_links(request, is_story=is_story) if request else []
    return links.language_items(found, keeps_place=is_story)


@register.simple_tag(takes_context=True)
def page_link(context: template.Context, page: Any) -> SafeString:
    """The page's name as a link to it."""
    return links.page_link(page, context.get("request"))


@register.simple_tag(takes_context=True)
def related_list(context: template.Context, related: list[Any]) -> SafeString:
    """Related stories as items of a list; by the site's own card where it has one."""
    if not is_overridden(CARD_TEMPLATE):
        return cards.related_list(related, context.get("request"))
    items, values = [], {str(name): value for name, value in context.flatten().items()}
    for one in related:
        card = render_to_string(CARD_TEMPLATE, {**values, "article": one.article})
        items.append(cards.related_item(card, one))
    return SafeString("".join(items))
