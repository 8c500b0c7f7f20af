"""What a reader gets: a story's text in a language, honest about which one it is."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.text import Truncator
from wagtail.blocks import StreamValue

from archive.pages import body as body_room
from archive.pages.gathering import gather
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
    gathered = gather(article, [text.body])
    return {
        "article": article,
        "text": text,
        "gathered": gathered,
        "bylines": gathered.names.bylines,
        "about": [tag.entity for tag in gathered.names.tags if tag.role == "about"],
        "mentioned": [tag.entity for tag in gathered.names.tags if tag.role != "about"],
        "related_stories": gathered.related,
        "print_date": display_date(article.print_date, language) if article.print_date else "",
    }


def first_picture(body: StreamValue | None) -> Any:
    """The image of the body's first picture, for lists; None without one."""
    return next((picture.image for picture in body_room.pictures(body)), None)
