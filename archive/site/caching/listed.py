"""Where stories, names and ties are listed: what caches in front of the site ask for again.

Addresses are below the language, such as "/browse/2015/09/22/", and have no query but a feed's
form: what has another query, no cache in front keeps. Each answer costs a fixed number of queries.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from wagtail.models import Site

from archive.entities.querysets import canonical_id, canonical_key
from archive.entities.romanisation import initial
from archive.site.browse.counts import KINDS, OTHER_LETTERS
from archive.site.caching.requests import neutral_path
from archive.site.feeds.formats import FORMATS
from archive.text.language import columns

# Of the names that stand beside one in stories.
MOST_NAMES = 500
_ENDS = (canonical_id("place_a"), canonical_id("place_b"))
_FILED = ("publication__slug", "section__slug", "section__url_path")


def below_roots(url_path: str) -> list[str]:
    """A page's path below each site's root that it lies under; sites may lie in each other."""
    roots = {root.root_path for root in Site.get_site_root_paths()}
    found = [url_path[len(root) :] for root in roots if url_path.startswith(root)]
    return sorted(found) or [url_path]


def lists_of_stories(pks: Collection[int]) -> set[str]:
    """All that lists live stories or counts them, but for the pages above them."""
    stories = apps.get_model("archive", "ArticlePage").objects.filter(pk__in=pks, live=True)
    rows = list(stories.order_by().values_list("print_date", "print_page", *_FILED))
    if not rows:
        return set()
    tags = apps.get_model("archive", "ArticleEntity").objects.filter(page__in=pks).order_by()
    names = set(tags.values_list(canonical_id("entity"), flat=True).distinct())
    quoted = apps.get_model("archive", "TieEvidence").objects.filter(article__in=pks)
    same = apps.get_model("archive", "Entity").with_merged.same_as(names).values("pk")
    ties = Q(place_a__in=same, place_b__in=same) | Q(pk__in=quoted.values("tie"))
    return {*_filed(rows), *_of_names(names), *_of_ties(ties)}


def lists_of_names(pks: Collection[int]) -> set[str]:
    """The pages of these names, of those that stand beside them, and all lists of names."""
    same = apps.get_model("archive", "Entity").with_merged.same_as(pks).values("pk")
    ties = _between(Q(place_a__in=same) | Q(place_b__in=same))
    tags = apps.get_model("archive", "ArticleEntity").objects.order_by()
    beside = tags.filter(page__in=tags.filter(entity__in=same).values("page"))
    names = set(beside.values_list(canonical_id("entity"), flat=True).distinct()[:MOST_NAMES])
    partners = {pk for pair in ties.values_list(*_ENDS) for pk in pair}
    index = filter(None, [_at("entity_index")])
    return {*index, *_of_names({*pks, *names, *partners}), *_pairs(ties), *_tie_lists()}


def lists_of_tie(pk: int) -> set[str]:
    """The pages of a tie and of its places, and all that lists or counts ties."""
    ties = _between(Q(pk=pk))
    places = {place for pair in ties.values_list(*_ENDS) for place in pair}
    return {*_of_names(places), *_pairs(ties), *_tie_lists()}


def frame_lists() -> set[str]:
    """The ways into the archive, which every change of its frame shows on."""
    views = ("browse", "browse_sections", "entity_index", "archive_feed")
    return {*filter(None, map(_at, views)), *_tie_lists(), *_feed("archive_feed")}


def _filed(rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """By day and section, and the feeds: what lies above a story in the tree isn't among them."""
    yield from _feed("archive_feed")
    yield from _known("browse", "browse_sections")
    for day, label, publication, section, section_path in rows:
        if day:
            yield from _days(day)
        if day and publication and label:
            yield _at("browse_page", day.year, day.month, day.day, publication, label)
        if publication:
            yield from _feed("publication_feed", publication)
        if section_path:
            yield from below_roots(section_path)
            yield from _feed("section_feed", section_path.strip("/").split("/")[-2], section)


def _days(day: Any) -> Iterator[str]:
    yield _at("browse_decade", day.year // 10 * 10)
    yield _at("browse_year", day.year)
    yield _at("browse_month", day.year, day.month)
    yield _at("browse_day", day.year, day.month, day.day)


def _of_names(pks: Collection[int]) -> Iterator[str]:
    """The names' own pages and feeds, and the lists of their letters."""
    entities = apps.get_model("archive", "Entity").with_merged.filter(pk__in=pks)
    slugs = {kind.value: slug for slug, kind in KINDS.items()}
    for key, kind, *sort_keys in entities.values_list("key", "kind", *columns("sort_key")):
        yield from (_at(view, key) for view in ("entity", "entity_card"))
        yield from _feed("entity_feed", key)
        if kind == "place":
            yield _at("city", key)
        yield _at("browse_names", slugs[kind])
        for letter in {initial(sort_key or "").lower() for sort_key in sort_keys}:
            yield _at("browse_letter", slugs[kind], OTHER_LETTERS if letter == "#" else letter)


def _between(condition: Q) -> Any:
    return apps.get_model("archive", "Tie").with_merged.filter(condition).order_by()


def _of_ties(condition: Q) -> Iterator[str]:
    return _pairs(_between(condition))


def _pairs(ties: Any) -> Iterator[str]:
    for keys in ties.values_list(*map(canonical_key, ("place_a", "place_b")))[:MOST_NAMES]:
        yield _at("pair", *sorted(keys))
        yield from _feed("pair_feed", *sorted(keys))


def _tie_lists() -> Iterator[str]:
    return _known("tie_index", "tie_map", "tie_timeline", "tie_overview")


def _known(*views: str) -> Iterator[str]:
    return (_at(view) for view in views)


def _feed(view: str, *keys: str) -> Iterator[str]:
    if path := _at(view, *keys):
        yield path
        yield from (f"{path}?format={form}" for form in FORMATS)


def _at(view: str, *keys: Any) -> str:
    """ "" where the site doesn't mount it, or where a slug is none of ASCII letters."""
    try:
        return neutral_path(reverse(f"archive:{view}", args=keys))
    except NoReverseMatch:
        return ""
