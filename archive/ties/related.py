"""Lets stories be related by ties: tells which places are joined, and follows changed ties."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save

from archive.pages.related import profiles
from archive.pages.related.profiles import Pairs

# Of a pair that more stories name, `rebuild_related` finds the older ones.
MOST_FOLLOWED = 200
MOST_LOOKED_AT = 2000


def connect() -> None:
    from archive.ties.models import Tie

    profiles.register(tied_pairs)
    pre_save.connect(on_saving, sender=Tie)
    post_save.connect(on_saved, sender=Tie)
    post_delete.connect(on_deleted, sender=Tie)


def tied_pairs(entities: Collection[int]) -> Pairs:
    """The pairs among these entities that any tie joins, the lower id first."""
    from archive.ties.models import Tie

    ties = Tie.objects.filter(place_a__in=entities, place_b__in=entities).order_by()
    found = ties.values_list("place_a", "place_b").distinct()
    return {(min(one, two), max(one, two)) for one, two in found}


def on_saving(sender: type, instance: Any, raw: bool, **kwargs: Any) -> None:
    from archive.ties.models import Tie

    before = Tie.objects.filter(pk=instance.pk).values_list("place_a", "place_b").first()
    instance._pair_before = before if instance.pk and not raw else None


def on_saved(sender: type, instance: Any, raw: bool, **kwargs: Any) -> None:
    before, now = instance._pair_before, (instance.place_a_id, instance.place_b_id)
    if raw or before == now:
        return
    follow_pair(*now)
    if before:
        follow_pair(*before)


def on_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    follow_pair(instance.place_a_id, instance.place_b_id)


def follow_pair(one: int, two: int) -> None:
    """The newest stories that name both places are due: a bounded number is looked at."""
    from archive.pages.models import StoryTerm
    from archive.pages.related.queue import mark_due

    found = StoryTerm.objects.filter(term=str(one)).order_by("-print_date", "-article")
    newest = list(found.values_list("article", flat=True)[:MOST_LOOKED_AT])
    both = StoryTerm.objects.filter(term=str(two), article__in=newest)
    mark_due(both.order_by("-print_date").values_list("article", flat=True)[:MOST_FOLLOWED])
