"""Verifies pictures, and keeps what was found."""

import logging
from pathlib import Path, PurePath
from typing import Any

from django.utils.dateparse import parse_datetime

from archive.contrib.content_credentials.conf import settings
from archive.contrib.content_credentials.models import PictureCredentials
from archive.contrib.content_credentials.verification import (
    Credentials,
    is_available,
    may_have_credentials,
    read_credentials,
)
from archive.sandbox.pool import LimitError, run_limited

logger = logging.getLogger(__name__)


def verify_picture(image: Any, *, again: bool = False) -> PictureCredentials | None:
    """Look at the picture's original, unless that was done; None where it can't be read."""
    if not is_available() or not image.file:
        return None
    known = PictureCredentials.objects.filter(image=image.pk).first()
    if known and known.file_name == image.file.name and not again:
        return known
    try:
        # Not by the picture's own file, which whoever has saved it may be reading.
        with image.file.storage.open(image.file.name) as file:
            data = file.read()
    except OSError:
        logger.warning("The file of picture %s can't be read.", image.pk)
        return None
    found = credentials_in(data, image.file.name) or Credentials("unsigned")
    values = {
        "file_name": image.file.name,
        "state": found.state,
        "signer": found.signer,
        "issuer": found.issuer,
        "generator": found.generator,
        "signed_at": parse_datetime(found.signed_at) if found.signed_at else None,
        "problems": list(found.problems),
    }
    made, _is_new = PictureCredentials.objects.update_or_create(image_id=image.pk, defaults=values)
    return made


def credentials_in(data: bytes, name: str) -> Credentials | None:
    """Those of a file; what takes too much time or memory is invalid."""
    if not may_have_credentials(data):
        return None
    anchors, suffix = settings.C2PA_TRUST_ANCHORS, PurePath(name).suffix.lower().lstrip(".")
    trusted = Path(anchors).read_text(encoding="ascii") if anchors else ""
    try:
        return run_limited(read_credentials, data, suffix, trusted)
    except LimitError as error:
        logger.warning("The Content Credentials of %s can't be read: %s", name, error)
        return Credentials("invalid", problems=("limit",))
