"""Which part of which guide belongs to a screen of the admin."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.registry import registered

# By the beginning of the view's name: the guide's page and its heading. The first one counts.
SCREENS: Sequence[tuple[str, str]] = (
    ("wagtailadmin_home", "editor#your-day"),
    ("stories:choose_parent", "editor#a-new-story"),
    ("archive_saved_views:", "editor#the-list-of-stories"),
    ("stories:", "editor#the-list-of-stories"),
    ("archive_translation:changes", "editor#the-other-language"),
    ("archive_translation:", "translator"),
    ("wagtailsnippets_archive_translation:", "translator"),
    ("archive_memory:", "translator"),
    ("archive_pairs:", "import"),
    ("wagtailsnippets_archive_glossaryterm:", "translator"),
    ("wagtailsnippets_archive_", "editor#names"),
    ("archive_merging:", "editor#names"),
    ("wagtailimages:", "editor#pictures"),
    ("wagtailadmin_pages:workflow", "reviewer#deciding"),
    ("wagtailadmin_reports:workflow", "reviewer#what-waits-for-you"),
    ("wagtailadmin_pages:add", "editor#a-new-story"),
    ("wagtailadmin_pages:edit", "editor#a-new-story"),
    ("archive_unfiled:", "editor#publishing"),
)
DEFAULT = "editor"


@dataclass(frozen=True)
class GuideScreen:
    """A screen of an app: how its views' names begin, and the guide's page with a heading."""

    views: str
    part: str


def screens() -> list[tuple[str, str]]:
    """With those of apps around the archive."""
    added = [(one.views, one.part) for one in registered("guide_screen", GuideScreen)]
    return [*added, *SCREENS]


def guide_of(view_name: str) -> str:
    """ "editor#pictures" for the screen of that view."""
    return next((part for begin, part in screens() if view_name.startswith(begin)), DEFAULT)
