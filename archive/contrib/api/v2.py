"""Stories in Wagtail's API v2, which sites with Wagtail 7 have."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLResolver, include, path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.utils.urlpatterns import decorate_urlpatterns

from archive.contrib.api.answers import in_no_language, list_response, story_response
from archive.contrib.api.selection import DEFAULT_LIMIT, SelectionError, StorySelection
from archive.stories.models import ArticlePage
from archive.visibility import shown_to_public

MOUNT = "api/v2/"


class StoryFilterForm(forms.Form):
    """The parameters of an address; see `StorySelection`."""

    tie = forms.CharField(required=False)
    date = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    date_from = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    date_to = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    page = forms.CharField(required=False)
    publication = forms.CharField(required=False)
    section = forms.CharField(required=False)
    language = forms.CharField(required=False)
    changed_since = forms.DateTimeField(required=False)
    cursor = forms.CharField(required=False)
    limit = forms.IntegerField(required=False)
    segments = forms.NullBooleanField(required=False)


class StoriesAPIViewSet(BaseAPIViewSet):
    """A site with a router of its own registers it there, as "stories"."""

    model = ArticlePage
    name = "stories"

    def listing_view(self, request: Any) -> HttpResponseBase:
        asked: HttpRequest = request._request
        form = StoryFilterForm(asked.GET)
        if not form.is_valid():
            name, errors = next(iter(form.errors.items()))
            raise BadRequestError(f"{name}: {errors[0]}")
        given = {name: value for name, value in form.cleaned_data.items() if value is not None}
        given = {"limit": DEFAULT_LIMIT, **given, "name": tuple(asked.GET.getlist("name"))}
        try:
            return list_response(asked, StorySelection(**given))
        except SelectionError as error:
            raise BadRequestError(f"{error.name}: {error}") from error

    def detail_view(self, request: Any, pk: int) -> HttpResponseBase:
        return story_response(request._request, pk)


class PublicPagesAPIViewSet(PagesAPIViewSet):
    """Pages that every reader may see: also not those that are filed in what is restricted."""

    def get_base_queryset(self, *args: Any, **kwargs: Any) -> Any:
        return shown_to_public(super().get_base_queryset(*args, **kwargs))


def mounted() -> URLResolver:
    """Wagtail's API with pages and stories."""
    router = WagtailAPIRouter("wagtailapi")
    router.register_endpoint("pages", PublicPagesAPIViewSet)
    router.register_endpoint(StoriesAPIViewSet.name, StoriesAPIViewSet)
    patterns, app, namespace = router.urls
    decorate_urlpatterns(patterns, in_no_language)
    return path(MOUNT, include((patterns, app), namespace=namespace))
