"""Relates all stories anew, batch by batch: first what each is about, then every list."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from archive.pages.models import ArticlePage
from archive.pages.related.models import RelatedDue, StoryTerm
from archive.pages.related.updating import rebuild_lists, rebuild_profiles

Stage = Literal["terms", "lists"]
TERMS: Stage = "terms"
LISTS: Stage = "lists"
BATCH = 200
# The stage, stories done, stories in all, the last story's id.
Progress = Callable[[Stage, int, int, int], None]


def rebuild(*, after: int = 0, progress: Progress) -> int:
    """How many places the lists hold together.

    `after` goes on with the lists of the stories after that id: the terms, which all lists need,
    are looked through each time, and only what is different is written.
    """
    _forget_others()
    live = ArticlePage.objects.live().order_by("pk").values_list("pk", flat=True)
    every = list(live)
    for done, batch in _batches(every):
        rebuild_profiles(batch)
        progress(TERMS, done, len(every), batch[-1])
    held = 0
    left = [pk for pk in every if pk > after]
    for done, batch in _batches(left):
        held += rebuild_lists(batch)
        RelatedDue.objects.filter(pk__in=batch).delete()
        progress(LISTS, done + len(every) - len(left), len(every), batch[-1])
    return held


def _forget_others() -> None:
    """Terms of stories that aren't live any more."""
    gone = StoryTerm.objects.filter(article__live=False).order_by("article")
    for _done, batch in _batches(set(gone.values_list("article", flat=True))):
        rebuild_profiles(batch)
        rebuild_lists(batch)


def _batches(pks: Iterable[int]) -> Iterator[tuple[int, list[int]]]:
    """Batches, each with the number of ids up to its end."""
    every = sorted(pks)
    for start in range(0, len(every), BATCH):
        batch = every[start : start + BATCH]
        yield start + len(batch), batch
