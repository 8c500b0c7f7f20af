"""What readers get of entities and ties: texts with their language, dates as printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, F

from archive.entities.bilingual import Text, text_in
from archive.entities.models import Entity, EntityName, Office
from archive.entities.sorting import initial
from archive.pages.models import ArticleEntity, ArticlePage
from archive.pages.querysets import ArticleQuerySet
from archive.text.dates import display_partial
from archive.text.language import LABELS, LANGUAGES, column
from archive.ties.models import Tie, TieEvidence


@dataclass(frozen=True)
class EvidenceLine:
    """What says so; `headline` is empty where no live story does."""

    sentence: Text
    source_url: str
    story: ArticlePage | None
    headline: Text | None


@dataclass(frozen=True)
class TieLine:
    """A tie in words; `place` is where it leads from the place that is being read about."""

    place: Entity
    kind: str
    status: str
    since: str
    until: str
    description: Text
    evidence: list[EvidenceLine]
    origin: Entity


@dataclass(frozen=True)
class OfficeLine:
    office: str
    since: str
    until: str
    as_of: str


@dataclass(frozen=True)
class NameGroup:
    """One language's names: the main one, and the other forms that may be used."""

    language: str
    label: str
    name: str
    others: list[EntityName]


def name_groups(entity: Entity) -> list[NameGroup]:
    names = [name for name in entity.names.all() if not name.forbidden]
    return [
        NameGroup(
            language=language,
            label=LABELS[language],
            name=entity.name_in(language),
            others=[name for name in names if name.language == language],
        )
        for language in LANGUAGES
    ]


def office_lines(entity: Entity, language: str) -> list[OfficeLine]:
    """The latest begun first."""
    offices: Iterable[Office] = entity.offices.all()
    return [
        OfficeLine(
            office=str(office),
            since=display_partial(office.since, language),
            until=display_partial(office.until, language),
            as_of=display_partial(office.as_of, language),
        )
        for office in sorted(offices, key=lambda office: office.period.start, reverse=True)
    ]


def ties_of(place: Entity, language: str) -> list[TieLine]:
    ties = Tie.objects.of(place).with_places().with_evidence()
    lines = [_tie_line(tie, tie.other_place(place), language) for tie in ties]
    return sorted(lines, key=lambda line: _sort_key(line.place, language))


def ties_by_kind(language: str) -> list[tuple[str, list[TieLine]]]:
    """Every tie, under its kind's name, by the name of its first place."""
    lines: dict[str, list[TieLine]] = {kind: [] for kind in Tie.Kind.values}
    for tie in Tie.objects.with_places().with_evidence():
        lines[tie.kind].append(_tie_line(tie, tie.place_b, language))
    for found in lines.values():
        found.sort(key=lambda line: _sort_key(line.origin, language))
    return [(str(Tie.Kind(kind).label), found) for kind, found in lines.items() if found]


def _sort_key(place: Entity, language: str) -> str:
    return getattr(place, column("sort_key", language)) or ""


def _tie_line(tie: Tie, place: Entity, language: str) -> TieLine:
    # Where nothing is known of a status, nothing is said.
    status = "" if tie.status == Tie.Status.UNKNOWN else tie.get_status_display()
    return TieLine(
        place=place,
        origin=tie.other_place(place),
        kind=tie.get_kind_display(),
        status=status,
        since=display_partial(tie.since, language),
        until=display_partial(tie.until, language),
        description=text_in(tie, "description", language),
        evidence=[_evidence_line(piece, language) for piece in tie.evidence.all()],
    )


def _evidence_line(piece: TieEvidence, language: str) -> EvidenceLine:
    story = piece.article
    return EvidenceLine(
        sentence=text_in(piece, "sentence", language),
        source_url=piece.source_url,
        story=story,
        headline=text_in(story, "headline", language) if story else None,
    )


def stories_of(entity: Entity, role: str = "") -> ArticleQuerySet:
    """The live stories tagged with the entity, newest first, each with its `tag_role`."""
    stories = ArticlePage.objects.cards().filter(entity_tags__entity=entity)
    stories = stories.annotate(tag_role=F("entity_tags__role"))
    return stories.filter(tag_role=role) if role else stories


def story_counts(entity: Entity) -> dict[str, int]:
    """How many live stories are about the entity, and how many mention it: by role."""
    tags = ArticleEntity.objects.filter(entity=entity, page__live=True).order_by()
    return dict(tags.values_list("role").annotate(Count("pk")))


def kind_counts() -> list[tuple[str, str, int]]:
    """Value, label and number of entries of each kind that has any."""
    found = dict(Entity.objects.order_by().values_list("kind").annotate(Count("pk")))
    return [
        (kind.value, str(kind.label), found[kind.value])
        for kind in Entity.Kind
        if kind.value in found
    ]


def by_initial(entities: Iterable[Entity], language: str) -> list[tuple[str, list[Entity]]]:
    """Entries in reading order, under the letters that their names or pinyin begin with."""
    groups = groupby(entities, key=lambda entity: initial(_sort_key(entity, language)))
    return [(letter, list(entries)) for letter, entries in groups]
