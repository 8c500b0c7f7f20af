"""The translator's screen and what it asks the server: saving segments, the sidebar, new terms,
the same words elsewhere, and the page as readers will see it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.db import transaction
from django.forms import modelform_factory
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import PreviewSidePanel
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import EditView
from wagtail.utils.decorators import xframe_options_sameorigin_override

from archive.desk.actions import open_translation
from archive.desk.comments import keys_of, standing_of_comments
from archive.desk.editor.autosave import (
    UnreadableError,
    read_changes,
    save_posted,
    standing_of,
    values_of,
    version_of_draft,
)
from archive.desk.editor.rows import source_of
from archive.desk.editor.sidebar import sections
from archive.desk.exact_matches import confirm_matches, exact_matches
from archive.desk.models import Translation
from archive.desk.notices.actions import mark_seen, unseen_count
from archive.desk.pairs.actions import joined_into
from archive.desk.policies import lock_against, policy, refuse, refuse_work_on
from archive.desk.repetitions import propagate, repetitions
from archive.desk.saving import DraftSegments, version_of
from archive.desk.segments import Row, counts_of, rows, source_segments, version_of_source
from archive.entities.terms.models import GlossaryTerm
from archive.journal.models import JournalEntry
from archive.journal.plan import JournalError
from archive.journal.undo import undo
from archive.stories.forms import HANDING_IN, is_publishing
from archive.stories.models import ArticlePage
from archive.stories.reviews import reviews_address
from archive.stories.stale_save import lock_page
from archive.text.language import columns
from archive.text.punctuation import joined
from archive.text.segmentation import plain_text
from archive.wagtail_admin import body_of, version_asked_for

MAY_ADD = "archive.add_glossaryterm"


def done_message(translation: Translation, done: str, revision: Any) -> str:
    """What was done with a version: a reviewer's "approve" or "reject", "publish", or
    "cancel-workflow"; "" where Wagtail's own words serve."""
    story = {"story": translation.article.title}
    if done == "cancel-workflow":
        text = _("The review of “%(story)s” was cancelled. Its translation can be edited again.")
        return text % story
    if done == "reject":
        return _("The translation of “%(story)s” was sent back.") % story
    # An approval publishes where it is the last that the workflow asks for.
    is_out = done == "publish" or (
        done == "approve" and Translation.objects.filter(live_revision=revision).exists()
    )
    is_scheduled = translation.go_live_at and translation.go_live_at > timezone.now()
    if is_out and not is_scheduled and not translation.article.live:
        text = _("“%(story)s” is an unpublished draft: its translation appears with it.")
        return text % story
    if done != "approve":
        return ""
    if is_out:
        return _("The translation of “%(story)s” was approved and published.") % story
    return _("The translation of “%(story)s” was approved.") % story


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

    def save_instance(self) -> Any:
        instance = super().save_instance()
        self.form.draft.follow()
        return instance

    def get_success_message(self, instance: Any = None) -> str:
        is_review = self.action == "workflow-action"
        done = self.workflow_action if is_review else self.action
        # A review that is cancelled makes no version.
        revision = getattr(self, "new_revision", None)
        text = done_message(instance or self.object, done, revision)
        return text or str(super().get_success_message(instance))

    def get_success_url(self) -> str:
        # Whoever has decided takes the next.
        return reviews_address() if self.action == "workflow-action" else super().get_success_url()

    def form_invalid(self, form: Any) -> HttpResponse:
        shown: HttpResponse = super().form_invalid(form)
        # What was locked until then is no refused form: it is opened anew.
        return redirect(self.get_edit_url()) if self.action == "cancel-workflow" else shown

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
            if is_publishing(request.POST):
                # No editor changes the source before readers have what was looked at.
                lock_page(self.object.article)
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
    before a correction, an import, a comment or a colleague's save; fixed queries. 204 where
    `source`, `draft` and `comments` are their versions already."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    said = standing_of_comments(translation)
    now = {"draft": version_of_draft(translation), "comments": said.version}
    if now.items() <= request.GET.dict().items() and request.GET.get("source") == version_of_source(
        source_segments(translation.article)
    ):
        return HttpResponse(status=204)
    draft = translation.get_latest_revision_as_object()
    laid_out = rows(draft)
    shown = [
        {
            "key": row.source.key,
            "digest": row.source.digest,
            "comments": sum(said.open.get(key, 0) for key in keys_of(row)),
            "state": row.state,
            "stored": values_of(row.segment, row.source),
            "html": render_to_string("archive/admin/segment_source.html", {"row": source_of(row)}),
        }
        for row in laid_out
    ]
    version = version_of_source(row.source for row in laid_out)
    standing = {"source": version, "comments": said.version, **standing_of(draft, laid_out)}
    return JsonResponse({"rows": shown, **standing})


class PagePanel(PreviewSidePanel):
    """Wagtail's preview beside the form; its link opens the window that follows the desk."""

    template_name = "archive/admin/page_panel.html"


@require_GET
@xframe_options_sameorigin_override
def translated_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A version in the readers' templates, the newest draft by default.

    It is the draft as it is stored; what is typed and not saved yet, the desk's script puts into it
    (`archive/static/archive/js/desk-page.js`).
    """
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    draft = version_asked_for(request, translation)
    # The same for all of Wagtail's previews: links open elsewhere, nothing is counted or cached.
    shown: HttpResponse = draft.make_preview_request(
        request, draft.default_preview_mode, {"in_preview_panel": True, "is_editing": True}
    )
    return shown


@require_GET
def page_window(request: HttpRequest, pk: int) -> HttpResponse:
    """A window for a second screen, with the page in it."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    return render(request, "archive/admin/page_window.html", {"translation": translation})


@require_http_methods(["GET", "POST"])
def exact_matches_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The segments that can be confirmed together, as a list; POST of JSON `{key: version}`
    confirms those of them, and says what takes that back."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation, locked_too=True):
        return refused
    if request.method == "POST":
        return _confirmed(request, translation)
    laid_out = rows(translation.get_latest_revision_as_object())
    numbers = {row.source.key: number for number, row in enumerate(laid_out, 1)}
    found = exact_matches(translation, laid_out)
    shown = [
        {
            "number": numbers[row.source.key],
            "source": row.source.plain_text,
            "target": plain_text(row.target, row.source.markup),
        }
        for row in found
    ]
    context = {"rows": shown, "translation": translation}
    html = render_to_string("archive/admin/exact_matches.html", context)
    wanted = {row.source.key: version_of(row.segment) for row in found}
    return JsonResponse({"wanted": wanted, "html": html})


def _confirmed(request: HttpRequest, translation: Translation) -> HttpResponse:
    try:
        wanted = json.loads(body_of(request))
    except ValueError:
        wanted = None
    if not isinstance(wanted, dict):
        return refuse(_("This text can't be read."), 400)
    report = confirm_matches(translation, wanted, user=request.user)
    said = ngettext(
        "Confirmed together: %(count)d segment",
        "Confirmed together: %(count)d segments",
        len(report.keys),
    )
    entry = report.entry.pk if report.entry else None
    return JsonResponse({"said": said % {"count": len(report.keys)}, "entry": entry})


@require_POST
def undo_view(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """Takes back what was done to several of the translation's segments at once."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation, locked_too=True):
        return refused
    stored = JournalEntry.objects.about(translation).filter(pk=entry).first()
    if stored is None:
        return refuse(_("There is nothing to take back."), 410)
    try:
        plan = undo(stored, request.user)
    except JournalError as error:
        return refuse(str(error), 409)
    said = _("Nothing was taken back.")
    if plan.restored:
        text = ngettext(
            "Taken back: %(count)d segment.", "Taken back: %(count)d segments.", plan.restored
        )
        said = text % {"count": plan.restored}
    if left := plan.stay.total():
        kept = ngettext(
            "%(count)d segment was changed since and stays.",
            "%(count)d segments were changed since and stay.",
            left,
        )
        said = f"{said} {kept % {'count': left}}"
    return JsonResponse({"said": said})


@require_http_methods(["GET", "POST"])
def repetitions_view(request: HttpRequest, pk: int) -> HttpResponse:
    """How often a confirmed segment's words stand untranslated in one's work; POST fills them."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation, locked_too=True):
        return refused
    key = (request.POST if request.method == "POST" else request.GET).get("key", "")
    draft = translation.get_latest_revision_as_object()
    laid_out = rows(draft)
    numbers = {one.source.key: number for number, one in enumerate(laid_out, start=1)}
    row = next((one for one in laid_out if one.source.key == key), None)
    if row is None:
        return refuse(_("This paragraph was deleted."), 410)
    if request.method == "POST":
        return JsonResponse(_filled(translation, row, numbers, request.user))
    found = repetitions(translation, row, request.user)
    count = sum(len(one.rows) for one in found)
    places = [
        _here(numbers, (waiting.source.key for waiting in one.rows))
        if one.translation.pk == pk
        else str(one.translation.article)
        for one in found
    ]
    asked = ngettext(
        "The text of segment %(number)d waits in %(count)d more segment. Translate it so, too?",
        "The text of segment %(number)d waits in %(count)d more segments. Translate them so, too?",
        count,
    )
    asked %= {"number": numbers[key], "count": count}
    return JsonResponse({"count": count, "asked": asked, "stories": places[:5]})


def _here(numbers: Mapping[str, int], keys: Iterable[str]) -> str:
    """Which segments of the open story, by their numbers."""
    return _("This story: %(numbers)s") % {"numbers": joined(str(numbers[key]) for key in keys)}


def _filled(translation: Any, row: Row, numbers: Mapping[str, int], user: Any) -> dict[str, Any]:
    """Fills the row's repetitions; tells the desk which of its own rows have words now."""
    filled = propagate(translation, row, user)
    count = filled.count
    said = ngettext("Filled: %(count)d segment", "Filled: %(count)d segments", count)
    if not count:
        said = _("Nothing was filled: no segment waits for these words any more.")
    stored: Any = Translation.objects.with_story().get(pk=translation.pk)
    draft = stored.get_latest_revision_as_object()
    keys = filled.keys.get(translation.pk, [])
    laid_out = rows(draft)
    places = [_here(numbers, keys)] if keys else []
    return {
        "count": count,
        "said": " · ".join([said % {"count": count}, *places]),
        "rows": [
            {
                "key": one.source.key,
                "state": one.state,
                "stored": values_of(one.segment, one.source),
            }
            for one in laid_out
            if one.source.key in keys
        ],
        **standing_of(draft, laid_out),
    }


def add_term(values: Mapping[str, str], *, user: Any) -> GlossaryTerm:
    """Store a term of these columns as this person's; ValidationError where it can't be one."""
    # Its columns are there once all of Django is.
    fields = ["part_of_speech", *columns("term", "definition", "forbidden")]
    form = modelform_factory(GlossaryTerm, fields=fields)(data=values)
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    form.instance.author = user
    term: GlossaryTerm = form.save()
    log(term, "wagtail.create", user=user)
    return term


@require_POST
def add_term_view(request: HttpRequest, pk: int) -> HttpResponse:
    """POST a term's columns; also while the translation is locked: it isn't changed."""
    translation: Any = Translation.objects.filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    if not request.user.has_perm(MAY_ADD):
        return refuse(_("Ask an editor of the glossary to add it."), 403)
    try:
        term = add_term(request.POST, user=request.user)
    except ValidationError as error:
        return refuse(" ".join(error.messages), 400)
    return JsonResponse({"message": _("Added to the glossary: %(term)s") % {"term": term}})
