"""Files of the site's media, out of their storage and into it."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, SuspiciousFileOperation
from django.core.files.storage import Storage
from django.db import connection, models
from django.utils._os import safe_join
from django.utils.translation import gettext as _

from archive.backup.manifest import MEDIA, BackupError, FileFacts, MediaFacts, facts_of

_CHUNK = 1024 * 1024


def file_fields(tables: dict[str, type[models.Model]]) -> list[models.FileField]:
    return [
        field
        for model in tables.values()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.FileField)
    ]


def names_in(field: models.FileField) -> list[str]:
    """The files that the field's rows name. Its manager may hide some: so the SQL is here."""
    quote = connection.ops.quote_name
    column, table = quote(str(field.column)), quote(field.model._meta.db_table)
    with connection.cursor() as cursor:
        sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> '' ORDER BY {column}"  # noqa: S608
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


def save_file(field: models.FileField, name: str, folder: Path, since: datetime) -> FileFacts:
    """Copy a file out of its storage; OSError with the reason if it isn't there or was changed.

    Files have no snapshot as rows have: one that was written after `since` may be another.
    """
    target = Path(path_in(folder, name))
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with field.storage.open(name) as source, target.open("wb") as copy:
        for chunk in source.chunks(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            copy.write(chunk)
    if can(field.storage, "get_modified_time") and field.storage.get_modified_time(name) > since:
        raise ChangedFileError(FileFacts(size, digest.hexdigest()))
    return FileFacts(size, digest.hexdigest())


class ChangedFileError(Exception):
    """A file was written to since the backup began; as it is now, it was copied."""

    def __init__(self, facts: FileFacts) -> None:
        super().__init__()
        self.facts = facts


def can(storage: Any, name: str) -> bool:
    """Whether the storage has this method of Django's storages; not all have each."""
    return getattr(storage.__class__, name) is not getattr(Storage, name)


def path_in(folder: Path, name: str) -> str:
    """A file of the backup's media; BackupError for a name that leads out of it."""
    try:
        return safe_join(folder / MEDIA, name)
    except SuspiciousFileOperation as error:
        raise BackupError(
            _("%(name)s isn't a file's name within media.") % {"name": name}
        ) from error


class MediaReturn:
    """Puts files back: copied first beside their places, then moved there all at once."""

    def __init__(self, folder: Path, media: dict[str, MediaFacts], *, overwrite: bool) -> None:
        self.sources: list[tuple[Path, Path, Path, int | None]] = []
        for name, facts in media.items():
            storage = _storage(facts.field)
            if not can(storage, "path"):
                reason = _(
                    "The files of %(field)s aren't kept in a folder: restore with --no-media, and "
                    "copy %(folder)s to them with their storage's own program."
                )
                names = {"field": facts.field, "folder": folder / MEDIA}
                raise BackupError(reason % names)
            target, root = Path(storage.path(name)), Path(storage.path(""))
            if target.exists() and facts_of(target) == facts.file:
                continue
            if target.exists() and not overwrite:
                reason = _("%(file)s exists and is another file: move it away, or use --overwrite.")
                raise BackupError(reason % {"file": target})
            mode = getattr(storage, "file_permissions_mode", None)
            self.sources.append((Path(path_in(folder, name)), target, root, mode))

    @contextmanager
    def staged(self) -> Iterator[Callable[[], None]]:
        """Copies the files; gives what moves them. After an error in the block all is as before."""
        aside: dict[Path, Path] = {}
        moved: list[tuple[Path, Path | None]] = []
        copies = []
        try:
            for number, (source, target, root, mode) in enumerate(self.sources):
                if root not in aside:
                    root.mkdir(parents=True, exist_ok=True)
                    aside[root] = Path(mkdtemp(prefix=".restore-", dir=root))
                copy = aside[root] / str(number)
                shutil.copyfile(source, copy)
                if mode is not None:
                    copy.chmod(mode)
                copies.append((copy, target))

            def move() -> None:
                for copy, target in copies:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    before = copy.with_suffix(".before") if target.exists() else None
                    if before:
                        os.replace(target, before)
                    moved.append((target, before))
                    os.replace(copy, target)

            yield move
        except BaseException:
            for target, before in reversed(moved):
                target.unlink(missing_ok=True)
                if before:
                    os.replace(before, target)
            raise
        finally:
            for folder in aside.values():
                shutil.rmtree(folder, ignore_errors=True)


def _storage(label: str) -> Any:
    """The storage of the field "app.Model.field"; BackupError if this site hasn't the field."""
    model, _dot, name = label.rpartition(".")
    try:
        field: Any = apps.get_model(model)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist, ValueError) as error:
        reason = _("This site has no field %(field)s, whose files the backup holds.")
        raise BackupError(reason % {"field": label}) from error
    return field.storage
