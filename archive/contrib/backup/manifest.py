"""What a backup says of itself: `backup.json`, written last, so that a broken one has none."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join
from django.utils.translation import gettext as _

FORMAT = 1
MANIFEST, TABLES, MEDIA = "backup.json", "tables", "media"


class BackupError(Exception):
    """Nothing was made or changed; the message names the file or table, and the way out."""


@dataclass(frozen=True)
class FileFacts:
    """A file's size in bytes, and its SHA-256 as hex digits."""

    size: int
    sha256: str


@dataclass(frozen=True)
class TableFacts:
    """A table: its columns with the kinds of Django's fields, and its file.

    `last_key` is the last that the database gave, maybe to a row that is gone; None without any.
    """

    columns: dict[str, str]
    rows: int
    last_key: int | None
    file: FileFacts


@dataclass(frozen=True)
class MediaFacts:
    """A file of the site's media, and the field that names it: "archive.ArchiveImage.file"."""

    field: str
    file: FileFacts


@dataclass
class Manifest:
    """All that a backup holds. `problems` are what was found while it was made."""

    made_at: str
    vendor: str
    versions: dict[str, str]
    migrations: list[str]
    format: int = FORMAT
    tables: dict[str, TableFacts] = field(default_factory=dict)
    media: dict[str, MediaFacts] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Raises BackupError where there is none, or one that this release can't read."""
        path = folder / MANIFEST
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            reason = _("%(file)s can't be read (%(error)s): %(folder)s is no finished backup.")
            names = {"file": path, "error": error.strerror, "folder": folder}
            raise BackupError(reason % names) from error
        except ValueError as error:
            reason = _("%(file)s is damaged (%(error)s): use another backup.")
            raise BackupError(reason % {"file": path, "error": error}) from error
        if not isinstance(values, dict) or values.get("format") != FORMAT:
            reason = _("%(file)s isn't of format %(format)s: use the release that wrote it.")
            raise BackupError(reason % {"file": path, "format": FORMAT})
        try:
            tables = {
                name: TableFacts(**{**one, "file": FileFacts(**one["file"])})
                for name, one in values.pop("tables").items()
            }
            media = {
                name: MediaFacts(one["field"], FileFacts(**one["file"]))
                for name, one in values.pop("media").items()
            }
            return cls(tables=tables, media=media, **values)
        except (AttributeError, KeyError, TypeError) as error:
            reason = _("%(file)s is damaged (%(error)s): use another backup.")
            raise BackupError(reason % {"file": path, "error": error}) from error


def table_path(folder: Path, table: str) -> Path:
    return file_in(folder / TABLES, f"{table}.jsonl.gz")


def file_in(folder: Path, name: str) -> Path:
    """A file of the backup's; BackupError for a name that leads out of the folder, and for links:
    a backup has been elsewhere, and may name this machine's files."""
    try:
        path, base = Path(safe_join(folder, name)), Path(safe_join(folder, ""))
    except SuspiciousFileOperation as error:
        reason = _("%(name)s isn't a file's name within %(folder)s.")
        raise BackupError(reason % {"name": name, "folder": folder}) from error
    for part in (path, *path.parents):
        if part.is_symlink():
            reason = _(
                "%(file)s is a link: put what it leads to in its place, or use another backup."
            )
            raise BackupError(reason % {"file": part})
        if part == base:
            break
    if path.exists() and not path.is_file():
        raise BackupError(_("%(file)s isn't a file: use another backup.") % {"file": path})
    return path


def facts_of(path: Path) -> FileFacts:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return FileFacts(path.stat().st_size, digest)
