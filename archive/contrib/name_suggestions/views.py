"""What the panel's script talks to, and the report of stories with suggestions that wait."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.base_page import Page
from archive.contrib.name_suggestions.counts import REPORT, bring_up_to_date
from archive.contrib.name_suggestions.decisions import decide, read_decisions
from archive.contrib.name_suggestions.panel import ANCHOR, ANSWERS, panel_context, story_from_form
from archive.contrib.name_suggestions.translation_marks import mark_name
from archive.stories.models import ArticlePage
from archive.stories.unfiled_report import PRINT_DATE, StoryReportView
from archive.text.language import FIRST

LIST = "archive_name_suggestions/admin/list.html"
# The report's counts, by column of SuggestionCount.
COUNTS = {
    "waiting": _("Pending suggestions"),
    "questions": _("Ambiguous names"),
    "new": _("New names"),
}


def form_address(page: Any) -> str:
    """The story's form, opened at its suggestions."""
    return f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#{ANCHOR}"


class StoriesThatWait(StoryReportView):
    page_title = _("Suggested names")
    header_icon = "tag"
    index_url_name = REPORT
    index_results_url_name = "archive_name_suggestions:report_results"
    default_ordering = "-suggestion_count__waiting"
    list_export = ["title", "print_date", *(f"suggestion_count.{name}" for name in COUNTS)]
    export_headings = {
        "title": _("Story"),
        "print_date": _("Print date"),
        **{f"suggestion_count.{name}": label for name, label in COUNTS.items()},
    }
    columns = [
        TitleColumn("title", label=_("Story"), get_url=form_address, width="50%"),
        PRINT_DATE,
        *(
            Column(
                name,
                label=label,
                accessor=f"suggestion_count.{name}",
                sort_key=f"suggestion_count__{name}",
            )
            for name, label in COUNTS.items()
        ),
    ]

    def waiting(self) -> QuerySet[ArticlePage]:
        waiting = ArticlePage.objects.filter(suggestion_count__waiting__gt=0)
        return waiting.select_related("suggestion_count")


@require_POST
def again(request: HttpRequest, page_id: int | None = None) -> HttpResponse:
    """The list for the form as it is posted, also of a story that isn't stored yet: a fragment of
    HTML. Stores nothing."""
    if page_id is not None:
        page = _editable(request, page_id).get_latest_revision_as_object()
    elif PagePermissionPolicy().user_has_any_permission(request.user, {"add", "change"}):
        page = ArticlePage(source_language=FIRST)
    else:
        raise PermissionDenied
    unreadable = _("This form can't be read. Save it and open it again.")
    try:
        story = story_from_form(page, request.POST, request.FILES)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return refuse(unreadable, 400)
    try:
        return render(request, LIST, panel_context(page, story, request.user))
    except UnicodeEncodeError:  # half a character, as a cut emoji leaves it
        return refuse(unreadable, 400)


@require_POST
def answer(request: HttpRequest, page_id: int) -> JsonResponse:
    """Stores answers at once: those that change nothing in the form, such as a rejection."""
    page = _editable(request, page_id)
    if page.permissions_for_user(request.user).page_locked():
        return refuse(_("The story is locked: nothing was saved."), 423)
    answers = read_decisions(request.POST.get(ANSWERS, ""))
    if not answers:
        return refuse(_("This is not an answer to a suggestion."), 400)
    stored = decide(page, answers, user=request.user)
    if stored:
        bring_up_to_date(page.get_latest_revision_as_object())
    return JsonResponse({"stored": stored})


def refuse(message: str | Promise, status: int) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)


def _editable(request: HttpRequest, page_id: int) -> Any:
    page: Page = get_object_or_404(ArticlePage, pk=page_id, alias_of__isnull=True)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


urlpatterns = [
    path("new/", again, name="again_new"),
    path("<int:page_id>/", again, name="again"),
    path("<int:page_id>/answer/", answer, name="answer"),
    path("translation/<int:pk>/mark/", mark_name, name="mark"),
    path("waiting/", StoriesThatWait.as_view(), name="report"),
    path("waiting/results/", StoriesThatWait.as_view(results_only=True), name="report_results"),
]
