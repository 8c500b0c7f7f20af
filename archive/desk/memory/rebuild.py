"""Fills the memory from all stories that are published in both languages.

It goes a few stories at a time and writes only what differs, so that translators have it all
the while.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.db import transaction

from archive.desk.memory.fingerprints import add_fingerprints, remove_orphans
from archive.desk.memory.units import remove_units, replace_units, units_of
from archive.desk.models import MemoryUnit, Translation
from archive.desk.querysets import TranslationQuerySet
from archive.desk.segments import rows

_STORIES = 50
_UNITS = 1000

T = TypeVar("T")
# Told after each step: how many are done, of how many.
Progress = Callable[[int, int], None]


@dataclass
class Rebuilt:
    """How many stories were read, and units there are of them and of files."""

    stories: int = 0
    units: int = 0
    from_files: int = 0
    removed: int = 0


def rebuild_memory(progress: Progress) -> Rebuilt:
    """Bring the whole memory in step, fingerprints too; safe to stop and to run again."""
    report = Rebuilt()
    ids = list(_read_now().order_by("pk").values_list("pk", flat=True))
    for some in _chunks(ids, _STORIES):
        report.stories += _refresh(some)
        progress(report.stories, len(ids))
    report.removed = _remove_withdrawn()
    report.from_files = _note_files_again()
    remove_orphans()
    report.units = MemoryUnit.objects.published_here().count()
    return report


def _read_now() -> TranslationQuerySet:
    return Translation.objects.filter(live=True, article__live=True)


@transaction.atomic
def _refresh(ids: list[int]) -> int:
    # Locked, so that nothing is published between reading and writing.
    locked = Translation.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    translations = list(locked.select_related("article").prefetch_related("segments"))
    units = [unit for one in translations for unit in units_of(one, rows(one))]
    add_fingerprints(replace_units([one.article_id for one in translations], units))
    return len(translations)


def _remove_withdrawn() -> int:
    read = _read_now().values("article")
    gone = list(MemoryUnit.objects.published_here().exclude(article__in=read))
    for some in _chunks(gone, _UNITS):
        remove_units(some)
    return len(gone)


def _note_files_again() -> int:
    count = 0
    for some in _chunks(MemoryUnit.objects.from_files().order_by("pk").iterator(_UNITS), _UNITS):
        add_fingerprints(some)
        count += len(some)
    return count


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while some := list(islice(iterator, size)):
        yield some
