"""The same report in other papers: what a story's page says of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigAutoField, QuerySet
from django.http import HttpRequest
from django.utils import translation

from archive.addresses import pattern
from archive.contrib.reprints.models import StoryReuse, reuse_of
from archive.contrib.reprints.time_apart import days_between, time_between
from archive.prepared import Given, GivenSeveral, PreparedQuery
from archive.site.addresses import page_urls
from archive.site.permalinks import short_id
from archive.site.story_panels import PanelStory, StoryPanel
from archive.text.cached import pgettext
from archive.text.language import LANGUAGES, supported

# More papers than these are on no page.
MOST = 12
# A translation that leaves out more than this is a shortened one.
_WHOLE = 0.6
# Of both texts: less has its own spelling, or a word here and there.
_NEARLY = 0.97


def _reuse() -> QuerySet[StoryReuse]:
    rows = reuse_of(Given("story", BigAutoField()))
    return rows.exclude(state=StoryReuse.State.REFUSED).order_by("-pk")[:MOST]


_REUSE = PreparedQuery(_reuse)


@dataclass(frozen=True)
class Reprint(PanelStory):
    """Another story with the report: `why` says when, and what became of the text there.

    `kind` is that of the row, from the earlier to the later; `compare_url` leads to both texts.
    """

    kind: str
    is_later: bool
    why: str
    compare_url: str


class ReprintsPanel(StoryPanel):
    """In the order of print."""

    template = "archive_reprints/story_panel.html"

    def rows(self, story: Any) -> dict[int, StoryReuse]:
        pk = story.alias_of_id or story.pk
        if not pk:
            return {}
        return {row.other_than(pk): row for row in _REUSE.rows(story=pk)}

    def stories(
        self, story: Any, rows: Mapping[int, Any], cards: Mapping[int, Any], request: HttpRequest
    ) -> list[Reprint]:
        seen = [(cards[pk], row) for pk, row in rows.items() if pk in cards]
        seen.sort(key=lambda one: (one[0].print_date or date.max, one[0].pk))
        urls = {one: page_urls(request, one) for one in LANGUAGES}
        compared = pattern("archive:reprint", 2) if seen else ""
        return [_reprint(story, other, row, urls, compared) for other, row in seen]

    def pages_showing(self, pks: GivenSeveral) -> list[QuerySet]:
        rows = StoryReuse.objects.order_by()
        return [
            rows.filter(earlier__in=pks).values_list("later", flat=True),
            rows.filter(later__in=pks).values_list("earlier", flat=True),
        ]


def _reprint(
    story: Any,
    other: Any,
    row: StoryReuse,
    urls: Mapping[str, Callable[[Any], str]],
    compared: str,
) -> Reprint:
    language = supported(translation.get_language())
    is_later = row.later_id == other.pk
    days = days_between(story.print_date, other.print_date)
    parts = [time_between(days, language), _became(row, is_later, language)]
    return Reprint(
        article=other,
        url=urls[other.source_language](other),
        relation=_relation(row, is_later),
        kind=row.kind,
        is_later=is_later,
        why=pgettext("between reasons", "; ", language).join(filter(None, parts)),
        compare_url=compared % (short_id(row.earlier_id), short_id(row.later_id)),
    )


def _relation(row: StoryReuse, is_later: bool) -> str:
    if row.kind == StoryReuse.Kind.TRANSLATION:
        return "workTranslation" if is_later else "translationOfWork"
    return "" if is_later else "isBasedOn"


def _became(row: StoryReuse, is_later: bool, language: str) -> str:
    """What the other paper did with the text, seen from the story that is read."""
    kinds = StoryReuse.Kind
    if row.kind == kinds.IDENTICAL:
        if min(row.share, row.later_share) < _NEARLY:
            return pgettext("of a reprint", "nearly word for word", language)
        return pgettext("of a reprint", "word for word", language)
    if row.kind == kinds.REWRITTEN:
        return pgettext("of a reprint", "in other words", language)
    if row.kind == kinds.TRANSLATION:
        if is_later and row.share < _WHOLE < row.later_share:
            return pgettext("of a reprint", "translated and shortened", language)
        return pgettext("of a reprint", "in the other language", language)
    if (row.kind == kinds.SHORTENED) == is_later:
        return pgettext("of a reprint", "shortened", language)
    return pgettext("of a reprint", "longer", language)
