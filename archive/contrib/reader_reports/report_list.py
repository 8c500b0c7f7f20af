"""The list of readers' reports: query, filters, columns, counts, the number in the menu."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.snippets.views.snippets import IndexView

from archive.caches import forgiving
from archive.contrib.reader_reports.models import ReaderReport
from archive.contrib.reader_reports.policies import report_policy
from archive.desk.policies import name_of
from archive.desk.queue.filters import Tab, TabbedFilterSet, link, state_counts
from archive.desk.queue.panels import SECONDS, CountedMenuItem
from archive.stories.querysets import UNLISTED
from archive.stories.story_list.filters import radio_filter
from archive.text.language import LABELS

SOURCE, TRANSLATION = "source", "translation"
_KEY = "archive-desk-reports-{}"


def reports_of(user: Any) -> QuerySet:
    """Those that the user may handle, without the stories' bodies."""
    found = report_policy.instances_user_has_any_permission_for(user, {"change"})
    found = found.select_related("article", "handled_by").order_by("-created_at", "-pk")
    return found.defer(*(f"article__{name}" for name in UNLISTED))


def search(words: str) -> Q:
    """In what readers say, in the paragraph, and in the story's title."""
    words = words.replace("\x00", "").strip()
    if not words:
        return Q()
    columns = ("text", "source_text", "target_text", "article__title")
    return reduce(or_, (Q((f"{column}__icontains", words)) for column in columns))


def text_label(report: ReaderReport) -> str:
    """Which text is said to be wrong: “中文, translation”."""
    which = _("original") if report.is_about_source else _("translation")
    return _("%(language)s, %(which)s") % {"language": LABELS[report.language], "which": which}


class ReportFilterSet(TabbedFilterSet):
    kind = radio_filter(ReaderReport.Kind.choices, gettext_lazy("Kind"))
    language = radio_filter(list(LABELS.items()), gettext_lazy("Language of the text"))
    which = radio_filter(
        [(TRANSLATION, gettext_lazy("Translation")), (SOURCE, gettext_lazy("Original"))],
        gettext_lazy("Which text"),
        method="by_which",
    )
    state = radio_filter(ReaderReport.State.choices, gettext_lazy("State"))

    class Meta:
        model = ReaderReport
        fields: list[str] = []

    def by_which(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(is_about_source=value == SOURCE)


class ReportColumn(TitleColumn):
    """What the reader says, and of which story."""

    cell_template_name = "archive_reader_reports/admin/report_cell.html"

    def get_value(self, instance: ReaderReport) -> str:
        return instance.text or instance.get_kind_display()


class TimesColumn(DateColumn):
    cell_template_name = "archive_reader_reports/admin/date_cell.html"


COLUMNS = [
    Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display", sort_key="kind"),
    Column("language", label=gettext_lazy("Which text"), accessor=text_label, sort_key="language"),
    TimesColumn("created_at", label=gettext_lazy("Reported"), sort_key="created_at"),
    Column("state", label=gettext_lazy("State"), accessor="get_state_display", sort_key="state"),
    Column(
        "handled_by", label=gettext_lazy("Handled by"), accessor=lambda one: name_of(one.handled_by)
    ),
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
        if not (self.filters and self.filters.is_valid()):
            return context
        found = report_policy.instances_user_has_any_permission_for(self.request.user, {"change"})
        counts = state_counts(self.filters, found, search(self.search_query))
        current, params = self.filters.form.cleaned_data["state"], self.request.GET
        tabs = [
            Tab(
                label,
                counts.get(state, 0),
                link(params, ("state",), state=state),
                is_current=current == state,
                is_pressing=state == ReaderReport.State.OPEN and counts.get(state, 0) > 0,
            )
            for state, label in ReaderReport.State.choices
        ]
        every = link(params, ("state",))
        tabs.append(Tab(_("All"), sum(counts.values()), every, is_current=not current))
        return {**context, "tabs": tabs}


def open_count(user: Any) -> int:
    """How many open reports the user may handle; asked at most once a minute."""
    if not report_policy.user_has_permission(user, "change"):
        return 0

    def count() -> int:
        found = report_policy.instances_user_has_any_permission_for(user, {"change"})
        return found.filter(state=ReaderReport.State.OPEN).order_by().count()

    return forgiving().get_or_set(_KEY.format(user.pk), count, SECONDS) or 0


def forget_count(user: Any) -> None:
    """Count anew for whoever has just settled some."""
    forgiving().delete(_KEY.format(user.pk))


class ReportsMenuItem(CountedMenuItem):
    def count_for(self, user: Any) -> int:
        return open_count(user)

    def words_for(self, count: int) -> str:
        return ngettext("%(count)d open report", "%(count)d open reports", count)
