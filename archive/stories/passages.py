"""A story as plain passages by segment key: what names and ties are looked for in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archive.entities.suggestions.base import Passage
from archive.stories.body import TRANSLATABLE, raw
from archive.text.language import column
from archive.text.richtext import plain_text
from archive.text.segmentation import RICH, extract

if TYPE_CHECKING:
    from archive.stories.models import ArticlePage

_FIELDS = ("headline", "standfirst")


def story_passages(article: ArticlePage, language: str) -> list[Passage]:
    """Headline, standfirst, and the body's segments in order, of one language; no query.

    The keys are those of the segments ("headline", "3f2a…", "3f2a…/caption"). Rich text is
    given as its plain text: offsets count in that. Empty if there is no text in the language.
    """
    return list(_passages(article, language))


def _passages(article: ArticlePage, language: str) -> Iterator[Passage]:
    for name in _FIELDS:
        if text := getattr(article, column(name, language)):
            yield Passage(name, text, language)
    for segment in extract(raw(getattr(article, column("body", language))), TRANSLATABLE):
        text = plain_text(segment.text) if segment.markup == RICH else segment.text
        yield Passage(segment.key, text, language)
