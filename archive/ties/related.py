"""Lets stories be related by ties: gives which places are joined, and follows changed ties."""

from collections.abc import Collection

from archive.entities.models import Entity
from archive.entities.querysets import canonical_id
from archive.stories.models import StoryTerm
from archive.stories.related.profiles import Pairs
from archive.stories.related.tasks import mark_due
from archive.ties.models import Tie

Pair = tuple[int, int]

# Of a pair that more stories name, `rebuild_related` finds the older ones.
MOST_FOLLOWED = 200
MOST_LOOKED_AT = 2000


def tied_pairs(entities: Collection[int]) -> Pairs:
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
