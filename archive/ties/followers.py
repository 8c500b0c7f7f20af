"""After a merge of names two ties may be the same, or join a name with itself.

`Tie.merged_into` says so. It is worked out from the names alone, so that undoing a merge brings
the ties back by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Q

from archive.entities.merging.changes import ChangeRecord, rows_of
from archive.entities.models import Entity
from archive.entities.querysets import canonical_id
from archive.text.language import LANGUAGES, column
from archive.ties.models import Tie

# What a tie takes from one that became the same, where it has nothing itself.
_FACTS = ("since", "until", "confidence", *(column("description", lang) for lang in LANGUAGES))


def join_ties(entities: Collection[int], record: ChangeRecord | None) -> None:
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
        first, *others = group
        _set(first, first.pk if len(ends) == 1 else None)
        for tie in others:
            _set(tie, tie.pk if len(ends) == 1 else first.pk)
            if record and len(ends) > 1:
                _take_facts(record, first, tie)


def _set(tie: Any, merged_into: int | None) -> None:
    if tie.merged_into_id != merged_into:
        rows_of(type(tie)).filter(pk=tie.pk).update(merged_into=merged_into)


def _take_facts(record: ChangeRecord, tie: Any, other: Any) -> None:
    values = {name: getattr(other, name) for name in _FACTS if not getattr(tie, name)}
    if tie.status == tie.Status.UNKNOWN:
        values["status"] = other.status
    record.update(tie, **{name: value for name, value in values.items() if value})
