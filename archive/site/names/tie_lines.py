"""What readers get of ties: texts with their language, dates as printed, evidence to follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from archive.entities.fields import Text, text_in
from archive.entities.models import Entity
from archive.entities.romanisation import sort_key as name_sort_key
from archive.site.browse.calendar import decade_name
from archive.site.names.entries import sort_key
from archive.stories.models import ArticlePage
from archive.stories.querysets import ArticleQuerySet
from archive.text.dates import display_partial
from archive.text.language import column, other
from archive.ties.models import Tie, TieEvidence
from archive.ties.querysets import TieQuerySet
from archive.visibility import RestrictedPlaces

Listed = TypeVar("Listed")


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

    @property
    def is_planned(self) -> bool:
        """What was announced for its day: nobody knows from the source that it began."""
        return self.tie.status == Tie.Status.PLANNED


def ties_of(
    ties: TieQuerySet, stories: ArticleQuerySet, place: Entity, language: str
) -> list[TieLine]:
    """Those of the ties that the place has, by the names of the other places; evidence leads to
    `stories` alone."""
    found = ties.of(place).with_places().with_evidence(stories)
    return tie_lines_of(found, place, language, evidence=True)


def tie_lines_of(
    ties: Iterable[Tie], place: Entity, language: str, *, evidence: bool = False
) -> list[TieLine]:
    """A place's ties, by the names of the other places."""
    lines = [tie_line(tie, tie.other_place(place), language, evidence=evidence) for tie in ties]
    return sorted(lines, key=lambda line: sort_key(line.place, language))


def ties_between(
    ties: TieQuerySet, stories: ArticleQuerySet, one: Entity, two: Entity, language: str
) -> list[TieLine]:
    """All that joins two places, in the kinds' own order; as for `ties_of`."""
    pair = frozenset((one.pk, two.pk))
    return ties_among(ties, stories, [one, two], language).get(pair, [])


def ties_among(
    ties: TieQuerySet, stories: ArticleQuerySet, places: Iterable[Entity], language: str
) -> dict[frozenset[int], list[TieLine]]:
    """By pair of the places all that joins them, in the kinds' own order; as for `ties_of`."""
    if not (every := list(places)):
        return {}
    found = ties.among(every).with_places().with_evidence(stories)
    lines: dict[frozenset[int], list[TieLine]] = {}
    for tie in found:
        pair = tie.place_a.canonical, tie.place_b.canonical
        two = max(pair, key=lambda one: one.key)
        lines.setdefault(frozenset(one.pk for one in pair), []).append(tie_line(tie, two, language))
    for of_pair in lines.values():
        of_pair.sort(key=lambda line: Tie.Kind.values.index(line.tie.kind))
    return lines


def partners(
    place: Entity, language: str, restricted: RestrictedPlaces
) -> list[tuple[str, list[Entity]]]:
    """The places that the place is tied to, under each kind's name: one query."""
    ties = Tie.objects.shown_to_public(restricted).of(place).with_places()
    found = [(tie.kind, tie.other_place(place)) for tie in ties]
    return by_kind(sorted(found, key=lambda one: sort_key(one[1], language)))


def by_kind(found: Iterable[tuple[str, Listed]]) -> list[tuple[str, list[Listed]]]:
    """What is given with its kind under the kinds' names, in the kinds' own order."""
    groups: dict[str, list[Listed]] = {kind: [] for kind in Tie.Kind.values}
    for kind, one in found:
        groups[kind].append(one)
    return [(str(Tie.Kind(kind).label), same) for kind, same in groups.items() if same]


def tie_lines(
    ties: Iterable[Tie], language: str, *, evidence: bool = True, home: str = ""
) -> list[TieLine]:
    """Ties as they come, read from their first place, or from that in the country of `home`.

    Without `evidence` none is asked for.
    """
    return [tie_line(tie, _away_from(home, tie), language, evidence=evidence) for tie in ties]


def grouped(lines: Iterable[TieLine], sort: str, language: str) -> list[tuple[Text, list[TieLine]]]:
    """Lines as `TieQuerySet.in_columns` sorts them, under headings of what they are sorted by:
    decades, kinds, or regions as the language sorts their names."""
    groups: dict[Text, list[TieLine]] = {}
    for line in lines:
        groups.setdefault(_heading(line, sort, language), []).append(line)
    if sort in ("place", "other"):
        return sorted(groups.items(), key=lambda one: name_sort_key(one[0].text, one[0].language))
    return list(groups.items())


def _heading(line: TieLine, sort: str, language: str) -> Text:
    if sort == "kind":
        return Text(line.kind, language)
    if sort in ("place", "other"):
        place = line.origin if sort == "place" else line.place
        region = text_in(place, "region", language)
        return region or Text(place.country_name or _("Elsewhere"), language)
    decade = f"{line.tie.since[:3]}0" if line.tie.since else ""
    return Text(decade_name(int(decade), language) if decade else _("Date not known"), language)


def _away_from(home: str, tie: Tie) -> Entity:
    """As `TieQuerySet.in_columns` sorts them."""
    one, two = tie.place_a.canonical, tie.place_b.canonical
    return one if home and two.country == home != one.country else two


def tie_line(tie: Tie, place: Entity, language: str, *, evidence: bool = True) -> TieLine:
    # Where nothing is known of a status, nothing is said.
    status = "" if tie.status == Tie.Status.UNKNOWN else tie.get_status_display()
    pieces = tie.all_evidence if evidence else []
    # A sentence is a story's own words: it is kept from readers as long as the story is.
    readable = [piece for piece in pieces if piece.article is not None or piece.source_url]
    return TieLine(
        tie=tie,
        place=place,
        origin=tie.other_place(place),
        kind=tie.get_kind_display(),
        status=status,
        since=display_partial(tie.since, language),
        until=display_partial(tie.until, language),
        description=text_in(tie, "description", language),
        evidence=[_evidence_line(piece, language) for piece in readable],
    )


def _evidence_line(piece: TieEvidence, language: str) -> EvidenceLine:
    story = piece.article
    sentence = text_in(piece, "sentence", language)
    rest = other(sentence.language)
    return EvidenceLine(
        sentence=sentence,
        in_other=Text(getattr(piece, column("sentence", rest)) or "", rest),
        source_url=piece.source_url,
        story=story,
        headline=_headline(story, language) if story else None,
        anchor=piece.block_id if story else "",
    )


def _headline(story: ArticlePage, language: str) -> Text:
    text = story.in_language(language)
    return Text(text.headline, text.language)


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
