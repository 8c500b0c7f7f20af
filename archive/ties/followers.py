"""What follows a change of ties, or of the names that they join.

After a merge of names two ties may be the same, or join a name with itself. `Tie.merged_into`
says so. It is worked out from the names alone, so that undoing a merge brings the ties back by
itself. Stories are related by ties: those that a changed tie relates are due.
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
from archive.stories.models import StoryTerm
from archive.stories.related.tasks import mark_due
from archive.text.language import LANGUAGES, column
from archive.ties.models import Tie

Pair = tuple[int, int]
# Of a pair that more stories name, `check_archive related --rebuild` finds the older ones.
MOST_FOLLOWED = 200
MOST_LOOKED_AT = 2000
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


def tied_pairs(entities: Collection[int]) -> set[Pair]:
    """The pairs among these entities that any tie joins, the lower id first."""
    same = Entity.with_merged.same_as(entities).values("pk")
    ties = Tie.objects.filter(place_a__in=same, place_b__in=same).order_by()
    found = ties.values_list(canonical_id("place_a"), canonical_id("place_b")).distinct()
    return {(min(one, two), max(one, two)) for one, two in found if one != two}


def pair_of(tie: Tie) -> Pair:
    """The places that a tie joins, past a merge, the lower id first."""
    one, two = sorted((tie.place_a.pk, tie.place_b.pk))
    return one, two


def stored_pair(tie: Tie) -> Pair | None:
    """The places that a tie joins as it is stored; None for one that isn't."""
    stored = Tie.objects.with_places().filter(pk=tie.pk).first() if tie.pk else None
    return pair_of(stored) if stored else None


def follow_change(tie: Tie, before: Pair | None) -> None:
    """After a save: the stories of the pair, and of the pair `before` where that is another."""
    now = pair_of(tie)
    if before != now:
        follow_pair(now)
        if before:
            follow_pair(before)


def follow_pair(pair: Pair) -> None:
    """The newest stories that name both places are due: a bounded number is looked at."""
    one, two = pair
    found = StoryTerm.objects.filter(term=str(one)).order_by("-print_date", "-article")
    newest = list(found.values_list("article", flat=True)[:MOST_LOOKED_AT])
    both = StoryTerm.objects.filter(term=str(two), article__in=newest)
    mark_due(both.order_by("-print_date").values_list("article", flat=True)[:MOST_FOLLOWED])
