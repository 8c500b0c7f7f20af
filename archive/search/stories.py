"""Stories' rows as the index needs them, read many at once: no page, no block is made of them."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from archive.pages.models import ArticlePage
from archive.text.language import LANGUAGES, column, other

Raw = dict[str, Any]
_FACTS = (
    *("pk", "source_language", "print_date", "print_page"),
    *("publication_id", "section_id", "lead_image_id"),
)
_BODIES = {f"stored_{column('body', language)}": language for language in LANGUAGES}


@dataclass(frozen=True)
class Story:
    """A live story: its texts by language, for those that it is published in, source first."""

    pk: int
    headlines: dict[str, str]
    standfirsts: dict[str, str]
    bodies: dict[str, list[Raw]]
    print_date: date | None
    print_page: str
    publication_id: int | None
    section_id: int | None
    has_picture: bool

    @property
    def languages(self) -> list[str]:
        return list(self.headlines)


def live_stories(pks: Collection[int]) -> list[Story]:
    """Those of these stories that are live, in the order of their keys: one query."""
    # As text: of a JSON column Wagtail would make blocks.
    bodies = {
        name: Cast(column("body", language), TextField()) for name, language in _BODIES.items()
    }
    names = [column(field, one) for field in ("headline", "standfirst") for one in LANGUAGES]
    rows = ArticlePage.objects.live().filter(pk__in=pks).order_by("pk").annotate(**bodies)
    return [_story(row) for row in rows.values(*_FACTS, *names, *bodies)]


def raw_body(stored: str | None) -> list[Raw]:
    """A body column's JSON: [{"type", "value", "id"}, …]; a block without an id has the id ""."""
    blocks: list[Raw] = json.loads(stored) if stored else []
    return [block if block.get("id") else {**block, "id": ""} for block in blocks or []]


def _story(row: Raw) -> Story:
    source = row["source_language"]
    languages = [source]
    if row[column("headline", other(source))]:
        languages.append(other(source))
    bodies = {language: name for name, language in _BODIES.items()}
    return Story(
        row["pk"],
        {one: row[column("headline", one)] or "" for one in languages},
        {one: row[column("standfirst", one)] or "" for one in languages},
        {one: raw_body(row[bodies[one]]) for one in languages},
        row["print_date"],
        row["print_page"],
        row["publication_id"],
        row["section_id"],
        row["lead_image_id"] is not None,
    )
