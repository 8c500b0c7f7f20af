"""The list of ties in Wagtail's admin, and the menu that they share with the names."""

from typing import Any

import django_filters
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from archive.entities.viewsets import EntityViewSet
from archive.text.language import CHINESE, ENGLISH, column
from archive.ties.models import Tie
from archive.ties.panels import tie_edit_handler
from archive.ties.prefilling import TieCreateView
from archive.ties.querysets import TieQuerySet


class TieFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Tie.Kind.choices)
    status = django_filters.ChoiceFilter(label=_("Status"), choices=Tie.Status.choices)
    confidence = django_filters.ChoiceFilter(label=_("Confidence"), choices=Tie.Confidence.choices)

    class Meta:
        model = Tie
        fields = ["kind", "status", "confidence"]


class TieIndexView(IndexView):
    is_searchable = True

    def get_base_queryset(self) -> TieQuerySet:
        return Tie.objects.with_places().annotate(evidence_count=Count("evidence"))

    def search_queryset(self, queryset: TieQuerySet) -> TieQuerySet:
        return queryset.of_place_like(self.search_query)

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Column:
        title = super()._get_title_column(*args, **kwargs)
        title.label = _("Places")
        return title


class TieViewSet(SnippetViewSet):
    model = Tie
    icon = "link"
    index_view_class = TieIndexView
    add_view_class = TieCreateView
    filterset_class = TieFilterSet
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "pair",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("since", label=_("Since"), sort_key="since"),
        Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        Column("confidence", label=_("Confidence"), accessor="get_confidence_display"),
        Column("evidence_count", label=_("Evidence"), sort_key="evidence_count"),
    ]
    list_export = [
        "place_a.key",
        "place_b.key",
        "kind",
        "since",
        "until",
        "status",
        "confidence",
        column("description", ENGLISH),
        column("description", CHINESE),
    ]
    export_headings = {
        "place_a.key": "from_key",
        "place_b.key": "to_key",
        **{name: name for name in ("kind", "since", "until", "status", "confidence")},
        column("description", ENGLISH): "description_en",
        column("description", CHINESE): "description_zh",
    }
    export_filename = "ties"
    edit_handler = tie_edit_handler()


class NamesAndTiesGroup(SnippetViewSetGroup):
    items = (EntityViewSet, TieViewSet)
    menu_label = _("Names and ties")
    menu_icon = "tag"
    menu_name = "names-and-ties"
    menu_order = 160
