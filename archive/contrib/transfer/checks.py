"""System checks of moving in."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register


@register()
def check_intake(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E038: another site's stories are stored as imports are."""
    config: Any = apps.get_app_config("archive_transfer")
    return [
        Error(
            f"{config.name} needs {name}.",
            hint=f'Add "{name}" to INSTALLED_APPS.',
            id="archive.E038",
        )
        for name in config.needs
        if not apps.is_installed(name)
    ]
