"""Keeps the lists: a change of one story costs the same in an archive of any size.

A story's own list is made of a bounded number of candidates. The story then takes its place in
their lists, with the same score; a list that loses a story has others in reserve.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_noop

from archive.contrib.related.candidates import candidates, rarities_of
from archive.contrib.related.models import LONGEST_LIST, RelatedStory, StoryTerm
from archive.contrib.related.profiles import keep_profiles, stored_profiles
from archive.contrib.related.scoring import Match, Profile, best
from archive.integrity.base import Progress
from archive.publishing.due import mark_due
from archive.publishing.followers import Follower, follow_later
from archive.stories.models import ArticleEntity, ArticlePage
from archive.stories.signals import pages_changed

# What a list may fall to before it is made anew: readers see six.
ENOUGH = 10
# So many of the lists that a story leaves are looked at for their length.
MOST_LISTS = 500


def follow_stories(pks: Collection[int]) -> None:
    """Bring the lists of these stories up to date, each in a transaction of its own."""
    for pk in pks if len(pks) == 1 else _with_names(pks):
        update_story(pk)


def _with_names(pks: Collection[int]) -> list[int]:
    """Those that have names or had some: of what is imported, few. One query for all."""
    tagged = Exists(ArticleEntity.objects.filter(page=OuterRef("pk")))
    noted = Exists(StoryTerm.objects.filter(article=OuterRef("pk")))
    listed = Exists(RelatedStory.objects.filter(article=OuterRef("pk")))
    found = ArticlePage.objects.filter(tagged | noted | listed, pk__in=pks)
    return list(found.order_by("pk").values_list("pk", flat=True))


RELATED = Follower(
    gettext_noop("related stories"),
    follow_stories,
    command="check_archive related --repair",
    of_facts=True,
)


@transaction.atomic(savepoint=False)
def update_story(pk: int) -> None:
    """Bring a story's list in step, and its places in the lists of others."""
    profiles, changed = keep_profiles([pk])
    touched = set[int]()
    if changed:
        touched, short = _leave_lists(pk)
        # Whoever runs what is due comes to them next.
        mark_due(short, [RELATED.name])
    if pk in profiles:
        matches = find_related(profiles[pk])
        if _keep_list(pk, matches[:LONGEST_LIST]):
            touched.add(pk)
        if changed:
            touched |= _enter_lists(pk, matches)
    else:
        RelatedStory.objects.filter(article=pk).delete()
    pages_changed.send(ArticlePage, pks=touched)


def find_related(mine: Profile) -> list[Match]:
    """The stories that have most to do with this one, of those that `candidates` looks at."""
    rarities = rarities_of(mine.terms)
    return best(mine, candidates(mine, rarities), rarities)


def forget_story(pk: int) -> None:
    """Before a story is deleted: the lists that it was in, and that are too short without it."""
    touched, short = _leave_lists(pk)
    pages_changed.send(ArticlePage, pks=touched)
    follow_later(short, RELATED)
    StoryTerm.objects.filter(article=pk).delete()


def rebuild_profiles(pks: Collection[int]) -> int:
    """Bring the terms of any stories in step; how many were changed."""
    with transaction.atomic():
        return len(keep_profiles(pks)[1])


def rebuild_lists(pks: Collection[int]) -> int:
    """Make the lists of these stories anew; how many stories they hold together."""
    held, different = 0, set[int]()
    with transaction.atomic():
        profiles = stored_profiles(pks)
        RelatedStory.objects.filter(article__in=set(pks) - profiles.keys()).delete()
        for pk, profile in profiles.items():
            matches = find_related(profile)[:LONGEST_LIST]
            held += len(matches)
            if _keep_list(pk, matches):
                different.add(pk)
        pages_changed.send(ArticlePage, pks=different)
    return held


def _keep_list(pk: int, matches: list[Match]) -> bool:
    """Write what is different: one query to look, at most three to change. Whether any was."""
    wanted = {one.pk: one for one in matches}
    stored = {row.related_id: row for row in RelatedStory.objects.filter(article=pk)}
    gone = [row.pk for related, row in stored.items() if related not in wanted]
    if gone:
        RelatedStory.objects.filter(pk__in=gone).delete()
    changed = []
    for related, row in stored.items():
        one = wanted.get(related)
        if one and (row.score, row.reasons) != (one.score, one.reasons.as_json()):
            row.score, row.reasons = one.score, one.reasons.as_json()
            changed.append(row)
    if changed:
        RelatedStory.objects.bulk_update(changed, ["score", "reasons"])
    added = [_row(pk, one.pk, one) for one in matches if one.pk not in stored]
    RelatedStory.objects.bulk_create(added, ignore_conflicts=True)
    return bool(gone or changed or added)


def _leave_lists(pk: int) -> tuple[set[int], set[int]]:
    """The stories in whose lists it was, and those whose lists are too short without it."""
    lists = RelatedStory.objects.filter(related=pk).values_list("article", flat=True)
    # One more: then all pages are touched.
    holders = list(lists[: MOST_LISTS + 1])
    if not holders:
        return set(), set()
    RelatedStory.objects.filter(related=pk).delete()
    held = RelatedStory.objects.filter(article__in=holders).order_by().values_list("article")
    long = held.annotate(length=Count("pk")).filter(length__gte=ENOUGH)
    return set(holders), set(holders) - {article for article, _length in long}


def _enter_lists(pk: int, matches: list[Match]) -> set[int]:
    """Take a place in the lists that have room, or hold something weaker: three queries. Gives
    whose lists these are."""
    found = RelatedStory.objects.filter(article__in=[one.pk for one in matches])
    lists: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for article, score, row in found.order_by().values_list("article", "score", "pk"):
        lists[article].append((score, row))
    gone, entered = [], []
    for one in sorted(matches, key=lambda one: one.pk):
        held = lists[one.pk]
        if len(held) >= LONGEST_LIST:
            weakest, row = min(held)
            if weakest >= one.score:
                continue
            gone.append(row)
        entered.append(_row(one.pk, pk, one))
    if gone:
        RelatedStory.objects.filter(pk__in=gone).delete()
    RelatedStory.objects.bulk_create(entered, ignore_conflicts=True)
    return {row.article_id for row in entered}


def _row(article: int, related: int, one: Match) -> RelatedStory:
    return RelatedStory(
        article_id=article, related_id=related, score=one.score, reasons=one.reasons.as_json()
    )


BATCH = 200


def rebuild(progress: Progress) -> int:
    """Relate all live stories anew; how many places the lists hold together.

    The terms come first, which all lists need. Only what is different is written.
    """
    # First the terms of stories that aren't live any more.
    gone = StoryTerm.objects.filter(article__live=False).order_by("article")
    for _done, batch in _batches(set(gone.values_list("article", flat=True))):
        rebuild_profiles(batch)
        rebuild_lists(batch)
    live = ArticlePage.objects.live().order_by("pk").values_list("pk", flat=True)
    every = list(live)
    for done, batch in _batches(every):
        rebuild_profiles(batch)
        progress(done // 2, len(every))
    held = 0
    for done, batch in _batches(every):
        held += rebuild_lists(batch)
        progress((len(every) + done) // 2, len(every))
    return held


def _batches(pks: Iterable[int]) -> Iterator[tuple[int, list[int]]]:
    """Batches, each with the number of ids up to its end."""
    every = sorted(pks)
    for start in range(0, len(every), BATCH):
        batch = every[start : start + BATCH]
        yield start + len(batch), batch
