"""What goes out to other tools and what comes back, whatever the format, and its names in files."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote

from archive.desk.errors import DeskError
from archive.text.language import CHINESE, ENGLISH
from archive.text.segmentation import PLAIN

NAMESPACE = "urn:wagtail-bilingual-archive:desk:1"
# Whose notes are the desk's own, not a colleague's.
DESK = "desk"

_VERSION = re.compile(r"desk:(source|base|said)=(\S+)")
_REF = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)

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


def language_of(tag: str) -> str:
    """The archive's language for a file's "zh-CN", "zh_Hans", "EN-us"; "" for any other."""
    tag = tag.lower().replace("_", "-")
    head = tag.split("-")[0]
    if head == "zh" and not {"tw", "hk", "mo", "hant"} & set(tag.split("-")):
        return CHINESE
    return ENGLISH if head == "en" else ""


def named(name: str, ref: str) -> str:
    """A story's name in a file: for people, and with what the way back needs."""
    return f"{name}.{ref}"


def ref_in(*names: str) -> str:
    """The story's reference in names of a file, or ""."""
    found = (match[0].lower() for name in names if (match := _REF.search(name)))
    return next(found, "")


def written_version(version: UnitVersion) -> str:
    """A version as one line, for formats that have no attributes of ours."""
    values = {"source": version.digest, "base": version.base, "said": version.said}
    return " ".join(f"desk:{name}={value}" for name, value in values.items() if value)


def read_version(text: str) -> UnitVersion:
    """The version in a line, empty where there is none."""
    found = dict(_VERSION.findall(text))
    return UnitVersion(found.get("source", ""), found.get("base", ""), found.get("said", ""))


def nmtoken(key: str) -> str:
    """A segment's key as an XML name token, which XLIFF 2 asks for: "ab/r0c1" -> "ab:2Fr0c1"."""
    return quote(key, safe="").replace("%", ":").replace("~", ":7E")


def key_of(token: str) -> str:
    """The segment's key of a name token."""
    return unquote(token.replace(":", "%"))
