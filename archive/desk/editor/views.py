"""The translator's screen and what it asks the server: saving segments, and the sidebar."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import PreviewSidePanel
from wagtail.snippets.views.snippets import EditView

from archive.desk.actions import open_translation
from archive.desk.editor.autosave import (
    UnreadableError,
    read_changes,
    save_posted,
    standing_of,
    values_of,
)
from archive.desk.editor.page import PagePanel
from archive.desk.editor.rows import source_of
from archive.desk.editor.sidebar import sections
from archive.desk.models import Translation
from archive.desk.notices.actions import mark_seen, unseen_count
from archive.desk.pairs.actions import joined_into
from archive.desk.policies import lock_against, policy, refuse, refuse_work_on
from archive.desk.saving import DraftSegments
from archive.desk.segments import counts_of, rows, version_of_source
from archive.stories.forms import HANDING_IN, is_publishing
from archive.stories.models import ArticlePage
from archive.wagtail_admin import body_of, version_asked_for


def open_translation_of(request: HttpRequest, page_id: int) -> HttpResponse:
    """From a story to its translation's form, or to the one that its text is; 404 for an alias,
    which follows its original."""
    if not policy.user_has_permission(request.user, "change"):
        raise PermissionDenied
    article = get_object_or_404(ArticlePage, pk=page_id)
    if article.locked:
        article = joined_into(page_id) or article
    if not policy.user_may(request.user, "change", article.target_language):
        raise PermissionDenied
    translation = open_translation(article)
    if translation is None:
        raise Http404
    return redirect(translation.get_edit_url())


class SegmentEditView(EditView):
    """The desk saves segment by segment, so Wagtail's autosave of the whole form is off.

    A save of the form waits for a segment that is being saved, and then looks at the newest draft.
    """

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Whoever opens the translation has come to what its notices tell of.
        # Most have nothing new, and the menu has asked that within the minute.
        if unseen_count(request.user):
            mark_seen(request.user, translation=self.object.pk)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        shown = [
            PagePanel(one.object, self.request, preview_url=one.preview_url)
            if isinstance(one, PreviewSidePanel)
            else one
            for one in panels
        ]
        return MediaContainer(shown)

    def get_object(self, queryset: Any = None) -> Any:
        self.newest = super().get_object(queryset)
        return self.newest

    def get_form(self, form_class: Any = None) -> Any:
        # A form that brings back an old version shows that one, and is saved over the newest.
        if self.object is not self.newest:
            self.object.newest = self.newest
        return super().get_form(form_class)

    def get_success_message(self, instance: Any = None) -> str:
        translation = instance or self.object
        story = {"story": translation.article.title}
        is_review = self.action == "workflow-action"
        if is_review and self.workflow_action == "reject":
            return _("The translation of “%(story)s” was sent back.") % story
        # An approval publishes where it is the last that the workflow asks for.
        is_out = self.action == "publish" or (
            is_review and Translation.objects.filter(live_revision=self.new_revision).exists()
        )
        is_scheduled = translation.go_live_at and translation.go_live_at > timezone.now()
        if is_out and not is_scheduled and not translation.article.live:
            text = _("“%(story)s” is an unpublished draft: its translation appears with it.")
            return text % story
        if is_review and is_out:
            return _("The translation of “%(story)s” was approved and published.") % story
        if is_review and self.workflow_action == "approve":
            return _("The translation of “%(story)s” was approved.") % story
        return str(super().get_success_message(instance))

    def get_error_message(self) -> str | None:
        """What was refused: its words may be saved all the same, segment by segment."""
        if not is_publishing(self.request.POST):
            message: str | None = super().get_error_message()
            return message
        if any(self.request.POST.get(f"action-{name}") for name in HANDING_IN):
            return _("The translation was not submitted. What stands in the way is said below.")
        if self.request.POST.get("action-workflow-action"):
            return _("The translation was not approved. What stands in the way is said below.")
        return _("The translation was not published. What stands in the way is said below.")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            Translation.objects.locked().get(pk=self.object.pk)
            self.object = self.get_object()
            self.object.is_being_saved = True
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response


@require_POST
@transaction.atomic
def save_segment(request: HttpRequest, pk: int) -> HttpResponse:
    """POST saves segments: see `archive.desk.editor.autosave`."""
    # Whoever submits it at this moment waits, or has made a lock that is seen here.
    translation: Any = Translation.objects.locked().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    try:
        changes = read_changes(body_of(request))
    except UnreadableError as error:
        return refuse(str(error), 400)
    except RequestDataTooBig:
        return refuse(_("The request contains too much text."), 413)
    if message := lock_against(request.user, translation):
        return refuse(message, 423)
    draft = DraftSegments(translation.get_latest_revision_as_object())
    return JsonResponse(save_posted(draft, changes, user=request.user))


@require_GET
def segment_sidebar(request: HttpRequest, pk: int) -> HttpResponse:
    """What helps with one segment (`?key=…`) of a version, the newest draft by default, as a
    fragment of HTML; fixed queries.

    With it goes what a page that was loaded earlier may lack: the segment and the progress as they
    are stored, and its source, if it isn't the one whose digest is `seen`.
    """
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    draft = version_asked_for(request, translation)
    laid_out = rows(draft)
    row = next((row for row in laid_out if row.source.key == request.GET.get("key")), None)
    if row is None:
        # No 404: Django would look for the page in another language.
        return refuse(_("This paragraph was deleted."), 410)
    context: dict[str, Any] = {
        "sections": sections(draft, row, request.user, request=request),
        "stored_json": json.dumps(values_of(row.segment, row.source)),
        "state": row.state,
        "progress_json": json.dumps(counts_of(laid_out)),
        "source_version": version_of_source(one.source for one in laid_out),
    }
    if request.GET.get("seen", row.source.digest) != row.source.digest:
        context |= {"row": source_of(row), "digest": row.source.digest}
    return render(request, "archive/admin/sidebar/sections.html", context)


@require_GET
def segment_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """All rows as they are stored, with their source as it stands: for a page that was loaded
    before a correction; fixed queries."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    draft = translation.get_latest_revision_as_object()
    laid_out = rows(draft)
    shown = [
        {
            "key": row.source.key,
            "digest": row.source.digest,
            "state": row.state,
            "stored": values_of(row.segment, row.source),
            "html": render_to_string("archive/admin/segment_source.html", {"row": source_of(row)}),
        }
        for row in laid_out
    ]
    version = version_of_source(row.source for row in laid_out)
    return JsonResponse({"rows": shown, "source": version, **standing_of(draft, laid_out)})
