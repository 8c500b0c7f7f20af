"""Takes a site's pictures over: each file once, known by its hash."""

import hashlib
import io
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.models import IMAGE_FORMAT_EXTENSIONS
from wagtail.images.utils import get_allowed_image_extensions
from willow.image import Image, UnrecognisedImageFormatError

from archive.intake.records import IntakeError
from archive.photos.actions import fill_from_metadata
from archive.text.language import column
from archive.transfer.records import SitePicture


class PictureShelf:
    """Finds or stores pictures; `credit` and `rights` serve those that have none."""

    def __init__(self, credit: str = "", rights: str = "") -> None:
        self.defaults = {"credit": credit, "rights": rights}

    def id_of(self, picture: SitePicture, captions: Mapping[str, str]) -> int:
        """The stored image's key. `captions` by language describe it where nothing else does.

        Raises IntakeError where the file can't be had or is no picture.
        """
        image = self._found(picture)
        texts = {
            **self.defaults,
            **{column("alt_text", code): text for code, text in captions.items()},
            **{column("alt_text", code): text for code, text in picture.alt_texts.items() if text},
        }
        empty = {
            name: text[: image._meta.get_field(name).max_length]
            for name, text in texts.items()
            if text and not getattr(image, name, "")
        }
        if empty or image._state.adding:
            for name, text in empty.items():
                setattr(image, name, text)
            image.save()
        return int(image.pk)

    def _found(self, picture: SitePicture) -> Any:
        model: Any = get_image_model()
        manager = model._default_manager
        if picture.pk:
            return manager.get(pk=picture.pk)
        data = picture.read() if picture.read else b""
        mark = hashlib.sha1(data, usedforsecurity=False).hexdigest()
        if known := manager.filter(file_hash=mark).order_by("pk").first():
            return known
        file = ContentFile(data, _file_name(picture.name, data))
        image = model(title=(picture.title or picture.name)[:255], file=file)
        image._set_image_file_metadata()
        # Many files name their photographer and owner themselves.
        fill_from_metadata(image)
        return image


def _file_name(name: str, data: bytes) -> str:
    """The name with the ending of what the file is: "evil.html" of a GIF -> "evil.gif".

    Raises IntakeError for what is no picture, or of a format that the site's editors may not upload
    either (WAGTAILIMAGES_EXTENSIONS).
    """
    try:
        found = Image.open(io.BytesIO(data)).format_name
    # Broken XML raises SyntaxError, XML with entities ValueError.
    except (UnrecognisedImageFormatError, SyntaxError, ValueError) as error:
        raise IntakeError(_("%(name)s is no picture") % {"name": name}) from error
    allowed = get_allowed_image_extensions()
    if found not in {"jpeg" if one.lower() == "jpg" else one.lower() for one in allowed}:
        reason = _("%(name)s is a picture of the format %(format)s; allowed are %(allowed)s")
        reason %= {"name": name, "format": found, "allowed": ", ".join(allowed)}
        raise IntakeError(reason)
    stem = PurePosixPath(name).stem or "picture"
    return stem + IMAGE_FORMAT_EXTENSIONS.get(found, f".{found}")
