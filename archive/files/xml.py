"""XML of others: read safely, searched without regard to name spaces and the case of names.

Entities are refused and nothing is fetched (defusedxml); a document type without entities is usual
and does no harm. Programs put elements into name spaces that differ from version to version, or
into none, so that only the local names count.
"""

import base64
import binascii
import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from types import MappingProxyType
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat.errors import XML_ERROR_UNBOUND_PREFIX
from xml.parsers.expat.errors import codes as error_codes
from xml.sax import SAXParseException

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from archive.files.errors import FileError
from archive.text.encodings import codec, decode_text
from archive.text.stored_messages import message as _

# What XML 1.0 can't hold, not even as a character reference.
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# An element takes 300 bytes of memory, however short its tag: these come to some 100 MB.
MOST_TAGS = 600_000
# How far into a file its first element may be.
_PROLOG = 64 * 1024
_ENCODING = re.compile(
    rb"""^\s{0,100}<\?xml\b[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']([\w.-]{1,40})"""
)
_NAME = re.compile(r"<(?:[\w.-]{1,80}:)?([\w.-]{1,80})[\s/>]")
_ROOT = re.compile(r"(<(?:\w++:)?+\w[\w.-]*+)[^>]*+")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Programs declare the older Chinese encodings; the newer one holds them.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}


def without_illegal(text: str, instead: str = "") -> str:
    """The text without what would make a document that no program can read."""
    return ILLEGAL.sub(instead, text)


def root_name(data: bytes) -> str:
    """The local name of a file's first element, in small letters; "" if it isn't XML."""
    head = data[:_PROLOG]
    text = head.decode("utf-16" if head.startswith(_UTF16) else "latin-1", "replace")
    text = _behind_prolog(text.removeprefix("\u00ef\u00bb\u00bf").removeprefix("\ufeff"))
    name = _NAME.match(text)
    return name[1].lower() if name else ""


def _behind_prolog(text: str) -> str:
    """From the first element on; "" where there is none."""
    text = text.lstrip()
    while text.startswith(("<?", "<!")):
        if text.startswith("<!--"):
            end = "-->"
        elif text.startswith("<?"):
            end = "?>"
        else:
            bracket, close = text.find("["), text.find(">")
            end = "]>" if 0 <= bracket < close else ">"
        _before, _found, text = text.partition(end)
        text = text.lstrip()
    return text


@contextmanager
def reading_xml() -> Iterator[None]:
    """Around a parser, of trees or of events: FileError for what is broken or not safe."""
    try:
        yield
    except ParseError as error:
        raise _not_well_formed(error.position[0], error) from error
    except SAXParseException as error:
        raise _not_well_formed(error.getLineNumber() or 1, error.getMessage()) from error
    except DefusedXmlException as error:
        reason = _("it defines entities, which can be used to attack; take them out")
        raise FileError(reason) from error
    except RecursionError as error:
        raise FileError(_("its elements are nested too deeply; export it again")) from error


def _not_well_formed(line: int, error: object) -> FileError:
    reason = _("line %(line)d isn't well-formed XML (%(error)s); export or fetch it again")
    return FileError(reason % {"line": line, "error": error})


def guessed(data: bytes) -> str:
    """A document's text where it declares no encoding. Raises FileError for what is no text."""
    decoded = decode_text(data)
    if decoded is None:
        raise FileError(_("not a text file; export or fetch it again"))
    return decoded.text


def parse_xml(
    data: bytes,
    *,
    prefixes: Mapping[str, str] = MappingProxyType({}),
    undeclared: Callable[[bytes], str] = guessed,
    most_tags: int = MOST_TAGS,
) -> Element:
    """The root element. Raises FileError for what is cut off, not well-formed or not safe.

    The name spaces of `prefixes` are known where the document lacks them; `undeclared` decodes one
    that doesn't say its encoding, or not the right one.
    """
    if data.count(b"<") > most_tags:
        reason = _("it has more than %(most)d tags; split it into several files")
        raise FileError(reason % {"most": most_tags})
    text = _decoded(data, undeclared)
    with reading_xml():
        try:
            root: Element = fromstring(text)
        except ParseError as error:
            if not prefixes or error.code != error_codes[XML_ERROR_UNBOUND_PREFIX]:
                raise
            root = fromstring(_with_prefixes(text, prefixes))
    return root


def _decoded(data: bytes, undeclared: Callable[[bytes], str]) -> str:
    declared = _ENCODING.match(data.removeprefix(codecs.BOM_UTF8))
    if declared and not data.startswith(_UTF16):
        encoding = declared[1].decode().lower()
        # Files say Latin-1 and are in UTF-8; what is valid UTF-8 is hardly ever anything else.
        for name in ("utf-8", _WIDER.get(encoding, encoding)):
            with suppress(LookupError, UnicodeDecodeError):
                return data.removeprefix(codecs.BOM_UTF8).decode(codec(name))
    return undeclared(data)


def _with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """The document, with the name spaces that its root doesn't declare."""
    behind = _behind_prolog(text)
    root = _ROOT.match(behind)
    if root is None:
        return text
    lacking = {f"xmlns:{prefix}": name for prefix, name in prefixes.items()}
    new = "".join(f' {key}="{name}"' for key, name in lacking.items() if key not in root[0])
    at = root.end(1)
    return f"{text[: len(text) - len(behind)]}{behind[:at]}{new}{behind[at:]}"


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


def value_of(element: Element | None, name: str) -> str:
    """An attribute as written, by its local name in any case, the exact name before others."""
    if element is None:
        return ""
    exact = element.get(name)
    if exact is not None:
        return exact
    wanted = name.lower()
    found = (text for key, text in element.items() if key.rpartition("}")[2].lower() == wanted)
    return next(found, "")


def attribute(element: Element | None, name: str) -> str:
    """The same with white space folded: "lang" also finds xml:lang."""
    return " ".join(value_of(element, name).split())


def moment(text: str) -> tuple[datetime | None, bool]:
    """A date of ISO 8601, in its own zone, and whether it has a time of day.

    Both forms are in use: "20140829T134951+0000" and "2014-08-29T13:49:51Z".
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
