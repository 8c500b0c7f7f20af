"""Answers that caches may keep for a while, and that a repeated request need not fetch again."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag


def etag_of(text: str | bytes) -> str:
    """A quoted entity tag of a content, or of what changes with it."""
    data = text.encode() if isinstance(text, str) else text
    return quote_etag(hashlib.sha256(data).hexdigest()[:32])


def conditional_response(
    request: HttpRequest, response: HttpResponse, seconds: int
) -> HttpResponseBase:
    """The response, public for so many seconds; 304 for a client that has this very content."""
    response["ETag"] = etag_of(response.content)
    patch_cache_control(response, public=True, max_age=seconds)
    return get_conditional_response(request, response["ETag"], response=response) or response
