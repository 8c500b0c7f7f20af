"""System checks: a wrong setting fails at start, with a stable id and a way out."""

from typing import Any

from django.conf import settings as django_settings
from django.core.checks import CheckMessage, Error, register

from archive.conf import settings
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
def check_first_mention(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E007: how names are first mentioned is a pattern for each language and kind."""
    try:
        for language, patterns in settings.NAMES_FIRST_MENTION.items():
            for pattern in patterns.values():
                if language in LANGUAGES and "{name}" in pattern:
                    pattern.format(name="", original="")
                else:
                    raise ValueError
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return [
            Error(
                "ARCHIVE_NAMES_FIRST_MENTION must give patterns by language and kind of name.",
                hint='Write {"zh-hans": {"person": "{name}（{original}）"}}, or leave it out.',
                id="archive.E007",
            )
        ]
    return []
