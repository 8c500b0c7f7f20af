"""The flat list of all stories, with the readers' search, and a filter for pictures' gaps."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from archive.pages.models import ArticlePage
from archive.pages.viewsets import FILTERS, AllStoriesViewSet, StoryIndexView
from archive.search.editing.finding import best_first, found_by
from archive.search.hints.models import PictureGap


class StoryFilterSet(WagtailFilterSet):
    """The pages room's filters, and what a story's pictures lack."""

    lacks = django_filters.MultipleChoiceFilter(
        label=_("Pictures without"),
        choices=PictureGap.Kind.choices,
        widget=CheckboxSelectMultiple,
        method="filter_lacks",
    )

    class Meta:
        model = ArticlePage
        fields = FILTERS

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
        found = queryset.filter(found_by(words))
        return found if self.is_explicitly_ordered else best_first(found, words)


class FoundStoriesViewSet(AllStoriesViewSet):
    index_view_class = FoundStoryIndexView
    list_filter = AllStoriesViewSet.UNDEFINED
    filterset_class = StoryFilterSet
