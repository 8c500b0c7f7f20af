"""What goes wrong with files that go out and come back."""

from archive.desk.errors import DeskError


class ExchangeError(DeskError):
    """A file, or a story in it, that can't be taken in; the message says why, and the way out."""


class BrokenTagsError(ExchangeError):
    """A translation whose inline tags don't fit its source."""
