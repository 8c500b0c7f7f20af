"""What of a story is indexed in each of its languages, read in few queries for many stories."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail.images import get_image_model

from archive.entities.bilingual import text_in
from archive.entities.models import Entity
from archive.pages import body as body_room
from archive.pages.blocks import TRANSLATABLE
from archive.pages.models import ArticleByline, ArticleEntity, ArticlePage
from archive.search.analysis import VERSION, terms
from archive.text.language import LANGUAGES, column
from archive.text.richtext import plain_text
from archive.text.segmentation import RICH, extract

# A story's fields, each with its weight: what it is about says more than what it mentions.
WEIGHTS = {
    "headline": 10.0,
    "standfirst": 4.0,
    "about": 5.0,
    "mentioned": 1.5,
    "body": 1.0,
    "captions": 1.5,
    "bylines": 2.0,
}
FIELDS = tuple(WEIGHTS)
_CAPTIONS = {"caption", "alt_text"}
# For private use, so part of no word: neither a text nor a query comes to a term with it.
_TAG_MARK = "\ue000"


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

    def terms(self) -> dict[str, list[str]]:
        """All under which it is found, by field."""
        return {name: [*terms(self.texts[name]), *self.tags.get(name, ())] for name in FIELDS}

    @property
    def digest(self) -> str:
        parts = [VERSION, *map(str, self.row.values()), *(self.texts[name] for name in FIELDS)]
        parts += [" ".join(tags) for tags in self.tags.values()]
        return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:32]


def entity_term(entity_id: int) -> str:
    """The term under which the stories tagged with an entity are found, whatever its name is."""
    return f"{_TAG_MARK}{entity_id}"


def is_entity_term(term: str) -> bool:
    return term.startswith(_TAG_MARK)


def documents_of(articles: Sequence[ArticlePage]) -> list[Document]:
    """The documents of live stories, one a language; four queries, however many stories."""
    ids = [article.pk for article in articles]
    tags, bylines = _tags(ids), _bylines(ids)
    bodies = {
        (article.pk, language): body_room.raw(getattr(article, column("body", language)))
        for article in articles
        for language in article.languages()
    }
    captions = _image_captions(bodies.values())
    return [
        Document(
            article.pk,
            language,
            _row(article),
            {
                "headline": getattr(article, column("headline", language)) or "",
                "standfirst": getattr(article, column("standfirst", language)) or "",
                **{role: _names(entities) for role, entities in tags[article.pk].items()},
                **_texts(bodies[article.pk, language], language, captions),
                "bylines": bylines[article.pk],
            },
            {
                role: sorted(entity_term(entity.pk) for entity in entities)
                for role, entities in tags[article.pk].items()
            },
            _by_kind(tags[article.pk]),
        )
        for article in articles
        for language in article.languages()
    ]


def body_text(body: list[dict[str, Any]]) -> str:
    """A raw body's running text and captions, a line each piece."""
    return "\n".join(text for _is_caption, text in _pieces(body))


def _by_kind(tags: dict[str, list[Entity]]) -> dict[str, list[int]]:
    every = [entity for entities in tags.values() for entity in entities]
    return {
        kind: sorted({entity.pk for entity in every if entity.kind == kind})
        for kind in ("place", "person")
    }


def _row(article: ArticlePage) -> dict[str, Any]:
    return {
        "print_date": article.print_date,
        "year": article.print_date.year if article.print_date else None,
        "print_page": article.print_page.upper(),
        "publication_id": article.publication_id,
        "section_id": article.section_id,
        "has_picture": article.lead_image_id is not None,
    }


def _pieces(body: list[dict[str, Any]]) -> Iterator[tuple[bool, str]]:
    for segment in extract(body, TRANSLATABLE):
        text = plain_text(segment.text) if segment.markup == RICH else segment.text
        yield segment.kind in _CAPTIONS, text


def _texts(
    body: list[dict[str, Any]], language: str, captions: dict[int, dict[str, str]]
) -> dict[str, str]:
    parts: dict[bool, list[str]] = {True: [], False: []}
    for is_caption, text in _pieces(body):
        parts[is_caption].append(text)
    # Printed below a picture where the story has no words of its own for it.
    parts[True] += [captions[pk][language] for pk in _images_of(body) if pk in captions]
    return {"body": "\n".join(parts[False]), "captions": "\n".join(parts[True])}


def _images_of(body: list[dict[str, Any]]) -> list[int]:
    found = []
    for block in body:
        if block["type"] == "image" and not block["value"].get("caption"):
            found.append(block["value"].get("image"))
        elif block["type"] == "gallery":
            pictures = [item["value"] for item in block["value"].get("pictures") or []]
            found += [one.get("image") for one in pictures if not one.get("caption")]
    return [pk for pk in found if pk]


def _image_captions(bodies: Iterable[list[dict[str, Any]]]) -> dict[int, dict[str, str]]:
    ids = {pk for body in bodies for pk in _images_of(body)}
    images = get_image_model().objects.filter(pk__in=ids) if ids else []
    return {
        image.pk: {language: str(text_in(image, "caption", language)) for language in LANGUAGES}
        for image in images
    }


def _tags(ids: list[int]) -> dict[int, dict[str, list[Entity]]]:
    found: dict[int, dict[str, list[Entity]]] = defaultdict(lambda: {"about": [], "mentioned": []})
    tags = ArticleEntity.objects.filter(page__in=ids).select_related("entity").order_by("pk")
    for tag in tags:
        role = "about" if tag.role == ArticleEntity.Role.ABOUT else "mentioned"
        found[tag.page_id][role].append(tag.entity)
    return found


def _names(entities: Iterable[Entity]) -> str:
    names = (entity.name_in(language) for entity in entities for language in LANGUAGES)
    return "\n".join(sorted(filter(None, names)))


def _bylines(ids: list[int]) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    bylines = ArticleByline.objects.filter(page__in=ids).select_related("author")
    for byline in bylines.order_by("sort_order", "pk"):
        author = byline.author
        found[byline.page_id] += [
            name for lang in LANGUAGES if (name := getattr(author, column("name", lang)))
        ]
    return defaultdict(str, {pk: "\n".join(names) for pk, names in found.items()})
