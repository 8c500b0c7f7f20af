"""Translations in Wagtail's admin: list, form, history, all Wagtail's own."""

from abc import abstractmethod
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList, PublishingPanel
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import HistoryView, WorkflowActionView

from archive.desk.editor.forms import TranslationForm
from archive.desk.editor.panels import SegmentsPanel, TranslationTabs
from archive.desk.editor.views import SegmentEditView, done_message
from archive.desk.history import tell_edits
from archive.desk.models import Translation
from archive.desk.policies import languages_of, policy
from archive.desk.queue.bulk_actions import queue_buttons
from archive.desk.queue.columns import QUEUE_COLUMNS
from archive.desk.queue.filters import QueueFilterSet
from archive.desk.queue.panels import CountedMenuItem
from archive.desk.queue.views import QueueView
from archive.desk.segments import counts_of, rows
from archive.journal.history import JournalHistoryMixin
from archive.stories.reviews import ToldDecisionMixin
from archive.stories.stale_save import lock_page
from archive.wagtail_admin import TRANSLATIONS_MENU, ArchiveSnippetViewSet, action_buttons


class DeskViewSet(ArchiveSnippetViewSet):
    """A list with a number in the menu, of rows that only some people may open."""

    menu_hook = TRANSLATIONS_MENU
    counted_menu_item = CountedMenuItem
    index_results_template_name = "archive/admin/queue/results.html"
    list_per_page = 50

    @cached_property
    def menu_item_class(self) -> type:
        shown: type = super().menu_item_class
        bases = (self.counted_menu_item, shown)
        return type(shown.__name__, bases, {"is_shown": shown.is_shown})  # type: ignore[attr-defined]

    def register_chooser_viewset(self) -> None:
        """Nothing refers to such rows: a chooser would only tell everybody what they say."""

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., HttpResponse]:
        """Refuses rows that aren't the person's: most of Wagtail's views ask for the verb alone."""
        view: Callable[..., HttpResponse] = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if "pk" in kwargs and not self.may_open(request.user, unquote(str(kwargs["pk"]))):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    @abstractmethod
    def may_open(self, user: Any, pk: str) -> bool:
        """Whether the person may; Http404 where there is no such row."""


class TranslationEditView(SegmentEditView):
    """The translator's screen, with the queue's buttons and the way out to other tools."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        translation, user, url = self.object, self.request.user, self.object.get_edit_url()
        if policy.user_has_permission_for_instance(user, "change", translation):
            buttons += queue_buttons(translation, user, url)
            buttons += action_buttons("desk", user, translation.pk)
        return buttons


class TranslationWorkflowActionView(ToldDecisionMixin, WorkflowActionView):
    """A decision from the list of what awaits review.

    Where segments are stale or nobody's confirmed words, an approval is given in the form, which
    says what becomes of them. A comment is written where there was nothing to say: of a source that
    was changed meanwhile, its writer is told.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self._form_comes_first():
            done = {"step": "success", "redirect": self.object.get_edit_url()}
            answer: HttpResponse = self.render_modal_json(request, done)
            return answer
        shown: HttpResponse = super().get(request, *args, **kwargs)
        return shown

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            lock_page(self.object.article)
            self.object = Translation.objects.locked().get(pk=self.object.pk)
            comment = request.POST.get("comment", "")
            if self._form_comes_first(is_commented="comment" in request.POST):
                if comment:
                    said = gettext("Your comment was not sent: “%(comment)s”")
                    messages.warning(request, said % {"comment": comment})
                return redirect(self.object.get_edit_url())
            done: HttpResponse = super().post(request, *args, **kwargs)
            return done

    def decision_message(self) -> str:
        return done_message(self.object, self.action_name, self.task_state.revision_id)

    def _form_comes_first(self, *, is_commented: bool = False) -> bool:
        if self.action_name != "approve":
            return False
        counts = counts_of(rows(self.object.get_latest_revision_as_object()))
        if not (counts["stale"] or (counts["drafts"] and not is_commented)):
            return False
        text = gettext("The translation is not approved yet. What an approval does is said below.")
        messages.warning(self.request, text)
        return True


class TranslationHistoryView(JournalHistoryMixin, HistoryView):
    """Above the log, what can be undone; an edit says what was done in it."""

    def get_table(self, object_list: Any) -> Any:
        return super().get_table(tell_edits(list(object_list)))


class TranslationListView(QueueView):
    """The queue, and what is done with many stories of it."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if policy.user_has_permission(self.request.user, "change"):
            buttons += action_buttons("desk", self.request.user)
        return buttons


class TranslationViewSet(DeskViewSet):
    model = Translation
    edit_handler = TranslationTabs(
        [
            ObjectList([SegmentsPanel()], heading=_("Text")),
            ObjectList([PublishingPanel()], heading=_("Schedule")),
        ],
        base_form_class=TranslationForm,
    )
    icon = "globe"
    menu_label = _("All translations")
    menu_name = "all-translations"
    menu_order = 100
    index_view_class = TranslationListView
    index_template_name = "archive/admin/queue/list.html"
    edit_view_class = TranslationEditView
    workflow_action_view_class = TranslationWorkflowActionView
    history_view_class = TranslationHistoryView
    history_template_name = "archive/admin/journal/history.html"
    filterset_class = QueueFilterSet
    permission_policy = policy
    export_filename = "translations"
    list_display = ["article", *QUEUE_COLUMNS]

    def may_open(self, user: Any, pk: str) -> bool:
        # A reviewer's task lets in whoever may decide it, in whichever language.
        translation = get_object_or_404(Translation.objects.only("language"), pk=pk)
        return translation.language in languages_of(user)
