"""What a reader gets: a story's text in a language, honest about which one it is."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.text import Truncator
from wagtail.blocks import StreamValue
from wagtail.images import get_image_model

from archive.pages import body as body_room
from archive.pages.blocks import known_images
from archive.pages.related.reading import related_cards
from archive.text.dates import display_date
from archive.text.language import column
from archive.text.richtext import is_blank, plain_text

# About two lines of a search engine's result: characters, by language.
_DESCRIPTION = {"en": 160, "zh-hans": 80}


@dataclass(frozen=True)
class ArticleText:
    """One language's text of a story.

    `language` is the one the text is in; `requested` the one the reader asked for. They differ
    where there is no published translation: then the text is the source's and must be marked so.
    """

    article: Any = field(repr=False)
    requested: str
    language: str
    source_language: str
    headline: str
    standfirst: str
    dateline: str

    @property
    def body(self) -> StreamValue:
        # Asked for only where it is shown: lists leave the bodies in the database.
        return getattr(self.article, column("body", self.language))

    @property
    def is_missing(self) -> bool:
        """No text in the requested language: this is the source."""
        return self.language != self.requested

    @property
    def is_translation(self) -> bool:
        return self.language != self.source_language


def article_text(article: Any, language: str) -> ArticleText:
    """The text in `language` if it is published, otherwise in the source language."""
    shown = language if language in article.languages() else article.source_language
    return ArticleText(
        article=article,
        requested=language,
        language=shown,
        source_language=article.source_language,
        headline=getattr(article, column("headline", shown)) or "",
        standfirst=getattr(article, column("standfirst", shown)) or "",
        dateline=getattr(article, column("dateline", shown)) or "",
    )


def description(text: ArticleText) -> str:
    """A story in a sentence or two for search engines: its standfirst, or else its beginning."""
    first = text.standfirst or next(
        (
            plain_text(block.value.source)
            for block in text.body
            if block.block_type == "paragraph" and not is_blank(block.value.source)
        ),
        "",
    )
    return Truncator(first).chars(_DESCRIPTION[text.language])


def article_context(article: Any, language: str) -> dict[str, Any]:
    """All that an article page shows, in a fixed number of queries."""
    text = article.in_language(language)
    prefetch_pictures(text.body)
    tags = list(article.entity_tags.select_related("entity"))
    entities = [tag.entity for tag in tags]
    return {
        "article": article,
        "text": text,
        "bylines": list(article.bylines.select_related("author", "place")),
        "about": [tag.entity for tag in tags if tag.role == "about"],
        "mentioned": [tag.entity for tag in tags if tag.role != "about"],
        "related_stories": related_cards(article, entities),
        "print_date": display_date(article.print_date, language) if article.print_date else "",
    }


def prefetch_pictures(body: StreamValue) -> None:
    """The body's images and their renditions: two queries, however many blocks show pictures."""
    ids = body_room.image_ids(body)
    if not ids:
        return
    images = get_image_model().objects.filter(pk__in=ids).prefetch_related("renditions")
    with known_images({image.pk: image for image in images}):
        # Going through the blocks once makes them; they keep their images.
        for _picture in body_room.pictures(body):
            pass


def first_picture(body: StreamValue | None) -> Any:
    """The image of the body's first picture, for lists; None without one."""
    return next((picture.image for picture in body_room.pictures(body)), None)
