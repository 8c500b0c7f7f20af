"""The button of the story's form that makes a locator map."""

from typing import Any

from django.forms import Media
from django.urls import reverse
from wagtail.admin.panels import Panel

from archive.stories.form_panels import StoryFormPanel


class LocatorMapPanel(StoryFormPanel):
    """Has a map drawn of the places that the form tags; it becomes the lead picture."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive_tie_maps/admin/locator_map.html"

        @property
        def media(self) -> Media:
            return Media(js=["archive/js/story-body.js", "archive_tie_maps/js/story-map.js"])

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {
                **super().get_context_data(parent_context),
                "map_url": reverse("archive_tie_maps:locator_map"),
            }
