"""Answers 410 Gone for a story that readers could see once and that was unpublished or deleted.

One that is the translation of another story by now leads there.
"""

from collections.abc import Callable

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from wagtail.models import Site

from archive.base_page import Page
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
        response = self._answer(request)
        # Browsers keep both for good, and what was withdrawn or moved may come back.
        if response.status_code in (301, 410):
            response.headers.setdefault("Cache-Control", "no-cache")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
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
    """Of an address that leads nowhere, the story that anybody could read there. One query, and
    two more where places are restricted.

    A draft never was, and what is kept from some readers now is said to be nothing at all.
    """
    match = request.resolver_match
    if match is None:
        return None
    if "short" in match.kwargs:
        number = number_of(match.kwargs["short"])
        found = Q(pk=number) if number else None
        deleted = Q(pk=number) & ~Q(former_path="")
    else:
        path = _path(request) if match.view_name == "archive:page" else ""
        # The slug, for its index.
        found = Q(slug=path.split("/")[-2], url_path=path) if path else None
        deleted = Q(former_path=path)
    if found is None:
        return None
    stories = ArticlePage.objects.filter(found, live=False).order_by()
    restricted = RestrictedPlaces.load()
    if restricted:
        stories = stories.exclude(restricted.of_stories())
    every = HarvestRecord.objects.filter(is_deleted=True)
    # Two lookups by an index each: with OR, PostgreSQL reads every record.
    gone = every.filter(pk__in=stories.values("pk")).union(every.filter(deleted))
    record = gone.order_by("-datestamp").first()
    if record is None or (record.former_path and restricted and _held(record, restricted)):
        return None
    return record.pk


def _held(record: HarvestRecord, restricted: RestrictedPlaces) -> bool:
    """Whether the place where a deleted story was is kept from some readers by now."""
    if not {record.publication_id, record.section_id}.isdisjoint(restricted.pks):
        return True
    parts = record.former_path.split("/")
    above = ["/".join([*parts[:at], ""]) for at in range(2, len(parts) - 1)]
    return Page.objects.filter(restricted.of_pages(), url_path__in=above).exists()


def _path(request: HttpRequest) -> str:
    path = neutral_path(request.path_info).strip("/")
    site = Site.find_for_request(request)
    # PostgreSQL refuses a NUL in a query.
    if site is None or not path or "\0" in path:
        return ""
    return f"{site.root_page.url_path}{path}/"
