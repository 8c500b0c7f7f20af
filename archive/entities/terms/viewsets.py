"""The list of terms in Wagtail's admin, their form, and tables of them in and out."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, IndexView

from archive.entities.panels import bilingual
from archive.entities.terms.models import COLUMNS, GlossaryTerm
from archive.entities.terms.policies import term_policy
from archive.text.language import LABELS, LANGUAGES, column, columns, supported
from archive.text.spreadsheets import GuardedExportMixin
from archive.wagtail_admin import (
    NAMES_MENU,
    ArchiveSnippetViewSet,
    RowEditView,
    action_buttons,
    name_beside,
)


class TermFilterSet(WagtailFilterSet):
    part_of_speech = django_filters.ChoiceFilter(
        label=_("Part of speech"), choices=GlossaryTerm.PartOfSpeech.choices
    )

    class Meta:
        model = GlossaryTerm
        fields = ["part_of_speech"]


class TermIndexView(GuardedExportMixin, IndexView):
    is_searchable = True

    @property
    def language(self) -> str:
        return supported(get_language())

    def get_base_queryset(self) -> QuerySet:
        first = column("term", self.language)
        return GlossaryTerm.objects.select_related("author").order_by(first, "pk")

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """In both languages: search engines cut Chinese into pieces, and the list is short."""
        found = Q()
        for name in columns("term", "variants", "forbidden", "definition"):
            found |= Q(**{f"{name}__icontains": self.search_query.strip()})
        return queryset.filter(found)

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Column:
        title = super()._get_title_column(*args, **kwargs)
        title.label = LABELS[self.language]
        title.sort_key = column("term", self.language)
        title.accessor = lambda term: term.term_in(self.language)
        return title

    def get_edit_url(self, instance: GlossaryTerm) -> str | None:
        if not self.user_has_permission_for_instance("change", instance):
            return None
        return reverse(self.edit_url_name, args=[instance.pk])

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *action_buttons("terms", self.request.user)]


class TermCreateView(CreateView):
    def save_instance(self) -> GlossaryTerm:
        self.form.instance.author = self.request.user
        term: GlossaryTerm = super().save_instance()
        return term


class TermEditView(RowEditView):
    def user_has_permission(self, permission: str) -> bool:
        """Of this term: see `TermPolicy`."""
        return bool(self.user_has_permission_for_instance(permission, self.object))


class GlossaryTermViewSet(ArchiveSnippetViewSet):
    model = GlossaryTerm
    icon = "list-ul"
    menu_hook = NAMES_MENU
    menu_label = pgettext_lazy("glossary", "Terms")
    menu_name = "terms"
    menu_order = 152
    index_view_class = TermIndexView
    add_view_class = TermCreateView
    edit_view_class = TermEditView
    permission_policy = term_policy
    filterset_class = TermFilterSet
    list_per_page = 50
    list_display = [
        "__str__",
        Column(
            "beside",
            label=_("Other language"),
            accessor=lambda term: name_beside(term, "term"),
        ),
        Column(
            "part_of_speech",
            label=_("Part of speech"),
            accessor="get_part_of_speech_display",
            sort_key="part_of_speech",
            classname="archive-roomy",
        ),
        Column(
            "definition",
            label=_("Definition"),
            accessor=lambda term: next(filter(None, map(term.definition_in, _reading())), "–"),
            classname="archive-roomy",
        ),
        Column(
            "author",
            label=_("Added by"),
            accessor=lambda term: get_user_display_name(term.author),
            classname="archive-roomy",
        ),
        DateColumn("updated_at", label=_("Changed"), sort_key="updated_at"),
    ]
    list_export = list(COLUMNS)
    export_headings = COLUMNS
    export_filename = "terms"
    edit_handler = ObjectList(
        [
            bilingual("term", pgettext_lazy("glossary", "Term"), FieldPanel("part_of_speech")),
            bilingual("definition", _("Definition"), FieldPanel("note")),
            bilingual("variants", _("Other allowed forms")),
            bilingual("forbidden", _("Forbidden forms")),
        ]
    )

    def register_chooser_viewset(self) -> None:
        """Nothing refers to a term."""


def _reading() -> tuple[str, ...]:
    """The languages, the reader's first."""
    language = supported(get_language())
    return language, *(one for one in LANGUAGES if one != language)
