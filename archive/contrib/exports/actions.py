"""Writes chosen stories as files."""

from collections.abc import Callable, Iterator
from pathlib import Path

from archive.contrib.exports.choice import StoryChoice, title_of
from archive.contrib.exports.formats.base import ExportFolder, ExportFormat
from archive.contrib.exports.loading import LoadedStory, loaded_stories, words_of
from archive.site.caching.site_chrome import site_chrome

Progress = Callable[[int, int], None]


def write_stories(
    choice: StoryChoice,
    form: ExportFormat,
    folder: Path,
    *,
    with_pictures: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> ExportFolder:
    """Write the chosen stories into the folder, chunk by chunk. Raises ExportError."""
    keys = choice.keys()
    page = title_of(choice.page) if choice.page else next(iter(site_chrome().homes), None)
    titles = words_of(page, "name") if page is not None else {}
    out = ExportFolder(folder, with_pictures or form.needs_pictures, titles)

    def stories() -> Iterator[LoadedStory]:
        found = loaded_stories(keys, drafts=choice.drafts, user=choice.user)
        for number, story in enumerate(found, 1):
            yield story
            progress(number, len(keys))

    form.write(stories(), out)
    return out
