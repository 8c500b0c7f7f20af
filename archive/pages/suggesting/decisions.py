"""Writes down what editors answered to suggestions, each answer in the audit log."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from archive.entities.models import Entity
from archive.pages.models.suggestions import SuggestionDecision
from archive.pages.suggesting.evidence import Evidence

Subject, Verdict = SuggestionDecision.Subject, SuggestionDecision.Verdict
# The answer is taken back: the suggestion waits again.
OPEN = "open"
ACTIONS = {
    verdict: f"archive.suggestion.{verdict}" for verdict in (Verdict.ACCEPTED, Verdict.REJECTED)
}
ACTIONS_OPEN = f"archive.suggestion.{OPEN}"
_MOST = 500


@dataclass(frozen=True)
class Decision:
    """An answer as the form gives it; `verdict` is one of Verdict, or OPEN to take it back."""

    subject: str
    verdict: str
    entity: int | None = None
    token: str = ""
    evidence: Evidence = field(default_factory=Evidence)

    @property
    def identity(self) -> tuple[str, Any]:
        return (self.subject, self.entity if self.subject == Subject.ENTITY else self.token)


def read_decisions(text: str) -> list[Decision]:
    """The answers in a form's hidden field, the last one of each; what is no answer is dropped."""
    try:
        posted = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    read = [_read(one) for one in posted[:_MOST]] if isinstance(posted, list) else []
    return list({one.identity: one for one in read if one}.values())


def _read(posted: Any) -> Decision | None:
    if not isinstance(posted, dict):
        return None
    subject, verdict = posted.get("subject"), posted.get("verdict")
    entity, token = posted.get("entity"), posted.get("token") or ""
    if subject not in Subject.values or verdict not in (*Verdict.values, OPEN):
        return None
    if type(entity) is not int or not 0 < entity < 2**63:
        entity = None
    if not isinstance(token, str) or not (entity if subject == Subject.ENTITY else token):
        return None
    # An entity answers for itself; half a character can't be stored.
    token = "" if subject == Subject.ENTITY else token.encode(errors="ignore").decode()[:255]
    if "\x00" in token:
        return None
    return Decision(subject, verdict, entity, token, Evidence.read(posted.get("evidence")))


@transaction.atomic
def decide(page: Any, decisions: Iterable[Decision], *, user: Any) -> int:
    """Store what is new among the answers; how many that were. Two queries if nothing is.

    Whether the user may edit the page is the caller's to ask.
    """
    decisions = list(decisions)
    if not decisions:
        return 0
    stored = {identity_of(one): one for one in answers_to(page)}
    ids = {one.entity for one in decisions if one.entity}
    entities = Entity.objects.in_bulk(ids) if ids else {}
    return sum(
        _store(page, one, stored.get(one.identity), entities, user)
        for one in decisions
        if one.entity is None or one.entity in entities
    )


def _store(page: Any, decision: Decision, row: Any, entities: dict[int, Entity], user: Any) -> int:
    entity = entities.get(decision.entity or 0)
    if decision.verdict == OPEN:
        if row is None:
            return 0
        row.delete()
        _log(page, ACTIONS_OPEN, decision, entity, user)
        return 1
    evidence = decision.evidence.as_json()
    said = (decision.verdict, entity.pk if entity else None)
    if (
        row
        and (row.verdict, row.entity_id) == said
        and Evidence.read(row.evidence) == (decision.evidence)
    ):
        return 0
    SuggestionDecision.objects.update_or_create(
        page_id=page.pk,
        subject=decision.subject,
        **({"entity": entity} if decision.subject == Subject.ENTITY else {"token": decision.token}),
        defaults={
            "entity": entity,
            "verdict": decision.verdict,
            "evidence": evidence,
            "decided_by": user,
        },
    )
    _log(page, ACTIONS[Verdict(decision.verdict)], decision, entity, user)
    return 1


def _log(page: Any, action: str, decision: Decision, entity: Entity | None, user: Any) -> None:
    name = str(entity) if entity else decision.token
    log(page, action, user=user, data={"subject": decision.subject, "name": name})


def answers_to(page: Any) -> list[SuggestionDecision]:
    """All that was answered for a story so far; nothing for one that isn't stored yet."""
    if not page.pk:
        return []
    return list(SuggestionDecision.objects.filter(page_id=page.pk).select_related("entity"))


def identity_of(row: SuggestionDecision) -> tuple[str, Any]:
    return (row.subject, row.entity_id if row.subject == Subject.ENTITY else row.token)
