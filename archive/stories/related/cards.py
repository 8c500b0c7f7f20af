"""The related stories that readers get, whatever the size of the archive."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import F, FloatField, IntegerField, JSONField, Value
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from modelcluster.queryset import FakeQuerySet

from archive.entities.models import Entity
from archive.stories.related.reasons import days_between, worded
from archive.text.language import supported
from archive.visibility import RestrictedPlaces

# Beside a story stand as many, or all that its editors chose, up to a dozen.
SHOWN = 6
MOST = 12


@dataclass(frozen=True)
class RelatedCard:
    """A story for a list, and why it is there; `is_chosen` by an editor."""

    article: Any
    is_chosen: bool
    why: SafeString


@dataclass
class RelatedRow:
    """What is known of a related story: its place in the editors' order, or None; its score, or
    None, and reasons in the automatic list."""

    pin: int | None = None
    score: float | None = None
    reasons: dict[str, Any] = field(default_factory=dict)


def related_rows(article: Any, with_banned: bool = False) -> dict[int, RelatedRow]:
    """By the related story's id; what the editors have banned from the automatic list only
    `with_banned`. One query; two in a preview and in the editor's form, where pins and bans are the
    form's own.
    """
    links, bans = article.related_links.all(), article.related_bans.all()
    # An alias is its original once more.
    original = article.alias_of_id or article.pk
    listed = apps.get_model("archive", "RelatedStory").objects.filter(article=original)
    if not isinstance(bans, FakeQuerySet):
        bans = bans.order_by().values("related")
        listed = listed if with_banned else listed.exclude(related__in=bans)
    elif not with_banned:
        listed = listed.exclude(related__in=[one.related_id for one in bans])
    columns = ("related", "score", "reasons", "pin")
    scored = listed.order_by().annotate(pin=Value(None, IntegerField())).values_list(*columns)
    found: list[Any]
    if isinstance(links, FakeQuerySet):
        pinned = enumerate(links.values_list("related_id", flat=True))
        found = [*scored, *((pk, None, None, pin) for pin, pk in pinned)]
    else:
        none = {"score": Value(None, FloatField()), "reasons": Value(None, JSONField())}
        chosen = links.order_by().annotate(**none, pin=F("sort_order")).values_list(*columns)
        found = list(scored.union(chosen, all=True))
    rows: dict[int, RelatedRow] = {}
    for pk, score, reasons, pin in found:
        row = rows.setdefault(pk, RelatedRow())
        if score is None:
            row.pin = pin or 0
        else:
            row.score, row.reasons = score, reasons
    return rows


def related_cards(
    article: Any,
    rows: Mapping[int, RelatedRow],
    stories: Mapping[int, Any],
    entities: Iterable[Entity],
) -> list[RelatedCard]:
    """The editors' choice in their order, then the automatic ones, the best first.

    `stories` are those of the rows that every reader may see, `entities` those that the story is
    tagged with: what two stories share is among them.
    """
    names = {entity.pk: entity for entity in entities}
    seen = [(pk, row) for pk, row in rows.items() if pk in stories]
    chosen = sorted((row.pin, pk) for pk, row in seen if row.pin is not None)
    automatic = sorted(
        (-row.score, pk) for pk, row in seen if row.pin is None and row.score is not None
    )
    language = supported(get_language())
    shown = [*chosen, *automatic][: max(SHOWN, len(chosen))][:MOST]
    return [_card(article, stories[pk], rows[pk], names, language) for _order, pk in shown]


def _card(
    article: Any, one: Any, row: RelatedRow, names: Mapping[int, Entity], language: str
) -> RelatedCard:
    days = days_between(article.print_date, one.print_date)
    return RelatedCard(one, row.pin is not None, worded(row.reasons, names, days, language))


def public_cards(
    ids: Collection[int], restricted: RestrictedPlaces | None = None
) -> dict[int, Any]:
    """Those of these stories that every reader may see, by id: one query.

    One more where the `restricted` places aren't at hand.
    """
    cards = apps.get_model("archive", "ArticlePage").objects.cards().order_by()
    cards = cards.filter(pk__in=ids)
    return {one.pk: one for one in cards.shown_to_public(restricted)}
