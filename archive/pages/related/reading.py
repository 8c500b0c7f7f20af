"""The related stories that readers get: one query, whatever the size of the archive."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import (
    Exists,
    JSONField,
    OuterRef,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from modelcluster.queryset import FakeQuerySet

from archive.entities.models import Entity
from archive.pages.related.reasons import days_between, worded
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


def related_cards(article: Any, entities: Iterable[Entity]) -> list[RelatedCard]:
    """The editors' choice in their order, then the automatic ones, the best first.

    `entities` are those that the story is tagged with: what two stories share is among them.
    A story that some readers may not see isn't shown to any.
    """
    return cards_of(article, _found(article), entities)


def cards_of(article: Any, found: list[Any], entities: Iterable[Entity]) -> list[RelatedCard]:
    """Stories with `pin`, `relatedness` and `reasons` as cards, in the order that readers see."""
    names = {entity.pk: entity for entity in entities}
    chosen = sorted((one for one in found if one.pin is not None), key=lambda one: one.pin)
    others = [one for one in found if one.pin is None]
    others.sort(key=lambda one: (-one.relatedness, one.pk))
    language = supported(get_language())
    shown = [*chosen, *others][: max(SHOWN, len(chosen))]
    return [_card(article, one, names, language) for one in shown]


def _card(article: Any, one: Any, names: Mapping[int, Entity], language: str) -> RelatedCard:
    days = days_between(article.print_date, one.print_date)
    return RelatedCard(one, one.pin is not None, worded(one.reasons or {}, names, days, language))


def _found(article: Any) -> list[Any]:
    """Cards with `pin` (a place in the editors' order, or None), `relatedness` and `reasons`."""
    if isinstance(article.related_links.all(), FakeQuerySet):
        return _previewed(article)
    pins = apps.get_model("archive", "RelatedArticle").objects.filter(page=article.pk)
    bans = apps.get_model("archive", "RelatedBan").objects.filter(page=article.pk)
    rows = _rows(article)
    # A union in one list of ids: with an OR of two lists PostgreSQL would read every story.
    wanted = pins.order_by().values("related").union(rows.values("related"), all=True)
    pin = pins.filter(related=OuterRef("pk")).order_by().values("sort_order")[:1]
    is_pinned = pins.filter(related=OuterRef("pk"))
    cards = _cards(article).filter(pk__in=wanted)
    cards = cards.filter(~Exists(bans.filter(related=OuterRef("pk"))) | Exists(is_pinned))
    cards = cards.annotate(pin=Subquery(pin), is_pinned=Exists(is_pinned))
    found = list(cards.order_by("-is_pinned", "pin", "-relatedness", "pk")[:MOST])
    for one in found:
        one.pin = (one.pin or 0) if one.is_pinned else None
    return found


def _previewed(article: Any) -> list[Any]:
    """The form's own choice: it isn't in the database yet."""
    order = [link.related_id for link in article.related_links.all()]
    banned = {ban.related_id for ban in article.related_bans.all()} - set(order)
    listed = set(_rows(article).values_list("related", flat=True))
    found = list(_cards(article).filter(pk__in=listed.union(order) - banned))
    for one in found:
        one.pin = order.index(one.pk) if one.pk in order else None
    return found


def automatic_cards(article: Any, pks: Collection[int] = ()) -> list[Any]:
    """For the editor: the whole automatic list, and some stories that may not be on it."""
    if not article.pk:
        return []
    listed = set(_rows(article).values_list("related", flat=True))
    found = _cards(article).filter(pk__in=listed.union(pks))
    return sorted(found, key=lambda one: (-one.relatedness, one.pk))


def _rows(article: Any) -> Any:
    # An alias is its original once more.
    original = article.alias_of_id or article.pk
    return apps.get_model("archive", "RelatedStory").objects.filter(article=original).order_by()


def _cards(article: Any) -> Any:
    """Cards that every reader may see, with what the list says of them."""
    stories = apps.get_model("archive", "ArticlePage").objects.cards().order_by()
    # Most archives restrict nothing, which the routing's query has seen on its way: one query
    # more where that isn't known.
    if getattr(article, "some_are_restricted", True):
        stories = stories.public()
    row = _rows(article).filter(related=OuterRef("pk"))
    return stories.annotate(
        relatedness=Coalesce(Subquery(row.values("score")[:1]), Value(0.0)),
        reasons=Subquery(row.values("reasons")[:1], output_field=JSONField()),
    )
