"""Answers that caches may keep for a while, and redirects between the addresses of names."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

from archive.conf import settings
from archive.entities.models import Entity


def etag_of(text: str | bytes) -> str:
    """A quoted entity tag of a content, or of what changes with it."""
    data = text.encode() if isinstance(text, str) else text
    return quote_etag(hashlib.sha256(data).hexdigest()[:32])


def conditional_response(
    request: HttpRequest, response: HttpResponse, seconds: int
) -> HttpResponseBase:
    """The response, public for so many seconds; 304 for a client that has this very content."""
    response["ETag"] = etag_of(response.content)
    keep_for(response, seconds)
    return get_conditional_response(request, response["ETag"], response=response) or response


def keep_for(response: HttpResponseBase, seconds: int, *, is_purged: bool = True) -> None:
    """Let clients keep the answer; caches between as well, if they are told when it changes.

    Others ask each time: what is withdrawn must not be read from them.
    """
    is_told = is_purged and settings.PURGES_CACHES
    shared = {} if is_told else {"s_maxage": 0}
    patch_cache_control(response, public=True, max_age=seconds, **shared)


REMEMBERED_SECONDS = 3600


def present_address(request: HttpRequest, view: str, *keys: str) -> HttpResponse:
    """The same page under the keys that the entries have now, query and all; else Http404."""
    merged = Entity.with_merged.filter(key__in=keys, merged_into__isnull=False)
    present = dict(merged.values_list("key", "merged_into__key"))
    if not present:
        raise Http404
    found = moved_to(request, view, *(present.get(key, key) for key in keys))
    # A merge can be taken back, so browsers mustn't keep the redirect for good.
    patch_cache_control(found, max_age=REMEMBERED_SECONDS)
    return found


def moved_to(request: HttpRequest, view: str, *keys: str) -> HttpResponse:
    """A permanent redirect to the view."""
    found = redirect(view, *keys, permanent=True)
    if query := request.META.get("QUERY_STRING", ""):
        found["Location"] += f"?{query}"
    return found
