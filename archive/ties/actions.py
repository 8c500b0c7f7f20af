"""Loads rows of ties into the archive, and adds a story's sentence as evidence of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from archive.entities.loads import Kept, LoadReport, Merge, RowError, Value, merge, row_errors
from archive.entities.models import Entity
from archive.text.language import LANGUAGES, column
from archive.ties.csv_import import COLUMNS, TieRow
from archive.ties.models import Tie, TieEvidence


def load_ties(rows: Iterable[TieRow]) -> LoadReport:
    """Creates and updates ties by pair and kind; a row that fails is reported, others go in."""
    report = LoadReport()
    # What was merged is still called as before in older files.
    every = Entity.with_merged.places().select_related("merged_into")
    places = {place.key: place.canonical for place in every}
    for row in rows:
        unknown = list(_unknown_places(row, places))
        report.errors.extend(unknown)
        if unknown:
            continue
        try:
            with transaction.atomic():
                _load(row, places, report)
        except ValidationError as error:
            report.errors.extend(row_errors(error, row.file, row.line, COLUMNS))
    return report


def _unknown_places(row: TieRow, places: Mapping[str, Entity]) -> Iterable[RowError]:
    message = _("No place has the key “%(key)s”: load the file of places first, or correct it.")
    for heading, key in zip(("from_key", "to_key"), row.keys, strict=True):
        if key not in places:
            yield RowError(row.file, row.line, heading, message % {"key": key})


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
    merged = merge(
        stored | _stored_sentences(pieces),
        {**row.values, **_sentences(row)},
        tie.source_digests,
        lists=("sentence:",) if row.source_url else (),
    )
    if is_new or merged.writes or merged.digests != tie.source_digests:
        _write(tie, pieces, merged)
    name = "–".join(row.keys)
    report.kept.extend(Kept(row.file, row.line, name, key) for key in merged.kept)
    report.count(tie, is_new=is_new, changed=merged.writes)


def _sentences(row: TieRow) -> dict[str, Value]:
    """The row's evidence by key: "sentence:en:https://…"."""
    return {f"sentence:{lang}:{row.source_url}": text for lang, text in row.sentences.items()}


def _stored_sentences(pieces: Mapping[str, TieEvidence]) -> dict[str, Value]:
    return {
        f"sentence:{language}:{url}": getattr(piece, column("sentence", language))
        for url, piece in pieces.items()
        for language in LANGUAGES
    }


def _write(tie: Tie, pieces: dict[str, TieEvidence], merged: Merge) -> None:
    """Validates and saves; raises ValidationError and leaves the stored row as it was."""
    for key, value in merged.changes.items():
        if key.startswith("sentence:"):
            _write_sentence(tie, pieces, key, str(value))
        else:
            setattr(tie, key, value)
    for key in merged.dropped:
        _drop_sentence(tie, pieces, key)
    tie.source_digests = merged.digests
    tie.full_clean()
    tie.save()


def _write_sentence(tie: Tie, pieces: dict[str, TieEvidence], key: str, text: str) -> None:
    _prefix, language, url = key.split(":", 2)
    if url not in pieces:
        pieces[url] = TieEvidence(source_url=url, sort_order=len(pieces))
    setattr(pieces[url], column("sentence", language), text)
    pieces[url].clean_fields(exclude=["tie"])
    # Also for a stored one: what isn't added to the cluster isn't saved with it.
    tie.evidence.add(pieces[url])


def _drop_sentence(tie: Tie, pieces: dict[str, TieEvidence], key: str) -> None:
    """A piece of evidence goes with its last sentence."""
    _prefix, language, url = key.split(":", 2)
    piece = pieces[url]
    setattr(piece, column("sentence", language), "")
    if any(getattr(piece, column("sentence", lang)) for lang in LANGUAGES):
        tie.evidence.add(piece)
    else:
        tie.evidence.remove(piece)


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
