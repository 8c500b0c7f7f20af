"""What follows a change of ties, or of the names that they join.

After a merge of names two ties may be the same, or join a name with itself. `Tie.merged_into`
says so. It is worked out from the names alone, so that undoing a merge brings the ties back by
itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Q

from archive.entities.models import Entity
from archive.entities.querysets import canonical_id
from archive.journal.recording import Recording
from archive.journal.rows import rows_of
from archive.text.language import LANGUAGES, column
from archive.ties.models import Tie

# What a tie takes from one that became the same, where it has nothing itself.
_FACTS = ("since", "until", "confidence", *(column("description", lang) for lang in LANGUAGES))


def join_ties(entities: Collection[int], record: Recording | None) -> None:
    """Brings `merged_into` of these names' ties in step; `record` notes the facts that a tie takes
    over from another."""
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
