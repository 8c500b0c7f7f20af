"""The list of names in Wagtail's admin."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.models import ReferenceIndex
from wagtail.snippets.views.snippets import EditView, HistoryView, IndexView, SnippetViewSet

from archive.entities.choosers import EntityChooserViewSet, other_names
from archive.entities.csv_export import export_values
from archive.entities.csv_import import EXPORT_COLUMNS
from archive.entities.filters import EntityFilterSet
from archive.entities.import_views import ImportNamesView
from archive.entities.models import Entity
from archive.entities.panels import entity_edit_handler
from archive.entities.prefilling import EntityCreateView
from archive.entities.querysets import EntityQuerySet
from archive.entities.views import MAY_IMPORT, ImportGlossaryView, export_table, export_tbx
from archive.text.language import LABELS, column, other, supported

USAGE_URL_NAME = "wagtailsnippets_archive_entity:usage"
EXPORT_TBX = "wagtailsnippets_archive_entity:export_tbx"
MAY_MERGE = "archive.merge_entity"
EXPORT_TABLE = "wagtailsnippets_archive_entity:export_table"
IMPORT_NAMES = "wagtailsnippets_archive_entity:import_names"
IMPORT_GLOSSARY = "wagtailsnippets_archive_entity:import_glossary"


def beside(entity: Entity) -> str:
    """The name in the language that the admin isn't in, or a dash."""
    return entity.name_in(other(supported(get_language()))) or "–"


class UsageColumn(TitleColumn):
    """In how many stories, ties and texts an entry is used, linked to the list of them."""

    def __init__(self) -> None:
        super().__init__(
            "usage_count",
            label=pgettext_lazy("of a name", "Usage"),
            sort_key="usage_count",
            get_url=lambda entity: reverse(USAGE_URL_NAME, args=[entity.pk]),
        )


class EntityIndexView(IndexView):
    is_searchable = True

    @property
    def language(self) -> str:
        return supported(get_language())

    def get_base_queryset(self) -> EntityQuerySet:
        return Entity.objects.prefetch_related("names").annotate(
            usage_count=ReferenceIndex.usage_count_subquery(Entity)
        )

    def order_queryset(self, queryset: EntityQuerySet) -> EntityQuerySet:
        if not self.ordering:
            return queryset.in_reading_order(self.language)
        return super().order_queryset(queryset)

    def search_queryset(self, queryset: EntityQuerySet) -> EntityQuerySet:
        return queryset.named_like(self.search_query)

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Column:
        title = super()._get_title_column(*args, **kwargs)
        title.label = LABELS[self.language]
        title.sort_key = column("sort_key", self.language)
        return title

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        address = reverse(EXPORT_TBX)
        for label, query in (
            (_("Download TBX"), ""),
            (_("Download TBX for older tools"), "?edition=2008"),
        ):
            buttons.append(Button(label, address + query, icon_name="download", priority=100))
        address = reverse(EXPORT_TABLE)
        for label, name in (
            (_("Download for OpenRefine (TSV)"), "openrefine"),
            (_("Download for QuickStatements"), "quickstatements"),
        ):
            address_of = f"{address}?format={name}"
            buttons.append(Button(label, address_of, icon_name="download", priority=101))
        if self.request.user.has_perm("archive.change_entity"):
            address = reverse("archive_identity:doubles")
            buttons.append(Button(_("Probable doubles"), address, icon_name="tag", priority=90))
        if self.request.user.has_perms(MAY_IMPORT):
            address = reverse(IMPORT_NAMES)
            buttons.append(Button(_("Import names"), address, icon_name="upload", priority=105))
            address = reverse(IMPORT_GLOSSARY)
            buttons.append(
                Button(_("Import a glossary"), address, icon_name="upload", priority=110)
            )
        return buttons

    def to_row_dict(self, item: Entity) -> OrderedDict[str, Any]:
        """A row that load_entities reads back."""
        return OrderedDict(export_values(item))


class EntityEditView(EditView):
    """Also leads to where an entry is merged or split: that is the desk's."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        if not self.request.user.has_perm(MAY_MERGE):
            return buttons
        merge = f"{reverse('archive_identity:merge')}?id={self.object.pk}"
        split = reverse("archive_identity:split", args=[self.object.pk])
        return [
            *buttons,
            Button(_("Merge with another name"), merge, icon_name="tag", priority=30),
            Button(pgettext_lazy("names", "Split"), split, icon_name="cut", priority=31),
        ]


class EntityHistoryView(HistoryView):
    """Above the log, what was merged into the entry or split from it."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        changes = self.object.identity_changes.select_related("made_by").defer("entries")
        may_merge = self.request.user.has_perm(MAY_MERGE)
        return {**context, "identity_changes": changes[:50], "may_merge": may_merge}


class EntityViewSet(SnippetViewSet):
    model = Entity
    icon = "tag"
    menu_label = _("List of names")
    index_view_class = EntityIndexView
    edit_view_class = EntityEditView
    history_view_class = EntityHistoryView
    history_template_name = "archive/admin/identity/history.html"
    add_view_class = EntityCreateView
    chooser_viewset_class = EntityChooserViewSet
    filterset_class = EntityFilterSet
    # A copy would be a second entry for the same thing.
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "__str__",
        Column("beside", label=_("Other language"), accessor=beside),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column(
            "country",
            label=_("Country or territory"),
            accessor="country_name",
            sort_key="country",
            classname="archive-roomy",
        ),
        Column("aliases", label=_("Other names"), accessor=other_names, classname="archive-roomy"),
        BooleanColumn(
            "verified",
            label=pgettext_lazy("names", "Verified"),
            sort_key="verified",
            classname="archive-roomy",
        ),
        UsageColumn(),
    ]
    list_export = list(EXPORT_COLUMNS)
    export_headings = EXPORT_COLUMNS
    export_filename = "names"
    edit_handler = entity_edit_handler()

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("tbx/", export_tbx, name="export_tbx"),
            path("table/", export_table, name="export_table"),
            path("import/", ImportNamesView.as_view(), name="import_names"),
            path("import-glossary/", ImportGlossaryView.as_view(), name="import_glossary"),
        ]
