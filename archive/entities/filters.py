"""What the list of names can be narrowed down by."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from archive.entities.countries import country_name
from archive.entities.models import Entity
from archive.entities.querysets import EntityQuerySet


def countries_in_use() -> list[tuple[str, str]]:
    codes = Entity.objects.exclude(country="").order_by().values_list("country", flat=True)
    return sorted(((code, country_name(code)) for code in codes.distinct()), key=lambda c: c[1])


class EntityFilterSet(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=Entity.Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    country = django_filters.ChoiceFilter(label=_("Country or territory"), choices=countries_in_use)
    untranslated = django_filters.ChoiceFilter(
        label=_("Missing names"),
        choices=[("yes", _("In one of the languages"))],
        method="filter_untranslated",
    )

    class Meta:
        model = Entity
        fields = ["kind", "country"]

    def filter_untranslated(
        self, queryset: EntityQuerySet, name: str, value: Any
    ) -> EntityQuerySet:
        return queryset.untranslated() if value else queryset
