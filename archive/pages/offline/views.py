"""The worker's script, the manifest that makes the site installable, and the saved stories."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language

from archive.conf import settings
from archive.pages.addresses import HTML_CODES
from archive.pages.navigation import front_page
from archive.pages.offline.worker import worker_script
from archive.text.language import supported

ICONS = (("192", "any"), ("512", "any"), ("512", "maskable"))


def service_worker(request: HttpRequest) -> HttpResponse:
    """Answers also where the offline mode is off: the worker of earlier visits must go."""
    response = HttpResponse(worker_script(), content_type="text/javascript; charset=utf-8")
    # It stands for all pages, wherever its own address is.
    response["Service-Worker-Allowed"] = "/"
    patch_cache_control(response, no_cache=True)
    return response


def manifest(request: HttpRequest) -> HttpResponse:
    """A web app manifest in the language of the address."""
    if not settings.OFFLINE:
        raise Http404
    home = front_page(request)
    start = reverse("wagtail_serve", args=[""])
    name = str(home) if home else ""
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
        "icons": [_icon(size, purpose) for size, purpose in ICONS],
    }
    response = JsonResponse(
        found,
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )
    patch_cache_control(response, public=True, max_age=86_400)
    return response


def offline(request: HttpRequest) -> HttpResponse:
    """The stories that this browser has saved, listed by its script; the same for everyone."""
    if not settings.OFFLINE:
        raise Http404
    return render(request, "archive/offline.html")


def _icon(size: str, purpose: str) -> dict[str, str]:
    mark = "-maskable" if purpose == "maskable" else ""
    return {
        "src": static(f"archive/icons/icon-{size}{mark}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
