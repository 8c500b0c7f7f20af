"""What the story's form asks while somebody writes: what is missing, and to take a picture."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import include, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail import VERSION as WAGTAIL_VERSION
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_latest_str
from wagtail.admin.views.generic.mixins import HookResponseMixin
from wagtail.admin.views.generic.workflow import WorkflowAction
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowPageViewMixin
from wagtail.images import get_image_model
from wagtail.images.utils import find_image_duplicates
from wagtail.images.views.chooser import ImageUploadView

from archive.base_page import Page
from archive.photos.policies import image_policy
from archive.stories.form_panels import missing_context
from archive.stories.forms import is_publishing
from archive.stories.models import ArticlePage
from archive.stories.reviews import ToldDecisionMixin, reviews_address
from archive.text.labels import row_key
from archive.text.language import FIRST, columns
from archive.text.punctuation import joined
from archive.wagtail_admin import version_asked_for

LIST = "archive/admin/story_form/missing_list.html"


@require_GET
def missing(request: HttpRequest, page_id: int) -> HttpResponse:
    """What a version of a story lacks to be published, the newest by default, as HTML."""
    page: Page = get_object_or_404(ArticlePage, pk=page_id, alias_of__isnull=True)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return render(request, LIST, missing_context(version_asked_for(request, page)))


class HeldUpMixin:
    """For a story's form: an autosave that is refused answers with the list, too, as "html"."""

    request: HttpRequest
    expects_json_response: bool

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if not self.expects_json_response:
            return answer
        html = render_to_string(LIST, missing_context(form.instance, form), self.request)
        said = {**json.loads(answer.content), "html": html}
        return JsonResponse(said, status=answer.status_code)

    def json_error_response(self, error_code: str, error_message: str) -> HttpResponse:
        if error_code == "invalid_revision":
            # Wagtail would overwrite it; see `archive.stories.stale_save`.
            error_message = _("There is a newer version. Save shows it, and overwrites nothing.")
        answer: HttpResponse = super().json_error_response(error_code, error_message)  # type: ignore[misc]
        return answer


class StoryCreateView(HeldUpMixin, CreateView):
    pass


@contextmanager
def told_of_approval(request: HttpRequest, page: Any, step: Any, action: Any) -> Iterator[None]:
    """Around a reviewer's action: Wagtail tells nobody of a publication that an approval brings
    about, and so its hooks before and after one run here. `page` has the words to be published.
    """
    tasks = step.workflow_state.workflow.tasks if step else []
    is_last = action == "approve" and step.task_id == [*tasks][-1].pk
    for hook in hooks.get_hooks("before_publish_page") if is_last else ():
        hook(request, page)
    former = page.live_revision_id
    yield
    page.refresh_from_db(fields=["live_revision"])
    for hook in hooks.get_hooks("after_publish_page") if page.live_revision_id != former else ():
        hook(request, page)


class StoryEditView(HeldUpMixin, EditView):
    def perform_workflow_action(self) -> HttpResponse:
        step = self.page.current_workflow_task_state
        with told_of_approval(self.request, self.page, step, self.workflow_action):
            answer: HttpResponse = super().perform_workflow_action()
        return answer

    def add_save_confirmation_message(self) -> None:
        done = self.action_name == "perform_workflow_action" and self.workflow_action
        if text := _decision_message(self.page, done):
            return messages.success(self.request, text)
        return super().add_save_confirmation_message()

    def redirect_away(self) -> HttpResponse:
        # Whoever has decided takes the next: Wagtail would lead to the stories.
        if self.action_name == "perform_workflow_action" and not self.next_url:
            return redirect(reviews_address())
        answer: HttpResponse = super().redirect_away()
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        is_refused = is_publishing(self.request.POST) and not self.locked_for_user
        if self.expects_json_response or self.is_cancelling_workflow or not is_refused:
            return super().form_invalid(form)
        # What autosave has stored stays a draft: Wagtail would say that nothing could be saved.
        text = _("Nothing was published or submitted: what holds it up is marked below.")
        messages.validation_error(self.request, text, form)
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data())


class StoryDecisionView(ToldDecisionMixin, WorkflowPageViewMixin, WorkflowAction):
    submit_url_name = "wagtailadmin_pages:workflow_action"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = self.object.get_latest_revision_as_object()
        with told_of_approval(request, page, self.task_state, self.action_name):
            return super().post(request, *args, **kwargs)

    def decision_message(self) -> str:
        return _decision_message(self.object, self.action_name)


def _decision_message(page: Any, done: Any) -> str:
    """What a reviewer has done with a story; "" for what is neither approval nor rejection."""
    if done not in ("approve", "reject"):
        return ""
    page.refresh_from_db(fields=["live", "has_unpublished_changes"])
    text = _("“%(title)s” was approved.")
    if done == "reject":
        text = _("“%(title)s” was sent back for changes.")
    elif page.live and not page.has_unpublished_changes:
        text = _("“%(title)s” was approved and published.")
    return text % {"title": get_latest_str(page)}


def bind_story_views() -> None:
    """Before 8.0 Wagtail has one view for pages of all kinds: a story's own takes over from it."""
    if WAGTAIL_VERSION >= (8,):
        return
    run_hook = HookResponseMixin.run_hook

    def run_own_hook(self: Any, *args: Any) -> Any:
        own = {CreateView: StoryCreateView, EditView: StoryEditView}.get(type(self))
        if own and issubclass(self.page_class, ArticlePage):
            self.__class__ = own
        return run_hook(self, *args)

    HookResponseMixin.run_hook = run_own_hook


def bind_comment_mails() -> None:
    """Have Wagtail send its mails about comments once the page is saved, in all of its versions:
    nobody waits for a mail server at a locked story, or hears of what is rolled back."""
    send = EditView.send_commenting_notifications

    def send_on_commit(self: EditView, changes: Any) -> None:
        transaction.on_commit(partial(send, self, changes), robust=True)

    EditView.send_commenting_notifications = send_on_commit


class DroppedPictureView(ImageUploadView):
    """Takes a picture as the chooser's upload does; one that is there already is taken from there.

    POST of "image-chooser-upload-file": {"result"} as the chooser has it, or {"error"}.
    """

    http_method_names = ["post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        # Asked for already where it is refused to who may not add any.
        self.model = get_image_model()

    def post(self, request: HttpRequest) -> JsonResponse:
        form = self.get_creation_form()
        if not form.is_valid():
            told = [message for errors in form.errors.values() for message in errors]
            return JsonResponse({"error": " ".join(told)}, status=400)
        picture = self.save_form(form)
        policy = self.get_permission_policy()
        same = find_image_duplicates(picture, request.user, policy).first()
        if same:
            picture.delete()
        return JsonResponse({"result": self.get_chosen_response_data(same or picture)})

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_creation_form_kwargs()
        # The first collection that the person may add to: a chooser would ask.
        policy = self.get_permission_policy()
        own = policy.collections_user_has_permission_for(self.request.user, "add")
        name, data = "image-chooser-upload-collection", kwargs["data"].copy()
        if name not in data and (collection := own.first()):
            data[name] = collection.pk
        return {**kwargs, "data": data}


@require_GET
def picture_texts(request: HttpRequest) -> JsonResponse:
    """What a block takes from the picture `?id=…`, by column: {"caption_en", …, "credit"}.

    And what only the picture itself can be given before a story with it is published: "lacks", the
    names of it, and "edit_url", its form, at the first of these fields; "" for who may not change
    the picture. {} for a picture that isn't there, or that the person may not choose.
    """
    pictures = image_policy().instances_user_has_any_permission_for(
        request.user, ["choose", "change"]
    )
    picture: Any = pictures.filter(pk=row_key(request.GET.get("id", ""))).first()
    if picture is None:
        return JsonResponse({})
    texts = {
        name: getattr(picture, name) or ""
        for name in (*columns(*picture.translated_fields), "credit")
    }
    lacks = picture.missing_for_publication(FIRST, credited_as="given", described_as="given")
    url = AdminURLFinder(request.user).get_edit_url(picture) if lacks else None
    field = f"{url}#id_{next(iter(lacks))}" if url else ""
    return JsonResponse({**texts, "lacks": joined(lacks.values()), "edit_url": field})


urlpatterns = [
    path("<int:page_id>/missing/", missing, name="missing"),
    path("picture-texts/", picture_texts, name="picture_texts"),
    path("picture/", DroppedPictureView.as_view(), name="picture"),
]

admin_urls = [path("story-form/", include((urlpatterns, "archive_stories")))]
