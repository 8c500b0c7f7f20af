"""What a story's page shows beside its text: a query for each kind of thing."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection
from wagtail.images import get_image_model
from wagtail.models import Page

from archive.entities.models import Entity
from archive.pages.querysets import UNLISTED
from archive.pages.selecting import Columns, marks, select, table
from archive.photos.models import ArchiveImage
from archive.text import language

# What neither a list nor a link shows of a page; asked for one by one, if ever.
_UNSHOWN = {
    *UNLISTED,
    *("seo_title", "search_description", "show_in_menus", "go_live_at", "expire_at", "expired"),
    *("locked", "locked_at", "locked_by_id", "owner_id", "draft_title", "import_key"),
    *("import_digest", "contact", "rights", "source_url", "latest_revision_id"),
    *("translation_key", "has_unpublished_changes", "latest_revision_created_at"),
    *("live_revision_id", "first_published_at", "last_published_at", "translation_state"),
    *("translation_is_abridged", "translation_lacks_correction", "translation_marks"),
    "translated_at",
}
# What a story's page shows of the names in it: neither where a place is, nor what an entry says.
_SHOWN_OF_ENTITY = {
    *("id", "key", "kind", "place_type", "country", "geonames_id", "wikidata_id", "pinyin"),
    *("merged_into_id", "split_from_id", "name", *language.columns("name")),
}
_SHOWN_OF_AUTHOR = {"id", "name", *language.columns("name")}


class Tag(NamedTuple):
    """What the page needs of an `ArticleEntity`."""

    order: int
    pk: int
    role: str
    entity: Entity


@dataclass
class Names:
    """A story's tags and bylines in their order, and every entity that its text mentions, by
    the id that the text has: after a merge it is another's."""

    tags: list[Tag] = field(default_factory=list)
    bylines: list[Any] = field(default_factory=list)
    entities: dict[int, Entity] = field(default_factory=dict)

    def resolve(self) -> None:
        """One tag for each name, of which "about" wins, and mentions as the tags mean them."""
        by_entity: dict[int, Tag] = {}
        for tag in self.tags:
            known = by_entity.get(tag.entity.pk)
            if known is None:
                by_entity[tag.entity.pk] = tag
            elif tag.role == "about":
                by_entity[tag.entity.pk] = known._replace(role=tag.role)
        self.tags = list(by_entity.values())
        split = {tag.entity.split_from_id: tag.entity for tag in self.tags}
        for pk, entity in self.entities.items():
            if entity.pk in split and entity.pk not in by_entity:
                self.entities[pk] = split[entity.pk]


@dataclass
class Around:
    """Other stories: those that stand beside it, and the pages that its text links to.

    A story has `pin` (its place in the editors' order, or None), `relatedness` and `reasons`.
    """

    related: list[Any] = field(default_factory=list)
    linked: dict[int, Any] = field(default_factory=dict)


def gather_names(story: Any, mentions: Collection[int]) -> Names:
    """One query."""
    sql, entity, author = _names_sql(len(mentions))
    names = Names()
    byline_model = apps.get_model("archive", "ArticleByline")
    start, author_start = 4, 4 + len(entity)
    for row in select(sql, [story.pk, story.pk, *mentions]):
        kind, pk, order, role = row[:4]
        found = names.entities.get(row[start]) or entity.instance(row, start)
        if found:
            names.entities[found.pk] = found
            if kind == 3:
                names.entities[pk] = found
        if kind == 1 and found:
            names.tags.append(Tag(order or 0, pk, role, found))
        elif kind == 2:
            by = author.instance(row, author_start)
            part = {"pk": pk, "sort_order": order, "role": role, "page_id": story.pk}
            names.bylines.append(byline_model(author=by, place=found, **part))
    names.tags.sort(key=lambda tag: tag[:2])
    names.bylines.sort(key=lambda byline: byline.sort_order or 0)
    names.resolve()
    return names


@cache
def _names_sql(mentions: int) -> tuple[str, Columns, Columns]:
    tag, byline, author_model = (
        apps.get_model("archive", name) for name in ("ArticleEntity", "ArticleByline", "Author")
    )
    entity = Columns(Entity, "e", _SHOWN_OF_ENTITY, is_plain=True)
    author = Columns(author_model, "a", _SHOWN_OF_AUTHOR, is_plain=True)
    # A row of no author, so that all parts have the same columns, and the same types.
    nobody = f"LEFT JOIN {table(author_model)} a ON a.id IS NULL AND e.id IS NULL"
    # Past a merge, which leaves the rows that name the lost entry as they are.
    kept = f"JOIN {table(Entity)} e ON e.id = COALESCE(o.merged_into_id, o.id)"
    parts = [
        f"SELECT 1, t.id, t.sort_order, t.role, {entity.sql()}, {author.sql()}"
        f" FROM {table(tag)} t JOIN {table(Entity)} o ON o.id = t.entity_id {kept} {nobody}"
        " WHERE t.page_id = %s",
        f"SELECT 2, b.id, b.sort_order, b.role, {entity.sql()}, {author.sql()}"
        f" FROM {table(byline)} b JOIN {table(author_model)} a ON a.id = b.author_id"
        f" LEFT JOIN {table(Entity)} o ON o.id = b.place_id LEFT {kept} WHERE b.page_id = %s",
    ]
    if mentions:
        parts.append(
            f"SELECT 3, o.id, 0, '', {entity.sql()}, {author.sql()}"
            f" FROM {table(Entity)} o {kept} {nobody} WHERE o.id IN ({marks(range(mentions))})"
        )
    return " UNION ALL ".join(parts), entity, author


def find_story(publication: int, day: date, slug: str) -> Any:
    """The live story of that paper, day and slug, or None: one query."""
    sql, columns = _story_sql()
    for row in select(sql, [publication, day.isoformat(), slug]):
        story = columns.instance(row)
        story.note_row_language()
        return story
    return None


@cache
def _story_sql() -> tuple[str, Columns]:
    article = apps.get_model("archive", "ArticlePage")
    columns = Columns(article, "a", is_plain=True)
    sql = (
        f"SELECT {columns.sql('p')} FROM {table(article)} a"
        f" JOIN {table(Page)} p ON p.id = a.page_ptr_id"
        " WHERE a.publication_id = %s AND a.print_date = %s AND p.slug = %s AND p.live"
        # An alias may have the same slug, elsewhere.
        " ORDER BY p.alias_of_id IS NOT NULL LIMIT 1"
    )
    return sql, columns


def gather_around(story: Any, shown: int, links: Collection[int]) -> Around:
    """One query; the editors' choice, then as many of the best others, and what is linked to.

    Only where no page is kept from any reader: it doesn't ask who may read what.
    """
    sql, columns = _around_sql(shown, len(links))
    # An alias is its original once more.
    original = story.alias_of_id or story.pk
    params = [story.pk, original, story.pk, story.pk, *links]
    around = Around()
    for kind, pin, score, reasons, *row in select(sql, params):
        page = columns.instance(row)
        if kind == 3:
            # Not every page is a story.
            page.page_ptr_id = page.id
            around.linked[page.id] = page
            continue
        page.pin = (pin or 0) if kind == 1 else None
        page.relatedness = score or 0.0
        page.reasons = json.loads(reasons) if isinstance(reasons, str) else reasons
        around.related.append(page)
    return around


@cache
def _around_sql(shown: int, links: int) -> tuple[str, Columns]:
    article, related, pinned, banned = (
        apps.get_model("archive", name)
        for name in ("ArticlePage", "RelatedStory", "RelatedArticle", "RelatedBan")
    )
    names = {one.attname for one in article._meta.concrete_fields} - _UNSHOWN
    columns = Columns(article, "a", names, is_plain=True)
    pins, bans = table(pinned), table(banned)
    no_json = "NULL::jsonb" if connection.vendor == "postgresql" else "NULL"
    nothing = f"0.0 AS score, {no_json} AS reasons"
    parts = [
        f"SELECT 1 AS kind, c.related_id AS page, c.sort_order AS pin, {nothing}"
        f" FROM {pins} c WHERE c.page_id = %s",
        "SELECT * FROM (SELECT 2 AS kind, r.related_id AS page, 0 AS pin, r.score, r.reasons"
        f" FROM {table(related)} r JOIN {table(Page)} q ON q.id = r.related_id"
        " WHERE r.article_id = %s AND q.live"
        f" AND NOT EXISTS (SELECT 1 FROM {bans} x WHERE x.page_id = %s"
        " AND x.related_id = r.related_id)"
        f" AND NOT EXISTS (SELECT 1 FROM {pins} y WHERE y.page_id = %s"
        " AND y.related_id = r.related_id)"
        f" ORDER BY r.score DESC, r.related_id LIMIT {shown}) AS best",
    ]
    if links:
        parts.append(
            f"SELECT 3 AS kind, l.id AS page, 0 AS pin, {nothing} FROM {table(Page)} l"
            f" WHERE l.id IN ({marks(range(links))})"
        )
    sql = (
        f"SELECT w.kind, w.pin, w.score, w.reasons, {columns.sql('p')}"
        f" FROM ({' UNION ALL '.join(parts)}) AS w JOIN {table(Page)} p ON p.id = w.page"
        f" LEFT JOIN {table(article)} a ON a.page_ptr_id = p.id"
        " WHERE p.live AND (w.kind = 3 OR a.page_ptr_id IS NOT NULL)"
    )
    return sql, columns


def gather_images(pks: Collection[int]) -> dict[int, Any]:
    """Pictures with their renditions, in one query."""
    if not pks:
        return {}
    sql, image_columns, rendition_columns = _images_sql(get_image_model(), len(pks))
    found: dict[int, Any] = {}
    for row in select(sql, pks):
        image = found.get(row[image_columns.key])
        if image is None:
            image = image_columns.instance(row)
            image.prefetched_renditions, image.kept_markups = [], {}
            found[image.pk] = image
        if rendition := rendition_columns.instance(row, len(image_columns)):
            rendition.image = image
            # What Wagtail keeps in a cache, to find it faster, is here already.
            rendition._from_cache = True
            image.prefetched_renditions.append(rendition)
    return found


@cache
def _images_sql(model: Any, pictures: int) -> tuple[str, Columns, Columns]:
    rendition_model = model.get_rendition_model()
    # Another's model may do more when it is loaded.
    is_plain = model is ArchiveImage
    image = Columns(model, "i", is_plain=is_plain)
    rendition = Columns(rendition_model, "r", is_plain=is_plain)
    sql = (
        f"SELECT {image.sql()}, {rendition.sql()} FROM {table(model)} i"
        f" LEFT JOIN {table(rendition_model)} r ON r.image_id = i.id"
        f" WHERE i.id IN ({marks(range(pictures))})"
    )
    return sql, image, rendition


def gather_cards(stories: Iterable[Any]) -> None:
    """Renditions of the pictures of a list's stories, in one query."""
    listed = [story for story in stories if story.lead_image_id]
    images = gather_images({story.lead_image_id for story in listed})
    for story in listed:
        story.lead_image = images.get(story.lead_image_id)
