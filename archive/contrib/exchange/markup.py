"""XML on its way out, written as text, and on its way in, read without fear."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat.errors import XML_ERROR_UNBOUND_PREFIX, codes
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from archive.contrib.exchange.units import ExchangeError
from archive.text.encodings import codec
from archive.text.xml_characters import ILLEGAL, without_illegal

_ILLEGAL_APART = re.compile(f"({ILLEGAL.pattern})")
_IN_ATTRIBUTES = str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_ROOT = re.compile(rb"(<(?:\w++:)?+xliff\b)[^>]*+")
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["'][^>]*\?>""", re.I)


def text(value: str) -> str:
    """Words as XML; what XML can't hold becomes U+FFFD."""
    # A bare carriage return would come back as a line feed.
    return escape(without_illegal(value, "\ufffd"), {"\r": "&#13;"})


def words(value: str, stand_in: Callable[[int, int], str]) -> str:
    """Words as XML; `stand_in` gives the element for the nth character that XML can't hold."""
    parts = _ILLEGAL_APART.split(value)
    return "".join(
        stand_in(number // 2, ord(part)) if number % 2 else text(part)
        for number, part in enumerate(parts)
    )


def start(name: str, attributes: Mapping[str, str]) -> str:
    """The opening tag of an element; empty attributes are left out."""
    given = ((key, text(value)) for key, value in attributes.items() if value)
    written = (f' {key}="{value.translate(_IN_ATTRIBUTES)}"' for key, value in given)
    return f"<{name}{''.join(written)}>"


def element(name: str, attributes: Mapping[str, str], *children: str) -> str:
    """An element with children that are XML already."""
    head = start(name, attributes)
    return f"{head}{''.join(children)}</{name}>" if children else f"{head[:-1]}/>"


def parse(data: bytes, prefixes: Mapping[str, str] = MappingProxyType({})) -> Element:
    """The root of a document; raises ExchangeError for what is broken or means harm.

    Reads UTF-8, UTF-16 and the encodings that XML files declare, with or without a mark. The
    namespaces of `prefixes` are known where the document lacks them.
    """
    try:
        readable = _readable(data)
        try:
            return fromstring(readable, forbid_dtd=False)
        except ParseError as error:
            if not prefixes or error.code != codes[XML_ERROR_UNBOUND_PREFIX]:
                raise
            return fromstring(_with_prefixes(readable, prefixes), forbid_dtd=False)
    except DefusedXmlException as error:
        message = _("The file declares XML entities, which is not allowed. Save it without them.")
        raise ExchangeError(message) from error
    except ParseError as error:
        line, column = error.position
        message = _(
            "The file is not valid XML: line %(line)d, character %(column)d. Export it from your "
            "tool again."
        )
        raise ExchangeError(message % {"line": line, "column": column + 1}) from error
    except (LookupError, ValueError) as error:
        message = _("The file is not valid XML. Export it from your tool again.")
        raise ExchangeError(message) from error


def _with_prefixes(data: bytes, prefixes: Mapping[str, str]) -> bytes:
    """The document, with the namespaces that its root doesn't declare."""
    root = _ROOT.search(data)
    if root is None:
        return data
    lacking = (f' xmlns:{prefix}="{name}"' for prefix, name in prefixes.items())
    new = "".join(one for one in lacking if one.partition("=")[0].encode() not in root[0])
    at = root.end(1)
    return data[:at] + new.encode() + data[at:]


def _readable(data: bytes) -> bytes:
    """The parser knows few encodings; Python knows those of Chinese tools too."""
    declared = _DECLARED.match(data)
    name = declared[1].decode().lower() if declared else ""
    if declared is None or name in ("utf-8", "us-ascii", "iso-8859-1"):
        return data
    if name.startswith(("utf-16", "utf-32")):
        name = "utf-8"  # Some tools say so and write UTF-8; else nobody could read the declaration.
    return data[declared.end() :].decode(codec(name)).encode()


def local(node: Element) -> str:
    """The element's name in lower case, without namespace; "" for comments and the like."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def get(node: Element | None, name: str) -> str:
    """An attribute's value whatever its case, prefix and namespace; "" if it isn't there."""
    if node is None:
        return ""
    exact = node.get(name)
    if exact is not None:
        return exact
    wanted = name.lower()
    found = (v for k, v in node.attrib.items() if k.rpartition("}")[2].lower() == wanted)
    return next(found, "")


def children(node: Element | None, *names: str) -> Iterator[Element]:
    """The children of these names, in order."""
    return (inner for inner in (() if node is None else node) if local(inner) in names)


def child(node: Element, name: str) -> Element | None:
    """The first child of this name."""
    return next(children(node, name), None)
