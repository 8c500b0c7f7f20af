"""The stories beside a story: those that its editors chose, then those that apps find for it."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.apps import apps
from django.db.models import (
    BigAutoField,
    F,
    FloatField,
    IntegerField,
    JSONField,
    QuerySet,
    Value,
)
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from archive.entities.models import Entity
from archive.prepared import Given, GivenSeveral, PreparedQuery
from archive.registry import registered
from archive.stories.parts import is_as_stored
from archive.text.language import supported
from archive.visibility import RestrictedPlaces

# Beside a story stand as many, or all that its editors chose, up to a dozen.
SHOWN = 6
MOST = 12

Names = Mapping[int, Entity]


class RelatedSource(ABC):
    """Registered with `register_archive_related_source`: finds stories that have to do with one."""

    @abstractmethod
    def rows(self, story: Any) -> QuerySet:
        """Rows with `related`, `score` and `reasons`, the stories beside this one: the higher the
        score, the nearer the top; what the reasons are, `why` knows.

        `story` is a `StoredStory`, or one as its form has it: in a preview, or in the form."""

    @abstractmethod
    def why(self, reasons: Mapping[str, Any], names: Names, language: str) -> SafeString | str:
        """A clause for readers, or ""; `names` are those that the story is tagged with."""

    @abstractmethod
    def pairs(self, pks: Collection[int]) -> QuerySet:
        """Rows with `article` and `related`: all that it knows for these stories, for programs."""

    @abstractmethod
    def pages_showing(self, pks: GivenSeveral) -> QuerySet:
        """Of one column: the ids of the stories beside which these are shown.

        It is prepared: `pks` stands on the right side of `__in`."""


@dataclass(frozen=True)
class StoredStory:
    """Stands for any story in a query that is prepared; `original` is what an alias repeats, or
    the story itself."""

    pk: Given
    original: Given


def related_sources() -> list[RelatedSource]:
    return registered("related_source", RelatedSource)


@dataclass(frozen=True)
class RelatedCard:
    """A story for a list, and why it is there; `is_chosen` by an editor."""

    article: Any
    is_chosen: bool
    why: SafeString | str


@dataclass
class RelatedRow:
    """What is known of a related story: its place in the editors' order, or None; its score, or
    None, its reasons and whose they are."""

    pin: int | None = None
    score: float | None = None
    reasons: dict[str, Any] = field(default_factory=dict)
    source: RelatedSource | None = None


_COLUMNS = ("related", "score", "reasons", "pin", "source")
_NO_NUMBER = Value(None, IntegerField())


def related_rows(article: Any) -> dict[int, RelatedRow]:
    """By the related story's id. One query; where the editors' choice is a form's or a preview's,
    one for each app that finds stories.
    """
    sources = related_sources()
    if is_as_stored(article):
        kinds = (type(one) for one in sources)
        keys = {"pk": article.pk, "original": article.alias_of_id or article.pk}
        found = _ROWS.rows(*kinds, **keys)
    else:
        pins = enumerate(one.related_id for one in article.related_links.all())
        found = [(pk, None, None, pin, None) for pin, pk in pins]
        found += chain.from_iterable(_queries(article, sources))
    rows: dict[int, RelatedRow] = {}
    for pk, score, reasons, pin, source in found:
        row = rows.setdefault(pk, RelatedRow())
        if score is None:
            row.pin = pin or 0
        else:
            row.score, row.reasons, row.source = score, reasons, sources[source]
    return rows


def _queries(story: Any, sources: Iterable[RelatedSource]) -> list[QuerySet]:
    return [
        one.rows(story)
        .order_by()
        .annotate(pin=_NO_NUMBER, source=Value(number, IntegerField()))
        .values_list(*_COLUMNS)
        for number, one in enumerate(sources)
    ]


def _prepared(*_kinds: type) -> QuerySet:
    """What is stored of a story, by editors and by apps, in one query."""
    story = StoredStory(*(Given(name, BigAutoField()) for name in ("pk", "original")))
    none = {"score": Value(None, FloatField()), "reasons": Value(None, JSONField())}
    links = apps.get_model("archive", "RelatedArticle").objects.order_by().filter(page=story.pk)
    chosen = links.annotate(**none, pin=F("sort_order"), source=_NO_NUMBER).values_list(*_COLUMNS)
    first, *others = [*_queries(story, related_sources()), chosen]
    return first.union(*others, all=True) if others else first


_ROWS = PreparedQuery(_prepared)


def related_cards(
    article: Any,
    rows: Mapping[int, RelatedRow],
    stories: Mapping[int, Any],
    entities: Iterable[Entity],
) -> list[RelatedCard]:
    """The editors' choice in their order, then the others, the best first.

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
    return [
        RelatedCard(one, row.pin is not None, why(row, names, language))
        for one, row in ((stories[pk], rows[pk]) for _order, pk in shown)
    ]


def why(row: RelatedRow, names: Names, language: str) -> SafeString | str:
    """ "Both about Zhanjiang and Port of Long Beach"; "" without a reason.

    Names that aren't among `names` any more are passed over.
    """
    return row.source.why(row.reasons, names, language) if row.source else ""


def public_cards(
    ids: Collection[int], restricted: RestrictedPlaces | None = None
) -> dict[int, Any]:
    """Those of these stories that every reader may see, by id: one query.

    One more where the `restricted` places aren't at hand.
    """
    cards = apps.get_model("archive", "ArticlePage").objects.cards().order_by()
    cards = cards.filter(pk__in=ids)
    return {one.pk: one for one in cards.shown_to_public(restricted)}
