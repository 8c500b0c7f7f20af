"""System checks of the harvesters' settings."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from archive.contrib.harvesting.conf import settings
from archive.contrib.harvesting.dump_signature import SigningError, signing_key


@register()
def check_harvesting(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E075: harvesters get addresses to write to."""
    if all("@" in str(email) for email in settings.OAI_ADMIN_EMAILS):
        return []
    message = "ARCHIVE_OAI_ADMIN_EMAILS must be a list of addresses."
    return [Error(message, hint='Write ["library@example.org"].', id="archive.E075")]


@register()
def check_signing(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E076: the dump can be signed where the site has chosen a key."""
    try:
        signing_key()
    except SigningError as error:
        hint = (
            "Make a key by “openssl genpkey -algorithm ed25519 -out dump-key.pem”, and install "
            "the extra “signing”."
        )
        return [Error(f"ARCHIVE_DUMP_SIGNING_KEY: {error}", hint=hint, id="archive.E076")]
    return []
