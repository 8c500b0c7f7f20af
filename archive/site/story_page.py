"""What a story's page shows, in a fixed number of queries: as many for both languages."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain, combinations
from typing import Any

from django.db.models import BigAutoField, Max, Min, OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from wagtail.blocks import StreamValue
from wagtail.images import get_image_model

from archive.base_page import Page
from archive.entities.models import Entity
from archive.photos.notes import notes_on
from archive.prepared import Given, PreparedQuery
from archive.registry import registered
from archive.site.caching.site_chrome import site_chrome
from archive.site.caching.versions import NAMES, SITE, STORIES, RowCache
from archive.site.content_checks import check_story, is_at_work
from archive.site.lists import readable_pages
from archive.site.modes import View
from archive.site.related import RelatedCard, public_cards, related_cards, related_rows
from archive.site.rows import body_rows
from archive.site.story_panels import ShownPanel, StoryPanel
from archive.stories import body as body_room
from archive.stories.blocks import known_images
from archive.stories.bylines import each_once
from archive.stories.models import ArticleByline, ArticleEntity, ArticlePage
from archive.stories.parts import is_as_stored
from archive.text.dates import display_date
from archive.text.language import HTML_CODES, columns
from archive.ties.models import Tie
from archive.visibility import RestrictedPlaces, shown_to_public

# So far below its publication lies a story in an issue.
IN_ISSUE = 3
# Of a name, neither where a place is nor what its entry says.
_SHOWN_OF_NAME = (
    *("key", "kind", "place_type", "country", "geonames_id", "wikidata_id", "pinyin"),
    *columns("name"),
    *("split_from", "merged_into"),
)


def _load_names(_request: HttpRequest, ids: Collection[int]) -> dict[int, Entity]:
    names = Entity.with_merged.select_related("merged_into")
    return names.only(
        *_SHOWN_OF_NAME, *(f"merged_into__{name}" for name in _SHOWN_OF_NAME)
    ).in_bulk(ids)


def _load_cards(request: HttpRequest, ids: Collection[int]) -> dict[int, Any]:
    """Stories that any reader may see."""
    chrome = site_chrome(request)
    found = public_cards(ids, chrome.restricted)
    chrome.file(*found.values())
    return found


def _load_pictures(_request: HttpRequest, ids: Collection[int]) -> dict[int, Any]:
    """Images with their renditions, in one query if all have some."""
    model = get_image_model()
    found: dict[int, Any] = {}
    renditions = model.get_rendition_model().objects.filter(image__in=ids).select_related("image")
    for rendition in renditions:
        image = found.setdefault(rendition.image_id, rendition.image)
        rendition.image = image
        image.__dict__.setdefault("prefetched_renditions", []).append(rendition)
    # Wagtail adds those that are made for the first reader.
    for image in model.objects.filter(pk__in=set(ids) - found.keys()):
        image.prefetched_renditions = []
        found[image.pk] = image
    notes = notes_on(list(found.values())) if found else {}
    for image in found.values():
        image.markups = {}
        image.shown_notes = notes.get(image.pk, ())
    return found


def _load_partners(request: HttpRequest, ids: Collection[int]) -> dict[int, set[int]]:
    """By place, those that readers know it to be tied to."""
    found: dict[int, set[int]] = defaultdict(set)
    ties = Tie.objects.shown_to_public(site_chrome(request).restricted)
    for one, two in ties.joining(ids):
        found[one].add(two)
        found[two].add(one)
    return found


PARTNERS_SHOWN = RowCache(_load_partners, SITE, NAMES, STORIES)
NAMES_SHOWN = RowCache(_load_names, NAMES)
PICTURES_SHOWN = RowCache(_load_pictures, SITE, STORIES)
CARDS_SHOWN = RowCache(_load_cards, SITE, STORIES)


@dataclass
class Gathered:
    """A story's bylines and names, its related stories, and what its bodies link to, by id.

    `previous` and `next` are the stories before and after it on its printed page, or None.
    `mentions` are the entities that the bodies name; None for one that is gone.
    """

    bylines: list[Any]
    about: list[Entity]
    mentioned: list[Entity]
    related: list[RelatedCard]
    panels: list[ShownPanel]
    previous: Any
    next: Any
    pages: dict[int, Any]
    mentions: dict[int, Entity | None]


def story_context(article: Any, request: HttpRequest, language: str, view: View) -> dict[str, Any]:
    """`language` is that of the page, `view` the way in which the story is read."""
    text = article.in_language(view.language, as_printed=view.as_printed)
    # A story without a translation is read in its own language.
    shown = replace(view, language=text.language) if text.is_missing else view
    other = None
    if view.is_paired:
        other = article.in_language(view.other_language, as_printed=view.as_printed)
    original = next((one for one in (text, other) if one and not one.is_translation), None)
    gathered = gather(article, request, [one.body for one in (text, other) if one])
    return {
        "article": article,
        "text": text,
        "story_view": view,
        "other_text": other,
        # The texts' `lang`, where it isn't the page's.
        "text_lang": text.html_language if text.html_language != HTML_CODES[language] else "",
        # The one in traditional characters, if it is on the page.
        "traditional_text": original if original and original.is_traditional else None,
        "gathered": gathered,
        "rows": body_rows(article, shown, original.body if original else None),
        "corrections": body_room.corrections(article.source("body")),
        "content_checks": _content_checks(request, text, other, gathered),
        "bylines": gathered.bylines,
        "about": gathered.about,
        "pairs": tied_pairs(request, gathered.about),
        "mentioned": gathered.mentioned,
        "related_stories": gathered.related,
        "story_panels": gathered.panels,
        "previous_story": gathered.previous,
        "next_story": gathered.next,
        "print_date": display_date(article.print_date, language) if article.print_date else "",
        **_printed_in(article, request),
    }


def _printed_in(article: Any, request: HttpRequest) -> dict[str, str]:
    """The addresses of the day's paper and of its page; {} for a story that is in no issue."""
    paper, day = article.publication, article.print_date
    if paper is None or day is None or article.depth - paper.depth != IN_ISSUE:
        return {}
    address = (article.get_url(request) or "").rstrip("/")
    found = {"issue_url": f"{address.rpartition('/')[0]}/"}
    if article.print_page:
        place = [day.year, day.month, day.day, paper.slug, article.print_page]
        found["paper_page_url"] = reverse("archive:browse_page", args=place)
    return found


def _content_checks(
    request: HttpRequest, text: Any, other: Any, gathered: Gathered
) -> dict[str, dict[str, str]]:
    """By language, what the checks find in the texts; {} for readers."""
    if not is_at_work(request):
        return {}
    return {one.language: check_story(one, gathered) for one in (text, other) if one}


def gather(story: Any, request: HttpRequest, bodies: Iterable[StreamValue]) -> Gathered:
    """Everything for some bodies of one story: four queries, whatever they show.

    One more for links to pages that are no stories, and one for each of names, cards and pictures
    of which the process hasn't shown some before.
    """
    shown = list(bodies)
    # The original is looked into as well, for its alternative texts and corrections.
    _give_pictures(request, [*shown, story.source("body")])
    targets = body_room.link_targets(shown)
    mentions, links = targets.get("entity", []), targets.get("page", [])
    bylines, tags = _signed_and_tagged(story)
    ids = {*mentions, *(pk for pk, _role in tags), *(line.place_id for line in bylines)}
    ids |= {line.author.person_id for line in bylines}
    names = NAMES_SHOWN.get(request, ids - {None})
    for line in bylines:
        line.place = names.get(line.place_id)
        line.author.person = names.get(line.author.person_id)
    roles = _roles(tags, names)
    panels = [(one, one.rows(story)) for one in registered("story_panel", StoryPanel)]
    in_panels = set(chain.from_iterable(found for _panel, found in panels))
    # What a panel shows is more than a related story; both only where an editor has put it there.
    related = related_rows(story).items()
    rows = {pk: row for pk, row in related if row.pin is not None or pk not in in_panels}
    before, after = _beside(request, story)
    stories = CARDS_SHOWN.get(request, {*rows, *in_panels, *links, *filter(None, (before, after))})
    pages = {pk: stories[pk] for pk in links if pk in stories}
    if others := set(links) - pages.keys():
        pages |= readable_pages(Page, request).in_bulk(others)
    return Gathered(
        bylines=bylines,
        about=[one for one, role in roles.items() if role == "about"],
        mentioned=[one for one, role in roles.items() if role != "about"],
        related=related_cards(story, rows, stories, roles),
        panels=[
            ShownPanel(panel.template, beside)
            for panel, found in panels
            if (beside := panel.stories(story, found, stories, request))
        ],
        previous=stories.get(before or 0),
        next=stories.get(after or 0),
        pages=pages,
        mentions=_mentioned(mentions, names, roles),
    )


def _bylines(bylines: Any) -> Any:
    return bylines.select_related("author__merged_into")


def _tags(tags: Any) -> Any:
    return tags.values_list("entity_id", "role")


_STORY = Given("story", BigAutoField())
_BYLINES = PreparedQuery(lambda: _bylines(ArticleByline.objects.filter(page=_STORY)))
_TAGS = PreparedQuery(lambda: _tags(ArticleEntity.objects.filter(page=_STORY)))


def _signed_and_tagged(story: Any) -> tuple[list[Any], list[tuple[int, str]]]:
    """The story's bylines, and the ids of its names with their roles."""
    if is_as_stored(story):
        return each_once(_BYLINES.rows(story=story.pk)), _TAGS.rows(story=story.pk)
    # Of a preview, as the form has them.
    return each_once(_bylines(story.bylines.all())), list(_tags(story.entity_tags.all()))


def with_neighbours(stories: Any, restricted: RestrictedPlaces) -> Any:
    """The stories, of whose readable neighbours on the printed page no query need ask."""
    columns = ("publication", "print_date", "print_page")
    on_page = shown_to_public(ArticlePage.objects.all(), restricted)
    on_page = on_page.exclude(print_page="").order_by()
    on_page = on_page.filter(**{name: OuterRef(name) for name in columns}).values("print_page")
    # Not the first of them in an order: SQLite would go through all stories in that.
    before = on_page.filter(pk__lt=OuterRef("pk")).annotate(key=Max("pk")).values("key")
    after = on_page.filter(pk__gt=OuterRef("pk")).annotate(key=Min("pk")).values("key")
    return stories.annotate(before_id=Subquery(before), after_id=Subquery(after))


def _beside(request: HttpRequest, story: Any) -> tuple[int | None, int | None]:
    """The ids of the readable stories before and after this one on its printed page, or None."""
    if hasattr(story, "before_id"):
        return story.before_id, story.after_id
    if not (story.pk and story.publication_id and story.print_date and story.print_page):
        return None, None
    on_page = readable_pages(ArticlePage, request).filter(
        publication=story.publication_id, print_date=story.print_date, print_page=story.print_page
    )
    keys = list(on_page.order_by("pk").values_list("pk", flat=True))
    place = bisect_left(keys, story.pk)
    later = [key for key in keys[place : place + 2] if key != story.pk]
    return keys[place - 1] if place else None, later[0] if later else None


def tied_pairs(request: HttpRequest, about: Iterable[Entity]) -> list[tuple[Entity, Entity]]:
    """The tied pairs among the places that a story is about, each in the order of its address.

    One query for places that the process hasn't shown yet.
    """
    places = sorted((one for one in about if one.is_place), key=lambda one: one.key)
    if len(places) < 2:
        return []
    partners = PARTNERS_SHOWN.get(request, {one.pk for one in places})
    return [pair for pair in combinations(places, 2) if pair[1].pk in partners.get(pair[0].pk, ())]


def _roles(tags: Iterable[tuple[int, str]], names: Mapping[int, Entity]) -> dict[Entity, str]:
    """The names that a story is tagged with, in order, past merges.

    A name that is tagged twice through a merge is given once, and "about" wins.
    """
    roles: dict[Entity, str] = {}
    for pk, role in tags:
        # One that is deleted at this moment is gone before its tag is.
        name = names[pk].canonical if pk in names else None
        if name and (role == "about" or name not in roles):
            roles[name] = role
    return roles


def _mentioned(
    ids: Iterable[int], names: Mapping[int, Entity], tagged: Collection[Entity]
) -> dict[int, Entity | None]:
    """The names that a text mentions, by the ids that it has."""
    # What a split gave to another name is mentioned by the old one's id: the tags tell.
    split = {one.split_from_id: one for one in tagged}
    found: dict[int, Entity | None] = {}
    for pk in ids:
        name = names[pk].canonical if pk in names else None
        found[pk] = split.get(name.pk, name) if name and name not in tagged else name
    return found


def _give_pictures(request: HttpRequest, bodies: list[StreamValue]) -> None:
    """Give the bodies' blocks their images, each with its renditions."""
    ids = {pk for body in bodies for pk in body_room.image_ids(body)}
    if not ids:
        return
    with known_images(PICTURES_SHOWN.get(request, ids)):
        # Going through the blocks once makes them; they keep their images.
        for body in bodies:
            for _picture in body_room.pictures(body):
                pass
