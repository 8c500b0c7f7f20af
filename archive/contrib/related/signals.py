"""What relates stories changes also where ties do; and a story that is deleted leaves all lists."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from archive.contrib.related.models import StoryTerm
from archive.contrib.related.profiles import Pair
from archive.contrib.related.updates import RELATED, forget_story
from archive.publishing.followers import follow_later
from archive.stories.models import ArticlePage
from archive.ties.models import Tie

# Of a pair that more stories name, `check_archive related --rebuild` finds the older ones.
MOST_FOLLOWED = 200
MOST_LOOKED_AT = 2000


def connect() -> None:
    """Called once, when the app is ready."""
    pre_delete.connect(before_story_deleted, sender=ArticlePage)
    pre_save.connect(before_tie_saved, sender=Tie)
    post_save.connect(on_tie_saved, sender=Tie)
    post_delete.connect(on_tie_deleted, sender=Tie)


def before_story_deleted(sender: type, instance: ArticlePage, **kwargs: Any) -> None:
    forget_story(instance.pk)


def before_tie_saved(sender: type, instance: Tie, raw: bool, **kwargs: Any) -> None:
    instance.pair_before = None if raw else stored_pair(instance)


def on_tie_saved(sender: type, instance: Tie, raw: bool, **kwargs: Any) -> None:
    if not raw:
        follow_change(instance, instance.pair_before)


def on_tie_deleted(sender: type, instance: Tie, **kwargs: Any) -> None:
    follow_pair(pair_of(instance))


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
    both = StoryTerm.objects.filter(term=str(two), article__in=newest).order_by("-print_date")
    follow_later(list(both.values_list("article", flat=True)[:MOST_FOLLOWED]), RELATED)
