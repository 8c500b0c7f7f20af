"""The report of stories that wait for filing, in Wagtail's admin."""

from abc import abstractmethod
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.stories.models import ArticlePage
from archive.stories.querysets import UNLISTED
from archive.stories.story_list.filters import publication_filter
from archive.stories.unfiled import LACKS, lacking, lacks_of, waiting
from archive.text.punctuation import joined
from archive.text.spreadsheets import GuardedExportMixin

REPORT = "archive_unfiled:report"


def form_address(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def lacks_text(page: Any) -> str:
    """ "headline, print date": what the story lacks."""
    return joined(LACKS[name] for name in lacks_of(page))


PRINT_DATE = Column(
    "print_date",
    label=_("Print date"),
    accessor="display_print_date",
    sort_key="print_date",
    classname="archive-nowrap",
)


class UnfiledFilterSet(WagtailFilterSet):
    lacks = django_filters.ChoiceFilter(
        choices=[(name, label) for name, label in LACKS.items()],
        method="by_lack",
        label=_("Lacks"),
        empty_label=_("All"),
    )
    publication = publication_filter()

    class Meta:
        model = ArticlePage
        fields: list[str] = []

    def by_lack(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(lacking(value))


class StoryReportView(GuardedExportMixin, ReportView):
    """Stories that the person may change, of those that wait for something."""

    model = ArticlePage
    permission_policy = PagePermissionPolicy()
    any_permission_required = ["change"]
    is_searchable = False

    @abstractmethod
    def waiting(self) -> QuerySet[ArticlePage]:
        """All of them, with what the columns show."""

    def get_queryset(self) -> Any:
        # The policy of all pages: that of one model finds no right of a group on Wagtail 7.
        editable = self.permission_policy.instances_user_has_permission_for(
            self.request.user, "change"
        )
        found = self.waiting().filter(pk__in=editable.order_by().values("pk"))
        self.queryset = found.defer(*UNLISTED)
        return super().get_queryset()


class StoriesWithoutPlace(StoryReportView):
    page_title = _("Waiting for filing")
    header_icon = "folder-open-inverse"
    index_url_name = REPORT
    index_results_url_name = "archive_unfiled:report_results"
    default_ordering = "-latest_revision_created_at"
    filterset_class = UnfiledFilterSet
    list_export = ["title", "publication", "print_date"]
    export_headings = {
        "title": _("Story"),
        "publication": _("Publication"),
        "print_date": _("Print date"),
    }
    columns = [
        TitleColumn("title", label=_("Story"), get_url=form_address, width="45%"),
        Column("lacks", label=_("Lacks"), accessor=lacks_text),
        Column("publication", label=_("Publication"), accessor="publication"),
        PRINT_DATE,
    ]

    def waiting(self) -> QuerySet[ArticlePage]:
        return waiting().select_related("publication")


urlpatterns = [
    path("", StoriesWithoutPlace.as_view(), name="report"),
    path("results/", StoriesWithoutPlace.as_view(results_only=True), name="report_results"),
]

admin_urls = [path("unfiled/", include((urlpatterns, "archive_unfiled")))]
