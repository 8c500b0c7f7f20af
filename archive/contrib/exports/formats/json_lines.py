"""JSON Lines: a record a line."""

import json
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from archive.contrib.exports.formats.base import ExportFolder, ExportFormat
from archive.contrib.exports.loading import LoadedStory

FILE = "stories.jsonl"


class JsonLinesExport(ExportFormat):
    id = "jsonl"
    name = _("JSON Lines")
    description = _("Everything the archive knows of each story, a line each.")
    suffix = ".jsonl"

    def write(self, stories: Iterable[LoadedStory], out: ExportFolder) -> None:
        with out.open(FILE) as file:
            for story in stories:
                with out.story(story):
                    out.add_pictures(story)
                    line = json.dumps(story.record.as_json(), ensure_ascii=False)
                    # Half a character, as a broken import may leave it, is none.
                    file.write(line.encode("utf-8", "backslashreplace") + b"\n")
