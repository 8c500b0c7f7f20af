"""Stores pictures as photographs of the site's image model: each file once, known by its hash."""

import hashlib
import io
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings as site_settings
from django.core.files.base import ContentFile
from django.utils.translation import ngettext
from wagtail.images import get_image_model
from wagtail.images.models import IMAGE_FORMAT_EXTENSIONS
from wagtail.images.utils import get_allowed_image_extensions
from willow.image import Image, UnrecognisedImageFormatError

from archive.contrib.intake.conf import settings
from archive.contrib.intake.documents import DocumentImage
from archive.contrib.intake.downloads import Downloads, named_host
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.photos.actions import fill_from_metadata
from archive.text.language import column
from archive.text.punctuation import joined
from archive.text.stored_messages import message as _

# A story's pictures, and a picture's bytes and (as in Wagtail's own forms) pixels.
MOST_IMAGES = 100
_MOST_BYTES = 50 * 1024 * 1024
_MOST_PIXELS = 128 * 1_000_000


def store_pictures(article: ParsedArticle) -> tuple[dict[str, int], list[str]]:
    """The keys of the story's stored pictures by their names, and what to tell of the others.

    A picture is in the file or lies beside it; it is fetched only from a host that
    ARCHIVE_INTAKE_IMAGE_HOSTS names. One that can't be had is left out; its caption stays.
    """
    found: dict[str, int] = {}
    notes: list[str] = []
    undescribed = 0
    for image in article.images[:MOST_IMAGES]:
        try:
            picture = stored_picture(image.name, _bytes_of(image), _texts(image, article.language))
        except IntakeError as error:
            notes.append(_left_out(error))
            continue
        found[image.name] = picture.pk
        undescribed += not getattr(picture, column("alt_text", article.language))
    more = len(article.images) - MOST_IMAGES
    if more > 0:
        reason = _("a story has at most %(most)d pictures, this one has %(count)d more")
        notes.append(_left_out(reason % {"most": MOST_IMAGES, "count": more}))
    if undescribed:
        message = ngettext(
            "%(count)d picture has no alternative text: readers who can't see it need one.",
            "%(count)d pictures have no alternative text: readers who can't see them need one.",
            undescribed,
        )
        notes.append(message % {"count": undescribed})
    return found, notes


def _left_out(reason: object) -> str:
    return _("picture left out, its caption stays: %(reason)s") % {"reason": reason}


def _bytes_of(image: DocumentImage) -> bytes:
    if image.data:
        return image.data
    if not image.url:
        reason = _("%(name)s isn't beside the file; put it there, or import both as a ZIP")
        raise IntakeError(reason % {"name": image.name})
    way_out = _("%(address)s isn't fetched; the site's administrator can allow %(host)s")
    return Downloads(map(named_host, settings.INTAKE_IMAGE_HOSTS), way_out).read(image.url)


def _texts(image: DocumentImage, language: str) -> dict[str, str]:
    return {
        column("caption", language): image.caption,
        column("alt_text", language): image.alt_text,
        "credit": image.credit,
        "rights": image.rights,
    }


def stored_picture(name: str, data: bytes, texts: Mapping[str, str], title: str = "") -> Any:
    """The image with these bytes: the one that is there, or a new one. `texts` by field fill in
    what neither the image nor its file says. Raises IntakeError for what is no picture.
    """
    model: Any = get_image_model()
    mark = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    image = model._default_manager.filter(file_hash=mark).order_by("pk").first()
    if image is None:
        file = ContentFile(data, _file_name(name, data))
        image = model(title=(title or PurePosixPath(name).name)[:255], file=file)
        image._set_image_file_metadata()
        # Many files name their photographer and owner themselves.
        fill_from_metadata(image)
    return complete_picture(image, texts)


def complete_picture(image: Any, texts: Mapping[str, str]) -> Any:
    """The image, saved, with those of the texts that it lacks."""
    empty = {
        name: text[: image._meta.get_field(name).max_length]
        for name, text in texts.items()
        if text and not getattr(image, name, "")
    }
    if empty or image._state.adding:
        for name, text in empty.items():
            setattr(image, name, text)
        image.save()
    return image


def _file_name(name: str, data: bytes) -> str:
    """The name with the ending of what the file is: "evil.html" of a GIF -> "evil.gif".

    Raises IntakeError for what is no picture, is too large, or of a format that the site's editors
    may not upload either (WAGTAILIMAGES_EXTENSIONS).
    """
    if len(data) > _MOST_BYTES:
        raise IntakeError(_("%(name)s is larger than 50 MB") % {"name": name})
    try:
        picture = Image.open(io.BytesIO(data))
        found = picture.format_name
    # Broken XML raises SyntaxError, XML with entities ValueError.
    except (UnrecognisedImageFormatError, SyntaxError, ValueError) as error:
        raise IntakeError(_("%(name)s is no picture") % {"name": name}) from error
    allowed = get_allowed_image_extensions()
    if found not in {"jpeg" if one.lower() == "jpg" else one.lower() for one in allowed}:
        reason = _("%(name)s is a picture of the format %(format)s; allowed are %(allowed)s")
        reason %= {"name": name, "format": found, "allowed": joined(allowed)}
        raise IntakeError(reason)
    _check_size(name, picture)
    stem = PurePosixPath(name).stem or "picture"
    return f"{stem}{IMAGE_FORMAT_EXTENSIONS.get(found, f'.{found}')}"


def _check_size(name: str, picture: Any) -> None:
    most = getattr(site_settings, "WAGTAILIMAGES_MAX_IMAGE_PIXELS", _MOST_PIXELS)
    try:
        width, height = picture.get_size()
    # Pillow raises errors of every kind on broken files, and of its own on too large ones.
    except Exception as error:
        reason = _("%(name)s can't be opened as a picture (%(error)s)")
        raise IntakeError(reason % {"name": name, "error": error}) from error
    if most and width * height > most:
        reason = _("%(name)s has %(count)d pixels; at most %(most)d are allowed")
        raise IntakeError(reason % {"name": name, "count": width * height, "most": most})
