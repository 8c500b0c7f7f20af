"""What a story's page shows, in a fixed number of queries: as many for both languages."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, Value
from modelcluster.queryset import FakeQuerySet
from wagtail.blocks import StreamValue
from wagtail.images import get_image_model

from archive.entities.models import Entity
from archive.site.modes import View
from archive.site.rows import body_rows
from archive.stories import body as body_room
from archive.stories.blocks import known_images
from archive.stories.related.cards import RelatedCard, related_cards
from archive.text.dates import display_date
from archive.text.language import HTML_CODES, columns

# Of a name, neither where a place is nor what its entry says.
_SHOWN_OF_ENTITY = (
    *("key", "kind", "place_type", "country", "geonames_id", "wikidata_id", "pinyin"),
    *columns("name"),
)


@dataclass
class Gathered:
    """A story's bylines and names, its related stories, and what its bodies link to, by id.

    `mentions` are the entities that the bodies name; None for one that is gone.
    """

    bylines: list[Any]
    about: list[Entity]
    mentioned: list[Entity]
    related: list[RelatedCard]
    pages: dict[int, Any]
    mentions: dict[int, Entity | None]


def story_context(article: Any, language: str, view: View) -> dict[str, Any]:
    """`language` is that of the page, `view` the way in which the story is read."""
    text = article.in_language(view.language)
    # A story without a translation is read in its own language.
    shown = replace(view, language=text.language) if text.is_missing else view
    other = article.in_language(view.other_language) if view.is_paired else None
    gathered = gather(article, [one.body for one in (text, other) if one])
    return {
        "article": article,
        "text": text,
        "story_view": view,
        "other_text": other,
        # The texts' `lang`, where it isn't the page's.
        "text_lang": HTML_CODES[text.language] if text.language != language else "",
        "gathered": gathered,
        "rows": body_rows(article, shown),
        "corrections": body_room.corrections(article.source("body")),
        "bylines": gathered.bylines,
        "about": gathered.about,
        "mentioned": gathered.mentioned,
        "related_stories": gathered.related,
        "print_date": display_date(article.print_date, language) if article.print_date else "",
    }


def gather(story: Any, bodies: Iterable[StreamValue]) -> Gathered:
    """Everything for some bodies of one story: at most four queries, whatever they show."""
    shown = list(bodies)
    # The original is looked into as well, for its alternative texts and corrections.
    _load_pictures([*shown, story.source("body")])
    targets = body_room.link_targets(shown)
    mentions = targets.get("entity", [])
    tagged, known = _names(story, mentions)
    related, pages = related_cards(story, [one for one, _role in tagged], targets.get("page", ()))
    return Gathered(
        bylines=list(story.bylines.select_related("author", "place__merged_into")),
        about=[one for one, role in tagged if role == "about"],
        mentioned=[one for one, role in tagged if role != "about"],
        related=related,
        pages=pages,
        mentions={pk: known.get(pk) for pk in mentions},
    )


def _names(
    story: Any, mentions: Collection[int]
) -> tuple[list[tuple[Entity, str]], dict[int, Entity]]:
    """The story's tags in order, each with its role; the entities by the ids that the text has.

    All of them past merges: a name that is tagged twice through a merge is given once, and
    "about" wins.
    """
    shown = (*_SHOWN_OF_ENTITY, "split_from", "merged_into")
    entities = Entity.with_merged.order_by().select_related("merged_into")
    entities = entities.only(*shown, *(f"merged_into__{name}" for name in shown))
    tags = story.entity_tags.all()
    if isinstance(tags, FakeQuerySet):
        # A preview shows the form's own tags: they aren't in the database yet.
        rows = [(tag.entity, tag.role) for tag in tags.select_related("entity__merged_into")]
        known = {one.pk: one for one, _role in rows}
        known |= entities.in_bulk(set(mentions) - known.keys())
    else:
        tag = "article_tags__"
        found = entities.filter(article_tags__page=story.pk).annotate(
            tag_role=F(f"{tag}role"), tag_order=F(f"{tag}sort_order"), tag_id=F(f"{tag}pk")
        )
        if mentions:
            no_tag = {"tag_role": Value(""), "tag_order": Value(0), "tag_id": Value(0)}
            found = found.union(entities.filter(pk__in=mentions).annotate(**no_tag), all=True)
        every: list[Any] = list(found)
        rows = [(one, one.tag_role) for one in sorted(every, key=_place) if one.tag_role]
        known = {one.pk: one for one in every}
    roles: dict[Entity, str] = {}
    for one, role in rows:
        if role == "about" or one.canonical not in roles:
            roles[one.canonical] = role
    # What a split gave to another name is mentioned by the old one's id: the tags tell.
    split = {one.split_from_id: one for one in roles}
    named = {pk: one.canonical for pk, one in known.items()}
    for pk, one in named.items():
        if one.pk in split and one not in roles:
            named[pk] = split[one.pk]
    return list(roles.items()), named


def _place(tagged: Any) -> tuple[int, int]:
    return tagged.tag_order or 0, tagged.tag_id


def _load_pictures(bodies: list[StreamValue]) -> None:
    """Give the bodies' blocks their images, each with its renditions: one query for all."""
    ids = list(dict.fromkeys(pk for body in bodies for pk in body_room.image_ids(body)))
    if not ids:
        return
    with known_images(_images(ids)):
        # Going through the blocks once makes them; they keep their images.
        for body in bodies:
            for _picture in body_room.pictures(body):
                pass


def _images(ids: list[int]) -> dict[int, Any]:
    model = get_image_model()
    found: dict[int, Any] = {}
    renditions = model.get_rendition_model().objects.filter(image__in=ids).select_related("image")
    for rendition in renditions:
        image = found.setdefault(rendition.image_id, rendition.image)
        rendition.image = image
        image.__dict__.setdefault("prefetched_renditions", []).append(rendition)
    # Those that nobody has looked at yet.
    without = [pk for pk in ids if pk not in found]
    return {**found, **(model.objects.in_bulk(without) if without else {})}
