"""What the list of stories is filtered by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.models import WorkflowState, get_default_page_content_type

from archive.stories.marks import TranslationState
from archive.stories.models import ArticleByline, ArticlePage, Author, PublicationPage, SectionPage
from archive.stories.querysets import UNSCHEDULED
from archive.text.language import columns

LIVE, CHANGED, DRAFT, SCHEDULED, IN_REVIEW = "live", "changed", "draft", "scheduled", "review"
MINE, TODAY, UNDATED = "mine", "today", "none"
STATUSES = [
    (LIVE, _("Published")),
    (CHANGED, _("Published, with a newer draft")),
    (DRAFT, _("Draft")),
    (IN_REVIEW, _("In review")),
    (SCHEDULED, _("Scheduled")),
]


class SectionField(django_filters.fields.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        # Each publication has its own; many have the same name.
        publication = self.publications.get(obj.path[: -obj.steplen])
        return f"{publication} · {obj}" if publication else str(obj)

    @cached_property
    def publications(self) -> dict[str, str]:
        return {page.path: str(page) for page in PublicationPage.objects.order_by("path")}


class SectionFilter(django_filters.ModelChoiceFilter):
    field_class = SectionField


def publication_filter(**options: Any) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        queryset=lambda request: PublicationPage.objects.order_by("path"),
        label=_("Publication"),
        empty_label=_("All"),
        **options,
    )


def section_filter(**options: Any) -> SectionFilter:
    return SectionFilter(
        queryset=lambda request: SectionPage.objects.order_by("path"),
        label=_("Section"),
        empty_label=_("All"),
        **options,
    )


def radio_filter(choices: Any, label: Any, **options: Any) -> django_filters.ChoiceFilter:
    """A filter whose choices, and “All”, are shown at once."""
    return django_filters.ChoiceFilter(
        choices=choices, label=label, widget=forms.RadioSelect, empty_label=_("All"), **options
    )


def of_status(stories: Any, status: str) -> Any:
    """The stories of one of STATUSES."""
    if status == SCHEDULED:
        return stories.annotate_approved_schedule().filter(_approved_schedule=True)
    if status == IN_REVIEW:
        # The workflows of translations have numbers of their own.
        states = WorkflowState.objects.active().filter(
            base_content_type=get_default_page_content_type()
        )
        held = states.annotate(story=Cast("object_id", IntegerField())).order_by()
        return stories.filter(pk__in=held.values("story"))
    return stories.filter(
        {
            LIVE: Q(live=True),
            CHANGED: Q(live=True, has_unpublished_changes=True),
            DRAFT: Q(live=False) & UNSCHEDULED,
        }[status]
    )


class StoryFilterSet(WagtailFilterSet):
    status = radio_filter(STATUSES, _("Status"), method="by_status")
    owner = radio_filter([(MINE, _("Mine"))], _("Begun by"), method="by_owner")
    publication = publication_filter()
    section = section_filter()
    # A newspaper has too many authors for a list to choose from.
    author = django_filters.CharFilter(label=_("Author"), method="by_author")
    print_date = django_filters.DateFromToRangeFilter(
        label=_("Print date"), widget=DateRangePickerWidget
    )
    # Beside the range of dates: a view that is kept is of each day's issue in its turn.
    printed = radio_filter(
        [(TODAY, _("Today's issue")), (UNDATED, _("Without a date"))],
        _("Issue"),
        method="by_printed",
    )

    class Meta:
        model = ArticlePage
        fields = ["source_language", "translation_state", "is_sample"]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        found: QuerySet = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("translation_state") == TranslationState.NOT_STARTED:
            found = found.exclude(pk__in=ArticlePage.objects.joined().values("pk"))
        return found

    def by_status(self, stories: QuerySet, name: str, value: str) -> QuerySet:
        return of_status(stories, value)

    def by_owner(self, stories: QuerySet, name: str, value: str) -> QuerySet:
        return stories.filter(owner=self.request.user.pk)

    def by_author(self, stories: QuerySet, name: str, value: str) -> QuerySet:
        named = Q()
        for column in columns("name"):
            named |= Q(**{f"{column}__icontains": value})
        found = Author.objects.filter(named)
        same = Q(author__in=found) | Q(author__merged_into__in=found)
        return stories.filter(pk__in=ArticleByline.objects.filter(same).values("page"))

    def by_printed(self, stories: QuerySet, name: str, value: str) -> QuerySet:
        return stories.filter(print_date=localdate() if value == TODAY else None)
