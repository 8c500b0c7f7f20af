"""System checks of the harvesters' settings."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from archive.contrib.harvesting.conf import settings


@register()
def check_harvesting(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E075: harvesters get addresses to write to."""
    if all("@" in str(email) for email in settings.OAI_ADMIN_EMAILS):
        return []
    message = "ARCHIVE_OAI_ADMIN_EMAILS must be a list of addresses."
    return [Error(message, hint='Write ["library@example.org"].', id="archive.E075")]
