"""Answers 410 Gone for a story that readers could see once and that was unpublished.

One that is the translation of another story by now leads there.
"""

from collections.abc import Callable

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from wagtail.models import Site

from archive.desk.pairs.actions import joined_into
from archive.site.caching.versions import neutral_path
from archive.site.harvest_records.models import HarvestRecord
from archive.site.permalinks import number_of, story_address
from archive.stories.models import ArticlePage
from archive.text.language import supported
from archive.visibility import RestrictedPlaces


class WithdrawnMiddleware:
    """Place it before Wagtail's RedirectMiddleware, which then has led elsewhere what it knows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or not (pk := withdrawn_story(request)):
            return response
        if kept := joined_into(pk):
            language = supported(get_language())
            language = language if language in kept.languages() else kept.source_language
            # Not for good: a pair may be parted.
            return redirect(story_address(request, kept, language))
        return render(request, "404.html", {"withdrawn": True}, status=410)


def withdrawn_story(request: HttpRequest) -> int | None:
    """Of an address that leads nowhere, the story that anybody could read there. Two queries.

    A draft never was, and what is kept from some readers now is said to be nothing at all.
    """
    match = request.resolver_match
    if match is None:
        return None
    if "short" in match.kwargs:
        number = number_of(match.kwargs["short"])
        found = Q(pk=number) if number else None
    else:
        found = _at(request) if match.view_name == "archive:page" else None
    if found is None:
        return None
    stories = ArticlePage.objects.filter(found, live=False).order_by()
    if restricted := RestrictedPlaces.load():
        stories = stories.exclude(restricted.of_stories())
    pks = stories.values_list("pk", flat=True)[:1]
    gone = HarvestRecord.objects.filter(pk__in=list(pks), is_deleted=True)
    return gone.values_list("pk", flat=True).first()


def _at(request: HttpRequest) -> Q | None:
    path = neutral_path(request.path_info).strip("/")
    site = Site.find_for_request(request)
    # PostgreSQL refuses a NUL in a query.
    if site is None or not path or "\0" in path:
        return None
    # The slug, for its index.
    return Q(slug=path.rpartition("/")[2], url_path=f"{site.root_page.url_path}{path}/")
