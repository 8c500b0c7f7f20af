"""System checks of moving in."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register


@register()
def check_intake(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E038: another site's stories are stored as imports are."""
    if apps.is_installed("archive.contrib.intake"):
        return []
    message = "archive.contrib.transfer needs archive.contrib.intake."
    hint = 'Add "archive.contrib.intake" to INSTALLED_APPS.'
    return [Error(message, hint=hint, id="archive.E038")]
