"""The list of readers' reports: query, filters, columns, counts, the number in the menu."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.snippets.views.snippets import IndexView

from archive.desk.corrections.policies import policy
from archive.desk.models import ReaderReport
from archive.desk.people import name_of
from archive.desk.queue.filters import Tab, link
from archive.desk.queue.panels import MOST, SECONDS
from archive.stories.querysets import UNLISTED
from archive.text.language import LABELS

SOURCE, TRANSLATION = "source", "translation"


def reports_of(user: Any) -> QuerySet:
    """Those that the user may handle, without the stories' bodies."""
    found = policy.instances_user_has_any_permission_for(user, {"change"})
    return (
        found.select_related("article", "handled_by")
        .defer(*(f"article__{name}" for name in UNLISTED))
        .order_by("-created_at", "-pk")
    )


def search(words: str) -> Q:
    """In what readers say, in the paragraph, and in the story's title."""
    words = words.replace("\x00", "").strip()
    if not words:
        return Q()
    columns = ("text", "source_text", "target_text", "article__title")
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": words})
    return found


def text_label(report: ReaderReport) -> str:
    """Which text is said to be wrong: “中文, translation”."""
    which = _("original") if report.is_about_source else _("translation")
    label = LABELS[report.language]
    return _("%(language)s, %(which)s") % {"language": label, "which": which}


class ReportFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(
        choices=ReaderReport.Kind.choices,
        label=gettext_lazy("Kind"),
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )
    language = django_filters.ChoiceFilter(
        choices=list(LABELS.items()),
        label=gettext_lazy("Language of the text"),
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )
    which = django_filters.ChoiceFilter(
        choices=[
            (TRANSLATION, gettext_lazy("Translation")),
            (SOURCE, gettext_lazy("Original")),
        ],
        method="by_which",
        label=gettext_lazy("Which text"),
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )
    state = django_filters.ChoiceFilter(
        choices=ReaderReport.State.choices,
        label=gettext_lazy("State"),
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = ReaderReport
        fields: list[str] = []

    def by_which(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(is_about_source=value == SOURCE)

    def but_state(self, queryset: QuerySet) -> QuerySet:
        """As the form says, in whichever state."""
        for name, value in self.form.cleaned_data.items():
            if name != "state":
                queryset = self.filters[name].filter(queryset, value)
        return queryset


class ReportColumn(TitleColumn):
    """What the reader says, and of which story."""

    cell_template_name = "archive/admin/reports/report_cell.html"

    def get_value(self, instance: ReaderReport) -> str:
        return instance.text or instance.get_kind_display()


class TimesColumn(DateColumn):
    cell_template_name = "archive/admin/reports/date_cell.html"


def handler(report: ReaderReport) -> str:
    return name_of(report.handled_by)


COLUMNS = [
    Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display", sort_key="kind"),
    Column("language", label=gettext_lazy("Which text"), accessor=text_label, sort_key="language"),
    TimesColumn("created_at", label=gettext_lazy("Reported"), sort_key="created_at"),
    Column("state", label=gettext_lazy("State"), accessor="get_state_display", sort_key="state"),
    Column("handled_by", label=gettext_lazy("Handled by"), accessor=handler),
]


class ReportListView(IndexView):
    """Those that the user may handle; tabs count each state under the other filters."""

    is_searchable = True

    def get_base_queryset(self) -> QuerySet:
        return reports_of(self.request.user)

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.filter(search(self.search_query))

    def _get_title_column(self, field_name: str, column_class: Any = None, **kwargs: Any) -> Any:
        column = super()._get_title_column(field_name, column_class=ReportColumn, **kwargs)
        column.label, column.sort_key = _("Report"), None
        return column

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "tabs": self.state_tabs}

    @cached_property
    def state_tabs(self) -> list[Tab]:
        if not (self.filters and self.filters.is_valid()):
            return []
        found = policy.instances_user_has_any_permission_for(self.request.user, {"change"})
        found = self.filters.but_state(found).filter(search(self.search_query))
        counts: Mapping[str, int] = dict(
            found.order_by().values_list("state").annotate(Count("pk"))
        )
        return state_tabs(self.request, counts, self.filters.form.cleaned_data["state"])


def state_tabs(request: HttpRequest, counts: Mapping[str, int], current: str) -> list[Tab]:
    params = request.GET
    tabs = [
        Tab(
            label,
            counts.get(state, 0),
            link(params, ("state",), state=state),
            current == state,
            state == ReaderReport.State.OPEN and counts.get(state, 0) > 0,
        )
        for state, label in ReaderReport.State.choices
    ]
    return [*tabs, Tab(_("All"), sum(counts.values()), link(params, ("state",)), not current)]


def open_count(user: Any) -> int:
    """How many open reports the user may handle; asked at most once a minute."""
    if not policy.user_has_permission(user, "change"):
        return 0
    return cache.get_or_set(_key(user.pk), lambda: _count(user), SECONDS) or 0


def _count(user: Any) -> int:
    found = policy.instances_user_has_any_permission_for(user, {"change"})
    return found.filter(state=ReaderReport.State.OPEN).order_by().count()


def forget_count(user: Any) -> None:
    """Count anew for whoever has just settled some."""
    cache.delete(_key(user.pk))


def _key(user_id: int) -> str:
    return f"archive-desk-reports-{user_id}"


class ReportsMenuItem(MenuItem):
    """The number is an attribute that `queue.css` shows; the words of it are the link's title."""

    def render_component(self, request: Any) -> Any:
        component = super().render_component(request)
        if count := open_count(request.user):
            words = ngettext("%(count)d open report", "%(count)d open reports", count)
            component.attrs = {
                **component.attrs,
                "data-archive-count": str(count) if count <= MOST else f"{MOST}+",
                "title": words % {"count": count},
            }
        return component
