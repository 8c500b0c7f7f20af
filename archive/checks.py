"""System checks: a wrong setting fails at start, with a stable id and a way out."""

import re
import stat
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings as django_settings
from django.conf.locale import LANG_INFO
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from wagtail.images import get_image_model, get_image_model_string

from archive.conf import every_setting, settings
from archive.entities.models import Entity
from archive.operations import replica
from archive.photos.forms import ArchiveImageForm
from archive.photos.models import ArchiveImageMixin
from archive.stories.models import ArticlePage
from archive.text.kinds import is_kind
from archive.text.language import LANGUAGES, supported
from archive.ties.models import Tie


def _unless(is_right: object, id_: str, message: str, hint: str) -> list[CheckMessage]:
    return [] if is_right else [Error(message, hint=hint, id=id_)]


@register()
def check_languages(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E001: the archive has two languages, and the site has addresses in both."""
    codes = [code for code, _name in django_settings.LANGUAGES]
    pair = list(getattr(django_settings, "MODELTRANSLATION_LANGUAGES", codes))
    if len(set(pair)) != 2 or len(pair) != 2:
        message = f"The archive has exactly two languages; these are {len(pair)}: {pair[:9]}."
        hint = (
            'Set MODELTRANSLATION_LANGUAGES = ("en", "zh-hans"), or two others, the default first.'
        )
        return [Error(message, hint=hint, id="archive.E001")]
    return _unless(
        set(pair) <= set(codes),
        "archive.E001",
        f"LANGUAGES must contain the archive's two languages, {pair[0]} and {pair[1]}.",
        f"Set LANGUAGES = {[(code, _named(code)) for code in pair]}.",
    )


def _named(code: str) -> str:
    return str(LANG_INFO.get(code, {}).get("name_local", code))


@register()
def check_image_model(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E002: pictures need credit and rights: fields that Wagtail's own image lacks."""
    name = get_image_model_string()
    try:
        is_right = issubclass(get_image_model(), ArchiveImageMixin)
    except ImproperlyConfigured:
        is_right = False
    return _unless(
        is_right,
        "archive.E002",
        f"The image model {name} has no ArchiveImageMixin.",
        'Set WAGTAILIMAGES_IMAGE_MODEL = "archive.ArchiveImage", or give your own image model '
        "archive.photos.models.ArchiveImageMixin and run makemigrations.",
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
def check_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E003: each setting of `archive/conf.py` has its type, and leads where it must."""
    return [
        Error(problem, hint=setting.hint, id="archive.E003")
        for setting in every_setting()
        if (problem := setting.problem())
    ]


@register()
def check_unfiled(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E035: the publication of unfiled stories has a name in each language."""
    names = settings.UNFILED_PUBLICATION
    is_right = (
        isinstance(names, dict)
        and names
        and all(isinstance(part, str) and part.strip() for pair in names.items() for part in pair)
    )
    return _unless(
        is_right,
        "archive.E035",
        f"ARCHIVE_UNFILED_PUBLICATION must be names by language, not {names!r}.",
        'Write {"en": "Unfiled stories", "zh-hans": "待归档稿件"}, or leave it out.',
    )


@register()
def check_kinds(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E008: a site's kinds are new words, each with its label in both languages."""
    enumerations = {
        "ARCHIVE_NAME_KINDS": (Entity.Kind, settings.NAME_KINDS),
        "ARCHIVE_TIE_KINDS": (Tie.Kind, settings.TIE_KINDS),
        "ARCHIVE_STORY_KINDS": (ArticlePage.Kind, settings.STORY_KINDS),
    }
    return [
        Error(
            f"{name}: {key!r} is in use, is no word of small letters, or lacks a label.",
            hint='Write {"ship": {"en": "Ship", "zh-hans": "船舶"}}: at most 20 letters.',
            id="archive.E008",
        )
        for name, (enumeration, kinds) in enumerations.items()
        for key, labels in (kinds.items() if isinstance(kinds, dict) else ())
        if not is_kind(key, labels)
        or str(dict(enumeration.choices).get(key)) != labels[supported(get_language())]
    ]


@register()
def check_first_mention(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E007: how names are first mentioned is a pattern for each language and kind."""
    try:
        given = getattr(django_settings, "ARCHIVE_NAMES_FIRST_MENTION", {})
        for language, patterns in given.items():
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
def check_map(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E050: Leaflet is there."""
    return _unless(
        apps.is_installed("js_lib_leaflet"),
        "archive.E050",
        "The map in the form of a place needs Leaflet, from the package django-js-lib-leaflet.",
        'Add "js_lib_leaflet" to INSTALLED_APPS.',
    )


@register()
def check_content_security(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E090, archive.E091: what the policy allows is written as browsers read it."""
    hosts, sources = settings.EMBED_HOSTS, settings.CSP_SOURCES
    return [
        *_unless(
            _are_words(hosts) and not any("/" in host for host in hosts),
            "archive.E090",
            "ARCHIVE_EMBED_HOSTS must list the hosts of players.",
            'Write ["www.youtube.com"], without "https://"; [] for links alone.',
        ),
        *_unless(
            isinstance(sources, dict) and all(map(_are_words, [sources, *sources.values()])),
            "archive.E091",
            "ARCHIVE_CSP_SOURCES must give a list of sources for each directive.",
            'Write {"img-src": ["https://pictures.example.org"]}.',
        ),
    ]


_POLICY_SENDERS = {
    "archive.site.security_headers.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
}


@register(deploy=True)
def check_security_headers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.W092: readers' pages are sent with a content security policy."""
    if _POLICY_SENDERS & set(django_settings.MIDDLEWARE):
        return []
    return [
        Warning(
            "No middleware sends a content security policy.",
            hint='Add "archive.site.security_headers.SecurityHeadersMiddleware" to MIDDLEWARE, '
            "right after Django's SecurityMiddleware. ARCHIVE_CSP_REPORT_ONLY = True tries it out.",
            id="archive.W092",
        )
    ]


def _are_words(words: Any) -> bool:
    """A list of what may stand between two spaces of a header."""
    is_list = isinstance(words, list | tuple | dict)
    return is_list and all(
        isinstance(word, str) and re.fullmatch(r"[^\s;,]+", word) for word in words
    )


# Django's caches that need a package, with its name.
_BACKENDS = "django.core.cache.backends"
_CLIENTS = {
    f"{_BACKENDS}.redis.RedisCache": "redis",
    f"{_BACKENDS}.memcached.PyMemcacheCache": "pymemcache",
    f"{_BACKENDS}.memcached.PyLibMCCache": "pylibmc",
}


@register(Tags.caches)
def check_caches(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E100, E101: the pages' cache exists, and each cache has its client."""
    named = settings.CACHE_ALIAS
    found = _unless(
        named in django_settings.CACHES,
        "archive.E100",
        f"ARCHIVE_CACHE_ALIAS is {named!r}, and CACHES has no such cache.",
        f"CACHES has {', '.join(django_settings.CACHES)}.",
    )
    for alias, cache in django_settings.CACHES.items():
        client = _CLIENTS.get(str(cache.get("BACKEND")))
        extra = "wagtail-bilingual-archive[redis]" if client == "redis" else client
        found += _unless(
            not client or find_spec(client),
            "archive.E101",
            f"The cache {alias!r} needs the package {client}, which isn't installed.",
            f"Run “pip install {extra}”.",
        )
    return found


@register(Tags.caches, deploy=True)
def check_failing_cache(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.W102: Wagtail asks the default cache for each page, and passes on its errors."""
    backend = django_settings.CACHES.get("default", {}).get("BACKEND", "")
    own = (f"{_BACKENDS}.locmem.LocMemCache", f"{_BACKENDS}.dummy.DummyCache")
    if backend in (*own, "archive.caches.ForgivingCache"):
        return []
    message = "Pages fail while the cache “default” fails: Wagtail asks it for each of them."
    hint = (
        'Give that cache another name, such as "shared", and set CACHES["default"] = '
        '{"BACKEND": "archive.caches.ForgivingCache", "LOCATION": "shared"}.'
    )
    return [Warning(message, hint=hint, id="archive.W102")]


@register(Tags.security, deploy=True)
def check_proxy(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.W103: behind a proxy, only a header tells readers apart."""
    is_proxied = django_settings.SECURE_PROXY_SSL_HEADER or django_settings.USE_X_FORWARDED_HOST
    if not is_proxied or settings.CLIENT_ADDRESS_HEADER:
        return []
    message = "Readers behind the proxy can't be told apart: no limit is kept by address."
    hint = (
        "Set ARCHIVE_CLIENT_ADDRESS_HEADER to the header in which the proxy gives their "
        'addresses, such as "X-Forwarded-For" (CLIENT_ADDRESS_HEADER in the newsroom site).'
    )
    return [Warning(message, hint=hint, id="archive.W103")]


@register(Tags.security, deploy=True)
def check_database_file(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.W106: passwords' hashes and drafts are in it."""
    database = django_settings.DATABASES["default"]
    path = Path(str(database.get("NAME", "")))
    if not database.get("ENGINE", "").endswith("sqlite3") or not path.is_file():
        return []
    if not path.stat().st_mode & stat.S_IROTH:
        return []
    message = f"Every account of this machine can read the database, {path}."
    hint = f"chmod o= {path}* (and its -wal and -shm beside it)."
    return [Warning(message, hint=hint, id="archive.W106")]


@register()
def check_replica(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E109: a site whose readers are to have a replica has all that it takes."""
    has_router = replica.ROUTER in map(str, django_settings.DATABASE_ROUTERS)
    has_middleware = replica.MIDDLEWARE in django_settings.MIDDLEWARE
    if not has_router and not has_middleware:
        return []
    is_whole = (
        replica.has_replica()
        and has_router
        and django_settings.MIDDLEWARE[-1] == replica.MIDDLEWARE
    )
    return _unless(
        is_whole,
        "archive.E109",
        "A replica for readers takes a database, a router and a middleware.",
        f"Name it {replica.ALIAS!r} in DATABASES, put {replica.ROUTER!r} in DATABASE_ROUTERS and "
        f"{replica.MIDDLEWARE!r} at the end of MIDDLEWARE.",
    )


@register(deploy=True)
def check_tasks(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E104, I105: what follows a publication is done, and by whom."""
    chosen = getattr(django_settings, "TASKS", {}).get("default", {})
    name = str(chosen.get("BACKEND", "ImmediateBackend")).rpartition(".")[2]
    if name == "DummyBackend":
        message = "TASKS: DummyBackend does nothing, so search and pictures stay as they are."
        hint = "Leave TASKS out, or name a backend with a worker."
        return [Error(message, hint=hint, id="archive.E104")]
    if name == "ImmediateBackend":
        message = (
            "What follows a publication is done by the server's own processes: there is no worker."
        )
        hint = "It works, but for picture files. A backend with a worker in TASKS makes them, too."
        return [Info(message, hint=hint, id="archive.I105")]
    return []


@register()
def check_needed_apps(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """archive.E038: an app around the archive has those that it builds on (`needs`)."""
    return [
        Error(
            f"{config.name} needs {name}.",
            hint=f'Add "{name}" to INSTALLED_APPS.',
            id="archive.E038",
        )
        for config in apps.get_app_configs()
        for name in getattr(config, "needs", ())
        if not apps.is_installed(name)
    ]
