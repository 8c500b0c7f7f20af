"""What is kept of related stories, for readers' pages and for other programs."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from archive.contrib.related.models import LONGEST_LIST, RelatedBan, RelatedStory
from archive.contrib.related.reasons import shared
from archive.prepared import GivenSeveral
from archive.site.related import Names, RelatedRow, RelatedSource, StoredStory


class StoredLists(RelatedSource):
    """The list of each story, without what its editors have banned."""

    def rows(self, story: Any) -> QuerySet[RelatedStory]:
        banned: Any
        if isinstance(story, StoredStory):
            original = story.original
            banned = RelatedBan.objects.order_by().filter(page=story.pk).values("related")
        else:
            # A preview's, and the form's own.
            original = _original_of(story)
            banned = [one.related_id for one in story.related_bans.all()]
        # Whatever the table holds, a page reads no more of it than a list should have.
        best = _list_of(original).order_by("-score", "related_id")[:LONGEST_LIST]
        rows = RelatedStory.objects.filter(pk__in=best.values("pk"))
        return rows.exclude(related__in=banned)

    def why(self, reasons: Mapping[str, Any], names: Names, language: str) -> SafeString | str:
        return shared(reasons, names, language)

    def pairs(self, pks: Collection[int]) -> QuerySet[RelatedStory]:
        return RelatedStory.objects.filter(article__in=pks)

    def pages_showing(self, pks: GivenSeveral) -> QuerySet[RelatedStory, int]:
        rows = RelatedStory.objects.order_by().filter(related__in=pks)
        return rows.values_list("article", flat=True)


def listed_rows(story: Any) -> dict[int, RelatedRow]:
    """A story's list with what is banned from it, by the related story's id: one query."""
    source = StoredLists()
    rows = _list_of(_original_of(story)).values_list("related", "score", "reasons")
    return {pk: RelatedRow(None, score, reasons, source) for pk, score, reasons in rows}


def _original_of(story: Any) -> Any:
    """An alias is its original once more."""
    return story.alias_of_id or story.pk


def _list_of(original: Any) -> QuerySet[RelatedStory]:
    return RelatedStory.objects.filter(article=original)
