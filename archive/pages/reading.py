"""What a reader gets: a story's text in a language, honest about which one it is."""

from dataclasses import dataclass, field, replace
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.images import get_image_model

from archive.pages import body as body_room
from archive.pages.addresses import HTML_CODES
from archive.pages.blocks import known_images
from archive.pages.body import corrections
from archive.pages.modes import View
from archive.pages.related.reading import related_cards
from archive.pages.rows import body_rows
from archive.text.dates import display_date
from archive.text.language import column


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


def article_context(article: Any, language: str, view: View | None = None) -> dict[str, Any]:
    """All that an article page shows, in a fixed number of queries: as many for both languages.

    `language` is that of the page, `view` the way in which the story is read.
    """
    view = view or View(language, language)
    text = article.in_language(view.language)
    # A story without a translation is read in its own language.
    shown = replace(view, language=text.language) if text.is_missing else view
    other = article.in_language(view.other_language) if view.is_paired else None
    prefetch_pictures(text.body, other.body if other else None)
    tags = list(article.entity_tags.select_related("entity"))
    entities = [tag.entity for tag in tags]
    return {
        "article": article,
        "text": text,
        "story_view": view,
        "other_text": other,
        # The texts' `lang`, where it isn't the page's.
        "text_lang": HTML_CODES[text.language] if text.language != language else "",
        "rows": body_rows(article, shown),
        "corrections": corrections(article.source("body")),
        "bylines": list(article.bylines.select_related("author", "place")),
        "about": [tag.entity for tag in tags if tag.role == "about"],
        "mentioned": [tag.entity for tag in tags if tag.role != "about"],
        "related_stories": related_cards(article, entities),
        "print_date": display_date(article.print_date, language) if article.print_date else "",
    }


def prefetch_pictures(*bodies: StreamValue | None) -> None:
    """The bodies' images and their renditions: two queries, however many blocks show pictures."""
    ids = {id_ for body in bodies for id_ in body_room.image_ids(body)}
    if not ids:
        return
    images = get_image_model().objects.filter(pk__in=ids).prefetch_related("renditions")
    with known_images({image.pk: image for image in images}):
        # Going through the blocks once makes them; they keep their images.
        for body in bodies:
            for _picture in body_room.pictures(body):
                pass


def first_picture(body: StreamValue | None) -> Any:
    """The image of the body's first picture, for lists; None without one."""
    return next((picture.image for picture in body_room.pictures(body)), None)
