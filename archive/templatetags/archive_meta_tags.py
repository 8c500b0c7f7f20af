"""What pages tell machines, feeds among it, and where their stories are cited from."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from archive.conf import settings
from archive.site.addresses import page_addresses, robots_rule
from archive.site.caching.site_chrome import front_page
from archive.site.feeds import documents
from archive.site.metadata.facts import StoryFacts, story_facts
from archive.site.metadata.pages import page_metadata, story_breadcrumbs
from archive.site.metadata.schema_org import story_json
from archive.site.metadata.tags import graph, story_tags
from archive.site.sharing import Sharing, sharing
from archive.site.twins import twin_path
from archive.stories.archive_page import ArchivePage
from archive.stories.models import ArticlePage
from archive.templatetags.archive_tags import flat
from archive.text.language import supported

register = template.Library()


@register.simple_tag(takes_context=True)
def machine_metadata(context: template.Context) -> SafeString:
    """JSON-LD and meta tags of a page of the tree; nothing for a preview, which isn't public."""
    request, page = context.get("request"), context.get("page")
    if request is None or page is None or getattr(request, "is_preview", False):
        return SafeString("")
    if facts := _story_facts(context):
        html = story_tags(facts) + graph([story_json(facts), story_breadcrumbs(facts)])
    else:
        language = supported(get_language())
        html = page_metadata(page, flat(context), page_addresses(request), language)
    if settings.MARKDOWN and isinstance(page, ArchivePage):
        link = '<link rel="alternate" type="text/markdown" href="{}">'
        html += format_html(link, twin_path(request.path, page))
    return mark_safe(html)  # noqa: S308 - each part is escaped where it is written


@register.simple_tag(takes_context=True)
def markdown_address(context: template.Context) -> str:
    """Of the story as plain text; "" where the site gives none."""
    return twin_path(context["request"].path, context["page"]) if settings.MARKDOWN else ""


@register.simple_tag(takes_context=True)
def story_sharing(context: template.Context) -> Sharing | None:
    """How to pass the story on; None for a preview, which has no public address."""
    facts = _story_facts(context)
    return sharing(facts) if facts else None


def _story_facts(context: template.Context) -> StoryFacts | None:
    """Gathered once a page, though both its head and its foot tell of them."""
    request: Any = context.get("request")
    page = context.get("page")
    if request is None or getattr(request, "is_preview", False):
        return None
    if not isinstance(page, ArticlePage):
        return None
    if not hasattr(request, "story_facts"):
        values = flat(context)
        at = page_addresses(request, page, values["text"].language)
        request.story_facts = story_facts(values, at, front_page(request))
    facts: StoryFacts = request.story_facts
    return facts


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
