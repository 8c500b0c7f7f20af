"""Which stories are exported: the same words and filters as on the page of search results."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from archive.base_page import Page
from archive.contrib.exports.errors import ExportError
from archive.search import matching
from archive.search.engines import NEWEST, OLDEST, Filters
from archive.search.facets import HEADINGS, chosen
from archive.search.query import conditions_of, parse
from archive.site.listed_pages import ListedPages, listed_pages
from archive.stories.models import ArticlePage
from archive.visibility import shown_to_public

# The filters of a search, by the names that they have in its address.
FILTERS = tuple(HEADINGS)
NEWEST_FIRST = ("-print_date", "print_page", "pk")
_ORDERS = {NEWEST: NEWEST_FIRST, OLDEST: ("print_date", "print_page", "pk")}


@dataclass(frozen=True)
class Choice(ABC):
    """Some stories. With `drafts`, in their newest version, and what the user may see besides what
    readers see; no user is a program, which sees all."""

    drafts: bool = field(default=False, kw_only=True)
    user: Any = field(default=None, kw_only=True)

    @abstractmethod
    def keys(self) -> list[int]:
        """Of the chosen stories, in their order; raises ExportError for what names nothing."""

    def whole(self) -> Page | None:
        """The page that puts them together, such as a dossier or a publication."""
        return None


@dataclass(frozen=True)
class GivenStories(Choice):
    """Those of these keys."""

    given: tuple[int, ...]

    def keys(self) -> list[int]:
        return list(self.given)


@dataclass(frozen=True)
class StoryChoice(Choice):
    """`parameters` are those of a search's address: "q", the filters, "sort"; `page` is the slug of
    a dossier, whose stories come in its order."""

    parameters: QueryDict
    page: str = ""

    def keys(self) -> list[int]:
        stories = self._visible()
        if self.page:
            listed = self._listed()
            known = set(stories.filter(pk__in=listed).values_list("pk", flat=True))
            return [pk for pk in listed if pk in known]
        stories = stories.filter(alias_of=None)
        order = _ORDERS[OLDEST if self.parameters.get("sort") == OLDEST else NEWEST]
        return list(stories.filter(self._condition()).order_by(*order).values_list("pk", flat=True))

    def whole(self) -> Page | None:
        if self.page:
            return next(filter(None, (kind[1] for kind in self._listing())), None)
        pages = chosen(self.parameters).pages
        found: Page | None = pages.get("section") or pages.get("publication")
        return found

    def _visible(self) -> Any:
        if self.drafts:
            return ArticlePage.objects.newest_shown_to(self.user)
        return ArticlePage.objects.shown_to_public()

    def _condition(self) -> Q:
        picked = chosen(self.parameters)
        self._check(picked)
        words = self.parameters.get("q", "").strip()
        if not (words or picked.filters):
            return Q()
        conditions = conditions_of(parse(words))
        if words and conditions.is_void:
            return Q(pk__in=[])
        found = Q(pk__in=matching.matching(conditions, picked.filters))
        if self.drafts and not words:
            # The search knows no drafts: what is filtered by stands in their rows, too.
            found |= Q(live=False) & _of_rows(picked.filters)
        return found

    def _check(self, picked: Any) -> None:
        """A filter that means nothing would export everything."""
        filters = picked.filters
        known = {
            "year": filters.year is not None,
            "section": "section" in picked.pages and bool(picked.pages["section"]),
            "publication": "publication" in picked.pages and bool(picked.pages["publication"]),
            "language": bool(filters.language),
            "picture": filters.picture,
        }
        for name in FILTERS:
            values = self.parameters.getlist(name)
            missing = [one for one in values if one not in picked.entities]
            if (name in known and values and not known[name]) or (name not in known and missing):
                value = (missing or values)[0]
                reason = _("--%(name)s: the archive has no “%(value)s”")
                raise ExportError(reason % {"name": name, "value": value})

    def _listed(self) -> list[int]:
        """The stories of a page that lists some; raises ExportError where there is none."""
        for kind, page in self._listing():
            if page:
                return list(dict.fromkeys(kind.stories(page)))
        raise ExportError(_("--page: the archive has no “%(value)s”") % {"value": self.page})

    def _listing(self) -> Iterator[tuple[ListedPages, Any]]:
        """The page of that slug, by the kinds of pages that list stories; None of the others."""
        for kind in listed_pages():
            pages = kind.model.objects.filter(slug=self.page)
            yield kind, (pages if self.drafts else shown_to_public(pages)).first()


def _of_rows(filters: Filters) -> Q:
    found = Q()
    if filters.year is not None:
        found &= Q(print_date__year=filters.year)
    for name in ("section", "publication"):
        if (pk := getattr(filters, name)) is not None:
            found &= Q(**{name: pk})
    if filters.language:
        found &= Q(source_language=filters.language)
    if filters.picture:
        found &= Q(lead_image__isnull=False)
    for pk in filters.entities:
        tagged = ArticlePage.objects.filter(entity_tags__entity=pk).order_by()
        found &= Q(pk__in=tagged.values("pk"))
    return found
