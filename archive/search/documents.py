"""What of a story is indexed in each of its languages, read in few queries for many stories."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.images import get_image_model

from archive.entities.fields import text_in
from archive.entities.models import Entity
from archive.entities.querysets import canonical_id
from archive.search.analysis import VERSION, cut
from archive.search.ranking import WEIGHTS
from archive.stories.body import READABLE, raw_pictures
from archive.stories.models import ArticleByline, ArticleEntity, ArticlePage
from archive.text.dates import display_partial
from archive.text.language import LANGUAGES, column, other
from archive.text.segmentation import Raw, extract

FIELDS = tuple(WEIGHTS)
# The lines beside the headline share a field, so that one more needs no other tables.
_BESIDE = [name for name in ArticlePage.heading_fields if name != "headline"]
_CAPTIONS = {"caption", "alt_text"}
# For private use, so part of no word: neither a text nor a query comes to a term with it.
_TAG_MARK = "\ue000"


@dataclass(frozen=True)
class _Tagged:
    """An entity that a story is tagged with, and its names in both languages."""

    pk: int
    kind: str
    names: tuple[str, ...]


_FACTS = (
    *("pk", "source_language", "print_date", "print_page"),
    *("publication_id", "section_id", "lead_image_id", "translation_marks"),
)


# By field, the entities whose names stand in it.
Tags = dict[str, list[_Tagged]]


@dataclass(frozen=True)
class Document:
    """A story in one language: `row` holds the columns of its SearchDocument.

    `texts` by field; `tags` are terms of their own, in the fields of the entities' names;
    `entities` the tagged ones' keys by kind.
    """

    article_id: int
    language: str
    row: dict[str, Any]
    texts: dict[str, str]
    tags: dict[str, list[str]]
    entities: dict[str, list[int]] = field(default_factory=dict)

    @property
    def facets(self) -> dict[str, Any]:
        """What filters and facets need, for an engine that has no rows."""
        known = {"article_id": self.article_id, "language": self.language}
        return {**known, **self.row, **self.entities}

    def cut(self) -> dict[str, str]:
        """By field, its text and tags as engines take them: see `analysis.cut`."""
        made = {name: cut(text) for name, text in self.texts.items()}
        for name, tags in self.tags.items():
            made[name] = " ".join(filter(None, [made[name], *tags]))
        return made

    @cached_property
    def digest(self) -> str:
        parts = [VERSION, *map(str, self.row.values()), *(self.texts[name] for name in FIELDS)]
        parts += [" ".join(tags) for tags in self.tags.values()]
        return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:32]


def entity_term(entity_id: int) -> str:
    """The term under which the stories tagged with an entity are found, whatever its name is."""
    return f"{_TAG_MARK}{entity_id}"


def is_entity_term(term: str) -> bool:
    return term.startswith(_TAG_MARK)


def documents_of(pks: Collection[int]) -> list[Document]:
    """Live stories' documents by key, one a language, the source's first; four queries."""
    stories = _live_stories(pks)
    ids = [story["pk"] for story in stories]
    tags, bylines = _tags(ids), _bylines(ids)
    bodies = (body for story in stories for body in story["bodies"].values())
    pictures = {pk for body in bodies for pk in _images_of(body)}
    images = get_image_model().objects.filter(pk__in=pictures) if pictures else []
    captions = {
        image.pk: {language: str(text_in(image, "caption", language)) for language in LANGUAGES}
        for image in images
    }
    return [
        document
        for story in stories
        for document in _documents(story, tags[story["pk"]], bylines[story["pk"]], captions)
    ]


def _documents(
    story: Raw, tags: Tags, bylines: str, captions: dict[int, dict[str, str]]
) -> Iterator[Document]:
    row = {
        "print_date": story["print_date"],
        "year": story["print_date"].year if story["print_date"] else None,
        "print_page": story["print_page"].upper(),
        "publication_id": story["publication_id"],
        "section_id": story["section_id"],
        "has_picture": story["lead_image_id"] is not None,
    }
    every = {one for named in tags.values() for one in named}
    by_kind = {
        kind: sorted(one.pk for one in every if one.kind == kind) for kind in ("place", "person")
    }
    names = {
        role: "\n".join(sorted(name for one in named for name in one.names))
        for role, named in tags.items()
    }
    # *Sister cities 1985* is also asked of what was printed in that year.
    if row["year"]:
        names["about"] = f"{names['about']}\n{row['year']}\n{row['year']}年"
    terms_of = {role: sorted(entity_term(one.pk) for one in named) for role, named in tags.items()}
    # Who signed the other text, where it was printed by itself, signs both.
    apart = story["translation_marks"].get("printed", {}).get("authors", ())
    bylines = "\n".join(
        filter(None, [bylines, *(name for one in apart for name in one.get("names", ()))])
    )
    for language, body in story["bodies"].items():
        beside = [story[column(name, language)] for name in _BESIDE]
        texts = {
            "headline": story[column("headline", language)] or "",
            "standfirst": "\n".join(filter(None, beside)),
            **names,
            **_texts(body, language, captions),
            "bylines": bylines,
        }
        yield Document(story["pk"], language, row, texts, terms_of, by_kind)


def body_text(body: list[Raw]) -> str:
    """A raw body's running text and captions, a line each piece."""
    return "\n".join(segment.plain_text for segment in extract(body, READABLE))


def _texts(body: list[Raw], language: str, captions: dict[int, dict[str, str]]) -> dict[str, str]:
    parts: dict[bool, list[str]] = {True: [], False: []}
    for segment in extract(body, READABLE):
        parts[segment.kind in _CAPTIONS].append(segment.plain_text)
    # Printed below a picture where the story has no words of its own for it.
    parts[True] += [captions[pk][language] for pk in _images_of(body) if pk in captions]
    # A correction is known by its day, which stands beside its text.
    parts[False] += [
        display_partial(day, language)
        for block in body
        if block["type"] == "correction" and (day := block["value"].get("date"))
    ]
    return {"body": "\n".join(parts[False]), "captions": "\n".join(parts[True])}


def _images_of(body: list[Raw]) -> list[int]:
    shown = (one for _key, one in raw_pictures(body))
    return [one["image"] for one in shown if one.get("image") and not one.get("caption")]


def _tags(ids: list[int]) -> dict[int, Tags]:
    """By story, whom and what it is about, and whom it mentions.

    The only place where a story's entities become part of its documents: their names, the terms
    under which the stories tagged with them are found, and the keys that facets count.
    """
    rows = ArticleEntity.objects.filter(page__in=ids).order_by("pk")
    tags = list(rows.values_list("page", "role", canonical_id("entity")))
    entities = Entity.objects.filter(pk__in={entity for _page, _role, entity in tags})
    names = [column("name", language) for language in LANGUAGES]
    known = {
        pk: _Tagged(pk, kind, tuple(filter(None, forms)))
        for pk, kind, *forms in (entities.values_list("pk", "kind", *names) if tags else [])
    }
    found: dict[int, Tags] = defaultdict(lambda: {"about": [], "mentioned": []})
    about = {(page, entity) for page, role, entity in tags if role == ArticleEntity.Role.ABOUT}
    # A merged name may be among the tags twice; "about" wins.
    for page, entity in dict.fromkeys((page, entity) for page, _role, entity in tags):
        found[page]["about" if (page, entity) in about else "mentioned"].append(known[entity])
    return found


def _bylines(ids: list[int]) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    # A merged author is found by both names.
    paths = ("author", "author__merged_into")
    names = [f"{path}__{column('name', one)}" for path in paths for one in LANGUAGES]
    rows = ArticleByline.objects.filter(page__in=ids).order_by("sort_order", "pk")
    for page, *forms in rows.values_list("page", *names):
        found[page] += filter(None, forms)
    return defaultdict(str, {pk: "\n".join(forms) for pk, forms in found.items()})


def _live_stories(pks: Collection[int]) -> list[Raw]:
    """Rows of those of these stories that are live: no page, no block is made of them.

    "bodies" by the languages that a story is published in, the source first.
    """
    # As text: of a JSON column Wagtail would make blocks.
    bodies = {
        f"stored_{column('body', one)}": Cast(column("body", one), TextField()) for one in LANGUAGES
    }
    names = [column(name, one) for name in ArticlePage.heading_fields for one in LANGUAGES]
    rows = ArticlePage.objects.live().filter(pk__in=pks).order_by("pk").annotate(**bodies)
    stories: list[Raw] = list(rows.values(*_FACTS, *names, *bodies))
    for story in stories:
        source = story["source_language"]
        story["bodies"] = {
            language: raw_body(story[f"stored_{column('body', language)}"])
            for language in (source, other(source))
            if language == source or story[column("headline", language)]
        }
    return stories


def raw_body(stored: str | None) -> list[Raw]:
    """A body column's JSON: [{"type", "value", "id"}, …]; a block without an id has the id ""."""
    blocks: list[Raw] = json.loads(stored) if stored else []
    return [block if block.get("id") else {**block, "id": ""} for block in blocks or []]
