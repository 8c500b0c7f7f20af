"""The readers' pages in Wagtail's admin: wiring only."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem

from archive.site.content_checks import StoryCheckerItem


@hooks.register("construct_wagtail_userbar")
def check_stories(request: HttpRequest, items: list[Any], page: Any) -> None:
    # Also for the checks beside a form, which Wagtail asks for in the same way.
    for number, item in enumerate(items):
        if isinstance(item, ContentCheckerItem) and not isinstance(item, StoryCheckerItem):
            items[number] = StoryCheckerItem(in_editor=item.in_editor)
