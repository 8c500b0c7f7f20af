"""Reads XLIFF 1.2 and 2.x as tools give it back: any prefix, any case, any order of units."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from archive.contrib.exchange.codes import DEPTH, canonical
from archive.contrib.exchange.units import (
    DESK,
    NAMESPACE,
    BrokenTagsError,
    Code,
    ExchangeError,
    Piece,
    Pieces,
    Reply,
    State,
    StoryReply,
    UnitNote,
    UnitVersion,
    key_of,
    tags_of_line,
    text_of,
)
from archive.files.xml import child, children, name_of, parse_xml, value_of

# What needs anything is a draft, also where all that it needs is somebody's eyes.
_STATES_12: dict[str, State] = {
    "new": "draft",
    "needs-translation": "draft",
    "needs-adaptation": "draft",
    "needs-l10n": "draft",
    "needs-review-translation": "draft",
    "needs-review-adaptation": "draft",
    "needs-review-l10n": "draft",
    "translated": "translated",
    "signed-off": "reviewed",
    "final": "reviewed",
}
# Most tools leave "initial" as it is, so it says nothing about a text that is new.
_STATES_2: dict[str, State] = {
    "translated": "translated",
    "reviewed": "reviewed",
    "final": "reviewed",
}
_RANKS: list[State] = ["draft", "", "translated", "reviewed"]
# Some tools keep the attributes of other namespaces, and lose what their prefix stands for.
PREFIXES = {"desk": NAMESPACE, "mtc": "urn:oasis:names:tc:xliff:matches:2.0"}
_ORDER = re.compile(r"[0-9]{1,9}")
# Elements of the text, of both versions.
_PAIRED = frozenset({"g", "pc"})
_OPENING = frozenset({"bx", "bpt", "sc"})
_CLOSING = frozenset({"ex", "ept", "ec"})
_EMPTY = frozenset({"x", "ph"})


def read_xliff(data: bytes) -> list[StoryReply]:
    """The stories of a document; raises ExchangeError if it is no XLIFF."""
    root = parse_xml(data, prefixes=PREFIXES, most_tags=len(data))
    if name_of(root) != "xliff":
        raise ExchangeError(_("The file is XML, but not XLIFF."))
    return [_story(root, file) for file in children(root, "file")]


def _story(root: Element, file: Element) -> StoryReply:
    languages = (
        value_of(file, "source-language") or value_of(root, "srcLang"),
        value_of(file, "target-language") or value_of(root, "trgLang"),
    )
    readers = {"trans-unit": _reply_12, "unit": _reply_2}
    replies = (readers[name_of(node)](node) for node in file.iter() if name_of(node) in readers)
    return StoryReply.of_file(value_of(file, "original"), languages, replies, value_of(file, "id"))


def _notes(node: Element | None, author: str, kind: str) -> tuple[UnitNote, ...]:
    """The notes of colleagues: those that the desk itself wrote are none."""
    return tuple(
        UnitNote(text, value_of(note, author))
        for note in children(node, "note")
        if value_of(note, kind) != DESK and (text := "".join(note.itertext()).strip())
    )


def _text(node: Element, name: str, data: Mapping[str, str] = MappingProxyType({})) -> Pieces:
    """The content of a <source> or <target>; `data` are the unit's original data by id, and its
    tags by "#" and their code's id.

    Raises BrokenTagsError for elements that hold no text of this archive.
    """
    inner = child(node, name)
    return () if inner is None else tuple(_read(inner, data, {}, 0))


def _reply_12(node: Element) -> Reply:
    key, notes, target = (
        value_of(node, "id"),
        _notes(node, "from", "from"),
        child(node, "target"),
    )
    line = value_of(node, "extradata")
    data = {f"#{code_id}": tag for code_id, tag in tags_of_line(line).items()}
    try:
        texts = _text(node, "source", data), _text(node, "target", data)
    except BrokenTagsError as error:
        return _broken(key, error, notes, children(node, "target"))
    return Reply(key, *texts, _state_12(node, target), UnitVersion.of_line(line), notes)


def _state_12(node: Element, target: Element | None) -> State:
    if target is None:
        return ""
    state = _STATES_12.get(value_of(target, "state").lower(), "")
    is_approved = value_of(node, "approved").lower() == "yes"
    if state == "draft" and is_approved:
        return "translated"
    return state


@dataclass
class _Part:
    """A <segment> or <ignorable> of a unit."""

    source: Pieces
    target: Pieces
    state: State
    order: int
    is_segment: bool


def _reply_2(node: Element) -> Reply:
    key, notes = (
        key_of(value_of(node, "id")),
        _notes(child(node, "notes"), "author", "category"),
    )
    entries = children(child(node, "originaldata"), "data")
    data = {value_of(entry, "id"): "".join(entry.itertext()) for entry in entries}
    parts = []
    try:
        for number, piece in enumerate(children(node, "segment", "ignorable"), 1):
            order = value_of(child(piece, "target"), "order")
            part = _Part(
                _text(piece, "source", data),
                _text(piece, "target", data),
                _STATES_2.get(value_of(piece, "state").lower(), ""),
                int(order) if _ORDER.fullmatch(order) else number,
                name_of(piece) == "segment",
            )
            parts.append(part)
    except BrokenTagsError as error:
        targets = [t for piece in children(node, "segment") for t in children(piece, "target")]
        return _broken(key, error, notes, targets)
    version = UnitVersion(value_of(node, "source"), value_of(node, "base"), value_of(node, "said"))
    return _joined(Reply(key, version=version, notes=notes), parts)


def _joined(reply: Reply, parts: list[_Part]) -> Reply:
    """One reply of all the segments that a tool has cut a unit into."""
    reply = replace(reply, source=tuple(piece for part in parts for piece in part.source))
    segments = [part for part in parts if part.is_segment]
    if not any(part.target for part in segments):
        return reply
    target = tuple(
        piece
        for part in sorted(parts, key=lambda part: part.order)
        for piece in (part.target if part.is_segment else part.target or part.source)
    )
    if any(not part.target and text_of(part.source).strip() for part in segments):
        remark = _("The file has no translation for some parts of this segment.")
        return replace(reply, target=target, state="draft", remark=remark)
    state = min((part.state for part in segments), key=_RANKS.index)
    return replace(reply, target=target, state=state)


def _broken(
    key: str, error: BrokenTagsError, notes: tuple[UnitNote, ...], targets: Iterable[Element]
) -> Reply:
    """No word is lost: the text without its tags is shown to whoever imports the file."""
    words = "".join("".join(target.itertext()) for target in targets)
    return Reply(key, target=(words,) if words else (), notes=notes, trouble=str(error))


def _read(
    node: Element, data: Mapping[str, str], opened: dict[str, str], depth: int
) -> Iterator[Piece]:
    """`opened`: which code an end belongs to, by its `rid`, or by its id."""
    if depth > DEPTH:
        raise BrokenTagsError(_("Tags are nested too deeply."))
    if node.text:
        yield node.text
    for inner in node:
        yield from _read_element(inner, data, opened, depth)
        if inner.tail:
            yield inner.tail


def _read_element(
    node: Element, data: Mapping[str, str], opened: dict[str, str], depth: int
) -> Iterator[Piece]:
    name = name_of(node)
    code_id = value_of(node, "copyOf") or value_of(node, "id")
    reference = value_of(node, "dataRefStart") or value_of(node, "dataRef") or f"#{code_id}"
    # Files of version 0.1 have the tag as the text that stands for it.
    tag = data.get(reference) or canonical(value_of(node, "equiv-text"))
    if name in _PAIRED:
        yield Code("open", code_id, tag)
        yield from _read(node, data, opened, depth + 1)
        yield Code("close", code_id)
    elif name in _OPENING or (name == "it" and value_of(node, "pos") == "open"):
        opened[value_of(node, "rid") or value_of(node, "id")] = code_id
        yield Code("open", code_id, tag)
    elif name in _CLOSING or name == "it":
        start = value_of(node, "startRef") or value_of(node, "rid") or value_of(node, "id")
        yield Code("close", opened.get(start, start))
    elif name in _EMPTY and value_of(node, "ctype") == "x-codepoint":
        yield _character(value_of(node, "id")[1:].partition(".")[0])
    elif name in _EMPTY:
        yield Code("empty", code_id, tag)
    elif name == "cp":
        yield _character(value_of(node, "hex"))
    elif name == "mrk":  # Tools set it for themselves; what is inside counts.
        yield from _read(node, data, opened, depth + 1)
    elif name and name not in ("sm", "em"):
        raise BrokenTagsError(_("Unknown element <%(name)s>.") % {"name": name[:40]})


def _character(hexadecimal: str) -> str:
    """The character that XML can't hold as itself; half ones and NUL no database can."""
    try:
        number = int(hexadecimal, 16)
        if number == 0 or 0xD800 <= number <= 0xDFFF:
            raise ValueError(number)
        return chr(number)
    except (ValueError, OverflowError) as error:
        message = _("“%(code)s” isn't a valid character.") % {"code": hexadecimal[:20]}
        raise BrokenTagsError(message) from error
