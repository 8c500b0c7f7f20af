"""Redirects between the addresses of names; each takes the query along."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from archive.entities.models import Entity

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
