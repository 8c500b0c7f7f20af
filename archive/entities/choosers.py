"""The modals in which editors pick an entity, or only a place."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    ChosenMultipleView,
    ChosenView,
    CreationFormMixin,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet

from archive.entities.models import Entity
from archive.entities.querysets import EntityQuerySet
from archive.text.language import LABELS, LANGUAGES, other, supported
from archive.text.punctuation import joined


class WordFilterForm(BaseFilterForm):
    """Finds by any part of any name: 湛江, zhanj, 广州湾."""

    q = forms.CharField(
        label=_("Search term"),
        widget=forms.TextInput(attrs={"placeholder": _("Any name, in either language")}),
        required=False,
    )
    # The read of the rows' queryset that finds them by words.
    find: Any = EntityQuerySet.named_like

    def filter(self, objects: Any) -> Any:
        words = self.cleaned_data["q"]
        self.is_searching = bool(words)
        self.search_query = words
        return type(self).find(super().filter(objects), words)


class EntityFilterForm(WordFilterForm):
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("All kinds")), *Entity.Kind.choices],
        widget=forms.Select(attrs={"data-chooser-modal-search-filter": True}),
        required=False,
    )

    def filter(self, objects: EntityQuerySet) -> EntityQuerySet:
        kind = self.cleaned_data["kind"]
        found = super().filter(objects.filter(kind=kind) if kind else objects)
        self.is_searching = self.is_searching or bool(kind)
        return found


class BilingualListMixin(BaseChooseView):
    """Lists entities by name in the editor's language, with the other language's beside it."""

    per_page = 15
    filter_form_class: type[BaseFilterForm] = EntityFilterForm

    @property
    def language(self) -> str:
        return supported(get_language())

    def get_object_list(self) -> EntityQuerySet:
        return Entity.objects.all()

    def apply_object_list_ordering(self, objects: EntityQuerySet) -> EntityQuerySet:
        return objects.prefetch_related("names").in_reading_order(self.language)

    @property
    def columns(self) -> list[Column]:
        title = self.title_column
        title.label = LABELS[self.language]
        beside = other(self.language)
        return [
            title,
            Column("beside", label=LABELS[beside], accessor=lambda e: e.name_in(beside) or "–"),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("aliases", label=_("Other names"), accessor=other_names),
            Column("country", label=_("Country or territory"), accessor="country_name"),
        ]


def other_names(entity: Entity) -> str:
    """An entity's first few aliases, for a column."""
    return joined(name.text for name in list(entity.names.all())[:4])


class ChooseView(ChooseViewMixin, CreationFormMixin, BilingualListMixin):
    template_name = "archive/admin/entity_chooser.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # `mention` names the entity that the text under the cursor mentions already.
        return super().get_context_data(mention=self.request.GET.get("mention"), **kwargs)


class ChooseResultsView(ChooseResultsViewMixin, CreationFormMixin, BilingualListMixin):
    pass


class NamesMixin:
    """Adds what the text editor needs to insert the name in the language of the text.

    Wagtail's choosers of snippets, also those in blocks, show the `string`; others the `title`.
    """

    def get_chosen_response_data(self, item: Entity) -> dict[str, Any]:
        names = {language: item.name_in(language) for language in LANGUAGES}
        data = super().get_chosen_response_data(item)  # type: ignore[misc]
        return {**data, "string": data["title"], "key": item.key, "names": names}


class EntityChosenView(NamesMixin, ChosenView):
    pass


class EntityChosenMultipleView(NamesMixin, ChosenMultipleView):
    pass


class EntityChooserViewSet(ChooserViewSet):
    """Registered by the names' own viewset; also serves the text editor's mentions."""

    model = Entity
    icon = "tag"
    choose_one_text = _("Choose a name")
    choose_another_text = _("Choose another name")
    edit_item_text = _("Edit this name")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = EntityChosenView
    chosen_multiple_view_class = EntityChosenMultipleView


class PlaceChooserViewSet(EntityChooserViewSet):
    """For fields that only a place fits: `FieldPanel("place", widget=PlaceChooser)`."""

    icon = "site"
    choose_one_text = _("Choose a place")
    choose_another_text = _("Choose another place")
    edit_item_text = _("Edit this place")
    register_widget = False

    def get_object_list(self) -> EntityQuerySet:
        return Entity.objects.places()

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(filter_form_class=WordFilterForm, **kwargs)


place_chooser_viewset = PlaceChooserViewSet("archive_place_chooser", url_prefix="places/chooser")
PlaceChooser = place_chooser_viewset.widget_class
