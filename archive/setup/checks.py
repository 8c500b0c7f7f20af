"""System checks of what `docs/install.md` asks for: apps, middleware, addresses, languages."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from archive.setup.patches import apps_around, lacking
from archive.setup.settings import APP_PLACES, MIDDLEWARE_PLACES, VALUES
from archive.text.language import LANGUAGES

IMPORT = "from archive.setup.settings import *"


@register()
def check_apps(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """archive.E080: INSTALLED_APPS holds what the archive needs, in an order that works."""
    names = [config.name for config in apps.get_app_configs()]
    found: list[CheckMessage] = [
        Error(
            f"INSTALLED_APPS: {place.name} ({place.why}) {problem}.",
            hint=f"Write “{IMPORT}” and “INSTALLED_APPS = with_archive_apps(INSTALLED_APPS)”.",
            id="archive.E080",
        )
        for place in APP_PLACES
        if (problem := place.problem(names))
    ]
    if {"modelsearch", "wagtail.search"} <= set(names):
        message = "INSTALLED_APPS: modelsearch beside wagtail.search leaves pages unindexed."
        found.append(Error(message, hint="Leave out modelsearch.", id="archive.E080"))
    return found


@register()
def check_packages(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """archive.E077: each app around the archive has the packages that it can't do without."""
    installed = [name for name in apps_around() if apps.is_installed(name)]
    return [
        Error(
            f"{name} needs the package {module}, which isn't installed.",
            hint=f'pip install "wagtail-bilingual-archive[{extra}]", or take the app out of '
            "INSTALLED_APPS.",
            id="archive.E077",
        )
        for name in installed
        for module, extra in lacking(name).items()
    ]


@register()
def check_middleware(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """archive.E081: MIDDLEWARE holds the archive's own, each where it works."""
    return [
        Error(
            f"MIDDLEWARE: {place.name}, which {place.why}, {problem}.",
            hint=f"Write “{IMPORT}” and “MIDDLEWARE = with_archive_middleware(MIDDLEWARE)”.",
            id="archive.E081",
        )
        for place in MIDDLEWARE_PLACES
        if (problem := place.problem(list(settings.MIDDLEWARE)))
    ]


@register()
def check_addresses(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """archive.E082: the archive's addresses are there, those of pages below each language."""
    if check_apps() or not settings.USE_I18N:
        return []
    prefix = 'path("archive/", include("archive.urls"))'
    hint = f"Write “*i18n_patterns({prefix}, prefix_default_language=True)” in urlpatterns."
    found: list[CheckMessage] = []
    for language in LANGUAGES:
        path = _reverse("archive:page", "", language=language)
        if path is None:
            message = f"{settings.ROOT_URLCONF} doesn't include archive.urls."
            found.append(Error(message, hint=hint, id="archive.E082"))
            break
        if path.split("/")[1] != language:
            message = f"archive.urls is at {path}, outside /{language}/."
            found.append(Error(message, hint=hint, id="archive.E082"))
    if _reverse("archive_robots", language="en") is None:
        message = f"{settings.ROOT_URLCONF} doesn't include archive.site_urls."
        hint = (
            'Write “path("", include("archive.site_urls"))” in urlpatterns, outside i18n_patterns.'
        )
        found.append(Error(message, hint=hint, id="archive.E082"))
    return found


def _reverse(name: str, *args: str, language: str) -> str | None:
    with translation.override(language):
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            return None


@register()
def check_values(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """archive.E083, E084, W085: languages, the search's backend, Latin addresses."""
    found: list[CheckMessage] = []
    fields = set(getattr(settings, "MODELTRANSLATION_CUSTOM_FIELDS", ()))
    fallback = getattr(settings, "MODELTRANSLATION_FALLBACK_LANGUAGES", ())
    languages = {
        "USE_I18N": settings.USE_I18N,
        "LANGUAGE_CODE": settings.LANGUAGE_CODE in dict(settings.LANGUAGES),
        "MODELTRANSLATION_CUSTOM_FIELDS": fields >= set(VALUES["MODELTRANSLATION_CUSTOM_FIELDS"]),
        "MODELTRANSLATION_FALLBACK_LANGUAGES": fallback,
    }
    for name, is_right in languages.items():
        if not is_right:
            message = (
                f"{name} is {getattr(settings, name, None)!r}: the archive needs another value."
            )
            hint = f"Set {name} = {VALUES[name]!r}, or write “{IMPORT}”."
            found.append(Error(message, hint=hint, id="archive.E083"))
    backend = getattr(settings, "WAGTAILSEARCH_BACKENDS", {})
    name = backend.get("default", {}).get("BACKEND", "wagtail.search.backends.database")
    if name.startswith("wagtail."):
        message = f"WAGTAILSEARCH_BACKENDS: {name} finds few Chinese words and fails on a quote."
        hint = 'Set WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "archive.search.backends"}}.'
        found.append(Error(message, hint=hint, id="archive.E084"))
    if getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True):
        message = "Stories' addresses may be Chinese, and are long when they are copied."
        hint = "Set WAGTAIL_ALLOW_UNICODE_SLUGS = False."
        found.append(Warning(message, hint=hint, id="archive.W085"))
    return found


@register(Tags.database)
def check_migrations(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """archive.E086: a database's migrations are among those of the archive's code."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        loader = MigrationLoader(connections[alias])
        of_archive = {key for key in loader.applied_migrations if key[0] == "archive"}
        if unknown := sorted(name for _app, name in of_archive - loader.disk_migrations.keys()):
            message = f"The database “{alias}” has migrations of another version of the archive: "
            hint = "Run the version that made it, or make the database anew with this one."
            found.append(Error(message + ", ".join(unknown), hint=hint, id="archive.E086"))
    return found


@register(Tags.database)
def check_tables_left(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """archive.E087: an app around the archive that isn't installed has no rows any more."""
    gone = [name for name in apps_around() if not apps.is_installed(name)]
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        tables = connection.introspection.table_names()
        for name in gone:
            short = name.rpartition(".")[2]
            own = [table for table in tables if table.startswith(f"archive_{short}_")]
            if filled := [table for table in own if _has_rows(connection, table)]:
                message = f"{name} isn't installed, and its tables hold rows: {', '.join(filled)}."
                hint = (
                    f'Put "{name}" into INSTALLED_APPS; to do without it, run '
                    f"“manage.py archive_remove {short}” before you take it out."
                )
                found.append(Error(message, hint=hint, id="archive.E087"))
    return found


def _has_rows(connection: BaseDatabaseWrapper, table: str) -> bool:
    with connection.cursor() as cursor:
        # No model has the table any more; its name is the database's own.
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None


def setup_problems() -> list[CheckMessage]:
    """All that these checks find."""
    return [*check_apps(), *check_middleware(), *check_addresses(), *check_values()]
