"""What a reader gets: a story's text in a language, honest about which one it is."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from unicodedata import normalize

from django.utils.text import Truncator
from wagtail.blocks import StreamValue

from archive.pages import body as body_room
from archive.pages.addresses import HTML_CODES
from archive.pages.body import corrections
from archive.pages.gathering import gather
from archive.pages.modes import View
from archive.pages.rows import body_rows
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

    @cached_property
    def blocks(self) -> list[Any]:
        """The body's blocks, for who goes through them more than once."""
        return list(self.body or [])

    @cached_property
    def description(self) -> str:
        """The story in a sentence or two for search engines: its standfirst, or its beginning."""
        first = self.standfirst or next(
            (
                plain_text(block.value.source)
                for block in self.blocks
                if block.block_type == "paragraph" and not is_blank(block.value.source)
            ),
            "",
        )
        most = _DESCRIPTION[self.language]
        if len(first) <= most:
            return normalize("NFC", first)
        # It counts character by character to the end.
        return Truncator(first[: 4 * most]).chars(most)

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
        "corrections": corrections(article.source("body")),
        "bylines": gathered.names.bylines,
        "about": [tag.entity for tag in gathered.names.tags if tag.role == "about"],
        "mentioned": [tag.entity for tag in gathered.names.tags if tag.role != "about"],
        "related_stories": gathered.related,
        "print_date": display_date(article.print_date, language) if article.print_date else "",
    }


def first_picture(body: StreamValue | None) -> Any:
    """The image of the body's first picture, for lists; None without one."""
    return next((picture.image for picture in body_room.pictures(body)), None)
