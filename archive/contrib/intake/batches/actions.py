"""Batches and their files: made, filled, deleted."""

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from archive.contrib.intake import sources
from archive.contrib.intake.batches.policies import check_batch, may_import
from archive.contrib.intake.conf import settings
from archive.contrib.intake.models import LONGEST_NAME, ImportBatch, ImportFile, ImportItem
from archive.contrib.intake.options import NO_OPTIONS, FilingOptions
from archive.contrib.intake.record_json import clean_text
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.storage import private_storage
from archive.files.zip import SIGNATURE
from archive.text.punctuation import joined
from archive.text.stored_messages import in_each_language, said_by, stored
from archive.text.stored_messages import message as _


def create_batch(
    user: Any,
    *,
    name: str = "",
    options: FilingOptions = NO_OPTIONS,
    state: str = ImportBatch.State.READING,
) -> ImportBatch:
    """An empty batch; no user is a program. Raises PermissionDenied.

    One without files, into which a program puts what it has read by itself, is `READ`.
    """
    if user is not None and not may_import(user):
        raise PermissionDenied
    forget_old_sources()
    return ImportBatch.objects.create(
        created_by=user, name=clean_text(name)[:200], options=options.stored(), state=state
    )


def add_file(batch: ImportBatch, user: Any, name: str, data: "bytes | File[Any]") -> ImportFile:
    """Keep a file to be read. One that is empty or too large is in the list as failed.

    Raises IntakeError where the server can't keep it: its disk is full, say.
    """
    check_batch(batch, user)
    if batch.state == ImportBatch.State.UNDONE:
        raise IntakeError(_("this import was undone; make a new one"))
    content: File[Any] = ContentFile(data) if isinstance(data, bytes) else data
    name = clean_text(name)[-LONGEST_NAME:] or _("no name")
    row = ImportFile(batch=batch, name=name, size=content.size or 0)
    try:
        _check_size(content)
    except IntakeError as error:
        row.save()
        fail_file(row, stored(said_by(error)))
        return row
    _keep(row, content)
    row.save()
    if not batch.name:
        batch.name = name[-200:]
    batch.state = ImportBatch.State.READING
    batch.save(update_fields=["name", "state"])
    return row


def _keep(row: ImportFile, content: "File[Any]") -> None:
    """The bytes whole, or none of them. Raises IntakeError."""
    name = f"{row.batch_id}/{uuid4().hex}"
    try:
        row.file.save(name, content, save=False)
    except OSError as error:
        with suppress(OSError):
            private_storage().delete(name)
        reason = _(
            "“%(name)s” can't be kept on the server (%(error)s); nothing of it was stored. Make "
            "room there, then add it again"
        )
        raise IntakeError(reason % {"name": row.name, "error": error.strerror or error}) from error


def _check_size(content: "File[Any]") -> None:
    if not content.size:
        raise IntakeError(_("the file is empty; save the story again"))
    head = content.read(len(SIGNATURE))
    content.seek(0)
    most = settings.INTAKE_MAX_ZIP_BYTES if head == SIGNATURE else settings.INTAKE_MAX_FILE_BYTES
    sources.check_size(content.size, most)


def add_text(batch: ImportBatch, user: Any, text: str, *, name: str = "") -> ImportFile:
    """Keep a text that was pasted, as a file in UTF-8."""
    data = text.encode("utf-8", "replace")
    return add_file(batch, user, name or _("pasted text"), data)


def add_folder(batch: ImportBatch, user: Any, path: str) -> list[ImportFile]:
    """Keep the files of a folder of the server, below one of ARCHIVE_INTAKE_FOLDERS."""
    folder = Path(os.path.realpath(path))
    allowed = [Path(os.path.realpath(one)) for one in settings.INTAKE_FOLDERS]
    if not any(folder == one or one in folder.parents for one in allowed):
        reason = _("the folder is not among those that the site allows: %(folders)s")
        names = joined(settings.INTAKE_FOLDERS) or "–"
        raise IntakeError(reason % {"folders": names})
    return [_add_path(batch, user, folder, file) for file in _files_below(folder, allowed)]


def _files_below(folder: Path, allowed: list[Path]) -> Iterable[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            real = Path(os.path.realpath(Path(root, name)))
            # A link may lead out of what is allowed.
            if not name.startswith(".") and any(one in real.parents for one in allowed):
                yield Path(root, name)


def _add_path(batch: ImportBatch, user: Any, folder: Path, path: Path) -> ImportFile:
    name = path.relative_to(folder).as_posix()
    try:
        with path.open("rb") as stream:
            return add_file(batch, user, name, File(stream))
    except OSError as error:
        row = ImportFile.objects.create(batch=batch, name=clean_text(name)[-LONGEST_NAME:])
        fail_file(row, in_each_language(partial(sources.unreadable, error)))
        return row


def fail_file(row: ImportFile, reason: str) -> None:
    """A file that can't be read is in the list, by name, with what to do; see `stored_messages`."""
    row.state, row.error = ImportFile.State.FAILED, clean_text(reason)
    row.save(update_fields=["state", "error"])
    failed_item(row, row.name, reason).save()


def failed_item(row: ImportFile, name: str, reason: str, format: str = "") -> ImportItem:
    """Stands for a file without a story that could be read; not yet saved."""
    return ImportItem(
        batch=row.batch,
        file=row,
        source=clean_text(name)[-LONGEST_NAME:],
        format=format,
        state=ImportItem.State.FAILED,
        error=clean_text(reason),
    )


def delete_batch(batch: ImportBatch, user: Any) -> None:
    """The batch and its files; the stories that were made of it stay."""
    check_batch(batch, user)
    with transaction.atomic():
        forget_batch(batch)
        batch.delete()


def forget_sources(rows: Iterable[ImportFile]) -> None:
    """Delete the files' bytes once that is committed; the items keep the text."""
    kept = [row for row in rows if row.file]
    for row in kept:
        transaction.on_commit(partial(row.file.storage.delete, str(row.file.name)))
        row.file = ""
    ImportFile.objects.filter(pk__in=[row.pk for row in kept]).update(file="")


def forget_pictures(item: ImportItem) -> None:
    """Delete the pictures that were kept for an item, once that is committed."""
    if not item.pictures:
        return
    storage = private_storage()
    for kept in item.pictures:
        transaction.on_commit(partial(storage.delete, kept["file"]))
    item.pictures = []
    if item.pk:
        ImportItem.objects.filter(pk=item.pk).update(pictures=[])


def forget_batch(batch: ImportBatch) -> None:
    """Delete all bytes that are kept for the batch."""
    forget_sources(batch.files.exclude(file=""))
    for item in batch.items.exclude(pictures=[]):
        forget_pictures(item)


def forget_old_sources() -> None:
    """Delete the bytes of batches that were made more than ARCHIVE_INTAKE_KEEP_DAYS ago."""
    last = timezone.now() - timedelta(days=settings.INTAKE_KEEP_DAYS)
    kept = ImportFile.objects.exclude(file="").values("batch")
    pictures = ImportItem.objects.exclude(pictures=[]).values("batch")
    old = ImportBatch.objects.filter(created_at__lt=last)
    for batch in old.filter(Q(pk__in=kept) | Q(pk__in=pictures)):
        forget_batch(batch)
