"""The whole story in the pages of Wagtail's API, of either version."""

from typing import Any

from rest_framework.fields import Field
from wagtail.api import APIField


class StoryField(Field):
    """What `records` gives of the page; null for one that not every reader may see."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, page: Any) -> dict[str, Any] | None:
        # The model of stories gets the field before there are others.
        from archive.contrib.api.records import StoryPlace, as_json

        place = StoryPlace.of_page(page)
        found = place.records([page.pk], with_segments=True) if place else []
        return as_json(found[0]) if found else None


def add_story_field(model: Any) -> None:
    model.api_fields = [*getattr(model, "api_fields", ()), APIField("story", StoryField())]
