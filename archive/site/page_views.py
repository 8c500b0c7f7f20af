"""How readers get each kind of page: where an address leads, and what the page shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigAutoField, CharField, DateField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from archive.base_page import Page
from archive.prepared import Given, PreparedQuery
from archive.site import lists, paging
from archive.site.addresses import text_address
from archive.site.caching.site_chrome import front_page, site_chrome
from archive.site.caching.versions import neutral_path, shows_its_own
from archive.site.modes import language_asked, view_of
from archive.site.story_page import story_context, with_neighbours
from archive.site.twins import to_twin, wants_markdown
from archive.stories.archive_page import ArchivePage, PageView, register_page_view
from archive.stories.models import (
    ArticlePage,
    HomePage,
    InformationPage,
    IssuePage,
    PublicationPage,
    SectionPage,
    YearPage,
)
from archive.text.language import supported
from archive.visibility import RestrictedPlaces

Context = dict[str, Any]


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the archive, found from its front page; Http404 where there is none.

    From the front page, since the site's root page may be in one language only. Another site of
    Wagtail's, which has no archive, may have pages of its own here.
    """
    front = front_page(request)
    if front is None and not path and not HomePage.objects.exists():
        # Nobody has set the archive up yet; that is no fault of the address.
        return render(request, "archive/being_set_up.html", status=503)
    if front is None:
        return wagtail_serve(request, neutral_path(request.path_info).lstrip("/"))
    components = [part for part in path.split("/") if part]
    # Where Wagtail keeps what it has found for the request.
    found = front.route(request, components)
    if isinstance(found.page, ArchivePage) and wants_markdown(request):
        return to_twin(request, found.page)
    request._wagtail_route_for_request = found  # type: ignore[attr-defined]
    return wagtail_serve(request, path)


def read_day(components: list[str]) -> date | None:
    """["2015", "09", "22"] as a date; None for anything else."""
    # Digits of other scripts would be further addresses of the same page.
    if [len(part) for part in components if part.isascii()] != [4, 2, 2]:
        return None
    try:
        return date(*(int(part) for part in components))
    except ValueError:
        return None


@dataclass(frozen=True)
class ShownView(PageView):
    """A page that shows what a function gives."""

    context: Callable[[Any, HttpRequest], Context]

    def get_context(self, page: Any, request: HttpRequest) -> Context:
        return self.context(page, request)


class HomeView(ShownView):
    """The front page finds `<publication>/2015/09/22/<slug>/` below it in one query."""

    def route(self, page: Any, request: HttpRequest, components: list[str]) -> RouteResult | None:
        day = read_day(components[1:4])
        if day is None or len(components) != 5:
            return None
        publication = site_chrome(request).publication_at(page, components[0])
        if publication is None:
            raise Http404
        return RouteResult(_story_at(request, publication, day, components[4]))


class ListView(ShownView):
    """A page of a long list of stories, which goes on at `?after=…`: see `paging`."""

    def serve(self, page: Any, request: HttpRequest) -> HttpResponse | None:
        return paging.mended(request)


class PublicationView(ListView):
    """Finds `2015/09/22/` and `2015/09/22/<slug>/` below it without walking the tree."""

    def route(self, page: Any, request: HttpRequest, components: list[str]) -> RouteResult | None:
        day = read_day(components[:3])
        if day is None or len(components) > 4:
            return None
        if len(components) == 4:
            return RouteResult(_story_at(request, page, day, components[3]))
        issues = IssuePage.objects.live().filter(path__startswith=page.path)
        if found := issues.filter(print_date=day).first():
            return RouteResult(found)
        raise Http404


@dataclass(frozen=True)
class IssueView(ShownView):
    """A day whose last story has gone, to another day or for good, isn't found any more; the page
    says so, and leads on to its neighbours."""

    def serve(self, page: Any, request: HttpRequest) -> HttpResponse | None:
        response: Any = Page.serve(page, request)
        shown = response.context_data
        is_empty = not (shown["story_count"] or shown["joined"])
        if is_empty and not getattr(request, "is_preview", False):
            response.status_code = 404
        return response  # type: ignore[no-any-return] # Wagtail isn't typed


class StoryView(PageView):
    def serve(self, page: Any, request: HttpRequest) -> HttpResponse | None:
        language = language_asked(request, page, supported(get_language()))
        if not language or getattr(request, "is_preview", False):
            return None
        return HttpResponseRedirect(text_address(request, language))

    def get_context(self, page: Any, request: HttpRequest) -> Context:
        # Any name may stand in a text that is converted.
        if not page.is_traditional:
            shows_its_own(request)
        language = supported(get_language())
        return story_context(page, request, language, view_of(request, page, language))


def _story_at(request: HttpRequest, publication: Page, day: date, slug: str) -> ArticlePage:
    """The live story of that day and slug, with its paper and section: one query, no joins.

    Its `some_are_restricted` tells whether any page of the site is kept from some readers.
    """
    chrome = site_chrome(request)
    filed = {"publication": publication.pk, "print_date": day, "slug": slug}
    found = _FILED.rows(chrome.restricted, **filed)
    # An alias may have the same slug, elsewhere.
    article = min(found, key=lambda one: one.alias_of_id or 0, default=None)
    if article is None:
        # An alias has its original's paper and day, and may be filed under others.
        path = f"{publication.url_path}{day:%Y/%m/%d}/{slug}/"
        stories = with_neighbours(ArticlePage.objects.order_by(), chrome.restricted)
        article = stories.filter(live=True, url_path=path, alias_of__isnull=False).first()
    if article is None:
        raise Http404
    article.some_are_restricted = bool(chrome.restricted)
    chrome.file(article)
    return article


def _filed(restricted: RestrictedPlaces) -> Any:
    """The live stories of a paper, day and slug; one, or with it its aliases."""
    stories = with_neighbours(ArticlePage.objects.order_by(), restricted).filter(live=True)
    return stories.filter(
        publication=Given("publication", BigAutoField()),
        print_date=Given("print_date", DateField()),
        slug=Given("slug", CharField()),
    )


_FILED = PreparedQuery(_filed)


def register() -> None:
    """Called once, when the app is ready."""
    register_page_view(HomePage, HomeView(lists.home))
    register_page_view(InformationPage, ShownView(lists.information))
    register_page_view(PublicationPage, PublicationView(lists.publication))
    register_page_view(YearPage, ShownView(lists.year))
    register_page_view(IssuePage, IssueView(lists.issue))
    register_page_view(SectionPage, ListView(lists.section))
    register_page_view(ArticlePage, StoryView())
