"""System checks of Content Credentials."""

from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, register

from archive.contrib.content_credentials.conf import settings
from archive.contrib.content_credentials.signing import CertificateError, read_signer
from archive.contrib.content_credentials.verification import is_available


@register()
def check_credentials(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E078: the files that settings name are there."""
    if not is_available():
        return []  # The archive says so itself (archive.E077).
    found: list[CheckMessage] = []
    anchors = settings.C2PA_TRUST_ANCHORS
    if anchors and not Path(anchors).is_file():
        message = f"ARCHIVE_C2PA_TRUST_ANCHORS: there is no file {anchors}."
        found.append(Error(message, id="archive.E078"))
    if settings.C2PA_CERTIFICATE or settings.C2PA_KEY:
        try:
            read_signer(settings.C2PA_CERTIFICATE, settings.C2PA_KEY)
        except CertificateError as error:
            message = f"ARCHIVE_C2PA_CERTIFICATE, ARCHIVE_C2PA_KEY: {error}"
            found.append(Error(message, id="archive.E078"))
    return found
