"""Tells caches in front of the site what to ask for again: Wagtail's frontend_cache, in batches."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, URLPattern, reverse
from wagtail.contrib.frontend_cache.utils import PurgeBatch
from wagtail.models import Site

from archive.conf import settings
from archive.entities.models import Entity
from archive.entities.querysets import canonical_id, canonical_key
from archive.entities.romanisation import initial
from archive.registry import registered
from archive.site.browse.counts import KINDS, OTHER_LETTERS
from archive.site.caching.versions import neutral_path
from archive.site.feeds.formats import FORMATS
from archive.site.listed_pages import listed_pages
from archive.site.names.displays import tie_pages
from archive.stories.models import ArticleEntity, ArticlePage
from archive.text.language import LANGUAGES, PAIRED, columns
from archive.ties.models import Tie, TieEvidence

# The ways in which a story is read, each an address of its own.
VIEWS = (*LANGUAGES, *PAIRED)
# More pages and lists in one transaction, and everything is purged.
MOST = 2000
# For what nobody is told of: caches in front ask each time whether it is still right.
UNPURGED = "public, no-cache"
# The first parts of addresses below the language that hardly anything changes.
_UNTOLD = {"cite", "manifest.webmanifest", "report", "saved", "search"}
_PENDING = "archive_addresses_to_purge"
# What an address may hold besides letters and digits, as Wagtail leaves it.
_UNQUOTED = "!$&'()*+,;=/~:@%?"


@dataclass
class _Pending:
    """`pages` by `url_path`, with their views and what lies above; `lists` below the language."""

    pages: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    everything: bool = False


def is_purged(request: HttpRequest, *, is_own: bool) -> bool:
    """Whether caches in front are told when the answer at this address changes.

    Never where no cache is told anything: a story that is withdrawn must be gone at once.
    A story is so in all its views (`is_own`). The pages of a list, what is narrowed and Markdown
    twins can't be told one by one: caches in front ask for them each time. Told by the path alone:
    a page that is kept is given before anybody looks for its view.
    """
    if not settings.PURGES_CACHES or not set(request.GET) <= ({"view"} if is_own else set()):
        return False
    if request.path_info.endswith(".md"):
        return False
    return neutral_path(request.path_info).split("/")[1] not in _untold()


@cache
def _untold() -> set[str]:
    """With those of apps around the archive; of these, pages of ties are purged."""
    added = [one for one in registered("reader_urls", URLPattern) if one.name not in tie_pages()]
    return _UNTOLD | {str(one.pattern).split("/")[0] for one in added}


def purge_later(
    pages: Collection[str] = (),
    lists: Callable[[], Collection[str]] = frozenset,
    *,
    everything: bool = False,
) -> None:
    """Once the change is committed. `lists` is asked now, if at all; `everything`: of the frame."""
    if not settings.PURGES_CACHES:
        return
    # What the transaction has collected. A roll-back leaves it to the next one, which is told of
    # too much then.
    pending: _Pending | None = getattr(connection, _PENDING, None)
    if pending is None:
        pending = _Pending()
        setattr(connection, _PENDING, pending)
    pending.everything |= everything
    if not pending.everything:
        pending.pages.update(pages)
        pending.lists.update(filter(None, lists()))
        pending.everything = len(pending.pages) + len(pending.lists) > MOST
    transaction.on_commit(_purge_pending, robust=True)


def _purge_pending() -> None:
    """All that the transaction has collected, at the first of its calls."""
    pending: _Pending | None = getattr(connection, _PENDING, None)
    if pending is None:
        return
    setattr(connection, _PENDING, None)
    batch = PurgeBatch()
    batch.add_urls(sorted(_addresses(pending)))
    batch.purge()


def _addresses(pending: _Pending) -> set[str]:
    """Absolute, in both languages; each page on the sites that it is part of."""
    found: set[str] = set()
    pages, lists, whole = pending.pages, pending.lists, []
    if pending.everything:
        # The ways into the archive show every change of its frame.
        ways = filter(None, map(_at, ("browse", "browse_sections", "entity_index")))
        lists = {*ways, *_tie_lists(), *_feed("archive_feed")}
        pages, whole = _frame(), settings.CACHE_PURGED_WHOLE
    prefixes = [f"/{code}/" for code in LANGUAGES] if django_settings.USE_I18N else ["/"]
    for site in Site.objects.select_related("root_page"):
        below = set(_with_views(pages, site.root_page.url_path))
        for path in {*below, *(path.lstrip("/") for path in lists)}:
            quoted = quote(path, safe=_UNQUOTED)
            found.update(f"{site.root_url}{prefix}{quoted}" for prefix in prefixes)
        always = (*whole, *settings.CACHE_PURGED_PATHS)
        found.update(f"{site.root_url}{path}" for path in always)
    return found


def _with_views(pages: Iterable[str], root: str) -> Iterator[str]:
    """Pages below a site's root, in all their views, and what lies above them."""
    for url_path in pages:
        if not url_path.startswith(root):
            continue
        path = url_path[len(root) :]
        yield path
        yield from (f"{path}?view={view}" for view in VIEWS)
        parts = path.strip("/").split("/")
        yield from ("".join(f"{part}/" for part in parts[:end]) for end in range(len(parts)))


def _frame() -> set[str]:
    """Front pages, papers, sections and years: where most readers come in."""
    names = (
        "HomePage",
        "InformationPage",
        "PublicationPage",
        "SectionPage",
        "YearPage",
    )
    models: list[Any] = [apps.get_model("archive", name) for name in names]
    every = [one.objects.order_by() for one in (*models, *(one.model for one in listed_pages()))]
    return {path for pages in every for path in pages.values_list("url_path", flat=True)[:MOST]}


# Where stories, names and ties are listed. Addresses are below the language, such as
# "/browse/2015/09/22/", and have no query but a feed's form: what has another query, no cache in
# front keeps. Each answer costs a fixed number of queries.

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
    stories = ArticlePage.objects.filter(pk__in=pks, live=True).order_by()
    rows = list(stories.values_list("print_date", "print_page", *_FILED))
    if not rows:
        return set()
    tags = ArticleEntity.objects.filter(page__in=pks).order_by()
    names = set(tags.values_list(canonical_id("entity"), flat=True).distinct())
    quoted = TieEvidence.objects.filter(article__in=pks)
    same = Entity.with_merged.same_as(names).values("pk")
    shown = Q(place_a__in=same, place_b__in=same) | Q(pk__in=quoted.values("tie"))
    ties = Tie.with_merged.filter(shown).order_by()
    return {*_filed(rows), *_of_names(names), *_pairs(ties)}


def lists_of_names(pks: Collection[int]) -> set[str]:
    """The pages of these names, of those that stand beside them, and all lists of names."""
    same = Entity.with_merged.same_as(pks).values("pk")
    ties = Tie.with_merged.filter(Q(place_a__in=same) | Q(place_b__in=same)).order_by()
    tags = ArticleEntity.objects.order_by()
    beside = tags.filter(page__in=tags.filter(entity__in=same).values("page"))
    names = set(beside.values_list(canonical_id("entity"), flat=True).distinct()[:MOST_NAMES])
    partners = {pk for pair in ties.values_list(*_ENDS) for pk in pair}
    index = filter(None, [_at("entity_index")])
    return {*index, *_of_names({*pks, *names, *partners}), *_pairs(ties), *_tie_lists()}


def lists_of_tie(pk: int) -> set[str]:
    """The pages of a tie and of its places, and all that lists or counts ties."""
    ties = Tie.with_merged.filter(pk=pk).order_by()
    places = {place for pair in ties.values_list(*_ENDS) for place in pair}
    # The front page has this week's.
    return {"/", *_of_names(places), *_pairs(ties), *_tie_lists()}


def _filed(rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """By day and section, and the feeds: what lies above a story in the tree isn't among them."""
    yield from _feed("archive_feed")
    yield from map(_at, ("browse", "browse_sections", "on_this_day"))
    for day, label, publication, section, section_path in rows:
        if day:
            yield _at("browse_decade", day.year // 10 * 10)
            yield _at("browse_year", day.year)
            yield _at("browse_month", day.year, day.month)
            yield _at("browse_day", day.year, day.month, day.day)
            yield _at("on_this_day_of", day.month, day.day)
        if day and publication and label:
            yield _at("browse_page", day.year, day.month, day.day, publication, label)
        if publication:
            yield from _feed("publication_feed", publication)
        if section_path:
            yield from below_roots(section_path)
            yield from _feed("section_feed", section_path.strip("/").split("/")[-2], section)


def _of_names(pks: Collection[int]) -> Iterator[str]:
    entities = Entity.with_merged.filter(pk__in=pks)
    slugs = {kind.value: slug for slug, kind in KINDS.items()}
    for key, kind, *sort_keys in entities.values_list("key", "kind", *columns("sort_key")):
        yield from (_at(view, key) for view in ("entity", "entity_card"))
        yield from _feed("entity_feed", key)
        if kind == "place":
            yield _at("city", key)
        yield _at("browse_names", slugs[kind])
        for letter in {initial(sort_key or "").lower() for sort_key in sort_keys}:
            yield _at("browse_letter", slugs[kind], OTHER_LETTERS if letter == "#" else letter)


def _pairs(ties: Any) -> Iterator[str]:
    for keys in ties.values_list(*map(canonical_key, ("place_a", "place_b")))[:MOST_NAMES]:
        yield _at("pair", *sorted(keys))
        yield from _feed("pair_feed", *sorted(keys))


def _tie_lists() -> Iterator[str]:
    return map(_at, dict.fromkeys(("tie_index", *tie_pages())))


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
