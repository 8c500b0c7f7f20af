"""Where the bytes of sources wait until their stories are accepted: a place that isn't served."""

from pathlib import Path

from django.conf import settings as django_settings
from django.core.files.storage import FileSystemStorage, Storage, storages

from archive.contrib.intake.conf import settings

FOLDER = "archive-intake"


def private_folder() -> Path:
    """Beside the folder of uploaded pictures, not in it."""
    return Path(django_settings.MEDIA_ROOT).resolve().parent / FOLDER


def private_storage() -> Storage:
    """The storage of ARCHIVE_INTAKE_STORAGE, or else a folder that no address leads to."""
    if alias := settings.INTAKE_STORAGE:
        return storages[alias]
    # Another user of the machine has no business with unpublished stories.
    return FileSystemStorage(
        private_folder(),
        base_url=None,
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )
