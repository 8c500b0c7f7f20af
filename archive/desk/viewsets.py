"""Translations in Wagtail's admin: listing, form, history, workflow, all Wagtail's own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import django_filters
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from archive.desk.models import Translation
from archive.desk.policies import languages_of, policy
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


def in_own_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuses a translation into a language that the person has no right to.

    Most of Wagtail's views ask for the verb alone, and a reviewer's task lets in whoever may
    decide it.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "pk" in kwargs:
            found = Translation.objects.only("language")
            translation = get_object_or_404(found, pk=unquote(str(kwargs["pk"])))
            if translation.language not in languages_of(request.user):
                raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


class TranslationIndexView(IndexView):
    """Lists every translation; those into other people's languages lead nowhere."""

    def get_edit_url(self, instance: Translation) -> str | None:
        if not policy.user_has_permission_for_instance(self.request.user, "change", instance):
            return None
        url: str | None = super().get_edit_url(instance)
        return url

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

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., HttpResponse]:
        return in_own_language(super().construct_view(view_class, **kwargs))
