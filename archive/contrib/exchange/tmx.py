"""Reads TMX files of any tool, and writes TMX 1.4b: unit by unit, so that no file is too large.

Of a file that is read only what the archive can use is kept: the plain text of each language, who
made it and when. Entities and outside files are refused (defusedxml); a text that is far too long
is cut off while it is read, and its unit refused. A tree parser, or one that gives elements, would
hold that text first, and knows no line numbers: that is why reading is by events here.

The format: https://www.gala-global.org/tmx-14b (Localisation Industry Standards Association).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_external_ges
from xml.sax.saxutils import escape, quoteattr

from defusedxml.expatreader import DefusedExpatParser
from django.utils.translation import gettext as _

import archive
from archive.desk.errors import DeskError
from archive.files.errors import FileError
from archive.files.xml import reading_xml, without_illegal
from archive.text.language import CHINESE, HTML_CODES, column, known, other

if TYPE_CHECKING:
    from archive.desk.models import MemoryUnit

# Of one text, in characters: a long chapter. Nobody would be helped by a longer suggestion.
MOST_CHARACTERS = 20_000
_CHUNK = 64 * 1024
_MOST_LANGUAGES, _MOST_PROPS = 60, 20
# Their content is another program's code, not text; <hi> only emphasises, so its text stays.
_CODE = frozenset({"bpt", "ept", "ph", "it", "ut"})

TOOL = "wagtail-bilingual-archive"
# What a unit tells beyond TMX's own attributes.
STORY, PRINT_DATE, KIND, KEY = "x-story", "x-print-date", "x-kind", "x-segment"

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="{tool}" creationtoolversion="{version}" segtype="paragraph" \
o-tmf="{tool}" adminlang="en" srclang="*all*" datatype="plaintext" creationdate="{now}"/>
  <body>
"""

# What most translation tools know for these languages.
WRITTEN = {**HTML_CODES, CHINESE: "zh-CN"}

_CHINESE = {"zh", "zho", "chi", "cmn", "chinese"}
_ALIASES = {**dict.fromkeys(_CHINESE, "zh"), **dict.fromkeys(("eng", "english"), "en")}
_TRADITIONAL = {"hant", "tw", "hk", "mo", "cht"}


class TmxError(DeskError):
    """The file as a whole can't be read, or not to its end; the message says where and why."""


@dataclass
class TmxUnit:
    """`texts` as [(language code as written, text)]; attributes as written, "" if missing."""

    number: int
    line: int
    source_language: str = ""
    tuid: str = ""
    tool: str = ""
    date: str = ""
    props: dict[str, str] = field(default_factory=dict)
    texts: list[tuple[str, str]] = field(default_factory=list)
    is_too_long: bool = False


def read_tmx(stream: BinaryIO) -> Iterator[TmxUnit]:
    """The file's units in order; raises TmxError where it stops to be TMX."""
    handler = _Handler()
    # Most files name a DTD, which nobody needs and nobody fetches; entities are refused.
    parser: Any = DefusedExpatParser(forbid_dtd=False, forbid_external=False)
    parser.setFeature(feature_external_ges, False)
    parser.setContentHandler(handler)
    handler.parser = parser
    while chunk := stream.read(_CHUNK):
        trouble = _trouble_of(parser.feed, chunk)
        # What was whole before the trouble counts.
        yield from handler.take()
        if trouble:
            raise trouble
    if not handler.has_begun:
        raise TmxError(_("The file is empty."))
    if trouble := _trouble_of(parser.close):
        raise trouble


def all_units(data: bytes) -> tuple[list[TmxUnit], TmxError | None]:
    """What `read_tmx` gives, and what it raises after that: for a process that answers once."""
    units = []
    try:
        # Not a comprehension: the units before the trouble count.
        for unit in read_tmx(io.BytesIO(data)):
            units.append(unit)
    except TmxError as error:
        return units, error
    return units, None


def _trouble_of(read: Callable[..., None], *args: bytes) -> TmxError | None:
    try:
        with reading_xml():
            read(*args)
    except FileError as error:
        return TmxError(_("The file can't be read: %(reason)s.") % {"reason": error})
    except SAXException as error:
        return TmxError(error.getMessage())
    except (LookupError, ValueError):
        return TmxError(_("Unknown file encoding. Save the file as UTF-8."))
    return None


class _Handler(ContentHandler):
    parser: Any

    def __init__(self) -> None:
        super().__init__()
        self._done: list[TmxUnit] = []
        self._unit: TmxUnit | None = None
        self._header: dict[str, str] = {}
        self._count = self._depth = self._code_depth = self._length = 0
        self._language = self._prop = ""
        self.has_begun = False
        # The text that is being read, if any.
        self._pieces: list[str] | None = None

    def take(self) -> list[TmxUnit]:
        done, self._done = self._done, []
        return done

    def startElement(self, name: str, attributes: Any) -> None:  # noqa: N802
        tag = name.rpartition(":")[2].lower()
        given = {key.lower(): value for key, value in attributes.items()}
        if self._depth == 0 and tag != "tmx":
            message = _("This is not a TMX file: it begins with <%(tag)s>.")
            raise SAXException(message % {"tag": name[:40]})
        self.has_begun = True
        self._depth += 1
        if tag == "header":
            self._header = given
        elif tag == "tu":
            self._count += 1
            self._language = ""
            self._unit = TmxUnit(
                number=self._count,
                line=self.parser.getLineNumber() or 0,
                source_language=given.get("srclang") or self._header.get("srclang", ""),
                tuid=given.get("tuid", "")[:100],
                tool=given.get("creationtool") or self._header.get("creationtool", ""),
                date=given.get("creationdate") or self._header.get("creationdate", ""),
            )
        elif tag == "tuv":
            self._language = given.get("xml:lang") or given.get("lang", "")
        elif tag in ("seg", "prop") and self._code_depth == 0:
            self._pieces, self._length = [], 0
            self._prop = given.get("type", "")
        elif tag in _CODE:
            self._code_depth += 1

    def characters(self, content: str) -> None:
        if self._pieces is None or self._code_depth:
            return
        self._length += len(content)
        if self._length <= MOST_CHARACTERS:
            self._pieces.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        self._depth -= 1
        tag = name.rpartition(":")[2].lower()
        if tag in _CODE:
            self._code_depth -= 1
        elif tag in ("seg", "prop") and self._pieces is not None:
            text, self._pieces, unit = "".join(self._pieces).strip(), None, self._unit
            if unit and tag == "seg" and len(unit.texts) < _MOST_LANGUAGES:
                unit.is_too_long |= self._length > MOST_CHARACTERS
                unit.texts.append((self._language, text))
            elif unit and tag == "prop" and len(unit.props) < _MOST_PROPS:
                unit.props[self._prop[:40]] = text[:255]
        elif tag == "tu" and self._unit:
            self._done.append(self._unit)
            self._unit = None


def write_tmx(units: Iterable[MemoryUnit]) -> Iterator[str]:
    """The file in pieces: a head, a piece for each unit, a foot."""
    yield _HEAD.format(tool=TOOL, version=archive.__version__, now=_timestamp(datetime.now(UTC)))
    yield from map(_unit, units)
    yield "  </body>\n</tmx>\n"


def _unit(unit: MemoryUnit) -> str:
    made = f" creationtool={quoteattr(without_illegal(unit.file_tool))}" if unit.file_tool else ""
    head = (
        f'    <tu tuid="{unit.pk}" srclang="{WRITTEN[unit.written_in]}"'
        f' creationdate="{_timestamp(unit.file_date or unit.created_at)}"{made}>\n'
    )
    props = {
        STORY: unit.label,
        PRINT_DATE: unit.print_date.isoformat() if unit.print_date else "",
        KIND: unit.kind,
        KEY: unit.key,
    }
    lines = [
        f'      <prop type="{kind}">{escape(without_illegal(value))}</prop>\n'
        for kind, value in props.items()
        if value
    ]
    # The language that it was written in comes first: some readers look at no attribute.
    for language in (unit.written_in, other(unit.written_in)):
        text = escape(without_illegal(getattr(unit, column("text", language))))
        lines.append(f'      <tuv xml:lang="{WRITTEN[language]}"><seg>{text}</seg></tuv>\n')
    return "".join([head, *lines, "    </tu>\n"])


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def language_of(code: str) -> str:
    """ "EN_gb" -> "en", "zh-Hans-CN" and "zh-TW" -> "zh-hans"; "" for any other language."""
    first, *rest = _parts(code)
    return known("-".join([_ALIASES.get(first, first), *rest]))


def is_traditional(code: str) -> bool:
    """Chinese in traditional characters; a script counts before a place: zh-Hans-HK isn't."""
    parts = _parts(code)
    return parts[0] in _CHINESE and "hans" not in parts and not _TRADITIONAL.isdisjoint(parts)


def _parts(code: str) -> list[str]:
    return code.strip().lower().replace("_", "-").split("-")
