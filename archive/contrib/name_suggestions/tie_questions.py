"""Ties that a story's sentences speak of, asked in the panel of suggested names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from archive.contrib.name_suggestions.asked import Asked
from archive.contrib.name_suggestions.decisions import Evidence, Subject, has_changed
from archive.contrib.name_suggestions.recognition.ties import ProposedTie, propose_ties
from archive.entities.models import Entity
from archive.text.language import column
from archive.ties.models import Tie

ADD_TIE = "wagtailsnippets_archive_tie:add"
ADD_EVIDENCE = "archive_ties:add_evidence"


def tie_questions(asked: Asked) -> list[dict[str, Any]]:
    """Ties as the panel's template asks them; two queries where the story speaks of any."""
    found = propose_ties(asked.story.passages, asked.found.everything)
    if not found:
        return []
    places = Entity.objects.in_bulk(
        {key for one in found for key in (one.place_a, one.place_b)}, field_name="key"
    )
    known = _known(places)
    asking = []
    for one in found:
        tie = known.get(_token(one.place_a, one.place_b, one.kind))
        if {one.place_a, one.place_b} <= places.keys() and _waits(one, asked, tie):
            asking.append(_asking(one, places, tie, asked))
    return asking


def _token(one: str, two: str, kind: str) -> str:
    """A tie by its places' keys, in their order, and its kind."""
    return "|".join((*sorted((one, two)), kind))


def _known(places: Mapping[str, Entity]) -> Mapping[str, Tie]:
    same = Entity.with_merged.same_as([place.pk for place in places.values()]).values("pk")
    ties = Tie.objects.filter(place_a__in=same, place_b__in=same)
    found = ties.with_places().prefetch_related("evidence")
    return {_token(tie.place_a.key, tie.place_b.key, tie.kind): tie for tie in found}


def _waits(one: ProposedTie, asked: Asked, tie: Tie | None) -> bool:
    if tie and any(piece.article_id == asked.article.pk for piece in tie.evidence.all()):
        return False
    row = asked.answers.get((Subject.TIE, _token(one.place_a, one.place_b, one.kind)))
    evidence = Evidence.of([one.spot])
    return row is None or has_changed(Evidence.read(row.evidence), evidence)


def _asking(
    one: ProposedTie, places: Mapping[str, Entity], tie: Tie | None, asked: Asked
) -> dict[str, Any]:
    """The tie as the template asks it; one of the two addresses, or none without the right."""
    first, second = (places[key] for key in sorted((one.place_a, one.place_b)))
    pair = f"{first} ↔ {second}"
    about = {
        "subject": Subject.TIE,
        "token": _token(one.place_a, one.place_b, one.kind),
        "title": pair,
        "evidence": Evidence.of([one.spot]).as_json(),
        "spots": [],
    }
    piece = {
        "story": asked.article.pk or "",
        "block_id": one.spot.passage.partition("/")[0],
        "sentence": one.spot.sentence,
        "language": asked.article.source_language,
    }
    user = asked.user
    may_add = tie is None and user.has_perm("archive.add_tie")
    may_change = tie is not None and asked.article.pk and user.has_perm("archive.change_tie")
    return {
        "pair": pair,
        "kind": str(Tie.Kind(one.kind).label),
        "line": asked.line(one.spot),
        "existing": tie,
        "about": json.dumps(about, ensure_ascii=False),
        "form_url": _form(one, first, second, piece) if may_add else "",
        "evidence_url": reverse(ADD_EVIDENCE, args=[tie.pk]) if tie and may_change else "",
        "evidence": json.dumps(piece, ensure_ascii=False),
    }


def _form(one: ProposedTie, first: Entity, second: Entity, piece: Mapping[str, Any]) -> str:
    values = {
        "place_a": first.pk,
        "place_b": second.pk,
        "kind": one.kind,
        "status": one.status,
        "since": one.since,
        **{name: piece[name] for name in ("story", "block_id")},
        column("sentence", str(piece["language"])): piece["sentence"],
    }
    return f"{reverse(ADD_TIE)}?{urlencode({k: v for k, v in values.items() if v})}"
