"""What the public may see: what is live, and kept from nobody.

`shown_to_public` says it of every list, feed, file and count of the public site, as `shown_to`
(`archive.stories.querysets`) says of the admin's what one person may know of. Names and ties have
methods of the same name, which rest on the same places.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Self

from django.apps import apps
from django.db.models import Q, QuerySet
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

from archive.base_page import Page
from archive.prepared import PreparedQuery


@dataclass(frozen=True)
class RestrictedPlaces:
    """The pages under a view restriction, by their tree paths and keys; false where there is none.

    Their aliases are among them, as Wagtail has it. Kept from the public is what lies below them,
    what is filed in them (a section's stories lie in the issues), and they themselves, wherever
    their paths lead by now.
    """

    paths: tuple[str, ...] = ()
    pks: tuple[int, ...] = ()

    @classmethod
    def load(cls) -> Self:
        """One query. A request has them already: `site_chrome(request).restricted`."""
        rows = _RESTRICTED.rows()
        return cls(tuple(path for path, _pk in rows), tuple(pk for _path, pk in rows))

    def __bool__(self) -> bool:
        return bool(self.pks)

    def hold(self, page: Any) -> bool:
        """Whether a page that is no story, and is at hand, lies there."""
        return page.path.startswith(self.paths) or not {page.pk, page.alias_of_id}.isdisjoint(
            self.pks
        )

    def of_pages(self, at: str = "") -> Q:
        """A condition on pages that are no stories; `at` leads to them: "page__"."""
        found = [Q(**{f"{at}path__startswith": path}) for path in self.paths]
        own = Q(**{f"{at}pk__in": self.pks}) | Q(**{f"{at}alias_of__in": self.pks})
        return reduce(or_, found, own)

    def of_stories(self, at: str = "") -> Q:
        """A condition on stories."""
        filed = Q(**{f"{at}section__in": self.pks}) | Q(**{f"{at}publication__in": self.pks})
        return self.of_pages(at) | filed

    def of(self, model: type[Any]) -> Q:
        """A condition on pages of a model; of plain pages, any may be a story."""
        story = apps.get_model("archive", "ArticlePage")
        if issubclass(model, story):
            return self.of_stories()
        if model is not Page:
            return self.of_pages()
        return self.of_pages() | Q(pk__in=story.objects.filter(self.of_stories()).values("pk"))


def _restricted() -> QuerySet:
    # Asked the other way round, SQLite may read every page for a table that is mostly empty.
    restricted = PageViewRestriction.objects.order_by().values("page")
    pages = Page.objects.filter(Q(pk__in=restricted) | Q(alias_of__in=restricted))
    return pages.order_by("path").values_list("path", "pk")


_RESTRICTED = PreparedQuery(_restricted)


def public_q(model: type[Any], restricted: RestrictedPlaces | None = None) -> Q:
    """What `shown_to_public` shows, as a condition that can be joined with others."""
    places = RestrictedPlaces.load() if restricted is None else restricted
    live = Q(live=True)
    return live & ~places.of(model) if places else live


def shown_to_public(
    pages: PageQuerySet, restricted: RestrictedPlaces | None = None
) -> PageQuerySet:
    """The live pages that every reader may see.

    `restricted` are the places at hand; without them one query looks for them.
    """
    return pages.filter(public_q(pages.model, restricted))
