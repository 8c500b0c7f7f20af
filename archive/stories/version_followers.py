"""What apps around the archive do with each new version of a story."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from archive.registry import registered
from archive.wagtail_admin import NoteField


@dataclass(frozen=True)
class VersionFollower:
    """Registered with `register_archive_version_follower`: `follow(story, user, note)`.

    `note` is what the hidden field `field` of the story's form held when it was saved; "" where
    something else made the version. `follow_new(stories)` is for stories of which a bulk load has
    made the first version, many at once; without it each is followed by itself.
    """

    follow: Callable[[Any, Any, str], None]
    field: str = ""
    follow_new: Callable[[Sequence[Any]], None] | None = None


def version_followers() -> list[VersionFollower]:
    return registered("version_follower", VersionFollower)


def follow_version(story: Any, user: Any) -> None:
    notes = story.__dict__.pop("version_notes", {})
    for one in version_followers():
        one.follow(story, user, notes.get(one.field, ""))


def follow_first_versions(stories: Sequence[Any], user: Any) -> None:
    """Stories that weren't there before have their first version, many of them at once."""
    for one in version_followers():
        if one.follow_new:
            one.follow_new(stories)
        else:
            for story in stories:
                one.follow(story, user, "")


class VersionNotesMixin:
    """For the story's form: the hidden fields in which panels note what followers are told."""

    fields: Any
    data: Any
    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes = [one.field for one in version_followers() if one.field]
        self.fields.update({name: NoteField(initial="") for name in self.notes})

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        self.instance.version_notes = {name: self.data.get(name, "") for name in self.notes}
        return cleaned
