"""The answers of each version of the API: JSON, with what caches and browsers are told."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control

from archive.contrib.api.records import StoryPlace, as_json
from archive.contrib.api.selection import StorySelection, stories_page
from archive.site.harvest_records.querysets import records_of
from archive.site.responses import etag_of
from archive.text.labels import row_key

View = Callable[..., HttpResponseBase]


def list_response(request: HttpRequest, selection: StorySelection) -> HttpResponseBase:
    """A page of stories; a `Link` header leads to the next one. Raises SelectionError."""
    found = stories_page(selection, StoryPlace.of(request))
    response = open_json(found)
    if found.next_cursor:
        query = request.GET.copy()
        query["cursor"] = found.next_cursor
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        response["Link"] = f'<{following}>; rel="next"'
    return _asked_anew(request, response)


def story_response(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A story with its segments; 410 and its tombstone where readers have lost it, else Http404."""
    place = StoryPlace.of(request)
    # No database refuses a key of its own.
    key = row_key(str(pk))
    record = records_of(place.root_page).filter(pk=key).first() if key else None
    found = place.records([record.pk], with_segments=True) if record else []
    if found:
        return _asked_anew(request, open_json(found[0]))
    if record and record.is_deleted:
        return _asked_anew(request, open_json(place.tombstone(record), status=410))
    raise Http404


def open_json(record: Any, status: int = 200) -> HttpResponse:
    """Scripts of any site may read it: it is the same for everybody."""
    response = JsonResponse(
        as_json(record), status=status, json_dumps_params={"ensure_ascii": False}
    )
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response


def _asked_anew(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Whoever has it asks each time: what is withdrawn must not be read from a cache."""
    response["ETag"] = etag_of(response.content)
    patch_cache_control(response, public=True, no_cache=True)
    return get_conditional_response(request, response["ETag"], response=response) or response


def in_no_language(view: View) -> View:
    """What isn't there is in no language either: Django's LocaleMiddleware would lead to a page of
    readers."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == 404:
            request.urlconf = "archive.site_urls"  # type: ignore[attr-defined]
        return response

    return answered
