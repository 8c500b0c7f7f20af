"""What a batch's files hold: stories of single files and of ZIPs, and pictures beside them."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import uuid4

from django.core.files.base import ContentFile

from archive.contrib.intake.companions import SUFFIXES, Companions, PictureReader
from archive.contrib.intake.containers import FoundFile, find
from archive.contrib.intake.documents import DocumentImage
from archive.contrib.intake.models import ImportFile, ImportItem
from archive.contrib.intake.record_json import restored
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.sources import SourceFailure
from archive.contrib.intake.storage import private_storage
from archive.files.errors import FileError
from archive.files.zip import SIGNATURE, ZipSource
from archive.photos.file_names import is_picture
from archive.text.stored_messages import message as _

_HEAD = 64


def is_archive(row: ImportFile) -> bool:
    """Whether the file is a ZIP of files, and no document that is kept as one."""
    with suppress(OSError, ValueError, FileError), row.file.open("rb") as stream:
        if stream.read(len(SIGNATURE)) == SIGNATURE:
            stream.seek(0)
            return not ZipSource(cast("BinaryIO", stream)).is_document
    return False


def is_picture_file(row: ImportFile) -> bool:
    """Whether the file is a picture, which is no source of a story."""
    if not row.name.lower().endswith(SUFFIXES):
        return False
    with suppress(OSError, ValueError), row.file.open("rb") as stream:
        return is_picture(stream.read(_HEAD))
    return False


@contextmanager
def found_files(row: ImportFile) -> Iterator[Iterator[FoundFile | SourceFailure]]:
    """The files of a ZIP after each other, or the single file; each is read only when asked."""
    if not row.file:
        raise IntakeError(_("the file is no longer kept; add it again"))
    if not is_archive(row):
        yield iter([FoundFile(row.name, row.size, lambda: _bytes_of(row), _beside(row), row.name)])
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "archive.zip")
        with row.file.open("rb") as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        yield (_named(found, str(path), row.name) for found in find([path]))


def _named(found: FoundFile | SourceFailure, path: str, name: str) -> FoundFile | SourceFailure:
    return replace(found, name=name + found.name.removeprefix(path))


def _bytes_of(row: ImportFile) -> bytes:
    try:
        with row.file.open("rb") as stream:
            data: bytes = stream.read()
            return data
    except (OSError, ValueError) as error:
        raise IntakeError(_("the file is no longer kept; add it again")) from error


def _beside(row: ImportFile) -> Companions:
    """The pictures of the same batch, by their names."""
    others = ImportFile.objects.filter(batch=row.batch_id).exclude(file="")
    pictures = {one.name: _reader(one) for one in others if one.name.lower().endswith(SUFFIXES)}
    return Companions(pictures, [one.name for one in others if one.name not in pictures])


def _reader(row: ImportFile) -> PictureReader:
    def read(most: int | None) -> bytes:
        return _bytes_of(row)[:most]

    return read


def keep_images(article: ParsedArticle, batch: int) -> list[dict[str, Any]]:
    """Put the bytes of the article's pictures by, until it is accepted; gives where they are."""
    storage = private_storage()
    return [
        {
            "name": image.name,
            "file": storage.save(f"{batch}/{uuid4().hex}", ContentFile(image.data)),
        }
        for image in article.images
        if image.data
    ]


def images_of(item: ImportItem) -> tuple[DocumentImage, ...]:
    """The item's pictures with their bytes, as far as these are kept."""
    storage = private_storage()
    bytes_of = {}
    for kept in item.pictures:
        with suppress(OSError), storage.open(kept["file"]) as stream:
            bytes_of[kept["name"]] = stream.read()
    images = restored(item.record).images
    return tuple(
        replace(image, data=bytes_of[image.name]) for image in images if image.name in bytes_of
    )
