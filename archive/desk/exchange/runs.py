"""Export and import as the screen and the commands ask for them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from archive.desk.exchange.actions import StoryReport, import_stories
from archive.desk.exchange.formats import Bundle, bundle, read_stories
from archive.desk.exchange.stories import Suggest, no_matches, stories
from archive.desk.exchange.units import ExchangeError
from archive.desk.models import Translation


@dataclass(frozen=True)
class FileReport:
    """What became of a file; `trouble` says why nothing of it could be read."""

    name: str
    stories: tuple[StoryReport, ...] = ()
    trouble: str = ""

    @property
    def has_failed(self) -> bool:
        return bool(self.trouble) or any(story.trouble for story in self.stories)


def export(
    translations: QuerySet[Translation], format_name: str, *, suggest: Suggest = no_matches
) -> Bundle:
    """The translations as one file, oldest paper first."""
    ordered = translations.order_by("article__print_date", "article__print_page", "pk")
    return bundle(stories(ordered, suggest=suggest), format_name)


def import_files(
    files: Iterable[tuple[str, bytes]], *, user: Any = None, dry_run: bool = False
) -> Iterator[FileReport]:
    """A report for each file of (name, data); one that can't be read doesn't stop the others."""
    for name, data in files:
        try:
            replies = read_stories(name, data)
        except ExchangeError as error:
            yield FileReport(name, trouble=str(error))
            continue
        reports = import_stories(replies, user=user, file=name, dry_run=dry_run)
        yield FileReport(name, tuple(reports))
