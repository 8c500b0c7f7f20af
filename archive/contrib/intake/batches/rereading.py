"""Files of a batch that are read again, by what a person has said of their source since."""

from typing import Any

from django.db import transaction

from archive.contrib.intake.batches.actions import forget_pictures
from archive.contrib.intake.batches.items import source_name
from archive.contrib.intake.batches.policies import check_batch
from archive.contrib.intake.batches.slices import start_reading
from archive.contrib.intake.documents import DocumentLine, SourceDocument
from archive.contrib.intake.models import ImportBatch, ImportFile, ImportItem, SourceProfile


def forget_reading(row: ImportFile, source: str | None = None) -> None:
    """The file waits to be read, without the stories that were read from it, or from one in it."""
    stories = row.items.all()
    if source is not None:
        # What a ZIP told of pictures without a story may be another thing now.
        stories = stories.filter(source__in={source, source_name(row.name)})
    for one in stories.exclude(pictures=[]):
        forget_pictures(one)
    stories.delete()
    row.state, row.position, row.attempts, row.error = ImportFile.State.WAITING, 0, 0, ""
    row.save(update_fields=["state", "position", "attempts", "error"])
    batch = row.batch
    batch.state = ImportBatch.State.READING
    batch.save(update_fields=["state"])


def read_rest_again(batch: ImportBatch, user: Any, profile: SourceProfile) -> int:
    """Have the files read again that the profile fits and that nobody has worked on; how many.

    Raises PermissionDenied.
    """
    check_batch(batch, user)
    with transaction.atomic():
        rows = batch.files.select_for_update().filter(state=ImportFile.State.READ)
        own = batch.items.filter(file__isnull=False)
        touched = own.exclude(state__in=ImportItem.OPEN, corrected=[])
        waiting = own.exclude(file__in=touched.values("file"))
        fitting = {
            item.file_id
            for item in waiting.only("file", "source", "text").iterator()
            if item.file_id and profile.fit.fits(_as_document(item.text), item.source)
        }
        found = list(rows.filter(pk__in=fitting))
        for row in found:
            forget_reading(row)
    if found:
        start_reading(batch)
    return len(found)


def _as_document(text: str) -> SourceDocument:
    lines = (DocumentLine(line.strip(), (0, 0)) for line in text.splitlines() if line.strip())
    return SourceDocument(text, tuple(lines))
