"""Where a unit of the memory comes from, in words and as an address."""

from dataclasses import dataclass

from django.urls import reverse

from archive.desk.models import MemoryUnit
from archive.text.dates import display_date


@dataclass(frozen=True)
class Place:
    """`story` and `date` as people read them; `url` leads to the story's translation, if any.

    `file` names the TMX file and the tool that made it.
    """

    story: str = ""
    date: str = ""
    url: str = ""
    file: str = ""


def place_of(unit: MemoryUnit, language: str | None) -> Place:
    """`language`: the reader's own, for the date."""
    day = display_date(unit.print_date, language or "") if unit.print_date else ""
    url = reverse("archive_translation:open", args=[unit.article_id]) if unit.article_id else ""
    file = " · ".join(filter(None, (unit.file_name, unit.file_tool)))
    return Place(unit.label, day, url, file)
