"""What readers get of ties: texts with their language, dates as printed, evidence to follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from archive.entities.fields import Text, text_in
from archive.entities.models import Entity
from archive.site.names.entries import sort_key
from archive.stories.models import ArticlePage
from archive.stories.querysets import ArticleQuerySet
from archive.text.dates import display_partial
from archive.text.language import column, other
from archive.ties.models import Tie, TieEvidence


@dataclass(frozen=True)
class EvidenceLine:
    """What says so; `headline` is None where a source elsewhere does, and no story.

    `in_other` is the same sentence in the reader's other language, if there is one. `anchor`
    is the id of the story's paragraph that the sentence rests on.
    """

    sentence: Text
    in_other: Text
    source_url: str
    story: ArticlePage | None
    headline: Text | None
    anchor: str


@dataclass(frozen=True)
class TieLine:
    """A tie in words; `place` is where it leads from the place that is being read about."""

    tie: Tie
    place: Entity
    kind: str
    status: str
    since: str
    until: str
    description: Text
    evidence: list[EvidenceLine]
    origin: Entity


def ties_of(stories: ArticleQuerySet, place: Entity, language: str) -> list[TieLine]:
    """The place's ties with their evidence, by the names of the other places.

    Evidence leads to those of the `stories`, which should be `readable_stories()`.
    """
    ties = Tie.objects.of(place).with_places().with_evidence(stories)
    lines = [tie_line(tie, tie.other_place(place), language) for tie in ties]
    return sorted(lines, key=lambda line: sort_key(line.place, language))


def ties_between(
    stories: ArticleQuerySet, one: Entity, two: Entity, language: str
) -> list[TieLine]:
    """All that joins two places, in the kinds' own order; `stories` as for `ties_of`."""
    order = list(Tie.Kind.values)
    ties = Tie.objects.between(one, two).with_places().with_evidence(stories)
    lines = [tie_line(tie, two, language) for tie in ties]
    return sorted(lines, key=lambda line: order.index(line.tie.kind))


def partners(place: Entity, language: str) -> list[tuple[str, list[Entity]]]:
    """The places that the place is tied to, under each kind's name: one query."""
    found: dict[str, list[Entity]] = {kind: [] for kind in Tie.Kind.values}
    for tie in Tie.objects.of(place).with_places():
        found[tie.kind].append(tie.other_place(place))
    return [
        (str(Tie.Kind(kind).label), sorted(places, key=lambda one: sort_key(one, language)))
        for kind, places in found.items()
        if places
    ]


def by_kind(lines: Iterable[TieLine]) -> list[tuple[str, list[TieLine]]]:
    """The lines under their kinds' names, in the kinds' own order."""
    found: dict[str, list[TieLine]] = {kind: [] for kind in Tie.Kind.values}
    for line in lines:
        found[line.tie.kind].append(line)
    return [(str(Tie.Kind(kind).label), same) for kind, same in found.items() if same]


def tie_lines(ties: Iterable[Tie], language: str, *, evidence: bool = True) -> list[TieLine]:
    """Ties as they come, read from their first place; without `evidence` none is asked for."""
    return [tie_line(tie, tie.place_b, language, evidence=evidence) for tie in ties]


def tie_line(tie: Tie, place: Entity, language: str, *, evidence: bool = True) -> TieLine:
    # Where nothing is known of a status, nothing is said.
    status = "" if tie.status == Tie.Status.UNKNOWN else tie.get_status_display()
    pieces = tie.all_evidence if evidence else []
    return TieLine(
        tie=tie,
        place=place,
        origin=tie.other_place(place),
        kind=tie.get_kind_display(),
        status=status,
        since=display_partial(tie.since, language),
        until=display_partial(tie.until, language),
        description=text_in(tie, "description", language),
        evidence=[_evidence_line(piece, language) for piece in pieces if _may_be_read(piece)],
    )


def _may_be_read(piece: TieEvidence) -> bool:
    """A sentence is a story's own words: it is kept from readers as long as the story is."""
    return piece.article is not None or bool(piece.source_url)


def _evidence_line(piece: TieEvidence, language: str) -> EvidenceLine:
    story = piece.article
    sentence = text_in(piece, "sentence", language)
    rest = other(sentence.language)
    return EvidenceLine(
        sentence=sentence,
        in_other=Text(getattr(piece, column("sentence", rest)) or "", rest),
        source_url=piece.source_url,
        story=story,
        headline=text_in(story, "headline", language) if story else None,
        anchor=piece.block_id if story else "",
    )


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened: `date` is partial ("1980", "1980-01-28"), `what` its template's."""

    date: str
    what: str
    about: Any

    @property
    def decade(self) -> int:
        return int(self.date[:4]) // 10 * 10


def by_decade(entries: Iterable[TimelineEntry]) -> list[tuple[int, list[TimelineEntry]]]:
    """The earliest first; what is known to the year only comes before that year's months."""
    in_order = sorted(entries, key=lambda entry: entry.date)
    return [(decade, list(found)) for decade, found in groupby(in_order, lambda e: e.decade)]
