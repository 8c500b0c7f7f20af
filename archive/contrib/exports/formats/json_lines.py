"""JSON Lines: a record a line."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain, count
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from archive.contrib.exports.formats.base import ExportFolder, ExportFormat
from archive.contrib.exports.loading import LoadedStory

FILE = "stories.jsonl"
# A file of so many bytes is followed by another one: imports read each as a whole, and no more than
# `ARCHIVE_INTAKE_MAX_BYTES` of it.
FULL = 4_000_000


class JsonLinesExport(ExportFormat):
    id = "jsonl"
    name = _("JSON Lines")
    description = _("Everything the archive knows of each story, a line each.")
    suffix = ".jsonl"

    def write(self, stories: Iterable[LoadedStory], out: ExportFolder) -> None:
        waiting = iter(stories)
        story = next(waiting, None)
        for name in file_names():
            with out.open(name) as file:
                size = 0
                while story is not None and size < FULL:
                    with out.story(story):
                        out.add_pictures(story)
                        line = json.dumps(story.record.as_json(), ensure_ascii=False)
                        # Half a character, as a broken import may leave it, is none.
                        size += file.write(line.encode("utf-8", "backslashreplace") + b"\n")
                    story = next(waiting, None)
            if story is None:
                return


def file_names() -> Iterator[str]:
    """ "stories.jsonl", "stories-2.jsonl", and so on."""
    path = PurePath(FILE)
    return chain([FILE], (f"{path.stem}-{number}{path.suffix}" for number in count(2)))
