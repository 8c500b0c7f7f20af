"""Translations in Wagtail's admin: listing, form, history, workflow, all Wagtail's own."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from archive.desk.edit_views import TranslationEditView
from archive.desk.models import Translation
from archive.desk.policies import policy
from archive.pages.states import TranslationState
from archive.text.language import LABELS


class TranslationFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        field_name="article__translation_state", choices=TranslationState.choices, label=_("State")
    )
    language = django_filters.ChoiceFilter(choices=list(LABELS.items()), label=_("Into"))
    q = django_filters.CharFilter(method="find", label=_("Headline"))

    class Meta:
        model = Translation
        fields = ["state", "language", "q"]

    def find(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(
            Q(article__title__icontains=value)
            | Q(segments__key="headline", segments__target__icontains=value)
        ).distinct()


class TranslationIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet:
        return Translation.objects.listed()

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset if not self.ordering else super().order_queryset(queryset)


class TranslationViewSet(SnippetViewSet):
    model = Translation
    icon = "globe"
    menu_label = _("Translations")
    menu_order = 150
    add_to_admin_menu = True
    index_view_class = TranslationIndexView
    edit_view_class = TranslationEditView
    filterset_class = TranslationFilterSet
    permission_policy = policy
    list_per_page = 50
    copy_view_enabled = False
    list_display = [
        "article",
        Column("get_language_display", label=_("Into")),
        Column("article.get_translation_state_display", label=_("State")),
        Column("article.display_print_date", label=_("Print date"), classname="archive-nowrap"),
        Column(
            "article.print_page",
            label=pgettext_lazy("of a newspaper", "Page"),
            classname="archive-roomy",
        ),
        DateColumn("latest_revision.created_at", label=_("Last saved"), classname="archive-roomy"),
    ]
