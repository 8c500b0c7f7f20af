"""Words and inline codes of a <source> or <target> that came back, in XLIFF 1.2 or 2.x."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from archive.desk.exchange.codes import DEPTH
from archive.desk.exchange.markup import get, local
from archive.desk.exchange.units import BrokenTagsError, Code, Piece, Pieces

_PAIRED = frozenset({"g", "pc"})
_OPENING = frozenset({"bx", "bpt", "sc"})
_CLOSING = frozenset({"ex", "ept", "ec"})
_EMPTY = frozenset({"x", "ph"})
# Marks that tools set for themselves; what is inside them counts.
_TRANSPARENT = frozenset({"mrk"})
_MARKS = frozenset({"sm", "em"})


def read_inline(node: Element, data: Mapping[str, str]) -> Pieces:
    """The content of a <source> or <target>; `data` are the unit's original data by id.

    Raises BrokenTagsError for elements that hold no text of this archive.
    """
    reader = _Reader(data)
    reader.read(node, 0)
    return tuple(reader.found)


class _Reader:
    def __init__(self, data: Mapping[str, str]) -> None:
        self.data = data
        self.found: list[Piece] = []
        # Which code an end belongs to: by its `rid`, or by its id.
        self.opened: dict[str, str] = {}

    def read(self, node: Element, depth: int) -> None:
        if depth > DEPTH:
            raise BrokenTagsError(_("Too many tags inside each other."))
        self.words(node.text)
        for child in node:
            self.child(child, depth)
            self.words(child.tail)

    def words(self, text: str | None) -> None:
        if text:
            self.found.append(text)

    def child(self, node: Element, depth: int) -> None:
        name = local(node)
        if name in _PAIRED:
            self.found.append(Code("open", _id(node), self.tag(node)))
            self.read(node, depth + 1)
            self.found.append(Code("close", _id(node)))
        elif name in _OPENING or (name == "it" and get(node, "pos") == "open"):
            self.opened[get(node, "rid") or get(node, "id")] = _id(node)
            self.found.append(Code("open", _id(node), self.tag(node)))
        elif name in _CLOSING or name == "it":
            self.close(node)
        elif name in _EMPTY:
            self.empty(node)
        elif name == "cp":
            self.words(_character(get(node, "hex")))
        elif name in _TRANSPARENT:
            self.read(node, depth + 1)
        elif name and name not in _MARKS:
            raise BrokenTagsError(
                _("The element <%(name)s> isn't known here.") % {"name": name[:40]}
            )

    def tag(self, node: Element) -> str:
        reference = get(node, "dataRefStart") or get(node, "dataRef")
        return self.data.get(reference, "") if reference else get(node, "equiv-text")

    def close(self, node: Element) -> None:
        reference = get(node, "startRef") or get(node, "rid") or get(node, "id")
        self.found.append(Code("close", self.opened.get(reference, reference)))

    def empty(self, node: Element) -> None:
        if get(node, "ctype") == "x-codepoint":
            self.words(_character(get(node, "id")[1:].partition(".")[0]))
        else:
            self.found.append(Code("empty", _id(node), self.tag(node)))


def _id(node: Element) -> str:
    return get(node, "copyOf") or get(node, "id")


def _character(hexadecimal: str) -> str:
    """The character that XML can't hold as itself; half ones and NUL no database can."""
    try:
        number = int(hexadecimal, 16)
        if number == 0 or 0xD800 <= number <= 0xDFFF:
            raise ValueError(number)
        return chr(number)
    except (ValueError, OverflowError) as error:
        raise BrokenTagsError(
            _("“%(code)s” is no character.") % {"code": hexadecimal[:20]}
        ) from error
