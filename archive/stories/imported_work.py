"""What apps around the archive leave for editors to do in stories that come in together."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from archive.registry import registered


@dataclass(frozen=True)
class ImportedWork:
    """Registered with `register_archive_imported_work`: `say` gives a sentence about the stories
    of these ids, "" where nothing is to be done."""

    say: Callable[[Collection[int]], str]


def work_in(pks: Collection[int]) -> list[str]:
    """What is to be done in these stories, a sentence each."""
    return [told for one in registered("imported_work", ImportedWork) if (told := one.say(pks))]
