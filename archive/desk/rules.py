"""What a segment may be, said once for the form, the autosave and files."""

from typing import Any

from django.utils.translation import gettext as _

from archive.desk.segments import FIELDS, Row


def column_length(name: str) -> int:
    """How many characters a column of segments holds."""
    from archive.desk.models import Segment

    return int(Segment._meta.get_field(name).max_length)


def max_length_of(translation: Any, key: str) -> int | None:
    """As many characters as the story's column holds; a body has no limit."""
    if key not in FIELDS:
        return None
    length: int | None = translation.article._meta.get_field(key).max_length
    return length


def objection(row: Row, change: Any, joinable: set[str]) -> str:
    """Why the segment can't be what the change wants it to be; "" if it can."""
    if row.source.key == "headline" and change.left_out:
        return _("A story can't appear without its headline.")
    if change.joined and row.source.key not in joinable:
        return _("Only a paragraph right after another one can be translated together with it.")
    return ""
