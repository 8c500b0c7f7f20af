"""What readers and editors are told of a picture's Content Credentials."""

from collections.abc import Collection
from typing import Any

from django.utils.functional import lazystr

from archive.contrib.content_credentials.models import PictureCredentials
from archive.photos.notes import Note, PictureNotes


class CredentialsNotes(PictureNotes):
    """Who signed it, and whether that holds."""

    def of(self, images: Collection[Any]) -> dict[int, Note]:
        signed = PictureCredentials.objects.exclude(state=PictureCredentials.State.UNSIGNED)
        found = signed.filter(image__in=[image.pk for image in images])
        return {one.image_id: lazystr(_Words(one)) for one in found}


class _Words:
    """In the language that is active when they are printed."""

    def __init__(self, credentials: PictureCredentials) -> None:
        self._credentials = credentials

    def __str__(self) -> str:
        return self._credentials.words()
