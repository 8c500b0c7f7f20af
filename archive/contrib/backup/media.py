"""Files of the site's media, out of their storage and into it."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from tempfile import mkdtemp
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.fields import get_allowed_image_extensions
from wagtail.images.models import AbstractRendition

from archive.contrib.backup.manifest import (
    MEDIA,
    BackupError,
    FileFacts,
    MediaFacts,
    facts_of,
    file_in,
)
from archive.contrib.backup.renames import exchange
from archive.integrity.evidence import can, file_fields, tables
from archive.text.punctuation import joined

_CHUNK = 1024 * 1024
# Where a restore makes and keeps files, in the folder of each storage; in it, what isn't in its
# place at the moment: the backup's files, then the former ones; and which are which.
_ASIDE, _OTHERS, _PLAN = ".restore-", "others", "plan.json"
# What Wagtail makes of pictures, whatever may be uploaded.
_RENDITIONS = ("gif", "jpg", "png", "webp", "avif", "svg")


def save_file(field: models.FileField, name: str, folder: Path, since: datetime) -> FileFacts:
    """Copy a file out of its storage; OSError with the reason if it isn't there or was changed.

    Files have no snapshot as rows have: one that was written after `since` may be another.
    """
    target = path_in(folder, name)
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


def path_in(folder: Path, name: str) -> Path:
    """A file of the backup's media; raises BackupError."""
    return file_in(folder / MEDIA, name)


def unfinished() -> list[Path]:
    """The folders of restores that were ended before their end, or that run at the moment."""
    fields = file_fields(tables().values())
    roots = {Path(field.storage.path("")) for field in fields if can(field.storage, "path")}
    return sorted(one for root in roots for one in root.glob(f"{_ASIDE}*"))


def unfinished_words(folder: Path) -> str:
    """What the restore has left: which of the media are the backup's, and where the others lie."""
    plan = _read_plan(folder)
    files: dict[str, int] = plan.get("files", {})
    new = [name for name, number in files.items() if _is(folder.parent / name, number)]
    old = [name for name in files if name not in new]
    if not new:
        words = _(
            "A restore didn't come to its end, unless one is running now. It has changed no file "
            "and no row: delete %(folder)s, and run archive_restore again."
        )
    elif old:
        words = _(
            "A restore of %(backup)s didn't come to its end, unless one is running now. Of the "
            "backup are %(new)s, whose former files lie in %(others)s; %(old)s and all rows are "
            "the former ones. Run archive_restore with the same backup and --overwrite; that also "
            "deletes %(folder)s. To have the former files again, move them back to %(root)s."
        )
    else:
        words = _(
            "A restore of %(backup)s didn't come to its end, unless one is running now. Its files "
            "are in their places (%(new)s), the former ones lie in %(others)s. Run "
            "archive_restore with the same backup and --overwrite; that also deletes %(folder)s. "
            "To have the former files again, move them back to %(root)s."
        )
    names = {"folder": folder, "others": folder / _OTHERS, "root": folder.parent}
    return words % {
        **names,
        "backup": plan.get("backup"),
        "new": joined(new),
        "old": joined(old),
    }


def _read_plan(folder: Path) -> dict[str, Any]:
    """What was to be put in place; nothing of a restore that was still copying."""
    try:
        plan: dict[str, Any] = json.loads((folder / _PLAN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return plan


def _is(path: Path, number: int) -> bool:
    """Whether that file or folder stands there, whatever its name was."""
    return path.exists() and path.stat().st_ino == number


@dataclass(frozen=True)
class _Returned:
    """A file of the backup, and where it goes: its name below the storage's folder."""

    source: Path
    name: PurePath
    mode: int | None


class MediaReturn:
    """Puts files back, a folder of the media at a time: each is made whole beside its place, with
    the files that stay, and changes places with what was there by one rename. That is kept until
    the end."""

    def __init__(self, folder: Path, media: dict[str, MediaFacts], *, overwrite: bool) -> None:
        self.folder = folder.resolve()
        self.files: dict[Path, list[_Returned]] = {}
        for name, facts in media.items():
            field = _field(facts.field)
            storage: Any = field.storage
            if not can(storage, "path"):
                reason = _(
                    "The files of %(field)s aren't kept in a folder: restore with --no-media, and "
                    "copy %(folder)s to them with their storage's own program."
                )
                names = {"field": facts.field, "folder": folder / MEDIA}
                raise BackupError(reason % names)
            _check_type(field, name)
            source = path_in(folder, name)
            target, root = Path(storage.path(name)), Path(storage.path(""))
            if target.exists() and facts_of(target) == facts.file:
                continue
            if target.exists() and not overwrite:
                reason = _("%(file)s exists and is another file: move it away, or use --overwrite.")
                raise BackupError(reason % {"file": target})
            mode = getattr(storage, "file_permissions_mode", None)
            returned = _Returned(source, target.relative_to(root), mode)
            self.files.setdefault(root, []).append(returned)

    @contextmanager
    def staged(self) -> Iterator[Callable[[], None]]:
        """Copies the files; gives what moves them. After an error in the block all is as before."""
        left = unfinished()
        asides: list[Path] = []
        # What is to stand in which place, and its number on the disk.
        swaps: list[tuple[Path, Path, int]] = []
        try:
            for root, files in self.files.items():
                root.mkdir(parents=True, exist_ok=True)
                asides.append(Path(mkdtemp(prefix=_ASIDE, dir=root)))
                swaps += self._stage(root, files, asides[-1])

            def move() -> None:
                for place, staged, _number in swaps:
                    _swap(place, staged)

            yield move
        except BaseException:
            # Raises where it can't: then the former files are still aside.
            for place, staged, number in reversed(swaps):
                if _is(place, number):
                    _swap(place, staged)
            _remove(asides)
            raise
        _remove([*asides, *left])

    def _stage(
        self, root: Path, files: list[_Returned], aside: Path
    ) -> Iterator[tuple[Path, Path, int]]:
        others = aside / _OTHERS
        others.mkdir()
        names = sorted({one.name.parts[0] for one in files})
        for name in names:
            _link_tree(root / name, others / name)
        for one in files:
            copy = others / one.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            # Another name of a file that is in its place must not be written to.
            copy.unlink(missing_ok=True)
            shutil.copyfile(one.source, copy)
            if one.mode is not None:
                copy.chmod(one.mode)
        numbers = {name: (others / name).stat().st_ino for name in names}
        plan = {"backup": str(self.folder), "files": numbers}
        (aside / _PLAN).write_text(json.dumps(plan), encoding="utf-8")
        for name, number in numbers.items():
            yield root / name, others / name, number


def _swap(place: Path, staged: Path) -> None:
    """Puts one in the other's place, or back."""
    if place.exists() and staged.exists():
        exchange(place, staged)
    elif staged.exists():
        os.replace(staged, place)
    else:
        os.replace(place, staged)


def _remove(folders: list[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _link_tree(source: Path, target: Path) -> None:
    """The same files under other names, without copying them where the disk can do that."""
    if source.is_dir():
        shutil.copytree(source, target, copy_function=_link)
    elif source.exists():
        _link(source, target)


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk, or one that knows no links
        shutil.copy2(source, target)


def _check_type(field: Any, name: str) -> None:
    """BackupError for a file of a type that this site's own forms wouldn't take for the field."""
    if issubclass(field.model, AbstractRendition):
        allowed: Any = {*get_allowed_image_extensions(), *_RENDITIONS}
    elif isinstance(field, models.ImageField):
        allowed = get_allowed_image_extensions()
    elif issubclass(field.model, AbstractDocument):
        allowed = getattr(settings, "WAGTAILDOCS_EXTENSIONS", None)
    else:
        return
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    if allowed is not None and suffix not in allowed:
        reason = _(
            "%(file)s (%(field)s) is of a type that this site doesn't store: take it out of the "
            "backup, or allow “%(type)s” in WAGTAILDOCS_EXTENSIONS or WAGTAILIMAGES_EXTENSIONS."
        )
        label = f"{field.model._meta.label}.{field.name}"
        raise BackupError(reason % {"file": name, "field": label, "type": suffix})


def _field(label: str) -> Any:
    """The field "app.Model.field"; BackupError if this site hasn't the field."""
    model, _dot, name = label.rpartition(".")
    try:
        field: Any = apps.get_model(model)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist, ValueError) as error:
        reason = _("This site has no field %(field)s, whose files the backup holds.")
        raise BackupError(reason % {"field": label}) from error
    return field
