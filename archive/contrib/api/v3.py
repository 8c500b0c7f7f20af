"""Stories in Wagtail's API v3, which this adds a router to.

Wagtail itself shows everybody all images, documents and redirects, and pages by where they lie
alone, not by what they are filed in: so the archive serves it behind guards, and narrows its
pages to what every reader may see.
"""

import datetime as dt
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.urls import URLResolver, include, path
from ninja import Field, Query, Router, Schema
from wagtail.api.v3 import querysets
from wagtail.api.v3.api import api
from wagtail.api.v3.auth import AllowAnonymous, BearerTokenAuth
from wagtail.api.v3.errors import ProblemDetail, as_validation_error, problem_response
from wagtail.utils.urlpatterns import decorate_urlpatterns

from archive.base_page import Page
from archive.contrib.api.answers import View, in_no_language, list_response, story_response
from archive.contrib.api.records import StoryRecord, Tombstone
from archive.contrib.api.selection import (
    DEFAULT_LIMIT,
    SelectionError,
    StoriesPage,
    StorySelection,
)
from archive.visibility import shown_to_public

MOUNT = "api/v3/"
# What anybody may read; the rest is for those whose token Wagtail knows.
OPEN = {
    *("list_pages", "find_page", "detail_page", "openapi-json"),
    *("list_stories", "detail_story"),
}
# Its scripts come from elsewhere, which the site's security policy forbids.
LEFT_OUT = "openapi-view"

router = Router(tags=["stories"])
ANYBODY = [BearerTokenAuth(), AllowAnonymous()]


class StoryFilters(Schema):
    """The parameters, as OpenAPI tells of them: see `StorySelection`."""

    name: list[str] = Field([], description="Key of a name that a story is tagged with.")
    tie: str = Field("", description="Two places' keys: zhanjiang/long-beach.")
    date: dt.date | None = Field(None, description="Day of print.")
    date_from: dt.date | None = Field(None, description="First day of print.")
    date_to: dt.date | None = Field(None, description="Last day of print.")
    page: str = Field("", description="Label of the printed page: 17, B8.")
    publication: str = Field("", description="Slug or id of a publication.")
    section: str = Field("", description="Slug or id of a section.")
    language: str = Field("", description="A language that the story is published in.")
    changed_since: dt.datetime | None = Field(None, description="Only what changed since then.")
    cursor: str = Field("", description="`next_cursor` of the page before.")
    limit: int = Field(DEFAULT_LIMIT, description="How many stories to a page.")
    segments: bool = Field(False, description="With the whole text.")


@router.get(
    "/",
    response={200: StoriesPage, 422: ProblemDetail},
    url_name="list_stories",
    summary="List stories in the order of their changes",
    operation_id="stories_list",
    auth=ANYBODY,
)
def list_stories(
    request: HttpRequest, filters: Annotated[StoryFilters, Query()]
) -> HttpResponseBase:
    given = filters.dict()
    try:
        return list_response(request, StorySelection(**{**given, "name": tuple(given["name"])}))
    except SelectionError as error:
        raise as_validation_error(error, str(error), loc=(error.name,)) from error


@router.get(
    "/{int:story_id}/",
    response={200: StoryRecord, 404: ProblemDetail, 410: Tombstone},
    url_name="detail_story",
    summary="A story with its text in both languages",
    operation_id="stories_detail",
    auth=ANYBODY,
)
def detail_story(request: HttpRequest, story_id: int) -> HttpResponseBase:
    return story_response(request, story_id)


def add_stories() -> None:
    """When the app is ready, as Wagtail's own apps add their routers."""
    api.add_router("/stories/", router)
    of_wagtail = querysets.get_public_pages_queryset

    def public_pages(request: HttpRequest, model: Any = Page) -> Any:
        return shown_to_public(of_wagtail(request, model))

    # It has no setting for what a site shows.
    querysets.get_public_pages_queryset = public_pages


def mounted() -> URLResolver:
    """Wagtail's API, for reading: what isn't for everybody takes a token."""
    patterns, app, namespace = api.urls
    kept = [one for one in patterns if one.name != LEFT_OUT]
    for one in kept:
        guard = _for_reading if one.name in OPEN else _for_staff
        decorate_urlpatterns([one], guard)
    return path(MOUNT, include((kept, app), namespace=namespace))


def _for_reading(view: View, *, needs_token: bool = False) -> View:
    """Refuses whatever changes something."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if needs_token and BearerTokenAuth()(request) is None:
            return problem_response(status=401, detail="This takes a token.")
        return view(request, *args, **kwargs)

    return in_no_language(guarded)


def _for_staff(view: View) -> View:
    """Refuses whoever Wagtail knows no token of, too."""
    return _for_reading(view, needs_token=True)
