"""The second list of the desk: texts outside the stories that lack a language."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from archive.desk.policies import policy
from archive.desk.queue.exports import Cells, SafeExportMixin
from archive.desk.queue.filters import Tab, link
from archive.desk.queue.other_texts import BY_KIND, SOURCES, OtherText, counts, missing_texts, texts
from archive.text.language import LABELS, LANGUAGES, other

PAGE_SIZE = 50

CELLS: Cells = {
    "kind": (_("Kind"), lambda text: str(text.source.label)),
    "of": (_("Part of"), lambda text: str(text.thing)),
    "words": (_("Text"), lambda text: text.words),
    "language": (_("Missing in"), lambda text: text.language_label),
    "uses": (_("Public pages"), lambda text: text.uses),
    "address": (_("Address"), lambda text: text.edit_url),
}


class TextColumn(Column):
    cell_template_name = "archive/admin/queue/text_cell.html"

    def get_value(self, instance: OtherText) -> str:
        return instance.words


class UsesColumn(Column):
    cell_template_name = "archive/admin/queue/uses_cell.html"


class OtherTextsView(
    SafeExportMixin, SpreadsheetExportMixin, PermissionCheckedMixin, BaseListingView
):
    """Ranked by how many public pages show a text; filtered by kind and language."""

    permission_policy = policy
    any_permission_required = ["add", "change", "delete", "view"]
    page_title = _("Other texts")
    header_icon = "globe"
    template_name = "archive/admin/queue/other_list.html"
    results_template_name = "archive/admin/queue/other_results.html"
    index_url_name = "archive_translation:other_texts"
    index_results_url_name = "archive_translation:other_texts_results"
    paginate_by = PAGE_SIZE
    export_cells = CELLS
    export_filename = "other-texts"
    columns = [
        TextColumn("words", label=_("Text")),
        Column("kind", label=_("Kind"), accessor="source.label", width="18%"),
        Column("language", label=_("Missing in"), accessor="language_label", width="12%"),
        UsesColumn("uses", label=_("Where readers see it"), classname="archive-roomy", width="30%"),
    ]

    @property
    def no_results_message(self) -> Any:
        return _("All texts outside the stories are in both languages.")

    @cached_property
    def kind(self) -> str:
        kind = self.request.GET.get("kind", "")
        return kind if kind in BY_KIND else ""

    @cached_property
    def language(self) -> str:
        language = self.request.GET.get("language", "")
        return language if language in LANGUAGES else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        first = {
            "url": reverse("wagtailsnippets_archive_translation:list"),
            "label": _("Translations"),
        }
        return [*self.breadcrumbs_items, first, {"url": "", "label": self.get_page_title()}]

    def get_queryset(self) -> QuerySet:
        return missing_texts(self.kind, self.language)

    def paginate_queryset(self, queryset: QuerySet, page_size: int) -> Any:
        paginator, page, rows, has_others = super().paginate_queryset(queryset, page_size)
        page.object_list = texts(rows, self.request)
        return paginator, page, page.object_list, has_others

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        if self.is_export:
            return {"rows": texts(self.object_list, self.request)}
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        found = counts()
        return {**context, "tabs": self._kinds(found), "shortcuts": self._languages(found)}

    def render_to_response(self, context: Any, **kwargs: Any) -> HttpResponse:
        if self.is_export:
            return self.as_spreadsheet(context["rows"], self.request.GET.get("export"))
        return super().render_to_response(context, **kwargs)

    def _kinds(self, found: Any) -> list[Tab]:
        """Each kind that lacks something, counted in the chosen language."""
        languages = [self.language] if self.language else LANGUAGES
        of_kind = {s.kind: sum(found[s.kind, one] for one in languages) for s in SOURCES}
        params = self.request.GET
        return [
            Tab(_("All"), sum(of_kind.values()), link(params, ("kind",)), not self.kind),
            *(
                Tab(
                    source.label,
                    of_kind[source.kind],
                    link(params, ("kind",), kind=source.kind),
                    self.kind == source.kind,
                )
                for source in SOURCES
                if of_kind[source.kind] or self.kind == source.kind
            ),
        ]

    def _languages(self, found: Any) -> list[Tab]:
        """The two directions, counted in the chosen kind; the current one is taken away again."""
        kinds = [self.kind] if self.kind else list(BY_KIND)
        return [
            Tab(
                f"{LABELS[other(one)]} → {LABELS[one]}",
                sum(found[kind, one] for kind in kinds),
                link(
                    self.request.GET,
                    ("language",),
                    **({} if self.language == one else {"language": one}),
                ),
                self.language == one,
            )
            for one in LANGUAGES
        ]


other_texts = OtherTextsView.as_view()
other_texts_results = OtherTextsView.as_view(results_only=True)
