"""A story's text in a language, as readers get it and as passages to look for names in."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any
from unicodedata import normalize

from django.utils.text import Truncator
from wagtail.blocks import StreamValue

from archive.conf import settings
from archive.entities.glossary.simplified import Simplifier
from archive.entities.glossary.termbase import load_simplifier
from archive.stories.body import TRANSLATABLE, raw, stored, with_own_ids
from archive.text.language import (
    HTML_CODES,
    TRADITIONAL_CODE,
    UNSPACED,
    characters,
    column,
)
from archive.text.passages import Passage
from archive.text.richtext import is_blank, plain_text
from archive.text.segmentation import PLAIN, RICH, compose, extract

FRONT_PAGE_PARAGRAPHS = 4
# About two lines of a search engine's result: characters, by language.
_DESCRIPTION = characters(160)


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
    # Of a text in traditional characters: what gives it in simplified ones, or None as printed.
    simplifier: Simplifier | None = None

    @cached_property
    def body(self) -> StreamValue:
        # Asked for only where it is shown: lists leave the bodies in the database.
        body: StreamValue = getattr(self.article, column("body", self.language))
        return _simplified(body, self.simplifier) if self.simplifier else body

    @cached_property
    def blocks(self) -> list[Any]:
        """The body's blocks, for who goes through them more than once."""
        return list(self.body or [])

    @cached_property
    def description(self) -> str:
        """The story in a sentence or two for search engines: the form's, its standfirst or its
        beginning.
        """
        if written := self._written("search_description"):
            return written
        first = self.standfirst or self.first_paragraph
        most = _DESCRIPTION[self.language]
        if len(first) <= most:
            return normalize("NFC", first)
        # It counts character by character to the end.
        return Truncator(first[: 4 * most]).chars(most)

    @property
    def abstract(self) -> str:
        """What its heading says besides the headline, a line each."""
        lines = [getattr(self, name) for name in self.article.heading_fields if name != "headline"]
        return "\n".join(filter(None, lines))

    @property
    def title_tag(self) -> str:
        """What a browser's tab and a search engine call the page: the form's, or its headline."""
        return self._written("seo_title") or self.headline

    def _written(self, field: str) -> str:
        """An editor's own words for search engines; Wagtail has them in one language, the
        story's own."""
        return "" if self.is_translation else getattr(self.article, field, "")

    @cached_property
    def printed_byline(self) -> str:
        """Who signs, as printed, a line each; "" for a translation, and where nobody kept it."""
        printed = "" if self.is_translation else self.article.printed_byline
        return self.simplifier.plain(printed) if self.simplifier else printed

    @property
    def first_paragraph(self) -> str:
        """As plain text behind its dateline: "ZHANJIANG — The port…"; "" without a paragraph."""
        return next(iter(self.opening(1)), "")

    @property
    def excerpt(self) -> list[str]:
        """The paragraphs that a front page may have room for, as plain text."""
        return self.opening(FRONT_PAGE_PARAGRAPHS)

    def opening(self, most: int) -> list[str]:
        """The first paragraphs as plain text; before them the dateline.

        From the stored body: to make its blocks would ask for its pictures.
        """
        blocks = stored(self.body)
        sources = (one["value"] for one in blocks if one["type"] == "paragraph")
        texts = (plain_text(source) for source in sources if not is_blank(source))
        found = list(islice(texts, most))
        if found and self.dateline:
            between = "\u3000" if self.language in UNSPACED else " — "
            found[0] = f"{self.dateline}{between}{found[0]}"
        return found

    @property
    def is_missing(self) -> bool:
        """No text in the requested language: this is the source."""
        return self.language != self.requested

    @property
    def is_traditional(self) -> bool:
        """Printed in traditional characters, whichever it is given in."""
        return bool(self.article.is_traditional) and not self.is_translation

    @property
    def is_converted(self) -> bool:
        """Given in other characters than it is stored in."""
        return self.simplifier is not None

    @property
    def html_language(self) -> str:
        """For the `lang` attribute: "en", "zh-Hans"; "zh-Hant" as printed."""
        is_as_printed = self.is_traditional and not self.is_converted
        return TRADITIONAL_CODE if is_as_printed else HTML_CODES[self.language]

    @property
    def is_translation(self) -> bool:
        return self.language != self.source_language

    @property
    def machine_drafted(self) -> list[str]:
        """The segments' keys whose words a machine has drafted and a translator let stand; [] where
        the site doesn't tell of them (`MACHINE_DRAFTS_TOLD`)."""
        if not (settings.MACHINE_DRAFTS_TOLD and self.is_translation):
            return []
        return list(self.article.translation_marks.get("machine", ()))


def article_text(article: Any, language: str, *, as_printed: bool = False) -> ArticleText:
    """The text in `language` if it is published, otherwise in the source language.

    One in traditional characters is given in simplified ones, unless `as_printed`.
    """
    source = article.source_language
    shown = language if language in article.languages() else source
    is_converted = shown == source and article.is_traditional and not as_printed
    simplifier = load_simplifier() if is_converted else None

    def text(name: str) -> str:
        stored_text = getattr(article, column(name, shown)) or ""
        return simplifier.plain(stored_text) if simplifier else stored_text

    texts = {name: text(name) for name in article.text_fields}
    return ArticleText(article, language, shown, source, **texts, simplifier=simplifier)


def _simplified(body: StreamValue, simplifier: Simplifier) -> StreamValue:
    """The body with its words converted; its blocks keep their ids, and pictures theirs."""
    blocks = with_own_ids(stored(body))
    change = {RICH: simplifier.rich, PLAIN: simplifier.plain}
    texts = {one.key: change[one.markup](one.text) for one in extract(blocks, TRANSLATABLE)}
    return body.stream_block.to_python(compose(blocks, TRANSLATABLE, texts))


def story_passages(article: Any, language: str) -> list[Passage]:
    """What stands above the text, and the body's segments in order, of one language; no query.

    What names and ties are looked for in. The keys are those of the segments ("headline",
    "3f2a…", "3f2a…/caption"). Rich text is given as plain text: offsets count in that. Empty
    if there is no text in the language.
    """
    texts = [(name, getattr(article, column(name, language))) for name in article.heading_fields]
    segments = extract(raw(getattr(article, column("body", language))), TRANSLATABLE)
    texts += [(segment.key, segment.plain_text) for segment in segments]
    return [Passage(key, text, language) for key, text in texts if text]
