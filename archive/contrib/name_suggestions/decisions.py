"""What editors answered to suggestions, and whether it is worth asking again.

A rejection says: in this story, these words don't mean that. A comma more or a mended typo leaves
it standing. It is asked again where the story names the thing in a form that it didn't use then
("Portland, Maine" after "Portland"), where none of the sentences of then is left, or where what
was only mentioned has become the story's subject. Each answer is in the audit log.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import uuid4

from django.db import transaction
from rapidfuzz import fuzz
from wagtail.log_actions import log

from archive.contrib.name_suggestions.models import SuggestionDecision
from archive.contrib.name_suggestions.recognition.base import ABOUT, MENTIONED
from archive.entities.models import Entity
from archive.text.normalisation import fold
from archive.text.passages import Spot

# Of 100: below, a sentence is another one and not an edited one.
_SAME_SENTENCE = 70
_MOST_KEPT = 20
_LONGEST = 400


@dataclass(frozen=True)
class Evidence:
    """Folded forms and sentences, each once; the sentences cut to 400 characters."""

    forms: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    role: str = MENTIONED

    @classmethod
    def of(cls, spots: Iterable[Spot], role: str = MENTIONED) -> Evidence:
        spots = tuple(spots)
        return cls(_once(spot.text for spot in spots), _once(spot.sentence for spot in spots), role)

    @classmethod
    def read(cls, stored: Any) -> Evidence:
        """From JSON that may be anything: what isn't evidence is left out."""
        values = stored if isinstance(stored, Mapping) else {}
        role = values.get("role")
        return cls(
            _once(_texts(values.get("forms"))),
            _once(_texts(values.get("sentences"))),
            role if role in (ABOUT, MENTIONED) else MENTIONED,
        )

    def as_json(self) -> dict[str, Any]:
        return {"forms": [*self.forms], "sentences": [*self.sentences], "role": self.role}


def token_of(text: str) -> str:
    """What an answer about a text is known by: the text folded, at most 255 characters."""
    return fold(" ".join(text.split())).text[:255]


def has_changed(then: Evidence, now: Evidence) -> bool:
    """Whether an answer given on the evidence of then says nothing about that of now."""
    if now.role == ABOUT and then.role != ABOUT:
        return True
    if set(now.forms) - set(then.forms):
        return True
    if not then.sentences or not now.sentences:
        return False
    return not any(
        fuzz.ratio(old, new, score_cutoff=_SAME_SENTENCE)
        for new in now.sentences
        for old in then.sentences
    )


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    # A table set as one sentence is every name's: looked at once, and no further than it is kept.
    cut = (text[: 4 * _LONGEST] for text in dict.fromkeys(texts))
    # Without NUL and half characters: over these PostgreSQL would refuse the whole version.
    safe = (text.replace("\x00", " ").encode(errors="ignore").decode() for text in cut)
    folded = (fold(" ".join(text.split())).text[:_LONGEST] for text in safe)
    return tuple(islice(dict.fromkeys(folded), _MOST_KEPT))


Subject, Verdict = SuggestionDecision.Subject, SuggestionDecision.Verdict
# The answer is taken back: the suggestion waits again.
OPEN = "open"
ACTIONS = {verdict: f"archive.suggestion.{verdict}" for verdict in (*Verdict.values, OPEN)}
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
    """Store what is new among the answers; how many that were. Two queries if nothing is. Whether
    the user may edit the page is the caller's to ask."""
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
    answer = (decision.verdict, entity.pk if entity else None, decision.evidence)
    stored = (row.verdict, row.entity_id, Evidence.read(row.evidence)) if row else None
    if answer == stored or (decision.verdict == OPEN and row is None):
        return 0
    if decision.verdict == OPEN:
        row.delete()
    else:
        is_entity = decision.subject == Subject.ENTITY
        SuggestionDecision.objects.update_or_create(
            page_id=page.pk,
            subject=decision.subject,
            **({"entity": entity} if is_entity else {"token": decision.token}),
            defaults={
                "entity": entity,
                "verdict": decision.verdict,
                "evidence": decision.evidence.as_json(),
                "decided_by": user,
            },
        )
    name = str(entity) if entity else decision.token
    data = {"subject": decision.subject, "name": name}
    # Of one save's entries with the same id and action, Wagtail's History shows the last alone.
    log(page, ACTIONS[decision.verdict], user=user, data=data, uuid=uuid4())
    return 1


def answers_to(page: Any) -> list[SuggestionDecision]:
    """All that was answered for a story so far; nothing for one that isn't stored yet. Those about
    ties come under the keys that their places have since a merge, so that what was refused isn't
    asked again: a query where any is about a tie."""
    if not page.pk:
        return []
    answers = SuggestionDecision.objects.filter(page_id=page.pk)
    rows = list(answers.select_related("entity__merged_into"))
    ties = [row for row in rows if row.subject == Subject.TIE]
    named = {key for row in ties for key in row.token.split("|")}
    merged = Entity.with_merged.filter(key__in=named, merged_into__isnull=False)
    present = dict(merged.values_list("key", "merged_into__key")) if ties else {}
    for row in ties:
        *places, kind = row.token.split("|")
        row.token = "|".join([*sorted(present.get(key, key) for key in places), kind])
    return rows


def identity_of(row: SuggestionDecision) -> tuple[str, Any]:
    """By what an answer is found again; the entity as it is since a merge."""
    if row.subject != Subject.ENTITY:
        return row.subject, row.token
    return row.subject, row.entity.pk if row.entity else None
