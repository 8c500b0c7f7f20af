"""System checks: a wrong setting fails at start, with a stable id and a way out."""

from inspect import isabstract
from typing import Any

from django.conf import settings as django_settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

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
def check_desk_checks(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E009: the desk's checks are classes, each at its dotted path."""
    chosen = getattr(django_settings, "ARCHIVE_DESK_CHECKS", None)
    paths = chosen if isinstance(chosen, list | tuple) else [] if chosen is None else [chosen]
    return [
        Error(
            f"ARCHIVE_DESK_CHECKS: {path!r} is no check of translations.",
            hint="List dotted paths of subclasses of archive.desk.qa.base.Check, or leave it out.",
            id="archive.E009",
        )
        for path in paths
        if not _is_check(path)
    ]


def _is_check(path: Any) -> bool:
    from archive.desk.qa.base import Check

    try:
        found = import_string(path)
    except (ImportError, AttributeError, TypeError):
        return False
    return isinstance(found, type) and issubclass(found, Check) and not isabstract(found)


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
