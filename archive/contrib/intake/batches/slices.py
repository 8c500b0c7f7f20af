"""Reads a batch's files: by a worker where one runs, else a slice at a time."""

import logging
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task
from django_tasks.backends.immediate import ImmediateBackend

from archive.contrib.intake.batches.actions import fail_file, failed_item, forget_pictures
from archive.contrib.intake.batches.items import compare, new_item, source_name
from archive.contrib.intake.batches.pairs import pair_items
from archive.contrib.intake.batches.profile_choice import ProfileChoice
from archive.contrib.intake.batches.sources import found_files, is_picture_file, keep_images
from archive.contrib.intake.conf import settings
from archive.contrib.intake.containers import FoundFile, without_story
from archive.contrib.intake.formats.column_format import UnknownColumnsError
from archive.contrib.intake.groups import halves
from archive.contrib.intake.limited import MEGABYTE, read_within_limits, seconds_for
from archive.contrib.intake.models import ImportBatch, ImportFile, ImportItem
from archive.contrib.intake.options import FilingOptions, fill_in
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.sources import SourceFailure
from archive.likeness.fingerprints import follow_stories
from archive.stories.lookup import publication_names
from archive.text.stored_messages import in_each_language, said_by, stored
from archive.text.stored_messages import message as _

logger = logging.getLogger(__name__)

# A file that ends its readers this often is not read again.
MOST_ATTEMPTS = 3
# So many stories of the archive are sampled at a time.
_STORIES = 50
_WORKERS_SLICE = 30.0


@dataclass(frozen=True)
class SliceProgress:
    """How many of a batch's files are read."""

    read: int
    total: int

    @property
    def is_done(self) -> bool:
        return self.read >= self.total


@task()
def read_batch_task(pk: int) -> None:
    """Reads the batch, and then those whose readers are gone: nobody else may ever come to them."""
    _read_batch(pk)
    left = ImportBatch.objects.filter(state=ImportBatch.State.READING).exclude(pk=pk)
    for other in left.order_by("pk").values_list("pk", flat=True):
        _read_batch(other)


def _read_batch(pk: int) -> None:
    while batch := ImportBatch.objects.filter(pk=pk).first():
        before = progress_of(batch)
        after = read_slice(batch, _WORKERS_SLICE)
        # Files that another reader has at the moment are that reader's to finish.
        if after.is_done or (after == before and not _free(batch).exists()):
            return


def start_reading(batch: ImportBatch) -> None:
    """Have a worker read the batch, where one runs; else the page that waits calls `read_slice`."""
    if not isinstance(read_batch_task.get_backend(), ImmediateBackend):
        transaction.on_commit(lambda: read_batch_task.enqueue(batch.pk))


def read_slice(batch: ImportBatch, seconds: float = 2.0) -> SliceProgress:
    """Read files for about so long. Any number of callers may: none reads another's file."""
    deadline = time.monotonic() + seconds
    while _free(batch).exists() and time.monotonic() < deadline:
        # Duplicates are found among stories whose samples are up to date.
        if follow_stories(_STORIES):
            continue
        row = _claim(batch)
        if row is None:
            break
        _read(row, deadline)
    progress = progress_of(batch)
    if progress.is_done:
        _finish(batch)
    return progress


@transaction.atomic
def _finish(batch: ImportBatch) -> None:
    """Both or neither: a batch that is read has its pairs."""
    reading = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.READING)
    if reading.update(state=ImportBatch.State.READ):
        batch.state = ImportBatch.State.READ
        pair_items(batch)
        _name_loose_pictures(batch)


def _name_loose_pictures(batch: ImportBatch) -> None:
    """Pictures uploaded beside the texts that no story has taken are in the list, once."""
    read = batch.files.filter(state=ImportFile.State.READ)
    loose = {one.name: one for one in read.exclude(file="") if is_picture_file(one)}
    batch.items.filter(file__in=loose.values()).delete()
    beside = batch.items.filter(source=F("file__name"), record__has_key="beside")
    unused = sorted(loose.keys() - set(chain(*beside.values_list("record__beside", flat=True))))
    if told := without_story(unused, list(batch.files.values_list("name", flat=True))):
        failed_item(loose[unused[0]], unused[0], stored(told)).save()


def progress_of(batch: ImportBatch) -> SliceProgress:
    counts = batch.counts()
    return SliceProgress(counts["files"] - counts["unread"], counts["files"])


def claim_time(size: int) -> timedelta:
    """So long a reader has a file, or has one of a ZIP's; then it is taken for dead."""
    return timedelta(seconds=60 + 2 * seconds_for(size))


def _is_free() -> Q:
    small, large = (timezone.now() - claim_time(one) for one in (0, settings.INTAKE_MAX_BYTES))
    is_stale = Q(claimed_at__lt=large) | Q(claimed_at__lt=small, size__lt=MEGABYTE)
    return Q(state=ImportFile.State.WAITING) | Q(is_stale, state=ImportFile.State.READING)


def _free(batch: ImportBatch) -> Any:
    return batch.files.filter(_is_free())


def _claim(batch: ImportBatch) -> ImportFile | None:
    """A file for this caller alone; the database lets one of several have it."""
    for pk in _free(batch).order_by("pk").values_list("pk", flat=True)[:20]:
        claim = {"state": ImportFile.State.READING, "claimed_at": timezone.now()}
        free = ImportFile.objects.filter(_is_free(), pk=pk)
        if not free.update(**claim, attempts=F("attempts") + 1):
            continue
        row = ImportFile.objects.select_related("batch").get(pk=pk)
        if row.attempts <= MOST_ATTEMPTS:
            return row
        told = in_each_language(lambda: _("reading it has failed several times; import it alone"))
        fail_file(row, told)
    return None


class _LostClaimError(Exception):
    """Another reader has the file now."""


def _read(row: ImportFile, deadline: float) -> None:
    """Read the file, or so many of a ZIP's as there is time for: the next caller goes on."""
    try:
        if not is_picture_file(row):
            with found_files(row) as found:
                done, taken = _sources_read(row), _pictures_taken(row)
                for number, one in enumerate(found):
                    if isinstance(one, FoundFile):
                        one.companions.take(one.inner, taken.get(source_name(one.name), ()))
                    if number < row.position:
                        continue
                    is_read = source_name(one.name) in done
                    _store(row, number, [] if is_read else _items_of(row, one))
                    if time.monotonic() > deadline and not done:
                        _claimed(row).update(state=ImportFile.State.WAITING)
                        return
        _claimed(row).update(state=ImportFile.State.READ, error="")
    except _LostClaimError:
        return
    except IntakeError as error:
        fail_file(row, stored(said_by(error)))
    except Exception as error:  # one file's trouble must not stop the others
        logger.exception("Reading %s of an import failed", row.name)
        fail_file(row, in_each_language(partial(_unexpected, error)))


def _sources_read(row: ImportFile) -> set[str]:
    """Files of a ZIP that is read again for one of them, and so in one go: see `tables`."""
    return set(row.items.values_list("source", flat=True)) if not row.position else set()


def _pictures_taken(row: ImportFile) -> dict[str, list[str]]:
    """By the sources that are read already; another reader's pictures aren't without a story."""
    taken = row.items.filter(record__has_key="beside").values_list("source", "record__beside")
    return dict(taken)


def _claimed(row: ImportFile) -> Any:
    return ImportFile.objects.filter(
        pk=row.pk, state=ImportFile.State.READING, claimed_at=row.claimed_at
    )


def _items_of(row: ImportFile, found: FoundFile | SourceFailure) -> list[ImportItem]:
    """The items of one file, not yet saved; a failed one where it can't be read."""
    if isinstance(found, SourceFailure):
        return [failed_item(row, found.name, stored(found.reason))]
    kind = ""
    try:
        return _read_items(row, found)
    except IntakeError as error:
        kind = error.format if isinstance(error, UnknownColumnsError) else ""
        told = stored(said_by(error))
    except Exception as error:  # one file's trouble must not stop the others
        logger.exception("Reading %s of an import failed", found.name)
        told = in_each_language(partial(_unexpected, error))
    return [failed_item(row, found.name, told, kind)]


def _stories_of(row: ImportFile, found: FoundFile, choice: ProfileChoice) -> list[ParsedArticle]:
    source = found.read()
    language = FilingOptions.of(row.batch.options).language or None
    with choice.applied():
        return list(
            read_within_limits(
                source, language, choice.mapping_for(source), papers=publication_names()
            )
        )


def _read_items(row: ImportFile, found: FoundFile) -> list[ImportItem]:
    options = FilingOptions.of(row.batch.options)
    choice = ProfileChoice(found.name)
    stories = _stories_of(row, found, choice)
    items = []
    for story in map(found.complete, stories):
        for half in halves(story):
            filled = fill_in(half, options)
            item = new_item(row.batch, filled, source=found.name, is_half=bool(story.parts))
            # Nobody has to find out that halves of a text are one story.
            item.group_confidence = 1 if story.parts else None
            item.file, item.profile = row, choice.profile
            item.pictures = keep_images(filled, row.batch_id)
            items.append(item)
    if items and (taken := found.companions.taken(found.inner)):
        items[0].record["beside"] = taken
    return items


def _unexpected(error: Exception) -> str:
    reason = _("unexpected error (%(error)s); nothing of it was stored")
    return reason % {"error": error or repr(error)}


def _store(row: ImportFile, number: int, items: list[ImportItem]) -> None:
    """The items of the file of that number, all or none; raises _LostClaimError."""
    now = timezone.now()
    try:
        with transaction.atomic():
            mine = _claimed(row).filter(position=number)
            if not mine.update(position=number + 1, claimed_at=now, attempts=0):
                raise _LostClaimError
            for item in items:
                item.save()
                if item.state != ImportItem.State.FAILED:
                    compare(item)
    except BaseException:
        for item in items:
            forget_pictures(item)
        raise
    row.position, row.claimed_at = number + 1, now
