"""Reads TMX files of any tool, unit by unit, in the same memory whatever their size.

Only what the archive can use is kept: the plain text of each language, who made it and when.
Entities and outside files are refused (defusedxml); a text that is far too long is cut off while
it is read, and its unit refused.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler, feature_external_ges

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser
from django.utils.translation import gettext as _

from archive.desk.errors import DeskError

# Of one text, in characters: a long chapter. Nobody would be helped by a longer suggestion.
MOST_CHARACTERS = 20_000
_CHUNK = 64 * 1024
_MOST_LANGUAGES, _MOST_PROPS = 60, 20
# Their content is another program's code, not text; <hi> only emphasises, so its text stays.
_CODE = frozenset({"bpt", "ept", "ph", "it", "ut"})


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


def _trouble_of(read: Callable[..., None], *args: bytes) -> TmxError | None:
    try:
        read(*args)
    except DefusedXmlException:
        return TmxError(_("The file defines entities, which could hide anything. Leave them out."))
    except SAXParseException as error:
        return TmxError(
            _("Line %(line)s: this isn't XML any more (%(reason)s).")
            % {"line": error.getLineNumber(), "reason": error.getMessage()}
        )
    except SAXException as error:
        return TmxError(error.getMessage())
    except (LookupError, ValueError):
        return TmxError(_("The file's encoding isn't known here. Save it as UTF-8."))
    return None


class _Handler(ContentHandler):
    """Collects one unit at a time."""

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
            raise SAXException(
                _("This isn't a TMX file: it begins with <%(tag)s>.") % {"tag": name[:40]}
            )
        self.has_begun = True
        self._depth += 1
        if tag == "header":
            self._header = given
        elif tag == "tu":
            self._begin(given)
        elif tag == "tuv":
            self._language = given.get("xml:lang") or given.get("lang", "")
        elif tag in ("seg", "prop") and self._code_depth == 0:
            self._pieces, self._length = [], 0
            self._prop = given.get("type", "")
        elif tag in _CODE:
            self._code_depth += 1

    def _begin(self, given: dict[str, str]) -> None:
        self._count += 1
        self._unit = TmxUnit(
            number=self._count,
            line=self.parser.getLineNumber() or 0,
            source_language=given.get("srclang") or self._header.get("srclang", ""),
            tuid=given.get("tuid", "")[:100],
            tool=given.get("creationtool") or self._header.get("creationtool", ""),
            date=given.get("creationdate") or self._header.get("creationdate", ""),
        )
        self._language = ""

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
            self._finish_text(tag, "".join(self._pieces).strip())
            self._pieces = None
        elif tag == "tu" and self._unit:
            self._done.append(self._unit)
            self._unit = None

    def _finish_text(self, tag: str, text: str) -> None:
        unit = self._unit
        if unit is None:
            return
        if tag == "seg" and len(unit.texts) < _MOST_LANGUAGES:
            unit.is_too_long |= self._length > MOST_CHARACTERS
            unit.texts.append((self._language, text))
        elif tag == "prop" and len(unit.props) < _MOST_PROPS:
            unit.props[self._prop[:40]] = text[:255]
