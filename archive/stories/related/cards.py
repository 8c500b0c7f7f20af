"""The related stories that readers get: one query, whatever the size of the archive."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import F, FilteredRelation, Q
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from modelcluster.queryset import FakeQuerySet
from wagtail.models import Page

from archive.entities.models import Entity
from archive.stories.related.reasons import days_between, worded
from archive.text.language import supported

# Beside a story stand as many, or all that its editors chose, up to a dozen.
SHOWN = 6
MOST = 12


@dataclass(frozen=True)
class RelatedCard:
    """A story for a list, and why it is there; `is_chosen` by an editor."""

    article: Any
    is_chosen: bool
    why: SafeString


def related_cards(
    article: Any, entities: Iterable[Entity], links: Collection[int] = ()
) -> tuple[list[RelatedCard], dict[int, Any]]:
    """The editors' choice in their order, then the automatic ones, the best first; and pages.

    `entities` are those that the story is tagged with: what two stories share is among them.
    `links` are the ids of pages that its text leads to: the live ones come by id. One query, and
    another for links to pages that are no stories. A story that some readers may not see isn't
    shown to any.
    """
    found = _found(article, links)
    pages = {one.pk: one for one in found if one.pk in links}
    others = set(links) - pages.keys()
    if others:
        pages |= Page.objects.live().in_bulk(others)
    names = {entity.pk: entity for entity in entities}
    chosen = sorted((one for one in found if one.pin is not None), key=lambda one: one.pin)
    automatic = [one for one in found if one.pin is None and one.relatedness is not None]
    automatic.sort(key=lambda one: (-one.relatedness, one.pk))
    language = supported(get_language())
    shown = [*chosen, *automatic][: max(SHOWN, len(chosen))][:MOST]
    return [_card(article, one, names, language) for one in shown], pages


def _card(article: Any, one: Any, names: Mapping[int, Entity], language: str) -> RelatedCard:
    days = days_between(article.print_date, one.print_date)
    return RelatedCard(one, one.pin is not None, worded(one.reasons or {}, names, days, language))


def _found(article: Any, links: Collection[int]) -> list[Any]:
    """Cards with `pin` (a place in the editors' order, or None), `relatedness` and `reasons`."""
    if isinstance(article.related_links.all(), FakeQuerySet):
        return _previewed(article, links)
    pinned = apps.get_model("archive", "RelatedArticle").objects.filter(page=article.pk).order_by()
    # One list of ids: with an OR of several PostgreSQL would read every story.
    wanted = [_rows(article).values("related")]
    if links:
        wanted.append(Page.objects.filter(pk__in=links).order_by().values("pk"))
    cards = _cards(article).filter(pk__in=pinned.values("related").union(*wanted, all=True))
    cards = cards.annotate(
        pinned=FilteredRelation("related_from", condition=Q(related_from__page=article.pk)),
        banned=FilteredRelation("bans", condition=Q(bans__page=article.pk)),
        pinned_id=F("pinned__pk"),
        pinned_order=F("pinned__sort_order"),
        banned_id=F("banned__pk"),
    )
    around = getattr(article, "site_chrome", None)
    found = list(cards.select_related(None) if around else cards)
    if around:
        # The routing knows all papers and sections.
        around.file(*found)
    for one in found:
        one.pin = (one.pinned_order or 0) if one.pinned_id else None
        one.relatedness = None if one.banned_id else one.relatedness
    return found


def _previewed(article: Any, links: Collection[int]) -> list[Any]:
    """The form's own choice: it isn't in the database yet."""
    order = [link.related_id for link in article.related_links.all()]
    banned = {ban.related_id for ban in article.related_bans.all()}
    listed = set(_rows(article).values_list("related", flat=True))
    found = list(_cards(article).filter(pk__in=listed.union(order, links)))
    for one in found:
        one.pin = order.index(one.pk) if one.pk in order else None
        one.relatedness = None if one.pk in banned else one.relatedness
    return found


def automatic_cards(article: Any, pks: Collection[int] = ()) -> list[Any]:
    """For the editor: the whole automatic list, and some stories that may not be on it."""
    if not article.pk:
        return []
    listed = set(_rows(article).values_list("related", flat=True))
    found = _cards(article).filter(pk__in=listed.union(pks))
    return sorted(found, key=lambda one: (-(one.relatedness or 0), one.pk))


def _rows(article: Any) -> Any:
    model = apps.get_model("archive", "RelatedStory")
    return model.objects.filter(article=_original(article)).order_by()


def _original(article: Any) -> int | None:
    """An alias is its original once more."""
    return article.alias_of_id or article.pk  # type: ignore[no-any-return]


def _cards(article: Any) -> Any:
    """Cards that every reader may see, with what the list says of them."""
    stories = apps.get_model("archive", "ArticlePage").objects.cards().order_by()
    # Most archives restrict nothing, which the routing's query has seen on its way: one query
    # more where that isn't known.
    if getattr(article, "some_are_restricted", True):
        stories = stories.public()
    in_list = Q(places_in_lists__article=_original(article))
    return stories.annotate(
        listed=FilteredRelation("places_in_lists", condition=in_list),
        relatedness=F("listed__score"),
        reasons=F("listed__reasons"),
    )
