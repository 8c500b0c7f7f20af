"""The list of stories in Wagtail's admin: wiring only."""

from wagtail import hooks

from archive.search.admin.viewsets import FoundStoriesViewSet
from archive.stories.viewsets import StoryViewSet


@hooks.register("register_admin_viewset")
def stories() -> list[object]:
    return [StoryViewSet(), FoundStoriesViewSet("stories")]
