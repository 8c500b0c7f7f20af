"""Remembers how a reader wants to read, and leads back to the story: works without script."""

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
)
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.pages.modes import COOKIE, MODES, PARAMETER
from archive.text.language import supported

ONE_YEAR = 365 * 24 * 3600


@never_cache
@require_safe
def choose(request: HttpRequest, mode: str) -> HttpResponse:
    """`to` is the path of the story; its own language needs no cookie, and so leaves none."""
    path = request.GET.get("to", "").partition("?")[0]
    language = get_language_from_path(path)
    # A path of this site in one of its languages; never another host's address.
    if mode not in MODES or not language or not url_has_allowed_host_and_scheme(path, None):
        return HttpResponseBadRequest()  # After a 404 Django would look for /en/view/….
    is_plain = mode == supported(language)
    response = HttpResponseRedirect(path if is_plain else f"{path}?{PARAMETER}={mode}")
    response.headers["X-Robots-Tag"] = "noindex"
    if is_plain:
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            COOKIE,
            mode,
            max_age=ONE_YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response
