"""What the list of names can be narrowed down by."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from archive.entities.countries import country_name
from archive.entities.models import Entity
from archive.entities.querysets import EntityQuerySet
from archive.text.language import CHINESE, ENGLISH


def countries_in_use() -> list[tuple[str, str]]:
    codes = Entity.objects.exclude(country="").order_by().values_list("country", flat=True)
    return sorted(((code, country_name(code)) for code in codes.distinct()), key=lambda c: c[1])


class EntityFilterSet(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=Entity.Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    country = django_filters.ChoiceFilter(label=_("Country or territory"), choices=countries_in_use)
    verified = django_filters.BooleanFilter(label=pgettext_lazy("names", "Verified"))
    untranslated = django_filters.ChoiceFilter(
        label=_("Missing names"),
        choices=[
            (CHINESE, _("Without a Chinese name")),
            (ENGLISH, _("Without an English name")),
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
        choices=[("no", _("Orphans: used nowhere")), ("yes", _("Used somewhere"))],
        method="filter_used",
    )

    class Meta:
        model = Entity
        fields = ["kind", "country", "verified"]

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
