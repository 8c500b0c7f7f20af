"""Which stories are exported: the same words and filters as on the page of search results."""

from dataclasses import dataclass
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
from archive.site.listed_pages import listed_pages
from archive.stories.models import ArticlePage
from archive.visibility import shown_to_public

# The filters of a search, by the names that they have in its address.
FILTERS = tuple(HEADINGS)
_ORDERS = {
    NEWEST: ("-print_date", "print_page", "pk"),
    OLDEST: ("print_date", "print_page", "pk"),
}


@dataclass(frozen=True)
class StoryChoice:
    """`parameters` are those of a search's address: "q", the filters, "sort"; `page` is the slug of
    a dossier, whose stories come in its order. With `drafts`, what the user may see besides."""

    parameters: QueryDict
    page: str = ""
    drafts: bool = False
    user: Any = None

    def keys(self) -> list[int]:
        """Of the chosen stories, in their order; raises ExportError for what names nothing."""
        stories = self._visible()
        if self.page:
            listed = self._listed()
            known = set(stories.filter(pk__in=listed).values_list("pk", flat=True))
            return [pk for pk in listed if pk in known]
        stories = stories.filter(alias_of=None)
        order = _ORDERS[OLDEST if self.parameters.get("sort") == OLDEST else NEWEST]
        return list(stories.filter(self._condition()).order_by(*order).values_list("pk", flat=True))

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
        for kind in listed_pages():
            pages = kind.model.objects.all()
            if not self.drafts:
                pages = shown_to_public(pages)
            if page := pages.filter(slug=self.page).first():
                return list(dict.fromkeys(kind.stories(page)))
        raise ExportError(_("--page: the archive has no “%(value)s”") % {"value": self.page})


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


def title_of(slug: str) -> Page | None:
    """The page of `StoryChoice.page`."""
    for kind in listed_pages():
        if page := kind.model.objects.filter(slug=slug).first():
            return page
    return None
