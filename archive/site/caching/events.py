"""Tells which pages show something that was changed, and touches exactly those."""

from collections.abc import Collection, Iterable
from itertools import chain
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigAutoField,
    BigIntegerField,
    CharField,
    Exists,
    Model,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import Cast, Left, Length
from wagtail.models import ReferenceIndex

from archive.base_page import Page
from archive.entities.models import Entity
from archive.prepared import Given, GivenSeveral, PreparedQuery, padded
from archive.registry import registered
from archive.site.caching import purge
from archive.site.caching.versions import NAMES, SITE, STORIES, address_key, touch
from archive.site.related import related_sources
from archive.site.story_panels import StoryPanel
from archive.stories.models import (
    ArticleByline,
    ArticleEntity,
    ArticlePage,
    IssuePage,
    RelatedArticle,
)
from archive.ties.models import Tie

# More pages than this, and all are made anew: a country is named in half of an archive.
MOST_PAGES = 500


def frame_changed() -> None:
    """What every page shows, or more than can be told one by one."""
    touch([SITE])
    purge.purge_later(everything=True)


def stories_will_change(pks: Collection[int]) -> None:
    """Lists that they may leave; for caches in front, to which nobody tells it afterwards."""
    purge.purge_later(lists=lambda: purge.lists_of_stories(pks))


def story_leaves_page(article: ArticlePage) -> bool:
    """Before a save: whether readers have the story; its former neighbours, if it goes to another
    printed page or day. One query for one that stays where it is."""
    place = ("publication_id", "print_date", "print_page")
    stories = ArticlePage.objects.filter(pk=article.pk, live=True).order_by("pk")
    former = stories.values_list(*place).first()
    if former and former != tuple(getattr(article, name) for name in place):
        touch_pages(set(_some(_on_same_page([article.pk]).union(_beside_days([article.pk])))))
    return former is not None


def stories_changed(pks: Collection[int]) -> None:
    """Their texts, facts or tags; also that there are more or fewer of them. Three queries."""
    if not pks:
        return
    if len(pks) > MOST_PAGES:
        touch_pages(pks, STORIES)
        return
    purge.purge_later(lists=lambda: purge.lists_of_stories(pks))
    adders = (*related_sources(), *registered("story_panel", StoryPanel))
    given = padded(pks)
    page = ContentType.objects.get_for_model(Page).pk
    shown = _SHOWING.rows(len(given), *map(type, adders), stories=given, page_type=page)
    touch_pages({*pks, *shown}, STORIES)


def _showing(count: int, *_adders: type) -> Any:
    """The pages that show so many stories; `_adders` are what apps have registered."""
    pks = GivenSeveral("stories", count, BigAutoField())
    texts = GivenSeveral("stories", count, CharField())
    page_type = Given("page_type", BigAutoField())
    parent = Left("path", Length("path") - Page.steplen)
    parents = Page.objects.filter(pk__in=pks).order_by().values(parent=parent)
    showing = [
        IssuePage.objects.order_by().filter(path__in=parents).values_list("pk", flat=True),
        RelatedArticle.objects.order_by().filter(related__in=pks).values_list("page", flat=True),
        *(source.pages_showing(pks) for source in related_sources()),
        *chain.from_iterable(
            panel.pages_showing(pks) for panel in registered("story_panel", StoryPanel)
        ),
        _referring(page_type, page_type, texts),
        _on_same_page(pks),
        _beside_days(pks),
        # What says that a tie is may come or go.
        _about_both(Tie.with_merged.filter(evidence__article__in=pks)),
    ]
    # One more than are touched one by one: then it is many.
    return showing[0].union(*showing[1:])[: MOST_PAGES + 1]


_SHOWING = PreparedQuery(_showing)


def names_changed(pks: Collection[int]) -> None:
    """Entities, with all that pages say of them."""
    if not pks:
        return
    touch([NAMES])
    names_will_change(pks)
    pks = list(Entity.with_merged.same_as(pks).values_list("pk", flat=True))
    tags = ArticleEntity.objects.filter(entity__in=pks).values_list("page", flat=True)
    bylines = ArticleByline.objects.filter(place__in=pks).values_list("page", flat=True)
    touch_pages({*_some(tags), *_some(bylines), *_some(_pages_referring(Entity, pks))})


def names_will_change(pks: Collection[int]) -> None:
    """Their pages, and lists that they may leave."""
    purge.purge_later(lists=lambda: purge.lists_of_names(pks))


def tie_will_change(pk: int) -> None:
    """Stories about both of its places lead to the pair."""
    touch_pages(set(_some(_about_both(Tie.with_merged.filter(pk=pk)))))
    purge.purge_later(lists=lambda: purge.lists_of_tie(pk))


def tie_changed(pk: int) -> None:
    touch([NAMES])
    tie_will_change(pk)


def authors_changed(pks: Collection[int]) -> None:
    bylines = ArticleByline.objects.filter(Q(author__in=pks) | Q(author__merged_into__in=pks))
    touch_pages(set(_some(bylines.values_list("page", flat=True))))


def stories_showing(image: Any) -> set[int]:
    """Where a picture stands, also one that was deleted a moment ago; at most some hundreds."""
    stories = ArticlePage.objects.order_by().filter(lead_image=image.pk)
    leads = _some(stories.values_list("pk", flat=True))
    return {*leads, *_some(_pages_referring(type(image), [image.pk]))}


def issue_changed(issue: Any) -> None:
    """Its neighbours lead to it with its first story."""
    touch_pages({issue.pk}, STORIES)


def touch_pages(pks: Collection[int], *keys: str) -> None:
    """The pages themselves, at the addresses that they and their aliases have; and these keys."""
    if len(pks) > MOST_PAGES:
        touch(keys)
        frame_changed()
    elif pks:
        given = padded(pks)
        _touch_paths(_PATHS.rows(len(given), pages=given), *keys)


def _paths(count: int) -> Any:
    pks = GivenSeveral("pages", count, BigAutoField())
    pages = Page.objects.order_by().values_list("url_path", flat=True)
    # A union: to ask for any of them, SQLite would read every page.
    own, aliases = pages.filter(pk__in=pks), pages.filter(alias_of__in=pks)
    return own.union(aliases, all=True)[: MOST_PAGES + 1]


_PATHS = PreparedQuery(_paths)


def _touch_paths(paths: list[str], *keys: str) -> None:
    """Pages at these paths; more of them than are touched one by one, and all are."""
    if len(paths) > MOST_PAGES:
        touch(keys)
        frame_changed()
    else:
        touch_addresses(paths, *keys)


def touch_addresses(url_paths: Iterable[str], *keys: str) -> None:
    """Pages by `url_path`, at each address that they have: one below every root they lie under."""
    found = set(url_paths)
    addresses = {address_key(path) for one in found for path in purge.below_roots(one)}
    if addresses or keys:
        touch({*addresses, *keys})
        purge.purge_later(found)


def _on_same_page(pks: Collection[int] | GivenSeveral) -> Any:
    """The stories that were printed on the same page as these: each leads to the next.

    Of stories of several days, some more: an index serves papers, days and pages one by one.
    """
    changed = ArticlePage.objects.order_by().filter(pk__in=pks).exclude(print_page="")
    names = ("publication", "print_date", "print_page")
    beside = {f"{name}__in": changed.values(name) for name in names}
    return ArticlePage.objects.order_by().filter(**beside).values_list("pk", flat=True)


def _beside_days(pks: Collection[int] | GivenSeveral) -> Any:
    """The issues before and after the days whose only stories these are, or were: they lead to such
    a day, or past it."""
    live = ArticlePage.objects.filter(live=True, publication=OuterRef("publication"))
    same_day = live.filter(print_date=OuterRef("print_date")).exclude(pk__in=pks).order_by()
    alone = ArticlePage.objects.order_by().filter(~Exists(same_day), pk__in=pks)
    issue = Left("path", Length("path") - Page.steplen)
    earlier = live.filter(print_date__lt=OuterRef("print_date")).order_by("-print_date")
    later = live.filter(print_date__gt=OuterRef("print_date")).order_by("print_date")
    beside = Q()
    for near in (earlier, later):
        found = Subquery(near.annotate(issue=issue).values("issue")[:1])
        beside |= Q(path__in=alone.annotate(near=found).values("near"))
    return IssuePage.objects.order_by().filter(beside).values_list("pk", flat=True)


def _about_both(ties: Any) -> Any:
    """The stories that name both places of any of the ties: one query, from their tags."""
    tags = ArticleEntity.objects.order_by()
    joined = ties.filter(place_a=OuterRef(OuterRef("entity")), place_b=OuterRef("entity"))
    other = tags.filter(Exists(joined), page=OuterRef("page"))
    first = tags.filter(Exists(other), entity__in=ties.order_by().values("place_a"))
    return first.values_list("page", flat=True)


def _pages_referring(model: type[Model], pks: Collection[int]) -> Any:
    types = ContentType.objects.get_for_models(Page, model)
    return _referring(types[Page].pk, types[model].pk, [str(pk) for pk in pks])


def _referring(page_type: Any, to_type: Any, texts: Any) -> Any:
    """The pages of this content type that refer to these objects of that; keys as texts."""
    found = ReferenceIndex.objects.filter(
        base_content_type=page_type, to_content_type=to_type, to_object_id__in=texts
    ).order_by()
    found = found.annotate(page=Cast("object_id", BigIntegerField()))
    return found.values_list("page", flat=True).distinct()


def _some(values: Any) -> list[Any]:
    """One more than are touched one by one: then it is many."""
    return list(values[: MOST_PAGES + 1])
