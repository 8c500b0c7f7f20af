"""What browsers may load and do on the archive's pages: a content security policy, and no sensors.

Readers' pages have no script or style in the page itself, so that none can be smuggled in. The
policy is the same for all of them: they can be cached. Wagtail's admin isn't made for such a
policy: it writes scripts and styles into its forms.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from archive.conf import settings
from archive.site.crawlers import tdm_headers

ENFORCED = "Content-Security-Policy"
REPORTED = "Content-Security-Policy-Report-Only"
RELEASES = "https://releases.wagtail.org"
Policy = dict[str, list[str]]
# No page of the archive needs these, nor may a player of another site ask for them.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
)


# Wagtail's forms for readers: who logs in or gives the password of a page or a document.
_FORMS = {
    "wagtailcore_authenticate_with_password",
    "wagtailcore_login",
    "wagtaildocs_authenticate_with_password",
}


class SecurityHeadersMiddleware:
    """Place it before `ReaderCacheMiddleware`: then cached pages and 304s have the headers, too.

    A header that a view or another middleware has set stays as it is. Pages of the site's own get
    none, unless ARCHIVE_CSP_EVERYWHERE: they may have scripts in the page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # Once, for a page from the cache takes less time than to put them together.
        self._name = REPORTED if settings.CSP_REPORT_ONLY else ENFORCED
        self._public, self._admin = as_header(public_policy()), as_header(admin_policy())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not (settings.CSP_EVERYWHERE or _is_ours(request, response)):
            return response
        policy = self._admin if _is_in_admin(request) else self._public
        response.headers.setdefault(self._name, policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        for name, value in tdm_headers().items():
            response.headers.setdefault(name, value)
        return response


def public_policy() -> Policy:
    """The sources by directive, as django-csp and Django's own middleware take them."""
    static, media = _origin(django_settings.STATIC_URL), _origin(django_settings.MEDIA_URL)
    own = ["'self'", *static]
    policy: Policy = {
        "default-src": own,
        "script-src": own,
        "style-src": own,
        "img-src": ["'self'", "data:", *static, *media],
        "media-src": ["'self'", *media],
        "frame-src": ["'self'", *(f"https://{host}" for host in settings.EMBED_HOSTS)],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        # Wagtail's preview shows pages in a frame.
        "frame-ancestors": ["'self'"],
    }
    return _extended(policy, settings.CSP_SOURCES)


def admin_policy() -> Policy:
    """What Wagtail's admin needs as well: scripts and styles in the page, but no attribute `on…`.

    Further the previews of pictures that are being uploaded (`blob:`), and what Wagtail's own
    settings ask of other servers: pictures of users, and news of releases.
    """
    policy = public_policy()
    avatars = getattr(django_settings, "WAGTAIL_GRAVATAR_PROVIDER_URL", "//www.gravatar.com") or ""
    asks_for_releases = getattr(django_settings, "WAGTAIL_ENABLE_UPDATE_CHECK", True)
    return _extended(
        {**policy, "script-src-attr": ["'none'"]},
        {
            "script-src": ["'unsafe-inline'"],
            "style-src": ["'unsafe-inline'"],
            # Without a scheme, so that a site without HTTPS shows them, too.
            "img-src": ["blob:", *filter(None, [urlsplit(avatars).netloc])],
            "connect-src": [RELEASES] if asks_for_releases else [],
        },
    )


def as_header(policy: Policy) -> str:
    return "; ".join(" ".join([name, *sources]) for name, sources in policy.items())


def _extended(policy: Policy, sources: Policy) -> Policy:
    """With further sources. A new directive for what is loaded begins with the default's."""
    found = dict(policy)
    for name, more in sources.items():
        default = policy["default-src"] if name.endswith("-src") else []
        found[name] = [*policy.get(name, default), *more]
    return found


def _origin(url: str) -> list[str]:
    """The server of an address, as a source; none for this site's own."""
    parts = urlsplit(url)
    # Leaflet's `{s}` stands for one of several servers.
    host = parts.netloc.replace("{s}", "*")
    return [f"{parts.scheme or 'https'}://{host}"] if host else []


def _is_ours(request: HttpRequest, response: HttpResponse) -> bool:
    """A page of the archive, also one from the cache, or of the admin."""
    match = request.resolver_match
    if match is None:
        # The page cache answers before an address is looked up, and holds the archive's pages only.
        return hasattr(request, "archive_versions") and response.status_code in (200, 304)
    is_archive = "archive" in match.app_names or str(match.url_name).startswith("archive_")
    return (
        is_archive or match.url_name in _FORMS or any(map(request.path.startswith, _admin_paths()))
    )


def _is_in_admin(request: HttpRequest) -> bool:
    """Pages of the admin for who has logged in; the login itself is as strict as readers' pages."""
    user = getattr(request, "user", None)
    if user is None or django_settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return any(map(request.path.startswith, _admin_paths())) and user.is_authenticated


def _admin_paths() -> Iterator[str]:
    for name in ("wagtailadmin_home", "admin:index"):
        # A site may serve either elsewhere.
        with suppress(NoReverseMatch):
            yield reverse(name)
