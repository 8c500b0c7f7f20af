"""Loads rows of ties into the archive, adds a story's sentence as evidence of one, and joins those
that a merge of names has made the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from archive.entities.loads import Kept, LoadReport, Merge, RowError, merge, row_errors
from archive.entities.models import Entity
from archive.entities.querysets import canonical_id
from archive.journal.recording import Recording
from archive.journal.rows import rows_of
from archive.text.language import LANGUAGES, column
from archive.ties.csv_import import COLUMNS, TieRow
from archive.ties.models import Tie, TieEvidence


def load_ties(rows: Iterable[TieRow]) -> LoadReport:
    """Creates and updates ties by pair and kind; a row that fails is reported, others go in."""
    report = LoadReport()
    # What was merged is still called as before in older files.
    every = Entity.with_merged.places().select_related("merged_into")
    places = {place.key: place.canonical for place in every}
    message = _("No place has the key “%(key)s”: load the file of places first, or correct it.")
    for row in rows:
        unknown = [
            RowError(row.file, row.line, heading, message % {"key": key})
            for heading, key in zip(("from_key", "to_key"), row.keys, strict=True)
            if key not in places
        ]
        report.errors.extend(unknown)
        if unknown:
            continue
        try:
            with transaction.atomic():
                _load(row, places, report)
        except ValidationError as error:
            report.errors.extend(row_errors(error, row.file, row.line, COLUMNS))
    return report


def _load(row: TieRow, places: Mapping[str, Entity], report: LoadReport) -> None:
    one, two = (places[key] for key in row.keys)
    tie = Tie.objects.between(one, two).filter(kind=row.kind).first() or Tie(
        place_a=one, place_b=two, kind=row.kind
    )
    pieces = {piece.source_url: piece for piece in tie.evidence.all()}
    is_new = tie.pk is None
    if is_new and not row.sentences:
        message = _("A new tie needs a source: name the page, and in one sentence what it says.")
        raise ValidationError({"source_url": message})
    # No editor has chosen a new tie's defaults.
    stored = {} if is_new else {name: getattr(tie, name) for name in row.values}
    # Evidence goes by "sentence:en:https://…".
    for url, piece in pieces.items():
        for language in LANGUAGES:
            stored[f"sentence:{language}:{url}"] = getattr(piece, column("sentence", language))
    offered = {f"sentence:{lang}:{row.source_url}": text for lang, text in row.sentences.items()}
    merged = merge(
        stored,
        {**row.values, **offered},
        tie.source_digests,
        lists=("sentence:",) if row.source_url else (),
    )
    if is_new or merged.writes or merged.digests != tie.source_digests:
        _write(tie, pieces, merged)
    name = "–".join(row.keys)
    report.kept.extend(Kept(row.file, row.line, name, key) for key in merged.kept)
    report.count(tie, is_new=is_new, changed=merged.writes)


def _write(tie: Tie, pieces: dict[str, TieEvidence], merged: Merge) -> None:
    """Validates and saves; raises ValidationError and leaves the stored row as it was."""
    # Only sentences are dropped: see `lists` above.
    for key, value in {**merged.changes, **dict.fromkeys(merged.dropped, "")}.items():
        if not key.startswith("sentence:"):
            setattr(tie, key, value)
            continue
        _prefix, language, url = key.split(":", 2)
        piece = pieces.get(url) or TieEvidence(source_url=url, sort_order=len(pieces))
        pieces[url] = piece
        setattr(piece, column("sentence", language), value)
        if value:
            piece.clean_fields(exclude=["tie"])
        if any(getattr(piece, column("sentence", lang)) for lang in LANGUAGES):
            # Also for a stored one: what isn't added to the cluster isn't saved with it.
            tie.evidence.add(piece)
        else:
            tie.evidence.remove(piece)
    tie.source_digests = merged.digests
    tie.full_clean()
    tie.save()


@transaction.atomic
def add_evidence(
    tie: Tie, story: Any, block_id: str, sentence: str, language: str, *, user: Any
) -> bool:
    """Add the sentence, logged as a change of the tie; False if the story is evidence already.

    Raises ValidationError for an empty sentence or a block id that can't be stored.
    """
    tie = Tie.objects.select_for_update().get(pk=tie.pk)
    if tie.evidence.filter(article=story).exists():
        return False
    sentence = sentence.replace("\x00", "").strip()
    if not sentence:
        raise ValidationError(_("This sentence can't be added."))
    piece = TieEvidence(
        article=story,
        block_id=block_id,
        sort_order=tie.evidence.count(),
        **{column("sentence", language): sentence},
    )
    piece.clean_fields(exclude=["tie", "sentence"])
    tie.evidence.add(piece)
    tie.save()
    log(tie, "wagtail.edit", user=user)
    return True


# What a tie takes from one that became the same, where it has nothing itself.
_FACTS = ("since", "until", "confidence", *(column("description", lang) for lang in LANGUAGES))


def join_ties(entities: Collection[int], record: Recording | None) -> None:
    """Brings `merged_into` of these names' ties in step; `record` notes the facts that a tie takes
    over from another.

    After a merge of names two ties may be the same, or join a name with itself. It is worked out
    from the names alone, so that undoing a merge brings the ties back by itself.
    """
    same = Entity.with_merged.same_as(entities).values("pk")
    ties = Tie.with_merged.filter(Q(place_a__in=same) | Q(place_b__in=same)).annotate(
        one=canonical_id("place_a"), two=canonical_id("place_b")
    )
    groups: dict[Any, list[Any]] = defaultdict(list)
    for tie in ties.order_by("pk"):
        groups[frozenset((tie.one, tie.two)), tie.kind].append(tie)
    for (ends, _kind), group in groups.items():
        # The one whose own places they are goes on standing for all.
        group.sort(key=lambda tie: ({tie.place_a_id, tie.place_b_id} != ends, tie.pk))
        first = group[0]
        for tie in group:
            into_other = first.pk if tie is not first else None
            merged_into = tie.pk if len(ends) == 1 else into_other
            if tie.merged_into_id != merged_into:
                rows_of(Tie).filter(pk=tie.pk).update(merged_into=merged_into)
            if record and len(ends) > 1 and tie is not first:
                _take_facts(record, first, tie)


def _take_facts(record: Recording, tie: Any, other: Any) -> None:
    values = {name: getattr(other, name) for name in _FACTS if not getattr(tie, name)}
    if tie.status == Tie.Status.UNKNOWN:
        values["status"] = other.status
    record.update(tie, **{name: value for name, value in values.items() if value})
