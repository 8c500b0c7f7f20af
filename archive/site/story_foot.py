"""What apps around the archive add below a story, after its citation and address."""

from dataclasses import dataclass

from archive.registry import registered


@dataclass(frozen=True)
class StoryFoot:
    """A template that gets what the story's page has. Registered with
    `register_archive_story_foot`."""

    template: str


def story_feet() -> list[str]:
    """The templates, in the order of the hooks."""
    return [one.template for one in registered("story_foot", StoryFoot)]
