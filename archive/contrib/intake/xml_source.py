"""XML of others: read safely, searched without regard to name spaces and the case of names.

Entities are refused and nothing is fetched (defusedxml); a document type without entities is
usual in NITF and does no harm. Wires put elements into name spaces that differ from version to
version, or into none, so that only the local names count.
"""

import base64
import binascii
import codecs
import re
from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from archive.contrib.intake.conf import settings
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile, check_size

# An element takes 300 bytes of memory, however short its tag: these come to some 100 MB.
MOST_TAGS = 600_000
# How far into a file its first element may be.
_PROLOG = 64 * 1024
_ENCODING = re.compile(
    rb"""^\s{0,100}<\?xml\b[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']([\w.-]{1,40})"""
)
_NAME = re.compile(r"<(?:[\w.-]{1,80}:)?([\w.-]{1,80})[\s/>]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Python's XML parser doesn't know Chinese encodings; the newer one holds the older ones.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}


def root_name(data: bytes) -> str:
    """The local name of a file's first element, in small letters; "" if it isn't XML."""
    head = data[:_PROLOG]
    text = head.decode("utf-16" if head.startswith(_UTF16) else "latin-1", "replace")
    text = text.removeprefix("\u00ef\u00bb\u00bf").removeprefix("\ufeff").lstrip()
    while text.startswith(("<?", "<!")):
        if text.startswith("<!--"):
            end = "-->"
        elif text.startswith("<?"):
            end = "?>"
        else:
            bracket, close = text.find("["), text.find(">")
            end = "]>" if 0 <= bracket < close else ">"
        _before, found, text = text.partition(end)
        if not found:
            return ""
        text = text.lstrip()
    name = _NAME.match(text)
    return name[1].lower() if name else ""


def read_xml(source: SourceFile) -> Element:
    """The root element, of at most ARCHIVE_INTAKE_MAX_BYTES: a tree takes ten times its text.

    Raises IntakeError.
    """
    check_size(len(source.data), settings.INTAKE_MAX_BYTES, "ARCHIVE_INTAKE_MAX_BYTES")
    return parse_xml(source)


def parse_xml(source: SourceFile) -> Element:
    """The root element. Raises IntakeError for what is cut off, not well-formed or not safe."""
    if source.data.count(b"<") > MOST_TAGS:
        reason = _("it has more than %(most)d tags; split it into several files")
        raise IntakeError(reason % {"most": MOST_TAGS})
    try:
        root: Element = fromstring(_decoded(source))
    except ParseError as error:
        reason = _("line %(line)d isn't well-formed XML (%(error)s); export or fetch it again")
        raise IntakeError(reason % {"line": error.position[0], "error": error}) from error
    except DefusedXmlException as error:
        reason = _("it defines entities, which can be used to attack; take them out")
        raise IntakeError(reason) from error
    except RecursionError as error:
        raise IntakeError(_("its elements are nested too deeply to be a story")) from error
    return root


def _decoded(source: SourceFile) -> str:
    declared = _ENCODING.match(source.data)
    if declared and not source.data.startswith(_UTF16):
        encoding = declared[1].decode().lower()
        # Files say Latin-1 and are in UTF-8; what is valid UTF-8 is hardly ever anything else.
        for name in ("utf-8-sig", _WIDER.get(encoding, encoding)):
            try:
                return source.data.decode(name)
            except (LookupError, UnicodeDecodeError):
                pass
    return source.text.text


def name_of(element: Element) -> str:
    """The local name in small letters; "" for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The direct children of these names."""
    for child in element if element is not None else ():
        if name_of(child) in names:
            yield child


def child(element: Element | None, *path: str) -> Element | None:
    """The first child, its first child and so on along the path."""
    for name in path:
        element = next(children(element, name), None)
    return element


def every(element: Element | None, *names: str) -> Iterator[Element]:
    """All elements of these names within, in order."""
    for one in element.iter() if element is not None else ():
        if name_of(one) in names:
            yield one


def first(element: Element | None, *names: str) -> Element | None:
    return next(every(element, *names), None)


def words(element: Element | None) -> str:
    """All text within, white space folded."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def attribute(element: Element | None, name: str) -> str:
    """An attribute by its local name: "lang" also finds xml:lang."""
    for key, value in element.items() if element is not None else ():
        if key.rpartition("}")[2].lower() == name:
            return " ".join(value.split())
    return ""


def moment(text: str) -> tuple[datetime | None, bool]:
    """A date of ISO 8601, in its own zone, and whether it has a time of day.

    Wires use both forms: "20140829T134951+0000" and "2014-08-29T13:49:51Z".
    """
    text = text.strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None, False
    return found, len(text) > len("2014-08-29")


def decoded_base64(text: str) -> bytes:
    """The bytes; b"" where it is no Base64."""
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""
