"""Which feeds a page announces: its own, and that of the whole archive."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch

from archive.entities.models import Entity
from archive.site.feeds.documents import feed_links as forms_of
from archive.stories.models import ArticlePage, HomePage, PublicationPage, SectionPage
from archive.text.cached import address

# Name, type and address of each form.
Forms = list[tuple[str, str, str]]


@dataclass(frozen=True)
class PageFeed:
    """A feed in each of its forms, under the name of what it is of."""

    name: str
    forms: Forms


def own_feed(context: Mapping[str, Any]) -> PageFeed | None:
    """The feed of what a page shows, from its template's context; without a query."""
    page = context.get("page")
    try:
        if isinstance(context.get("entity"), Entity):
            return _feed(context["entity"], "archive:entity_feed", context["entity"].key)
        if isinstance(context.get("a"), Entity) and isinstance(context.get("b"), Entity):
            one, two = context["a"], context["b"]
            return _feed(f"{one} ↔ {two}", "archive:pair_feed", one.key, two.key)
        if isinstance(page, ArticlePage):
            page = page.section or page.publication
        return _feed_of_page(page)
    except NoReverseMatch:  # The archive's addresses aren't mounted here.
        return None


def archive_feed(name: str) -> PageFeed | None:
    """The feed of the whole archive, which is called so."""
    try:
        return _feed(name, "archive:archive_feed")
    except NoReverseMatch:
        return None


def _feed_of_page(page: Any) -> PageFeed | None:
    # By their addresses: a slug may be no slug of ASCII letters, and has no feed then.
    if isinstance(page, SectionPage):
        publication, section = page.url_path.strip("/").split("/")[-2:]
        return _feed(page, "archive:section_feed", publication, section)
    if isinstance(page, PublicationPage):
        return _feed(page, "archive:publication_feed", page.slug)
    if isinstance(page, HomePage):
        return _feed(page, "archive:archive_feed")
    return None


def _feed(name: Any, view: str, *keys: str) -> PageFeed:
    return PageFeed(str(name), forms_of(address(view, *keys)))
