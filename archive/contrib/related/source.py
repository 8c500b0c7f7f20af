"""What is kept of related stories, for readers' pages and for other programs."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from modelcluster.queryset import FakeQuerySet

from archive.contrib.related.models import RelatedStory
from archive.contrib.related.reasons import shared
from archive.site.related import Names, RelatedRow, RelatedSource


class StoredLists(RelatedSource):
    """The list of each story, without what its editors have banned."""

    def rows(self, story: Any) -> QuerySet[RelatedStory]:
        bans = story.related_bans.all()
        if isinstance(bans, FakeQuerySet):
            # A preview's, and the form's own.
            return _list_of(story).exclude(related__in=[one.related_id for one in bans])
        return _list_of(story).exclude(related__in=bans.order_by().values("related"))

    def why(self, reasons: Mapping[str, Any], names: Names, language: str) -> SafeString | str:
        return shared(reasons, names, language)

    def pairs(self, pks: Collection[int]) -> QuerySet[RelatedStory]:
        return RelatedStory.objects.filter(article__in=pks)

    def pages_showing(self, pks: Collection[int]) -> QuerySet[RelatedStory, int]:
        rows = RelatedStory.objects.order_by().filter(related__in=pks)
        return rows.values_list("article", flat=True)


def listed_rows(story: Any) -> dict[int, RelatedRow]:
    """A story's list with what is banned from it, by the related story's id: one query."""
    source = StoredLists()
    rows = _list_of(story).values_list("related", "score", "reasons")
    return {pk: RelatedRow(None, score, reasons, source) for pk, score, reasons in rows}


def _list_of(story: Any) -> QuerySet[RelatedStory]:
    # An alias is its original once more.
    return RelatedStory.objects.filter(article=story.alias_of_id or story.pk)
