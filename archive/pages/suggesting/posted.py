"""A story as its form holds it at this moment, saved or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date

from archive.pages.passages import story_passages
from archive.pages.suggesting.waiting import Story
from archive.text.language import LANGUAGES, column

TAGS = "entity_tags"
_MOST_TAGS = 1000


def story_from_form(article: Any, data: Mapping[str, str], files: Any) -> Story:
    """The text, date and tags that the posted form holds; what it lacks is the article's.

    Nothing is validated and nothing but memory is written: half a form will do.
    """
    language = data.get("source_language") or article.source_language
    article.source_language = language if language in LANGUAGES else article.source_language
    for name in ("headline", "standfirst"):
        field = column(name, article.source_language)
        setattr(article, field, data.get(field, getattr(article, field)))
    body = column("body", article.source_language)
    if f"{body}-count" in data:
        block = article._meta.get_field(body).stream_block
        setattr(article, body, block.value_from_datadict(data, files, body))
    passages = tuple(story_passages(article, article.source_language))
    return Story(passages, _day(data.get("print_date"), article.print_date), _tagged(article, data))


def _day(posted: str | None, stored: date | None) -> date | None:
    if posted is None:
        return stored
    try:
        return parse_date(posted)
    except ValueError:
        return None


def _tagged(article: Any, data: Mapping[str, str]) -> frozenset[int]:
    count = data.get(f"{TAGS}-TOTAL_FORMS", "")
    if not count.isdecimal():
        return frozenset(tag.entity_id for tag in article.entity_tags.all())
    return frozenset(_posted_tags(data, min(int(count[:9] or 0), _MOST_TAGS)))


def _posted_tags(data: Mapping[str, str], count: int) -> Iterator[int]:
    for number in range(count):
        pk = data.get(f"{TAGS}-{number}-entity", "")
        if pk.isascii() and pk.isdecimal() and not data.get(f"{TAGS}-{number}-DELETE"):
            yield int(pk)
