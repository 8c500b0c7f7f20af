"""What `check_archive` says of restores."""

from collections.abc import Iterator

from archive.contrib.backup.media import unfinished, unfinished_words
from archive.integrity.base import ArchiveArea, Disagreement


class RestoresArea(ArchiveArea):
    """Restores that didn't come to their end, whose former files lie among the media."""

    name = "restores"

    def find(self) -> Iterator[Disagreement]:
        for left in unfinished():
            yield Disagreement(unfinished_words(left), is_derived=False)
