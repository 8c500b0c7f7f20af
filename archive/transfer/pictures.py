"""Takes a site's pictures over: each file once, known by its hash."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
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
        file = ContentFile(data, picture.name)
        try:
            Image.open(file)
        except UnrecognisedImageFormatError as error:
            raise IntakeError(_("%(name)s is no picture") % {"name": picture.name}) from error
        image = model(title=(picture.title or picture.name)[:255], file=file)
        image._set_image_file_metadata()
        # Many files name their photographer and owner themselves.
        fill_from_metadata(image)
        return image
