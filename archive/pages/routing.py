"""Finds a dated page by its address without walking the tree level by level."""

from datetime import date
from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from archive.pages.caching.furniture import furniture
from archive.pages.story_rows import find_story


def read_day(components: list[str]) -> date | None:
    """["2015", "09", "22"] as a date; None for anything else."""
    # Digits of other scripts would be further addresses of the same page.
    if [len(part) for part in components if part.isascii()] != [4, 2, 2]:
        return None
    try:
        return date(*(int(part) for part in components))
    except ValueError:
        return None


def find_article(request: HttpRequest, publication: Page, day: date, slug: str) -> Any:
    """The live story of that day and slug, with its paper and section: one query.

    Its `some_are_restricted` tells whether any page of the site is kept from some readers.
    """
    article = find_story(publication.pk, day, slug) or _alias_at(publication, day, slug)
    if article is not None:
        article.furniture = around = furniture(request)
        article.some_are_restricted = around.is_restricted
        around.file(article)
    return article


def _alias_at(publication: Page, day: date, slug: str) -> Any:
    """An alias has its original's paper and day, and may be filed under others."""
    articles = apps.get_model("archive", "ArticlePage").objects.live().order_by()
    path = f"{publication.url_path}{day:%Y/%m/%d}/{slug}/"
    return articles.filter(slug=slug, url_path=path, alias_of__isnull=False).first()


class StoryRoutingMixin(Page):
    """For the home page: `<publication>/2015/09/22/<slug>/` below it, in one query."""

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        day = read_day(path_components[1:4])
        if day is None or len(path_components) != 5:
            return super().route(request, path_components)
        publication_slug, slug = path_components[0], path_components[4]
        publication = furniture(request).publication_at(self, publication_slug)
        article = find_article(request, publication, day, slug) if publication else None
        if article is None:
            raise Http404
        return RouteResult(article)


class DatedRoutingMixin(Page):
    """For a publication: `2015/`, `2015/09/22/` and `2015/09/22/<slug>/` below it."""

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        day = read_day(path_components[:3])
        if day is None or len(path_components) > 4:
            return super().route(request, path_components)
        if len(path_components) == 3:
            return RouteResult(self._find_issue(day))
        return RouteResult(self._find_article(request, day, path_components[3]))

    def _find_issue(self, day: date) -> Page:
        issues = apps.get_model("archive", "IssuePage").objects.live()
        found = issues.filter(print_date=day, path__startswith=self.path).first()
        if found is None:
            raise Http404
        return found

    def _find_article(self, request: HttpRequest, day: date, slug: str) -> Page:
        found = find_article(request, self, day, slug)
        if found is None:
            raise Http404
        return found
