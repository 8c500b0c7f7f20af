"""The list of names in Wagtail's admin, and what it can be narrowed down by."""

from collections import OrderedDict
from typing import Any

import django_filters
from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property, lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import HistoryView, IndexView

from archive.entities.choosers import EntityChooserViewSet, other_names
from archive.entities.countries import country_name
from archive.entities.csv_files import EXPORT_COLUMNS, export_values
from archive.entities.models import Entity
from archive.entities.panels import entity_edit_handler
from archive.entities.querysets import EntityQuerySet
from archive.entities.views import (
    MAY_IMPORT,
    EntityCreateView,
    ImportNamesView,
    export_table,
)
from archive.journal.history import JournalHistoryMixin
from archive.text.language import LABELS, LANGUAGES, column, language_name, supported
from archive.text.spreadsheets import GuardedExportMixin
from archive.wagtail_admin import (
    NAMES_MENU,
    ArchiveSnippetViewSet,
    RowEditView,
    YesNoColumn,
    action_buttons,
    name_beside,
)


def countries_in_use() -> list[tuple[str, str]]:
    codes = Entity.objects.exclude(country="").order_by().values_list("country", flat=True)
    return sorted(((code, country_name(code)) for code in codes.distinct()), key=lambda c: c[1])


def _lacking(code: str) -> Any:
    return format_lazy(_("Without a name in {language}"), language=lazy(language_name, str)(code))


class EntityFilterSet(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=Entity.Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    country = django_filters.ChoiceFilter(label=_("Country or territory"), choices=countries_in_use)
    verified = django_filters.BooleanFilter(label=pgettext_lazy("names", "Verified"))
    is_published = django_filters.BooleanFilter(label=pgettext_lazy("name", "Published"))
    untranslated = django_filters.ChoiceFilter(
        label=_("Missing names"),
        choices=[
            *((code, _lacking(code)) for code in reversed(LANGUAGES)),
            ("yes", _("In one of the languages")),
        ],
        method="filter_untranslated",
    )
    located = django_filters.ChoiceFilter(
        label=pgettext_lazy("names", "Coordinates"),
        choices=[("no", _("Places without coordinates")), ("yes", _("With coordinates"))],
        method="filter_located",
    )
    used = django_filters.ChoiceFilter(
        label=pgettext_lazy("names", "Use"),
        choices=[("no", _("Unused")), ("yes", _("Used"))],
        method="filter_used",
    )

    class Meta:
        model = Entity
        fields = ["kind", "country", "verified", "is_published"]

    def filter_untranslated(
        self, queryset: EntityQuerySet, name: str, value: Any
    ) -> EntityQuerySet:
        return queryset.untranslated(*([] if value == "yes" else [value]))

    def filter_located(self, queryset: EntityQuerySet, name: str, value: Any) -> EntityQuerySet:
        if value == "yes":
            return queryset.filter(latitude__isnull=False)
        return queryset.places().filter(latitude__isnull=True)

    def filter_used(self, queryset: EntityQuerySet, name: str, value: Any) -> EntityQuerySet:
        return queryset.orphans() if value == "no" else queryset.used()


# The namespace of the addresses.
ADMIN = "wagtailsnippets_archive_entity"
MAY_MERGE = "archive.merge_entity"


class EntityIndexView(GuardedExportMixin, IndexView):
    is_searchable = True

    @property
    def language(self) -> str:
        return supported(get_language())

    def get_base_queryset(self) -> EntityQuerySet:
        return Entity.objects.prefetch_related("names").with_usage_count()

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
        table = reverse(f"{ADMIN}:export_table")
        rows = [
            (_("Download for OpenRefine (TSV)"), f"{table}?format=openrefine", "download", 101),
            (_("Download for QuickStatements"), f"{table}?format=quickstatements", "download", 101),
        ]
        if self.request.user.has_perm("archive.change_entity"):
            rows.append((_("Possible duplicates"), reverse("archive_merging:doubles"), "tag", 90))
        if self.request.user.has_perms(MAY_IMPORT):
            rows.append((_("Import names"), reverse(f"{ADMIN}:import_names"), "upload", 105))
        return [
            *super().header_more_buttons,
            *action_buttons("names", self.request.user),
            *(
                Button(label, address, icon_name=icon, priority=priority)
                for label, address, icon, priority in rows
            ),
        ]

    def to_row_dict(self, item: Entity) -> OrderedDict[str, Any]:
        """A row that load_entities reads back."""
        return OrderedDict(export_values(item))


class EntityEditView(RowEditView):
    """Also leads to where an entry is merged or split; a merged one opens what is kept."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.object.merged_into_id and request.method == "GET":
            return redirect(f"{ADMIN}:edit", self.object.merged_into_id)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        if not self.request.user.has_perm(MAY_MERGE):
            return buttons
        merge = f"{reverse('archive_merging:merge')}?id={self.object.pk}"
        split = reverse("archive_merging:split", args=[self.object.pk])
        return [
            *buttons,
            Button(_("Merge with another name"), merge, icon_name="tag", priority=30),
            Button(pgettext_lazy("names", "Split"), split, icon_name="cut", priority=31),
        ]


class EntityHistoryView(JournalHistoryMixin, HistoryView):
    """Above the log, what was merged into the entry or split from it."""


class EntityViewSet(ArchiveSnippetViewSet):
    model = Entity
    icon = "tag"
    menu_label = _("List of names")
    menu_name = "list-of-names"
    menu_order = 100
    menu_hook = NAMES_MENU
    index_view_class = EntityIndexView
    edit_view_class = EntityEditView
    history_view_class = EntityHistoryView
    history_template_name = "archive/admin/journal/history.html"
    add_view_class = EntityCreateView
    chooser_viewset_class = EntityChooserViewSet
    filterset_class = EntityFilterSet
    list_per_page = 50
    list_display = [
        "__str__",
        Column("beside", label=_("Other language"), accessor=name_beside),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column(
            "country",
            label=_("Country or territory"),
            accessor="country_name",
            sort_key="country",
            classname="archive-roomy",
        ),
        Column("aliases", label=_("Other names"), accessor=other_names, classname="archive-roomy"),
        YesNoColumn(
            "verified",
            label=pgettext_lazy("names", "Verified"),
            sort_key="verified",
            classname="archive-roomy",
        ),
        YesNoColumn(
            "is_published",
            label=pgettext_lazy("name", "Published"),
            sort_key="is_published",
            classname="archive-roomy",
        ),
        # In how many stories, ties and texts an entry is used.
        TitleColumn(
            "usage_count",
            label=pgettext_lazy("of a name", "Usage"),
            sort_key="usage_count",
            get_url=lambda entity: reverse(f"{ADMIN}:usage", args=[entity.pk]),
        ),
    ]
    list_export = list(EXPORT_COLUMNS)
    export_headings = EXPORT_COLUMNS
    export_filename = "names"
    edit_handler = entity_edit_handler()

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("table/", export_table, name="export_table"),
            path("import/", ImportNamesView.as_view(), name="import_names"),
        ]
