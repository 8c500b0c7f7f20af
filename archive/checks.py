"""System checks: a wrong setting fails at start, with a stable id and a way out."""

from typing import Any

from django.conf import settings as django_settings
from django.core.checks import CheckMessage, Error, register

from archive.text.language import LANGUAGES


@register()
def check_languages(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E001: the site must speak exactly the archive's languages."""
    codes = {code for code, _name in django_settings.LANGUAGES}
    if codes == set(LANGUAGES):
        return []
    return [
        Error(
            "LANGUAGES must be exactly English (en) and Simplified Chinese (zh-hans).",
            hint='Set LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")].',
            id="archive.E001",
        )
    ]


@register()
def check_image_model(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E002: pictures need credit and rights, so the archive's own image model."""
    if getattr(django_settings, "WAGTAILIMAGES_IMAGE_MODEL", "") == "archive.ArchiveImage":
        return []
    return [
        Error(
            "WAGTAILIMAGES_IMAGE_MODEL must be archive.ArchiveImage.",
            hint='Set WAGTAILIMAGES_IMAGE_MODEL = "archive.ArchiveImage" before you migrate.',
            id="archive.E002",
        )
    ]


@register()
def check_max_bytes(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E003: the intake limit is a number of bytes."""
    value = getattr(django_settings, "ARCHIVE_INTAKE_MAX_BYTES", 1)
    if isinstance(value, int) and value > 0:
        return []
    return [
        Error(
            "ARCHIVE_INTAKE_MAX_BYTES must be a positive whole number of bytes.",
            hint="Leave it out for the default of 5 MB.",
            id="archive.E003",
        )
    ]


@register()
def check_memory_threshold(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E010: the translation memory's threshold is a percentage."""
    value = getattr(django_settings, "ARCHIVE_MEMORY_THRESHOLD", 70)
    if isinstance(value, int) and 1 <= value <= 100:
        return []
    return [
        Error(
            "ARCHIVE_MEMORY_THRESHOLD must be a whole number from 1 to 100.",
            hint="Leave it out for the default of 70.",
            id="archive.E010",
        )
    ]
