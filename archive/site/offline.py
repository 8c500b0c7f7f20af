"""Reading without a connection: the worker that keeps what was read or collected."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings as django_settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.conf import settings
from archive.site.caching.site_chrome import front_page
from archive.text.language import HTML_CODES, LANGUAGES, supported

ICONS = (("192", 192, "any"), ("512", 512, "any"), ("512-maskable", 512, "maskable"))


@cache
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def service_worker(request: HttpRequest) -> HttpResponse:
    """Answers also where the offline mode is off: the worker of earlier visits must go."""
    facts, source = worker_facts(), _script()
    # Another from release to release, which is how browsers notice.
    facts["version"] = hashlib.sha256((repr(facts) + source).encode()).hexdigest()[:12]
    script = f"const SITE = {json.dumps(facts, ensure_ascii=False)};\n{source}"
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    # It stands for all pages, wherever its own address is.
    response["Service-Worker-Allowed"] = "/"
    patch_cache_control(response, no_cache=True)
    return response


def manifest(request: HttpRequest) -> HttpResponse:
    """A web app manifest in the language of the address."""
    if not settings.OFFLINE:
        raise Http404
    start, name = reverse("archive:page", args=[""]), str(front_page(request) or "")
    found = {
        "id": start,
        "name": name,
        "short_name": name,
        "lang": HTML_CODES[supported(get_language())],
        "dir": "ltr",
        "start_url": start,
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fdfcf9",
        "theme_color": "#fdfcf9",
        "icons": [
            {
                "src": static(f"archive/icons/icon-{name}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for name, size, purpose in ICONS
        ],
    }
    response = JsonResponse(
        found, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )
    patch_cache_control(response, public=True, max_age=86_400)
    return response


SCRIPT = Path(__file__).parents[1] / "static" / "archive" / "js" / "service-worker.js"
# What the page of saved stories is made of.
PARTS = (
    "archive/css/archive.css",
    "archive/css/collections.css",
    "archive/css/search.css",
    "archive/js/collections.js",
    "archive/js/collections-page.js",
    "archive/js/search-box.js",
    "archive/js/offline.js",
    "archive/icon.svg",
)


def worker_facts() -> dict[str, Any]:
    """What the script must know of this site; `isOn` false makes it clear up and go."""
    return {
        "isOn": settings.OFFLINE,
        "pages": settings.OFFLINE_PAGES,
        "pictures": settings.OFFLINE_PICTURES,
        "static": django_settings.STATIC_URL,
        "media": django_settings.MEDIA_URL,
        # Where a way of reading is chosen, which needs the server; "" where nothing is mounted.
        "view": _address("archive_view", LANGUAGES[0], "both").removesuffix("both/"),
        # Pages elsewhere are none of the worker's business.
        "homes": [place for code in LANGUAGES if (place := _address("archive:page", code, ""))],
        # Pages here aren't kept.
        "unkept": [address for code in LANGUAGES if (address := _address("archive:search", code))],
        "parts": [static(part) for part in PARTS],
        "saved": {HTML_CODES[code]: _address("archive:saved", code) for code in LANGUAGES},
        "notice": {HTML_CODES[code]: _notice(code) for code in LANGUAGES},
    }


def _address(name: str, language: str, *args: str) -> str:
    """A view's address; "" on a site that hasn't mounted it."""
    with translation.override(language):
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            return ""


def _notice(language: str) -> dict[str, str]:
    with translation.override(language):
        # Translators: {date} is the day on which the page was saved; the script puts it in.
        copy = _("The site is offline. This is the copy saved on {date}.")
        return {"copy": copy, "list": _("All saved stories")}
