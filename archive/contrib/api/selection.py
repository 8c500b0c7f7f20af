"""Which stories a program asks for, and the page of them: the same for each version of the API.

Stories come in the order of their changes, those that readers have lost among them, so that a
program that has read to the end goes on from there another day.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from archive.contrib.api.records import StoryPlace, StoryRecord, Tombstone
from archive.entities.models import Entity
from archive.site.harvest_records.models import HarvestRecord
from archive.site.harvest_records.querysets import records_of
from archive.stories.models import ArticleEntity
from archive.text.labels import row_key
from archive.text.language import LANGUAGES, column
from archive.ties.models import TieEvidence

Day = date
# Wagtail's own defaults.
DEFAULT_LIMIT, DEFAULT_MOST = 20, 20
_CURSOR = re.compile(r"(\d{1,12})-(\d{1,18})", re.ASCII)


class SelectionError(Exception):
    """A parameter of this name means nothing; the message is for whoever wrote the program."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True)
class StorySelection:
    """What is asked for; all of it must hold.

    `name` are keys of names, each tagged; `tie` is a pair of places' keys, "zhanjiang/long-beach".
    Days are those of print, both ends included; `page` is the label of the printed page.
    Publications and sections go by slug or id. `cursor` is a page's `next_cursor`.
    """

    name: tuple[str, ...] = ()
    tie: str = ""
    date: Day | None = None
    date_from: Day | None = None
    date_to: Day | None = None
    page: str = ""
    publication: str = ""
    section: str = ""
    language: str = ""
    changed_since: datetime | None = None
    cursor: str = ""
    limit: int = DEFAULT_LIMIT
    segments: bool = False

    @property
    def after(self) -> tuple[datetime, int] | None:
        """The last story of the page before: its datestamp and id. Raises SelectionError."""
        if not self.cursor:
            return None
        match = _CURSOR.fullmatch(self.cursor)
        try:
            if match:
                return datetime.fromtimestamp(int(match[1]), UTC), int(match[2])
        except (OverflowError, ValueError):
            pass
        raise SelectionError("cursor", _("This is no cursor of this archive."))

    @property
    def is_of_records(self) -> bool:
        """Whether it asks only what is known of stories that are gone, too."""
        asked = (self.name, self.tie, self.date, self.date_from, self.date_to, self.page)
        return not any(asked)

    def check(self) -> None:
        """Raises SelectionError."""
        most = getattr(settings, "WAGTAILAPI_LIMIT_MAX", DEFAULT_MOST)
        if self.limit < 1 or (most is not None and self.limit > most):
            text = _("Ask for 1 to %(most)s stories.") % {"most": most}
            raise SelectionError("limit", text)
        if self.language and self.language not in LANGUAGES:
            text = _("There are: %(languages)s.") % {"languages": ", ".join(LANGUAGES)}
            raise SelectionError("language", text)
        if self.tie and self.tie.count("/") != 1:
            raise SelectionError("tie", _("Give the keys of two places: zhanjiang/long-beach."))


@dataclass(frozen=True)
class StoriesPage:
    """Stories in the order of their changes; `withdrawn` are those of the same stretch that readers
    can't see any more, where the filters say nothing of names, ties, days and printed pages.
    `next_cursor` is null at the end."""

    items: list[StoryRecord]
    withdrawn: list[Tombstone]
    next_cursor: str | None


def stories_page(selection: StorySelection, place: StoryPlace) -> StoriesPage:
    """Six queries, however many stories; raises SelectionError."""
    selection.check()
    # Nothing that is asked for has a NUL, which PostgreSQL refuses.
    texts = (*selection.name, selection.tie, selection.page)
    if any("\0" in text for text in texts):
        return StoriesPage([], [], None)
    records = _asked(selection, place)
    live = _live(records, selection, place)
    rows = list(live[: selection.limit + 1])
    if selection.is_of_records:
        rows += records.filter(is_deleted=True)[: selection.limit + 1]
    rows.sort(key=lambda one: (one.datestamp, one.pk))
    shown = rows[: selection.limit]
    last, following = shown[-1] if shown else None, None
    if last and len(rows) > len(shown):
        following = f"{int(last.datestamp.timestamp())}-{last.pk}"
    pks = [one.pk for one in shown if not one.is_deleted]
    return StoriesPage(
        items=place.records(pks, with_segments=selection.segments),
        withdrawn=[place.tombstone(one) for one in shown if one.is_deleted],
        next_cursor=following,
    )


def _asked(selection: StorySelection, place: StoryPlace) -> QuerySet[HarvestRecord]:
    """What may be asked of stories that are gone, too."""
    records, chrome = records_of(place.root_page).order_by("datestamp", "article"), place.chrome
    if selection.publication:
        papers = _named(chrome.papers(), selection.publication)
        records = records.filter(publication_id__in=papers)
    if selection.section:
        sections = _named(chrome.open_sections(), selection.section)
        records = records.filter(section_id__in=sections)
    if selection.language:
        records = records.filter(**{f"{column('since', selection.language)}__isnull": False})
    if selection.changed_since:
        records = records.filter(datestamp__gte=selection.changed_since)
    if after := selection.after:
        when, pk = after
        records = records.filter(datestamp__gte=when)
        records = records.exclude(datestamp=when, article__lte=pk)
    return records


def _live(
    records: QuerySet[HarvestRecord], selection: StorySelection, place: StoryPlace
) -> QuerySet[HarvestRecord]:
    live = records.filter(is_deleted=False, article__live=True)
    if restricted := place.chrome.restricted:
        live = live.exclude(restricted.of_stories("article__"))
    days = {
        "article__print_date": selection.date,
        "article__print_date__gte": selection.date_from,
        "article__print_date__lte": selection.date_to,
        "article__print_page": selection.page,
    }
    live = live.filter(**{name: value for name, value in days.items() if value})
    for key in selection.name:
        tags = ArticleEntity.objects.filter(entity__in=_same_as(key)).order_by()
        live = live.filter(article__in=tags.values("page"))
    if selection.tie:
        one, _slash, two = selection.tie.partition("/")
        first, second = _same_as(one), _same_as(two)
        there = Q(tie__place_a__in=first, tie__place_b__in=second)
        back = Q(tie__place_a__in=second, tie__place_b__in=first)
        pieces = TieEvidence.objects.filter(there | back, article__isnull=False).order_by()
        live = live.filter(article__in=pieces.values("article"))
    return live


def _named(pages: Iterable[Any], asked: str) -> list[int]:
    """The ids of the pages of this slug or id."""
    number = row_key(asked)
    return [one.pk for one in pages if asked == one.slug or number == one.pk]


def _same_as(key: str) -> Any:
    """The name of the key, and all that are one with it since a merge; a merged key stands for
    the name that is kept."""
    kept = Entity.with_merged.filter(key=key).order_by().values_list(Coalesce("merged_into", "pk"))
    return Entity.with_merged.same_as(kept).order_by().values("pk")
