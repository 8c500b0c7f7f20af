"""What of the admin's list of pictures still keeps stories from being published."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.images.views.images import ImagesFilterSet, IndexView

from archive.photos.models import ArchiveImageMixin
from archive.photos.policies import image_policy
from archive.text.language import columns

ANYTHING = "any"
# What a story's publication asks of its pictures, by the names of a filter's choices.
MISSING: dict[str, tuple[str, ...]] = {
    "credit": ("credit",),
    "rights": ("rights",),
    "alt_text": tuple(columns("alt_text")),
}


def lacking(what: str = ANYTHING) -> Q:
    """Pictures without one of `MISSING`: without an alternative text in either language."""
    names = [name for key, of_key in MISSING.items() if what in (key, ANYTHING) for name in of_key]
    found = Q()
    for name in names:
        found |= Q(**{name: ""}) | Q(**{f"{name}__isnull": True})
    return found


def lacking_count(user: Any) -> int:
    """How many pictures that the person may change lack something."""
    if not issubclass(get_image_model(), ArchiveImageMixin):
        return 0
    own = image_policy().instances_user_has_any_permission_for(user, ["change"])
    return int(own.filter(lacking()).count())


class PictureFilterSet(ImagesFilterSet):
    missing = django_filters.ChoiceFilter(
        choices=[
            (ANYTHING, _("Anything that publication asks for")),
            ("credit", _("Credit")),
            ("rights", _("Copyright notice")),
            ("alt_text", _("Alternative text")),
        ],
        label=_("Missing"),
        widget=forms.RadioSelect,
        empty_label=_("All"),
        method="by_missing",
    )

    class Meta(ImagesFilterSet.Meta):
        pass

    def by_missing(self, pictures: QuerySet, name: str, value: str) -> QuerySet:
        # By keys: a search can't be narrowed by every column.
        found = get_image_model()._default_manager.filter(lacking(value))
        return pictures.filter(pk__in=found.values("pk"))


def bind_picture_filters() -> None:
    """Wagtail has no other way to give its list of pictures a filter."""
    if issubclass(get_image_model(), ArchiveImageMixin):
        IndexView.filterset_class = PictureFilterSet
