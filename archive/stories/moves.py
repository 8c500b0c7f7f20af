"""What a story's move to another issue changes, said before it is moved."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.base_page import Page
from archive.stories.models import ArticlePage, IssuePage

# In the address of a move of many: the issue of which the person was told.
_ASKED = "dates_of"


def tell_new_date(request: HttpRequest, page: Page, destination: Page) -> None:
    """Say on the page that asks that the print date becomes the issue's; a query each."""
    story, issue = page.specific, destination.specific
    is_asked = request.method == "GET" and isinstance(story, ArticlePage)
    if not is_asked or not isinstance(issue, IssuePage) or story.print_date == issue.print_date:
        return
    dates = [
        date_format(day, "DATE_FORMAT") if day else "–"
        for day in (story.print_date, issue.print_date)
    ]
    messages.warning(
        request,
        _(
            "This move changes the print date from %(old)s to %(new)s, of what is published too. "
            "The page number stays as it is."
        )
        % dict(zip(("old", "new"), dates, strict=True)),
    )


def ask_for_new_dates(
    request: HttpRequest, action_type: str, pages: Sequence[Page], action: Any
) -> HttpResponse | None:
    """Of many stories, before any is moved: their page again, which says it and asks once more.

    Only then is it known where they go. The address to which it is sent names that place.
    """
    destination = action.get_execution_context().get("destination")
    issue = destination.specific if action_type == "move" and destination else None
    if not isinstance(issue, IssuePage) or request.GET.get(_ASKED) == str(issue.pk):
        return None
    stories = ArticlePage.objects.filter(pk__in=[page.pk for page in pages])
    count = stories.exclude(print_date=issue.print_date).count()
    if not count:
        return None
    told = ngettext(
        "This move changes the print date of %(count)d story to %(new)s, also where it is "
        "published. The page number stays as it is. Nothing is moved yet.",
        "This move changes the print date of %(count)d stories to %(new)s, also where they are "
        "published. The page numbers stay as they are. Nothing is moved yet.",
        count,
    )
    day = date_format(issue.print_date, "DATE_FORMAT")
    messages.warning(request, told % {"count": count, "new": day})
    action.destination = destination
    query = request.GET.copy()
    query[_ASKED] = str(issue.pk)
    context = {**action.get_context_data(), "submit_url": f"{request.path}?{query.urlencode()}"}
    return TemplateResponse(request, action.template_name, context)
