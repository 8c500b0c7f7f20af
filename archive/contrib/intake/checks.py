"""System checks of the settings of imports."""

from typing import Any

from django.conf import settings as django_settings
from django.core.checks import CheckMessage, Error, register

from archive.contrib.intake.conf import settings
from archive.contrib.intake.downloads import named_host
from archive.contrib.intake.labels.names import FIELDS, NOTES, OTHER, WAITING


@register()
def check_intake_storage(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E036: the files of imports are where no address leads."""
    alias = settings.INTAKE_STORAGE
    served = ("default", "staticfiles")
    is_right = not alias or (alias in django_settings.STORAGES and alias not in served)
    if is_right:
        return []
    message = (
        f"ARCHIVE_INTAKE_STORAGE: {alias!r} is not a storage of STORAGES that is kept private."
    )
    hint = "Add one to STORAGES whose files nobody is served, or leave the setting out."
    return [Error(message, hint=hint, id="archive.E036")]


@register()
def check_image_hosts(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E037: each host that pictures are fetched from is one."""
    hosts = settings.INTAKE_IMAGE_HOSTS
    # Another type is E003's.
    wrong = [name for name in hosts if not named_host(str(name))] if isinstance(hosts, list) else []
    if not wrong:
        return []
    message = f"ARCHIVE_INTAKE_IMAGE_HOSTS: {', '.join(map(repr, wrong))} names no host."
    hint = 'Write ["images.example.org"]: hosts alone, without wildcards.'
    return [Error(message, hint=hint, id="archive.E037")]


@register()
def check_labels(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E107: each label of the site's own names a field."""
    labels = settings.INTAKE_LABELS
    # Another type is E003's.
    fields = labels.values() if isinstance(labels, dict) else ()
    wrong = [name for name in fields if name not in (*FIELDS, OTHER, WAITING, NOTES)]
    if not wrong:
        return []
    message = f"ARCHIVE_INTAKE_LABELS: {', '.join(map(repr, wrong))} names no field."
    hint = f"Write one of {', '.join((*FIELDS, OTHER, WAITING, NOTES))}."
    return [Error(message, hint=hint, id="archive.E107")]
