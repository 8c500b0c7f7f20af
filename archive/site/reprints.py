"""The same report in other papers: what a story's page says of it, and the two texts compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from archive.reuse.models import StoryReuse, reuse_of
from archive.reuse.side_by_side import side_by_side
from archive.reuse.updates import paragraphs_of
from archive.site.permalinks import readable_story, short_id, story_address
from archive.stories.related.reasons import days_between, time_between
from archive.text.cached import address, pgettext
from archive.text.language import supported

# More papers than these are on no page.
MOST = 12
# A translation that leaves out more than this is a shortened one.
_WHOLE = 0.6
# Of both texts: less has its own spelling, or a word here and there.
_NEARLY = 0.97


@dataclass(frozen=True)
class Reprint:
    """Another story with the report: `why` says when, and what became of the text there.

    `kind` is that of the row, from the earlier to the later; `url` is the story's in the language
    that it was printed in, `compare_url` that of both texts.
    """

    article: Any
    kind: str
    is_later: bool
    why: str
    url: str
    compare_url: str


def reprint_rows(story: Any) -> dict[int, StoryReuse]:
    """By the other story's id, for readers or not; one query."""
    pk = story.alias_of_id or story.pk
    if not pk:
        return {}
    rows = reuse_of(pk).exclude(state=StoryReuse.State.REFUSED)
    return {row.other_than(pk): row for row in rows.order_by("-pk")[:MOST]}


def reprints(
    story: Any, rows: Mapping[int, StoryReuse], stories: Mapping[int, Any], request: HttpRequest
) -> list[Reprint]:
    """In the order of print; `stories` are those of the rows that every reader may see."""
    seen = [(stories[pk], row) for pk, row in rows.items() if pk in stories]
    seen.sort(key=lambda one: (one[0].print_date or date.max, one[0].pk))
    return [_reprint(story, other, row, request) for other, row in seen]


def _reprint(story: Any, other: Any, row: StoryReuse, request: HttpRequest) -> Reprint:
    language = supported(translation.get_language())
    is_later = row.later_id == other.pk
    days = days_between(story.print_date, other.print_date)
    parts = [time_between(days, language), _became(row, is_later, language)]
    return Reprint(
        other,
        row.kind,
        is_later,
        pgettext("between reasons", "; ", language).join(filter(None, parts)),
        story_address(request, other, other.source_language),
        address("archive:reprint", short_id(row.earlier_id), short_id(row.later_id)),
    )


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


def compare(request: HttpRequest, one: str, two: str) -> HttpResponse:
    """Two stories with one report side by side, if any reader may see both; seven queries."""
    earlier, later = readable_story(one), readable_story(two)
    rows = StoryReuse.objects.filter(earlier=earlier, later=later)
    row = rows.exclude(state=StoryReuse.State.REFUSED).first()
    if row is None:
        raise Http404
    texts = [story.in_language(story.source_language) for story in (earlier, later)]
    first, second = ([text.headline, *paragraphs_of(text.body)] for text in texts)
    is_one_language = earlier.source_language == later.source_language
    context = {
        "texts": texts,
        "reuse": row,
        "rows": [
            *side_by_side(first[:1], second[:1], is_one_language=is_one_language),
            *side_by_side(first[1:], second[1:], is_one_language=is_one_language),
        ],
        "is_one_language": is_one_language,
    }
    return render(request, "archive/reprint.html", context)
