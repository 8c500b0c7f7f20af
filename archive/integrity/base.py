"""What is asked of an area of the archive: what is wrong, and to make its derived parts anew."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# Told how many stories are done, of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Disagreement:
    """Something that doesn't agree. `page` is the id of the page that it is about, if it is one.

    `is_derived`: `repair` mends it. Otherwise a person has to say what is right.
    """

    text: str
    page: int | None = None
    is_derived: bool = True


class ArchiveArea(ABC):
    """A part of the archive whose rows, files or indexes must agree."""

    # What it is asked for by on the command line.
    name: str
    # Whether pages that readers have may show what is repaired.
    is_on_pages = True

    @abstractmethod
    def find(self) -> Iterator[Disagreement]:
        """What is wrong, as it stands now. Reads only."""

    def repair(self, progress: Progress) -> None:  # noqa: B027  most areas of files have nothing
        """Make anew what is worked out of other rows and isn't right; never what a person wrote."""

    def rebuild(self, progress: Progress) -> None:
        """Make all of it anew, also what looks right: after an upgrade, say."""
        self.repair(progress)
