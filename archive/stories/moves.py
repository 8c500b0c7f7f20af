"""What a story's move to another issue changes, said before it is moved."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from archive.base_page import Page
from archive.stories.models import ArticlePage, IssuePage


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
