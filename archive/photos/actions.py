"""Fills in what a photograph's file already says."""

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import get_language

from archive.photos.embedded import read_metadata
from archive.photos.metadata import PhotoMetadata
from archive.text.language import LANGUAGES, column, other, supported

if TYPE_CHECKING:
    from archive.photos.models import ArchiveImage

_PLAIN = ("credit", "rights", "source", "creator", "date_taken", "place")


def fill_from_metadata(image: "ArchiveImage") -> list[str]:
    """Fill the image's empty fields from its file; returns the names of those filled.

    What is there stays, except a title that is only the file's name. Does not save. A file that
    has no metadata, or none that can be read, fills nothing.
    """
    if not image.file:
        return []
    with image.open_file() as file:
        metadata = read_metadata(file.read())
        file.seek(0)
    found = {name: text for name, text in _values(metadata).items() if text}
    if _is_named_after_file(image):
        found["title"] = _title(metadata)
    filled = [name for name, text in found.items() if text and _is_open(image, name)]
    for name in filled:
        setattr(image, name, _fitting(image, name, found[name]))
    return filled


def _values(metadata: PhotoMetadata) -> dict[str, str]:
    values = {name: getattr(metadata, name) for name in _PLAIN}
    for language in LANGUAGES:
        values[column("caption", language)] = metadata.captions.get(language, "")
        values[column("alt_text", language)] = metadata.alt_texts.get(language, "")
    return values


def _is_open(image: "ArchiveImage", name: str) -> bool:
    return name == "title" or not (getattr(image, name) or "").strip()


def _is_named_after_file(image: "ArchiveImage") -> bool:
    """Whether the title is nothing but the file's name, however Wagtail's forms tidy that."""
    name = PurePath(image.file.name)
    # Storage adds seven characters to a name that is taken already.
    first = re.sub(r"_\w{7}$", "", name.stem)
    names = ("", name.name, name.stem, first, first + name.suffix)
    return _letters(image.title) in {_letters(text) for text in names}


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _title(metadata: PhotoMetadata) -> str:
    """The headline or, in the active language if possible, the start of the caption."""
    language = supported(get_language())
    captions = (metadata.captions.get(code, "") for code in (language, other(language)))
    text = metadata.headline or next(filter(None, captions), "")
    return " ".join(text.split())


def _fitting(image: "ArchiveImage", name: str, text: str) -> str:
    """The text cut to its column, with an ellipsis where something is lost."""
    field = image._meta.get_field(name)
    limit = field.max_length if isinstance(field, models.Field) else None
    return Truncator(text).chars(limit) if limit else text
