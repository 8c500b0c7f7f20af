"""System checks: a wrong setting fails at start, with a stable id and a way out."""

from contextlib import suppress
from inspect import isabstract
from math import inf
from typing import Any

from django.apps import apps
from django.conf import settings as django_settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from archive.conf import ArchiveSettings, settings
from archive.photos.forms import ArchiveImageForm
from archive.photos.renditions import MIME_TYPES
from archive.qa.base import Check
from archive.text.language import LANGUAGES


def _unless(is_right: object, id_: str, message: str, hint: str) -> list[CheckMessage]:
    return [] if is_right else [Error(message, hint=hint, id=id_)]


def _is_callable(path: Any) -> bool:
    try:
        return callable(import_string(path))
    except ImportError:
        return False


@register()
def check_languages(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E001: the site must speak exactly the archive's languages."""
    codes = {code for code, _name in django_settings.LANGUAGES}
    return _unless(
        codes == set(LANGUAGES),
        "archive.E001",
        "LANGUAGES must be exactly English (en) and Simplified Chinese (zh-hans).",
        'Set LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")].',
    )


@register()
def check_image_model(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E002: pictures need credit and rights, so the archive's own image model."""
    return _unless(
        getattr(django_settings, "WAGTAILIMAGES_IMAGE_MODEL", "") == "archive.ArchiveImage",
        "archive.E002",
        "WAGTAILIMAGES_IMAGE_MODEL must be archive.ArchiveImage.",
        'Set WAGTAILIMAGES_IMAGE_MODEL = "archive.ArchiveImage" before you migrate.',
    )


@register()
def check_image_form(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E004: without the archive's form, uploads don't take over the file's metadata."""
    path = getattr(django_settings, "WAGTAILIMAGES_IMAGE_FORM_BASE", None) or ""
    is_right = False
    with suppress(ImportError):
        is_right = issubclass(import_string(path), ArchiveImageForm)
    return _unless(
        is_right,
        "archive.E004",
        "WAGTAILIMAGES_IMAGE_FORM_BASE must be the archive's image form, or one made from it.",
        'Set WAGTAILIMAGES_IMAGE_FORM_BASE = "archive.photos.forms.ArchiveImageForm".',
    )


@register()
def check_reads(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E020: the callable that counts readers for the queue must exist."""
    path = getattr(django_settings, "ARCHIVE_READS", "")
    return _unless(
        not path or _is_callable(path),
        "archive.E020",
        "ARCHIVE_READS must be the dotted path of a callable.",
        "It takes a list of page ids and gives a dict from id to number of reads.",
    )


# Settings that are positive whole numbers, with the check's id and the largest that makes sense.
_NUMBERS: tuple[tuple[str, str, float], ...] = (
    ("INTAKE_MAX_BYTES", "archive.E003", inf),
    ("DESK_MAX_BYTES", "archive.E006", inf),
    ("MEMORY_THRESHOLD", "archive.E010", 100),
    ("REPORT_EMAIL_DAYS", "archive.E061", inf),
    ("OFFLINE_PAGES", "archive.E070", inf),
    ("OFFLINE_PICTURES", "archive.E070", inf),
    ("OAI_PAGE_SIZE", "archive.E075", inf),
    ("OAI_TOKEN_SECONDS", "archive.E075", inf),
)


@register()
def check_numbers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E003, E006, E010, E061, E070, E075: limits are positive whole numbers."""
    errors: list[CheckMessage] = []
    for name, id_, most in _NUMBERS:
        value = getattr(django_settings, f"ARCHIVE_{name}", 1)
        is_right = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= most
        limit = "" if most == inf else f" up to {most}"
        message = f"ARCHIVE_{name} must be a positive whole number{limit}."
        default = vars(ArchiveSettings)[name].default
        errors += _unless(is_right, id_, message, f"Leave it out for the default of {default:,}.")
    return errors


@register()
def check_machine_engine(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E030, archive.E031: machine drafts are off, or their engine is there and set up."""
    # The engines import the desk, which a site may have set up wrongly.
    from archive.desk.machinery.engines import engine_problem, option_problems

    errors: list[CheckMessage] = []
    if problem := engine_problem():
        hint = 'Leave it empty for no machine drafts, or name "archive.desk.machinery.deepl.DeepL".'
        errors.append(Error(problem, hint=hint, id="archive.E030"))
    for problem in option_problems():
        hint = "The engine's module lists its options."
        message = f"ARCHIVE_MACHINE_OPTIONS: {problem}"
        errors.append(Error(message, hint=hint, id="archive.E031"))
    return errors


@register()
def check_desk_checks(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E009: the desk's checks are classes, each at its dotted path."""
    chosen = getattr(django_settings, "ARCHIVE_DESK_CHECKS", None)
    paths = chosen if isinstance(chosen, list | tuple) else [] if chosen is None else [chosen]
    return [
        Error(
            f"ARCHIVE_DESK_CHECKS: {path!r} is no check of translations.",
            hint="List dotted paths of subclasses of archive.qa.base.Check, or leave it out.",
            id="archive.E009",
        )
        for path in paths
        if not _is_check(path)
    ]


def _is_check(path: Any) -> bool:
    try:
        found = import_string(path)
    except (ImportError, AttributeError, TypeError):
        return False
    return isinstance(found, type) and issubclass(found, Check) and not isabstract(found)


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


@register()
def check_picture_formats(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E060: pictures are offered in formats that browsers show and a credit fits into."""
    chosen = getattr(django_settings, "ARCHIVE_PICTURE_FORMATS", [])
    return _unless(
        isinstance(chosen, list | tuple) and set(chosen) <= set(MIME_TYPES),
        "archive.E060",
        "ARCHIVE_PICTURE_FORMATS may list avif and webp.",
        'Leave it out for ["avif", "webp"], or write [] for JPEG and PNG alone.',
    )


@register()
def check_map(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E050, archive.E051: Leaflet is there, and map tiles say where from and whose."""
    tiles = getattr(django_settings, "ARCHIVE_MAP_TILES", None)
    return [
        *_unless(
            apps.is_installed("js_lib_leaflet"),
            "archive.E050",
            "The map of ties needs Leaflet, from the package django-js-lib-leaflet.",
            'Add "js_lib_leaflet" to INSTALLED_APPS.',
        ),
        *_unless(
            not tiles or _are_tiles(tiles),
            "archive.E051",
            "ARCHIVE_MAP_TILES must give the tiles' url and attribution.",
            'Write {"url": "https://…/{z}/{x}/{y}.png", "attribution": "© …"}, or None.',
        ),
    ]


def _are_tiles(tiles: Any) -> bool:
    if not isinstance(tiles, dict) or set(tiles) != {"url", "attribution"}:
        return False
    url, attribution = tiles["url"], tiles["attribution"]
    wanted = all(part in str(url) for part in ("{z}", "{x}", "{y}"))
    return wanted and str(url).startswith(("https://", "/")) and bool(attribution)


@register()
def check_search_engine(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E052: the search's engine is there, and its client is installed."""
    path = settings.SEARCH_ENGINE
    try:
        if not path or callable(import_string(path)):
            return []
    except ImportError as error:
        return [
            Error(
                f"ARCHIVE_SEARCH_ENGINE: {error}",
                hint="OpenSearch needs “pip install wagtail-bilingual-archive[opensearch]”.",
                id="archive.E052",
            )
        ]
    return [Error("ARCHIVE_SEARCH_ENGINE must name a class.", id="archive.E052")]


@register()
def check_harvesting(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E075: harvesters get an address to write to."""
    emails = getattr(django_settings, "ARCHIVE_OAI_ADMIN_EMAILS", [])
    return _unless(
        isinstance(emails, list | tuple) and all("@" in str(email) for email in emails),
        "archive.E075",
        "ARCHIVE_OAI_ADMIN_EMAILS must be a list of addresses.",
        'Write ["library@example.org"].',
    )
