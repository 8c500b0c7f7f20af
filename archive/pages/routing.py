"""Finds a dated page by its address without walking the tree level by level."""

from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Exists
from django.http import Http404, HttpRequest
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult


def read_day(components: list[str]) -> date | None:
    """["2015", "09", "22"] as a date; None for anything else."""
    if [len(part) for part in components] != [4, 2, 2]:
        return None
    try:
        return date(*(int(part) for part in components))
    except ValueError:
        return None


def find_article(day: date, slug: str, **filters: Any) -> Page | None:
    """The live story of that day and slug, with what its page needs of its filing.

    Its `some_are_restricted` tells whether any page of the site is kept from some readers.
    """
    articles = apps.get_model("archive", "ArticlePage").objects.live()
    found = articles.filter(slug=slug, print_date=day, **filters)
    restricted = Exists(PageViewRestriction.objects.all())
    return (
        found.annotate(some_are_restricted=restricted)
        .select_related("publication", "section", "lead_image")
        .first()
    )


class StoryRoutingMixin(Page):
    """For the home page: `<publication>/2015/09/22/<slug>/` below it, in one query."""

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        day = read_day(path_components[1:4])
        if day is None or len(path_components) != 5:
            return super().route(request, path_components)
        publication_slug, slug = path_components[0], path_components[4]
        article = find_article(
            day,
            slug,
            publication__slug=publication_slug,
            publication__path__startswith=self.path,
            publication__depth=self.depth + 1,
        )
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
        return RouteResult(self._find_article(day, path_components[3]))

    def _find_issue(self, day: date) -> Page:
        issues = apps.get_model("archive", "IssuePage").objects.live()
        found = issues.filter(print_date=day, path__startswith=self.path).first()
        if found is None:
            raise Http404
        return found

    def _find_article(self, day: date, slug: str) -> Page:
        found = find_article(day, slug, publication_id=self.pk)
        if found is None:
            raise Http404
        return found
