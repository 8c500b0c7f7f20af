"""Makes a backup of the whole site while editors write, and looks whether one is whole."""

import gzip
import os
import platform
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import django
import wagtail
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import FileField
from django.utils import timezone
from django.utils.translation import gettext as _

import archive
from archive.contrib.backup.manifest import (
    TABLES,
    BackupError,
    FileFacts,
    Manifest,
    MediaFacts,
    TableFacts,
    facts_of,
    table_path,
)
from archive.contrib.backup.media import ChangedFileError, path_in, save_file
from archive.contrib.backup.tables import columns_of, last_key, models_kept, snapshot, write_table
from archive.integrity.evidence import file_fields, names_in

Tell = Callable[[str], None]
# Passwords' hashes and drafts are in it.
_OWNER_ONLY = 0o700


def back_up(
    folder: Path,
    *,
    with_media: bool = True,
    renditions: bool = False,
    tell: Tell = lambda line: None,
) -> Manifest:
    """Write the database and its files into a new folder. Files that can't be read are problems
    of the manifest. Raises BackupError if the folder holds something, OSError if it can't be
    written.

    `tell` is told of each table.
    """
    with _owner_only():
        return _back_up(folder, with_media=with_media, renditions=renditions, tell=tell)


@contextmanager
def _owner_only() -> Iterator[None]:
    """New files and folders are their owner's alone: mode 600 and 700."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _back_up(folder: Path, *, with_media: bool, renditions: bool, tell: Tell) -> Manifest:
    folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BackupError(_("%(folder)s isn't empty: name a new folder.") % {"folder": folder})
    # One that was there may be somebody else's, or on a disk that knows no owners.
    with suppress(PermissionError):
        folder.chmod(_OWNER_ONLY)
    (folder / TABLES).mkdir()
    models, began = models_kept(renditions=renditions), timezone.now()
    versions = {
        "archive": archive.__version__,
        "wagtail": wagtail.__version__,
        "django": django.__version__,
        "python": platform.python_version(),
    }
    with snapshot():
        manifest = Manifest(began.isoformat(), connection.vendor, versions, migrations_of())
        for table, model in models.items():
            path = table_path(folder, table)
            rows, columns = write_table(model, path), columns_of(model)
            manifest.tables[table] = TableFacts(columns, rows, last_key(model), facts_of(path))
            tell(f"{table}: {rows}")
        fields = file_fields(models.values()) if with_media else []
        names = [(field, name) for field in fields for name in names_in(field)]
    for field, name in names:
        _save_media(manifest, field, name, folder, began)
    manifest.write(folder)
    return manifest


def _save_media(
    manifest: Manifest, field: FileField, name: str, folder: Path, since: datetime
) -> None:
    label = f"{field.model._meta.label}.{field.name}"
    try:
        manifest.media[name] = MediaFacts(label, save_file(field, name, folder, since))
    except ChangedFileError as error:
        manifest.media[name] = MediaFacts(label, error.facts)
        words = _("%(file)s (%(field)s) changed during the backup; the new file was copied.")
        manifest.problems.append(words % {"file": name, "field": label})
    except (OSError, ValueError) as error:
        words = _("%(file)s (%(field)s) can't be read: %(error)s")
        manifest.problems.append(words % {"file": name, "field": label, "error": error})


def migrations_of() -> list[str]:
    """Those that the database has had: ["archive.0001_initial", …].

    Of one that replaces others, these count, and what no file knows any more doesn't: so old and
    new databases of a release have the same.
    """
    loader = MigrationLoader(connection)
    known: set[tuple[str, str]] = set()
    for key, migration in loader.disk_migrations.items():
        known.update(migration.replaces or [key])
    return sorted(".".join(key) for key in known & loader.applied_migrations.keys())


def verify(folder: Path, manifest: Manifest) -> Iterator[str]:
    """What is wrong with the backup's files, a line each; nothing where it is whole."""
    for table, facts in manifest.tables.items():
        path = table_path(folder, table)
        wrong = _difference(path, facts.file)
        if not wrong:
            try:
                with gzip.open(path) as stream:
                    rows = sum(1 for _line in stream)
            except (OSError, EOFError, zlib.error) as error:
                wrong = str(error)
            else:
                if rows != facts.rows:
                    wrong = _("%(found)s rows instead of %(wanted)s") % {
                        "found": rows,
                        "wanted": facts.rows,
                    }
        if wrong:
            yield f"{path}: {wrong}"
    for name, of_file in manifest.media.items():
        path = path_in(folder, name)
        if wrong := _difference(path, of_file.file):
            yield f"{path}: {wrong}"


def _difference(path: Path, wanted: FileFacts) -> str:
    try:
        found = facts_of(path)
    except OSError as error:
        return error.strerror or str(error)
    if found.size != wanted.size:
        return _("%(found)s bytes instead of %(wanted)s") % {
            "found": found.size,
            "wanted": wanted.size,
        }
    return "" if found == wanted else _("its checksum isn't the manifest's")
