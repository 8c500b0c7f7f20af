"""What a page says to programs in its head: the feeds to follow, and what not to index."""

from django import template

from archive.site.addresses import robots_rule
from archive.site.feeds import documents

register = template.Library()


@register.simple_tag(takes_context=True)
def own_feed(context: template.Context) -> documents.PageFeed | None:
    """The feed of what this page shows, for a link that readers see."""
    return documents.own_feed(context)


@register.simple_tag(takes_context=True)
def announced_feeds(context: template.Context) -> list[documents.PageFeed]:
    """All feeds that this page announces: its own first, then the whole archive's."""
    request, home = context.get("request"), getattr(context.get("nav"), "home", None)
    if request is None or getattr(request, "is_preview", False) or home is None:
        return []
    own, whole = documents.own_feed(context), documents.archive_feed(str(home))
    found = [feed for feed in (own, whole) if feed]
    return found[:1] if own and whole and own.forms == whole.forms else found


@register.simple_tag(takes_context=True)
def robots(context: template.Context) -> str:
    """What search engines' robots are asked; "" for a page like most."""
    request = context.get("request")
    return robots_rule(request) if request else ""
