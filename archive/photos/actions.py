"""Fills in what a photograph's file already says."""

import logging
import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.utils.text import Truncator
from django.utils.translation import get_language

from archive.interchange.records import PictureDetails
from archive.interchange.values import values_of
from archive.photos.embedded import read_metadata
from archive.photos.file_names import readable_stem
from archive.photos.metadata import PhotoMetadata
from archive.sandbox.pool import LimitError, run_limited
from archive.text.language import LANGUAGES, column, other, supported

if TYPE_CHECKING:
    from archive.photos.models import ArchiveImageMixin

logger = logging.getLogger(__name__)


def fill_from_metadata(image: "ArchiveImageMixin") -> list[str]:
    """Fill the image's empty fields from its file; returns the names of those filled.

    What is there stays, except a title that is only the file's name. Does not save. A file that
    has no metadata, or none that can be read, fills nothing.
    """
    if not image.file:
        return []
    with image.open_file() as file:
        metadata = metadata_in(file.read())
        file.seek(0)
    found = values_of(metadata, PictureDetails)
    for language in LANGUAGES:
        found[column("caption", language)] = metadata.captions.get(language, "")
        found[column("alt_text", language)] = metadata.alt_texts.get(language, "")
    found = {name: text for name, text in found.items() if not (getattr(image, name) or "").strip()}
    if _is_named_after_file(image):
        found["title"] = _title(metadata)
    filled = {name: text for name, text in found.items() if text}
    for name, text in filled.items():
        # Cut to its column, with an ellipsis where something is lost.
        limit = getattr(image._meta.get_field(name), "max_length", None)
        setattr(image, name, Truncator(text).chars(limit) if limit else text)
    return list(filled)


def metadata_in(data: bytes) -> PhotoMetadata:
    """As `read_metadata`, which never raises; what takes too much time or memory says nothing."""
    try:
        return run_limited(read_metadata, data)
    except LimitError as error:
        logger.warning("The metadata of a picture can't be read: %s", error)
        return PhotoMetadata()


def _is_named_after_file(image: "ArchiveImageMixin") -> bool:
    """Whether the title is nothing but the file's name, however Wagtail's forms tidy that."""
    name = PurePath(image.file.name)
    # Storage adds seven characters to a name that is taken already.
    first = re.sub(r"_\w{7}$", "", readable_stem(name.name))
    texts = (image.title, "", name.name, name.stem, first, first + name.suffix)
    title, *names = (re.sub(r"[\W_]+", "", text).casefold() for text in texts)
    return title in names


def _title(metadata: PhotoMetadata) -> str:
    """The headline or, in the active language if possible, the start of the caption."""
    language = supported(get_language())
    captions = (metadata.captions.get(code, "") for code in (language, other(language)))
    text = metadata.headline or next(filter(None, captions), "")
    return " ".join(text.split())
