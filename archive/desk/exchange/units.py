"""What goes out to other tools and what comes back, whatever the format. Values only."""

from dataclasses import dataclass
from typing import Literal

from archive.desk.errors import DeskError
from archive.text.segmentation import PLAIN

# "draft": words that nobody has confirmed; "stale": the source changed since.
State = Literal["", "draft", "stale", "translated", "reviewed", "final"]


class ExchangeError(DeskError):
    """A file, or a story in it, that can't be taken in; the message says why, and the way out."""


class BrokenTagsError(ExchangeError):
    """A translation whose inline tags don't fit its source."""


@dataclass(frozen=True)
class Code:
    """An inline code: a tag of the rich text.

    `tag` is its opening tag as canonical HTML, `<a id="3" linktype="page">` or `<br/>`; "" for a
    closing code, and where a file doesn't say.
    """

    kind: Literal["open", "close", "empty"]
    id: str
    tag: str = ""


Piece = str | Code
Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class UnitNote:
    """What a colleague says about a segment."""

    text: str
    author: str = ""


@dataclass(frozen=True)
class MemoryMatch:
    """What the translation memory suggests: database-form texts; quality from 0 to 100."""

    source: str
    target: str
    quality: int
    origin: str = ""


@dataclass(frozen=True)
class UnitVersion:
    """What a unit was made from: so the way back knows what has changed meanwhile.

    `digest` is the source text's, `base` the segment's version, `said` a hash of the target.
    """

    digest: str = ""
    base: str = ""
    said: str = ""


@dataclass(frozen=True)
class Unit:
    """A segment on its way out; `locked` says why it isn't to be translated."""

    key: str
    kind: str
    source: Pieces
    target: Pieces = ()
    markup: str = PLAIN
    state: State = ""
    version: UnitVersion = UnitVersion()
    label: str = ""
    locked: str = ""
    # The source text that the target was made from, where it has changed since.
    previous: Pieces = ()
    notes: tuple[UnitNote, ...] = ()
    matches: tuple[MemoryMatch, ...] = ()


@dataclass(frozen=True)
class ExportedStory:
    """A story on its way out; `ref` is the same for ever and on every server, `name` for people."""

    ref: str
    name: str
    title: str
    source_language: str
    target_language: str
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True)
class Reply:
    """A segment as it comes back. `trouble` says why its target can't be read.

    `is_html` where the file has no codes of its own, but tags in the text, as PO has.
    """

    key: str
    source: Pieces = ()
    target: Pieces = ()
    state: State = ""
    version: UnitVersion = UnitVersion()
    notes: tuple[UnitNote, ...] = ()
    trouble: str = ""
    remark: str = ""
    is_html: bool = False


@dataclass(frozen=True)
class StoryReply:
    """A story as it comes back; languages are "" where the file doesn't say."""

    ref: str
    name: str = ""
    source_language: str = ""
    target_language: str = ""
    replies: tuple[Reply, ...] = ()


def text_of(pieces: Pieces) -> str:
    """The words without the codes."""
    return "".join(piece for piece in pieces if isinstance(piece, str))
