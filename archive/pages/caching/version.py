"""What the program itself adds to a page: its version, settings, templates and static files."""

from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings as django_settings
from django.template import engines
from django.template.backends.django import DjangoTemplates

import archive
from archive.pages.caching.stamps import SITE

_SETTINGS = ("LANGUAGES", "TIME_ZONE", "STATIC_URL", "MEDIA_URL", "INSTALLED_APPS", "STORAGES")


@cache
def program_version() -> str:
    """Another word after an upgrade, another setting or another template."""
    own = {
        name: getattr(django_settings, name)
        for name in dir(django_settings)
        if name.startswith("ARCHIVE_") or name in _SETTINGS
    }
    text = f"{archive.__version__} {sorted(own.items())} {program_changed_at()} {SITE}"
    return sha256(text.encode()).hexdigest()[:12]


@cache
def program_changed_at() -> datetime:
    """When a file that pages are made with was last written."""
    files = [path for folder in _folders() for path in folder.rglob("*") if path.is_file()]
    newest = max((path.stat().st_mtime for path in files), default=0)
    return datetime.fromtimestamp(newest, UTC)


def _folders() -> set[Path]:
    folders = {Path(archive.__file__).parent}
    folders.update(Path(folder) for folder in django_settings.LOCALE_PATHS)
    for engine in engines.all():
        if isinstance(engine, DjangoTemplates):
            folders.update(Path(folder) for folder in engine.template_dirs)
    if django_settings.STATIC_ROOT:
        folders.add(Path(django_settings.STATIC_ROOT))
    return {folder for folder in folders if folder.is_dir()}
