"""What the panel's script talks to: suggestions for the text as it is typed, and answers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.pages.models import ArticlePage
from archive.pages.suggesting.decisions import decide, read_decisions
from archive.pages.suggesting.names import ANSWERS
from archive.pages.suggesting.posted import story_from_form
from archive.pages.suggesting.showing import panel_context
from archive.pages.suggesting.waiting import bring_up_to_date
from archive.text.language import ENGLISH

LIST = "archive/admin/suggestions/list.html"


@require_POST
def again(request: HttpRequest, page_id: int) -> HttpResponse:
    """The list for the form as it is posted: a fragment of HTML. Stores nothing."""
    page = _editable(request, page_id).get_latest_revision_as_object()
    return _list(request, page)


@require_POST
def again_new(request: HttpRequest) -> HttpResponse:
    """The same for a story that isn't stored yet."""
    if not PagePermissionPolicy().user_has_any_permission(request.user, {"add", "change"}):
        raise PermissionDenied
    return _list(request, ArticlePage(source_language=ENGLISH))


def _list(request: HttpRequest, page: Any) -> HttpResponse:
    try:
        story = story_from_form(page, request.POST, request.FILES)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return refuse(_("This form can't be read. Save it, and open it again."), 400)
    try:
        return render(request, LIST, panel_context(page, story, request.user))
    except UnicodeEncodeError:  # half a character, as a cut emoji leaves it
        return refuse(_("This form can't be read. Save it, and open it again."), 400)


@require_POST
def answer(request: HttpRequest, page_id: int) -> JsonResponse:
    """Stores answers at once: those that change nothing in the form, such as a rejection."""
    page = _editable(request, page_id)
    if page.permissions_for_user(request.user).page_locked():
        return refuse(_("The story is locked: nothing was stored."), 423)
    answers = read_decisions(request.POST.get(ANSWERS, ""))
    if not answers:
        return refuse(_("This isn't an answer to a suggestion."), 400)
    stored = decide(page, answers, user=request.user)
    if stored:
        bring_up_to_date(page.get_latest_revision_as_object())
    return JsonResponse({"stored": stored})


def refuse(message: str, status: int) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)


def _editable(request: HttpRequest, page_id: int) -> Any:
    page: Page = get_object_or_404(ArticlePage, pk=page_id, alias_of__isnull=True)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page
