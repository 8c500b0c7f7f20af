"""What goes out to other tools and what comes back, whatever the format, and its names in files."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, Self
from urllib.parse import quote, unquote

from archive.desk.errors import DeskError
from archive.text.language import CHINESE, HTML_CODES, TRADITIONAL_CODE, known
from archive.text.richtext import plain_text
from archive.text.segmentation import PLAIN

NAMESPACE = "urn:wagtail-bilingual-archive:desk:1"
# Whose notes are the desk's own, not a colleague's.
DESK = "desk"

_VERSION = re.compile(r"desk:(source|base|said|state|tags)=(\S+)")
REF = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)

# "draft": words that nobody has confirmed, "machine": nor written, "check": and that perhaps are no
# translation of their source; "stale": the source changed since; "translated": confirmed.
State = Literal["", "draft", "machine", "check", "stale", "translated", "reviewed"]
DRAFTS: tuple[State, ...] = ("draft", "machine", "check", "stale")


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
# Where a person began a new line in a cell of a table: a paragraph, if the segment has them.
LINE = Code("empty", "\n")


@dataclass(frozen=True)
class UnitNote:
    """What a colleague says about a segment."""

    text: str
    author: str = ""


@dataclass(frozen=True)
class OutsideText:
    """Words of a file that stand where nothing is taken in from; `place` is for people."""

    text: str
    place: str


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

    `digest` is the source text's, `base` the segment's version, `said` a hash of the target, and
    `state` how far that was.
    """

    digest: str = ""
    base: str = ""
    said: str = ""
    state: str = ""

    def as_line(self, tags: Mapping[str, str] = MappingProxyType({})) -> str:
        """As one line, for formats that have no attributes of ours; `tags` by their codes' ids,
        for those that have no place for them either."""
        values = {"source": self.digest, "base": self.base, "said": self.said}
        values["state"] = self.state
        if tags:
            written = json.dumps(dict(tags), ensure_ascii=False, separators=(",", ":"))
            values["tags"] = quote(written, safe=":,{}")
        return " ".join(f"desk:{name}={value}" for name, value in values.items() if value)

    @classmethod
    def of_line(cls, text: str) -> Self:
        """The version in a line, empty where there is none."""
        found = dict(_VERSION.findall(text))
        return cls(*(found.get(name, "") for name in ("source", "base", "said", "state")))


def tags_of_line(text: str) -> dict[str, str]:
    """The tags by their codes' ids that a line of `UnitVersion.as_line` holds; else none."""
    try:
        found = json.loads(unquote(dict(_VERSION.findall(text)).get("tags", "{}")))
    except (ValueError, RecursionError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {code_id: tag for code_id, tag in pairs if isinstance(tag, str)}


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

    @property
    def line(self) -> str:
        """Its version and its tags, for formats that have no place of their own for them."""
        codes = (one for one in (*self.source, *self.target) if isinstance(one, Code) and one.tag)
        return self.version.as_line({code.id: code.tag for code in codes})


@dataclass(frozen=True)
class ExportedStory:
    """A story on its way out; `ref` is the same for ever and on every server, `name` for people."""

    ref: str
    name: str
    title: str
    source_language: str
    target_language: str
    units: tuple[Unit, ...] = ()
    # The source is in traditional characters.
    is_traditional: bool = False

    @property
    def source_code(self) -> str:
        """The source's language and script: "en", "zh-Hans", "zh-Hant"."""
        return TRADITIONAL_CODE if self.is_traditional else HTML_CODES[self.source_language]

    @property
    def original(self) -> str:
        """Its name in a file: for people, and with what the way back needs."""
        return f"{self.name}.{self.ref}"


@dataclass(frozen=True)
class Reply:
    """A segment as it comes back. `trouble` says why its target can't be read.

    `is_html` where the file has no codes of its own, but tags in the text, as PO has. `place` says
    where in a table it stands, for people; its texts may have `LINE`s. `words` are all that its
    row says beside the translation, where the table doesn't say what it went out with. `is_chosen`
    where a person has seen what the desk has in its place.
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
    place: str = ""
    words: tuple[OutsideText, ...] = ()
    is_chosen: bool = False


@dataclass(frozen=True)
class StoryReply:
    """A story as it comes back; languages are "" where the file doesn't say.

    `outside` are the words of its file that belong to no segment.
    """

    ref: str
    name: str = ""
    source_language: str = ""
    target_language: str = ""
    replies: tuple[Reply, ...] = ()
    outside: tuple[OutsideText, ...] = ()

    @classmethod
    def of_file(
        cls,
        name: str,
        languages: Iterable[str],
        replies: Iterable[Reply],
        other_name: str = "",
        outside: Iterable[OutsideText] = (),
    ) -> Self:
        """`languages` as the file has them, source and target; the names say which story it is."""
        found = (match[0].lower() for one in (name, other_name) if (match := REF.search(one)))
        source, target = languages
        # A source may be in traditional characters, what readers get may not.
        own = known(source) or source, _language_of(target) or target
        return cls(next(found, ""), name or other_name, *own, tuple(replies), tuple(outside))


def _language_of(tag: str) -> str:
    """The archive's language for a file's "zh-CN", "zh_Hans", "EN-us"; "" for any other."""
    language = known(tag)
    is_traditional = bool({"tw", "hk", "mo", "hant"} & set(re.split("[-_]", tag.lower())))
    return "" if language == CHINESE and is_traditional else language


def remarks(unit: Unit) -> list[str]:
    """What goes along for whoever translates, as lines: comments, and what the memory has."""
    said = [f"{note.author}: {note.text}" if note.author else note.text for note in unit.notes]
    return said + [f"{match.quality} %: {plain_text(match.target)}" for match in unit.matches]


def text_of(pieces: Pieces) -> str:
    """The words without the codes."""
    return "".join(piece for piece in pieces if isinstance(piece, str))


def nmtoken(key: str) -> str:
    """A segment's key as an XML name token, which XLIFF 2 asks for: "ab/r0c1" -> "ab:2Fr0c1"."""
    return quote(key, safe="").replace("%", ":").replace("~", ":7E")


def key_of(token: str) -> str:
    """The segment's key of a name token."""
    return unquote(token.replace(":", "%"))
