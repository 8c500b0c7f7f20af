"""Leads an entry's ties to another entry: ties that become the same one join their evidence."""

from __future__ import annotations

from archive.desk.identity.ledger import Ledger
from archive.entities.models import Entity
from archive.pages.models.suggestions import SuggestionDecision
from archive.text.language import LANGUAGES, column
from archive.ties.models import Tie, TieEvidence

# What a joined tie takes from the other one where it has nothing itself.
_FACTS = ("since", "until", "confidence", *(column("description", lang) for lang in LANGUAGES))


def follow_ties(ledger: Ledger, lost: Entity, kept: Entity) -> list[Tie]:
    """Leads the ties over; those between the two go, and are returned."""
    gone = []
    for tie in Tie.objects.of(lost).with_places().order_by("pk"):
        other = tie.other_place(lost)
        if other.pk == kept.pk:
            _delete(ledger, tie)
            gone.append(tie)
            continue
        lead_tie(ledger, tie, lost, kept)
    return gone


def follow_answers(ledger: Ledger, lost: Entity, kept: Entity) -> None:
    """Answers about proposed ties, which are known by both places' keys and the kind: what was
    refused isn't asked again under the other key."""
    answers = SuggestionDecision.objects.filter(subject=SuggestionDecision.Subject.TIE)
    for answer in answers.filter(token__contains=lost.key).order_by("pk"):
        *places, kind = answer.token.split("|")
        if lost.key in places:
            first, *others = sorted(kept.key if key == lost.key else key for key in places)
            ledger.point(answer, "token", "|".join([first, *others, kind]))


def lead_tie(ledger: Ledger, tie: Tie, old: Entity, new: Entity) -> None:
    """The tie joins `new` in place of `old`, or is joined to the tie that does so already."""
    other = tie.other_place(old)
    same = Tie.objects.between(new, other).filter(kind=tie.kind).first()
    if same:
        _join(ledger, tie, same)
        return
    first, second = sorted((new, other), key=lambda place: place.key)
    ledger.update(tie, place_a_id=first.pk, place_b_id=second.pk)


def _join(ledger: Ledger, tie: Tie, into: Tie) -> None:
    known = {_said(piece) for piece in into.evidence.all()}
    order = len(known)
    for piece in TieEvidence.objects.filter(tie=tie.pk):
        if _said(piece) not in known:
            ledger.update(piece, tie_id=into.pk, sort_order=order)
            order += 1
    missing = {name: getattr(tie, name) for name in _FACTS if not getattr(into, name)}
    values = {name: value for name, value in missing.items() if value}
    if into.status == Tie.Status.UNKNOWN:
        values["status"] = tie.status
    ledger.update(into, **values)
    _delete(ledger, tie)


def _delete(ledger: Ledger, tie: Tie) -> None:
    for piece in TieEvidence.objects.filter(tie=tie.pk):
        ledger.delete(piece)
    ledger.delete(tie)


def _said(piece: TieEvidence) -> tuple[object, ...]:
    sentences = (getattr(piece, column("sentence", language)) or "" for language in LANGUAGES)
    return (piece.source_url, piece.article_id, *sentences)
