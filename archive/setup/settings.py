"""The settings that the archive needs; import them at the end of a site's own:

    from archive.setup.settings import *
    INSTALLED_APPS = with_archive_apps(INSTALLED_APPS)
    MIDDLEWARE = with_archive_middleware(MIDDLEWARE)

What stands below these lines overrides them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_LANGUAGES = ("en", "zh-hans")
# Some stories are written in Chinese first: each language falls back to the other.
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "zh-hans")
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField", "BodyField")
USE_I18N = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_IMAGE_MODEL = "archive.ArchiveImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "archive.photos.forms.ArchiveImageForm"
# A rendition carries its credit in the file, which only these formats can take.
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "webp", "webp": "webp", "gif": "png", "tiff": "jpeg"}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "archive.search.backends"}}
# Addresses read the same in both languages.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# A long story has more fields than Django's default.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

VALUES = {name: value for name, value in globals().items() if name.isupper()}
__all__ = [*VALUES, "with_archive_apps", "with_archive_middleware"]


@dataclass(frozen=True)
class ListEntry:
    """An entry of MIDDLEWARE or INSTALLED_APPS, and of which others it stands before or after.

    It is put ahead of all that lies in the package `ahead_of`, too, and works elsewhere as well.
    """

    name: str
    why: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    ahead_of: str = ""
    # A site may do the same by other means.
    is_optional: bool = False

    def problem(self, names: list[str]) -> str:
        """What is wrong with its place in the list; "" if nothing is."""
        if self.name not in names:
            return "" if self.is_optional else "is missing"
        own = names.index(self.name)
        late = next((one for one in self.before if one in names[:own]), "")
        early = next((one for one in self.after if one in names[own:]), "")
        return f"must stand before {late}" if late else f"must stand after {early}" if early else ""

    def put_in(self, names: list[str]) -> list[str]:
        """The list with the entry where it belongs; the same list if it is right already."""
        if self.name in names and not self.problem(names):
            return names
        rest = [one for one in names if one != self.name]
        package = f"{self.ahead_of}." if self.ahead_of else None
        firsts = [rest.index(one) for one in self.before if one in rest]
        firsts += [rest.index(one) for one in rest if package and one.startswith(package)][:1]
        lasts = [rest.index(one) + 1 for one in self.after if one in rest]
        index = min(firsts) if firsts else max(lasts, default=len(rest))
        return [*rest[:index], self.name, *rest[index:]]


_SESSIONS = "django.contrib.sessions.middleware.SessionMiddleware"
_COMMON = "django.middleware.common.CommonMiddleware"
_SECURITY = "django.middleware.security.SecurityMiddleware"
_HEALTH = "archive.operations.health.HealthMiddleware"
_REDIRECTS = "wagtail.contrib.redirects.middleware.RedirectMiddleware"
MIDDLEWARE_PLACES = (
    ListEntry(
        _HEALTH,
        "answers probes, whatever host they name and without HTTPS",
        before=(_SECURITY, "whitenoise.middleware.WhiteNoiseMiddleware", _SESSIONS, _COMMON),
        is_optional=True,
    ),
    ListEntry(
        "archive.operations.logs.RequestIdMiddleware",
        "gives each request an id for the log",
        before=(_HEALTH, _SECURITY, _SESSIONS, _COMMON),
        is_optional=True,
    ),
    ListEntry(
        "archive.site.security_headers.SecurityHeadersMiddleware",
        "sends a content security policy with the archive's pages",
        before=(
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.middleware.gzip.GZipMiddleware",
            _SESSIONS,
        ),
        after=(_SECURITY,),
        is_optional=True,
    ),
    ListEntry(
        "archive.site.caching.middleware.ReaderCacheMiddleware",
        "answers 304 to readers who have a page already, and caches pages",
        before=("django.middleware.gzip.GZipMiddleware", _SESSIONS),
        after=(
            _SECURITY,
            "archive.site.security_headers.SecurityHeadersMiddleware",
        ),
    ),
    ListEntry(
        "django.middleware.locale.LocaleMiddleware",
        "finds the language in the address",
        before=(_COMMON,),
        after=(_SESSIONS,),
    ),
    ListEntry(
        "archive.site.throttles.ThrottleMiddleware",
        "limits guesses at passwords",
        after=(
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ),
    ),
    ListEntry(
        "archive.site.withdrawn.WithdrawnMiddleware",
        "answers 410 for stories that were unpublished",
        before=(_REDIRECTS,),
    ),
    ListEntry(
        "archive.stories.publish_guard.PublicationRefusedMiddleware",
        "tells an editor why a publication is refused",
    ),
    ListEntry(
        "archive.wagtail_admin.WindowUserMiddleware",
        "keeps what one user's window sends from going in another's name",
    ),
)
# The models' translated fields must be there before the admin looks at them.
_ADMINS = ("django.contrib.admin", "wagtail.admin", "wagtail")
APP_PLACES = (
    # Of two apps' Chinese for one sentence, Django takes that of the first.
    ListEntry("archive", "the archive", before=_ADMINS, ahead_of="wagtail"),
    ListEntry("modeltranslation", "fields in two languages", before=_ADMINS),
    ListEntry("js_lib_leaflet", "the map in the form of a place"),
    ListEntry("wagtail.contrib.table_block", "tables in stories"),
    ListEntry("django.contrib.humanize", "large numbers in the admin"),
)


def with_archive_apps(names: Iterable[str]) -> list[str]:
    """INSTALLED_APPS with the archive and what it needs; the site's own apps stay first, so that
    their templates override the archive's."""
    return _with(APP_PLACES, names)


def with_archive_middleware(names: Iterable[str]) -> list[str]:
    """MIDDLEWARE with the archive's own, each where it belongs."""
    return _with(MIDDLEWARE_PLACES, names)


def _with(places: tuple[ListEntry, ...], names: Iterable[str]) -> list[str]:
    found = list(names)
    for place in places:
        found = place.put_in(found)
    return found
