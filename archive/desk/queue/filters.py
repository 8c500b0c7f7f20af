"""The queue's filters, and the links with counts above its list."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Count, F, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from archive.base_page import Page
from archive.desk.models import Segment, Translation, Urgency
from archive.desk.policies import name_of, translators
from archive.desk.queue.ranking import OPEN, WEEK
from archive.stories.marks import TranslationState
from archive.stories.models import ArticlePage
from archive.stories.story_list.filters import publication_filter, radio_filter, section_filter
from archive.text.language import LABELS, other

ME, NOBODY = "me", "nobody"
OVERDUE, TODAY, THIS_WEEK, NONE = "overdue", "today", "week", "none"
PENDING = "pending"
UNFINISHED, DRAFTS, CONFIRMED, REVIEWED = "unfinished", "drafts", "confirmed", "reviewed"
# A word in more translated headlines than these is no search.
MOST_FOUND = 1000

IS_OPEN = Q(state__in=OPEN) | Q(correction_since__isnull=False)
# In review, somebody else is at it.
WAITS_FOR_TRANSLATOR = IS_OPEN & ~Q(state=TranslationState.IN_REVIEW)


def pairs() -> list[tuple[str, str]]:
    """From which language into which, by the target's code."""
    return [(code, f"{LABELS[other(code)]} → {label}") for code, label in LABELS.items()]


def people() -> list[tuple[str, Any]]:
    named = [(str(person.pk), name_of(person)) for person in translators()]
    return [(ME, _("Me")), (NOBODY, _("Unassigned")), *named]


def due(value: str) -> Q:
    """Which rows a choice of the due filter means, today."""
    today = timezone.localdate()
    return {
        OVERDUE: IS_OPEN & Q(due_date__lt=today),
        TODAY: Q(due_date=today),
        THIS_WEEK: Q(due_date__gte=today, due_date__lte=today + WEEK),
        NONE: Q(due_date=None),
    }[value]


def how_far(value: str) -> Q:
    """Which rows a choice of the filter by segments means."""
    return {
        UNFINISHED: Q(done_count__lt=F("segment_count")),
        DRAFTS: Q(draft_count__gt=0),
        CONFIRMED: Q(done_count=F("segment_count"), segment_count__gt=0),
        REVIEWED: Q(reviewed_count=F("segment_count"), segment_count__gt=0),
    }[value]


def assigned(value: str, user: Any) -> Q:
    if value == NOBODY:
        # As the dashboard offers them: what is done waits for nobody.
        return WAITS_FOR_TRANSLATOR & Q(assignee=None)
    return Q(assignee=user.pk if value == ME else value)


def search(words: str) -> Q:
    """Stories by either language's headline; asks once, for all the counts that rest on it."""
    if not words:
        return Q()
    translated = Segment.objects.filter(key="headline", target__icontains=words).order_by()
    titled = Page.objects.filter(title__icontains=words).order_by()
    found = list(translated.values_list("translation", flat=True)[:MOST_FOUND])
    return Q(article__in=titled.values("pk")) | Q(pk__in=found)


class TabbedFilterSet(WagtailFilterSet):
    """For a list with tabs that count what the other filters find."""

    def filter_queryset(self, queryset: QuerySet, leave_out: Collection[str] = ()) -> QuerySet:
        """As the form says; `leave_out` names filters that don't count this time."""
        for name, value in self.form.cleaned_data.items():
            if name not in leave_out:
                queryset = self.filters[name].filter(queryset, value)
        return queryset


class QueueFilterSet(TabbedFilterSet):
    state = radio_filter(TranslationState.choices, _("State"))
    language = radio_filter(pairs, _("Languages"))
    assignee = django_filters.ChoiceFilter(
        choices=people, method="of_person", label=_("Assigned to"), empty_label=_("All")
    )
    segments = radio_filter(
        [
            (UNFINISHED, _("Unfinished")),
            (DRAFTS, _("With drafts")),
            (CONFIRMED, _("All confirmed")),
            (REVIEWED, _("All reviewed")),
        ],
        _("Segments"),
        method="by_segments",
    )
    urgency = radio_filter(Urgency.choices, _("Priority"))
    due = radio_filter(
        [
            (OVERDUE, _("Overdue")),
            (TODAY, _("Today")),
            (THIS_WEEK, _("Within a week")),
            (NONE, _("No due date")),
        ],
        _("Due date"),
        method="by_due_date",
    )
    correction = radio_filter([(PENDING, _("Missing"))], _("Correction"), method="by_correction")
    print_date = django_filters.DateFromToRangeFilter(
        method="by_print_date", label=_("Print date"), widget=DateRangePickerWidget
    )
    publication = publication_filter(method="of_story")
    section = section_filter(method="of_story")

    class Meta:
        model = Translation
        fields: list[str] = []

    def of_person(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(assigned(value, self.request.user))

    def by_segments(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(how_far(value))

    def by_due_date(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(due(value))

    def by_correction(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(correction_since__isnull=False)

    def of_story(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        return queryset.filter(article__in=_stories(**{name: value.pk}))

    def by_print_date(self, queryset: QuerySet, name: str, value: slice) -> QuerySet:
        limits = {"print_date__gte": value.start, "print_date__lte": value.stop}
        days = {name: moment.date() for name, moment in limits.items() if moment}
        return queryset.filter(article__in=_stories(**days))


def _stories(**facts: Any) -> QuerySet:
    # Found in an index alone: the stories' long rows aren't read.
    return ArticlePage.objects.filter(**facts).order_by().values("pk")


# Parameters that say how the list is shown, not what is in it.
NOT_FILTERS = ("p", "export", "_w_filter_fragment")
LOOKED_FOR = ("assignee", "due", "correction")


@dataclass(frozen=True)
class Tab:
    label: Any
    count: int
    query: str
    is_current: bool = False
    is_pressing: bool = False


def link(params: QueryDict, drop: tuple[str, ...], **values: str) -> str:
    """The query string with other values of the dropped filters, from the first page on."""
    query = params.copy()
    for name in (*NOT_FILTERS, *drop):
        query.pop(name, None)
    for name, value in values.items():
        query[name] = value
    return f"?{query.urlencode()}"


def tab(params: QueryDict, name: str, value: str, label: Any, count: int, current: str) -> Tab:
    """A link that sets a filter, or with "" takes it away."""
    values = {name: value} if value else {}
    return Tab(label, count, link(params, (name,), **values), current == value)


def state_tabs(filters: QueueFilterSet, counts: Mapping[str, int]) -> list[Tab]:
    """All, and each state, with its number of translations."""
    params, current = filters.request.GET, filters.form.cleaned_data.get("state", "")
    # One in progress may have segments whose source changed, too; it is among those.
    labels = {
        **dict(TranslationState.choices),
        TranslationState.SOURCE_CHANGED: _("Published, source changed"),
    }
    choices = [
        ("", _("All"), sum(counts.values())),
        *((state, label, counts.get(state, 0)) for state, label in labels.items()),
    ]
    return [tab(params, "state", *choice, current) for choice in choices]


def state_counts(filters: TabbedFilterSet, base: QuerySet, words: Q) -> Mapping[str, int]:
    """How many rows are in each state, under the other filters: one query."""
    found = filters.filter_queryset(base, leave_out={"state"}).filter(words)
    return dict(found.order_by().values_list("state").annotate(Count("pk")))


def shortcuts(filters: QueueFilterSet, base: QuerySet, words: Q) -> list[Tab]:
    """Mine, nobody's, overdue, corrections: each with the number that its list has; one query."""
    user, params = filters.request.user, filters.request.GET
    wanted: list[tuple[Any, str, str, Q]] = [
        (_("Mine"), "assignee", ME, assigned(ME, user)),
        (_("Unassigned"), "assignee", NOBODY, assigned(NOBODY, user)),
        (_("Overdue"), "due", OVERDUE, due(OVERDUE)),
        (_("Correction missing"), "correction", PENDING, Q(correction_since__isnull=False)),
    ]
    found = filters.filter_queryset(base, leave_out=LOOKED_FOR).filter(words).order_by()
    numbers = {value: Count("pk", filter=rows) for _label, _name, value, rows in wanted}
    counts = found.aggregate(**numbers)
    chosen = filters.form.cleaned_data
    return [
        Tab(
            label,
            counts[value],
            link(params, LOOKED_FOR, **({} if chosen.get(name) == value else {name: value})),
            is_current=chosen.get(name) == value,
            is_pressing=name != "assignee" and counts[value] > 0,
        )
        for label, name, value, _condition in wanted
    ]
