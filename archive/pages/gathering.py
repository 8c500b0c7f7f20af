"""Gathers all that a story's page shows, in as few queries as there are kinds of things."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from modelcluster.queryset import FakeQuerySet
from wagtail.blocks import StreamValue
from wagtail.models import Page

from archive.entities.models import Entity
from archive.pages import body as body_room
from archive.pages.blocks import known_images
from archive.pages.caching.furniture import furniture
from archive.pages.related.reading import SHOWN, RelatedCard, cards_of, related_cards
from archive.pages.story_rows import (
    Around,
    Names,
    Tag,
    gather_around,
    gather_images,
    gather_names,
)


@dataclass
class Gathered:
    """A story's tags and bylines, what stands beside it, and what its bodies link to, by id.

    `mentions` are the entities that the bodies name; None for one that is gone.
    """

    names: Names
    related: list[RelatedCard]
    pages: dict[int, Any] = field(default_factory=dict)
    mentions: dict[int, Entity | None] = field(default_factory=dict)


def gather(story: Any, bodies: Iterable[StreamValue]) -> Gathered:
    """Everything for some bodies of one story: at most three queries, whatever they show."""
    shown = list(bodies)
    # The original is looked into as well, for its alternative texts and corrections.
    source = story.source("body")
    _gather_pictures([*shown, *([source] if all(source is not body for body in shown) else [])])
    targets = body_room.link_targets(shown)
    mentions, links = targets.get("entity", []), targets.get("page", [])
    # What the routing has found is no preview.
    around_it = getattr(story, "furniture", None)
    if around_it is None and isinstance(story.entity_tags.all(), FakeQuerySet):
        return _gather_preview(story, mentions, links)
    names = gather_names(story, mentions)
    mentioned = {pk: names.entities.get(pk) for pk in mentions}
    tagged = [tag.entity for tag in names.tags]
    # Most archives restrict nothing, which the routing has seen.
    if getattr(story, "some_are_restricted", True):
        return Gathered(names, related_cards(story, tagged), _pages(links), mentioned)
    around: Around = gather_around(story, SHOWN, links)
    (around_it or furniture()).file(*around.related)
    return Gathered(names, cards_of(story, around.related, tagged), around.linked, mentioned)


def _gather_preview(story: Any, mentions: list[int], links: list[int]) -> Gathered:
    """The form's own tags and bylines: they aren't in the database yet."""
    tags = list(story.entity_tags.select_related("entity__merged_into"))
    bylines = list(story.bylines.select_related("author", "place__merged_into"))
    entities = {tag.entity_id: tag.entity for tag in tags}
    missing = set(mentions) - entities.keys()
    listed = [Tag(place, tag.pk or 0, tag.role, tag.entity) for place, tag in enumerate(tags)]
    names = Names(listed, bylines, {**entities, **Entity.with_merged.resolve(missing)})
    names.resolve()
    related = related_cards(story, [tag.entity for tag in names.tags])
    mentioned = {pk: names.entities.get(pk) for pk in mentions}
    return Gathered(names, related, _pages(links), mentioned)


def _pages(links: list[int]) -> dict[int, Any]:
    return {page.pk: page for page in Page.objects.live().filter(pk__in=links)} if links else {}


def _gather_pictures(bodies: list[StreamValue]) -> None:
    ids = dict.fromkeys(pk for body in bodies for pk in body_room.image_ids(body))
    if not ids:
        return
    with known_images(gather_images(list(ids))):
        # Going through the blocks once makes them; they keep their images.
        for body in bodies:
            for _picture in body_room.pictures(body):
                pass
