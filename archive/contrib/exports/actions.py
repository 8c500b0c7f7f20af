"""Writes chosen stories as files."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from archive.contrib.exports.choice import Choice
from archive.contrib.exports.errors import ExportError
from archive.contrib.exports.formats.base import ExportFolder, ExportFormat
from archive.contrib.exports.loading import LoadedStory, loaded_stories, words_of
from archive.site.caching.site_chrome import site_chrome

Progress = Callable[[int, int], None]


def write_stories(
    choice: Choice,
    form: ExportFormat,
    folder: Path,
    *,
    with_pictures: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> ExportFolder:
    """Write the chosen stories into the folder, chunk by chunk. Raises ExportError."""
    if choice.drafts:
        check_for_drafts(form)
    keys = choice.keys()
    page: Any = choice.whole() or next(iter(site_chrome().homes), None)
    out = ExportFolder(folder, with_pictures or form.needs_pictures)
    if page is not None:
        out.titles, out.intros = words_of(page, "name"), words_of(page, "intro")

    def stories() -> Iterator[LoadedStory]:
        found = loaded_stories(keys, drafts=choice.drafts, user=choice.user)
        for number, story in enumerate(found, 1):
            yield story
            progress(number, len(keys))

    form.write(stories(), out)
    return out


def check_for_drafts(form: ExportFormat) -> None:
    """Raises ExportError for a format that is for readers."""
    if not form.has_drafts:
        reason = _("%(format)s is for readers: choose another format for drafts")
        raise ExportError(reason % {"format": form.name})
