"""Translations in Wagtail's admin: listing, form, history, workflow, all Wagtail's own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList, PublishingPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from archive.desk.editor.forms import TranslationForm
from archive.desk.editor.panels import SegmentsPanel, TranslationTabs
from archive.desk.editor.views import SegmentEditView
from archive.desk.exchange.views import ExportButtonMixin, ImportButtonMixin
from archive.desk.models import Translation
from archive.desk.policies import languages_of, policy
from archive.desk.queue.bulk_actions import QueueButtonsMixin
from archive.desk.queue.columns import QUEUE_COLUMNS
from archive.desk.queue.filters import QueueFilterSet
from archive.desk.queue.panels import CountedMenuItem
from archive.desk.queue.views import QueueView


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


class TranslationEditView(ExportButtonMixin, QueueButtonsMixin, SegmentEditView):
    """The translator's screen."""


class TranslationListView(ImportButtonMixin, QueueView):
    """The queue, and the way in for files."""


class TranslationViewSet(SnippetViewSet):
    model = Translation
    edit_handler = TranslationTabs(
        [
            ObjectList([SegmentsPanel()], heading=_("Text")),
            ObjectList([PublishingPanel()], heading=_("Schedule")),
        ],
        base_form_class=TranslationForm,
    )
    icon = "globe"
    menu_label = _("Translations")
    menu_order = 150
    add_to_admin_menu = True
    index_view_class = TranslationListView
    index_template_name = "archive/admin/queue/list.html"
    index_results_template_name = "archive/admin/queue/results.html"
    edit_view_class = TranslationEditView
    filterset_class = QueueFilterSet
    permission_policy = policy
    list_per_page = 50
    export_filename = "translations"
    copy_view_enabled = False
    list_display = ["article", *QUEUE_COLUMNS]

    @cached_property
    def menu_item_class(self) -> type:
        shown: type = super().menu_item_class
        return type(shown.__name__, (CountedMenuItem, shown), {"is_shown": shown.is_shown})  # type: ignore[attr-defined]

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., HttpResponse]:
        return in_own_language(super().construct_view(view_class, **kwargs))
