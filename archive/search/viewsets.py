"""The flat list of all stories, with the readers' search, and a filter for pictures' gaps."""

from functools import reduce
from operator import and_
from typing import Any

import django_filters
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from archive.search.engines import Filters
from archive.search.headlines import headline_text
from archive.search.matching import find, matching
from archive.search.models import LONGEST_START, DraftHint, PictureGap
from archive.search.query import Conditions, Query, conditions_of, parse
from archive.search.suggestions import begins_with
from archive.stories.querysets import ArticleQuerySet
from archive.stories.story_list.filters import StoryFilterSet
from archive.stories.viewsets import AllStoriesViewSet, StoryIndexView, StoryViewSet

# So many stand in the order of relevance; those after them in the order of the paper.
RANKED = 100


class FoundStoryFilterSet(StoryFilterSet):
    """The stories room's filters, and what a story's pictures lack."""

    lacks = django_filters.MultipleChoiceFilter(
        label=_("Pictures without"),
        choices=PictureGap.Kind.choices,
        widget=CheckboxSelectMultiple,
        method="filter_lacks",
    )

    class Meta(StoryFilterSet.Meta):
        pass

    def filter_lacks(self, stories: QuerySet, name: str, kinds: list[str]) -> QuerySet:
        # One subquery whatever is ticked: any of these is work to be done.
        gaps = PictureGap.objects.filter(kind__in=kinds)
        return stories.filter(pk__in=gaps.values("article")) if kinds else stories


class FoundStoryIndexView(StoryIndexView):
    """Searched as readers search; drafts too, by their headlines."""

    def search_queryset(self, queryset: Any) -> Any:
        words = (self.search_query or "").replace("\0", " ").strip()
        if not self.is_searching or not words:
            return queryset
        query = parse(words)
        conditions = conditions_of(query)
        wanted = _drafts(query)
        if conditions and not conditions.is_void:
            wanted |= Q(pk__in=matching(conditions, Filters()))
        found = queryset.filter(wanted)
        return found if self.is_explicitly_ordered else best_first(found, conditions)


class FoundStoriesViewSet(AllStoriesViewSet):
    index_view_class = FoundStoryIndexView
    filterset_class = FoundStoryFilterSet


@hooks.register("register_admin_viewset")
def stories() -> list[object]:
    return [StoryViewSet(), FoundStoriesViewSet("stories")]


def best_first(stories: ArticleQuerySet, conditions: Conditions) -> ArticleQuerySet:
    """Readers' order for the first of them; then the newest paper first."""
    results = find(conditions, Filters(), count=RANKED)
    ranked = [found.article_id for found in results.found]
    place = Case(
        *(When(pk=pk, then=Value(number)) for number, pk in enumerate(ranked)),
        default=Value(len(ranked)),
        output_field=IntegerField(),
    )
    ordered = stories.annotate(search_place=place) if ranked else stories
    return ordered.order_by(*(["search_place"] if ranked else []), "-print_date", "-pk")


def _drafts(query: Query) -> Q:
    """Drafts in whose headline every plain word begins somewhere; none for other queries."""
    texts = [
        headline_text(clause.terms[0].text)[:LONGEST_START]
        for clause in query.clauses
        if not clause.is_excluded and not clause.terms[0].day
    ]
    hints = (DraftHint.objects.filter(begins_with("key", text)) for text in texts)
    found = [Q(pk__in=begun.values("article")) for begun in hints]
    return reduce(and_, found) if found else Q(pk__in=[])
