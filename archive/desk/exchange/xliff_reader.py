"""Reads XLIFF 1.2 and 2.x as tools give it back: any prefix, any case, any order of units."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from archive.desk.exchange.codes import DEPTH
from archive.desk.exchange.identifiers import DESK, key_of, language_of, read_version, ref_in
from archive.desk.exchange.markup import child, children, get, local, parse
from archive.desk.exchange.units import (
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
    text_of,
)

_STATES_12: dict[str, State] = {
    "new": "draft",
    "needs-translation": "draft",
    "needs-adaptation": "draft",
    "needs-l10n": "draft",
    "needs-review-translation": "translated",
    "needs-review-adaptation": "translated",
    "needs-review-l10n": "translated",
    "translated": "translated",
    "signed-off": "reviewed",
    "final": "final",
}
# Most tools leave "initial" as it is, so it says nothing about a text that is new.
_STATES_2: dict[str, State] = {
    "translated": "translated",
    "reviewed": "reviewed",
    "final": "final",
}
_RANKS: list[State] = ["draft", "", "translated", "reviewed", "final"]
_ORDER = re.compile(r"[0-9]{1,9}")
_GUESSES = ("mt-suggestion", "leveraged-mt")


def read_xliff(data: bytes) -> list[StoryReply]:
    """The stories of a document; raises ExchangeError if it is no XLIFF."""
    root = parse(data)
    if local(root) != "xliff":
        raise ExchangeError(_("The file is XML, but not XLIFF."))
    return [_story(root, file) for file in children(root, "file")]


def _story(root: Element, file: Element) -> StoryReply:
    name = get(file, "original")
    source = get(file, "source-language") or get(root, "srcLang")
    target = get(file, "target-language") or get(root, "trgLang")
    return StoryReply(
        ref_in(name, get(file, "id")),
        name or get(file, "id"),
        language_of(source) or source,
        language_of(target) or target,
        tuple(_replies(file)),
    )


def _replies(file: Element) -> Iterator[Reply]:
    for node in file.iter():
        if local(node) == "trans-unit":
            yield _reply_12(node)
        elif local(node) == "unit":
            yield _reply_2(node)


def _version_2(node: Element) -> UnitVersion:
    return UnitVersion(get(node, "source"), get(node, "base"), get(node, "said"))


def _notes(node: Element, author: str, kind: str) -> tuple[UnitNote, ...]:
    """The notes of colleagues: those that the desk itself wrote are none."""
    notes = children(node, "note")
    return tuple(
        UnitNote(text, get(note, author))
        for note in notes
        if get(note, kind) != DESK and (text := "".join(note.itertext()).strip())
    )


def _reply_12(node: Element) -> Reply:
    key, notes = get(node, "id"), _notes(node, "from", "from")
    source, target = child(node, "source"), child(node, "target")
    try:
        return Reply(
            key,
            read_inline(source, {}) if source is not None else (),
            read_inline(target, {}) if target is not None else (),
            _state_12(node, target),
            read_version(get(node, "extradata")),
            notes,
        )
    except BrokenTagsError as error:
        return _broken(key, error, notes, [] if target is None else [target])


def _state_12(node: Element, target: Element | None) -> State:
    if target is None:
        return ""
    state = _STATES_12.get(get(target, "state").lower(), "")
    is_approved = get(node, "approved").lower() == "yes"
    if state == "draft" and is_approved:
        return "translated"
    if get(target, "state-qualifier") in _GUESSES and state == "translated" and not is_approved:
        # Fit to be looked at, which nobody has done.
        return "draft" if "needs" in get(target, "state").lower() else state
    return state


@dataclass
class _Part:
    """A <segment> or <ignorable> of a unit."""

    source: Pieces
    target: Pieces
    state: State
    order: int
    is_segment: bool

    @property
    def lacks_target(self) -> bool:
        return not self.target and bool(text_of(self.source).strip())


def _reply_2(node: Element) -> Reply:
    key = key_of(get(node, "id"))
    holder = child(node, "notes")
    notes = () if holder is None else _notes(holder, "author", "category")
    try:
        data = _original_data(node)
        pieces = children(node, "segment", "ignorable")
        parts = [_part(piece, data, number) for number, piece in enumerate(pieces, 1)]
    except BrokenTagsError as error:
        targets = [t for piece in children(node, "segment") for t in children(piece, "target")]
        return _broken(key, error, notes, targets)
    return _joined(Reply(key, version=_version_2(node), notes=notes), parts)


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
    if any(part.lacks_target for part in segments):
        remark = _("The file has no translation for some parts of this segment.")
        return replace(reply, target=target, state="draft", remark=remark)
    state = min((part.state for part in segments), key=_RANKS.index)
    return replace(reply, target=target, state=state)


def _part(node: Element, data: Mapping[str, str], number: int) -> _Part:
    source, target = child(node, "source"), child(node, "target")
    order = get(target, "order") if target is not None else ""
    return _Part(
        read_inline(source, data) if source is not None else (),
        read_inline(target, data) if target is not None else (),
        _STATES_2.get(get(node, "state").lower(), ""),
        int(order) if _ORDER.fullmatch(order) else number,
        local(node) == "segment",
    )


def _original_data(node: Element) -> dict[str, str]:
    holder = child(node, "originaldata")
    entries = () if holder is None else children(holder, "data")
    return {get(entry, "id"): "".join(entry.itertext()) for entry in entries}


def _broken(
    key: str, error: BrokenTagsError, notes: tuple[UnitNote, ...], targets: list[Element]
) -> Reply:
    """No word is lost: the text without its tags is shown to whoever imports the file."""
    words = "".join("".join(target.itertext()) for target in targets)
    return Reply(key, target=(words,) if words else (), notes=notes, trouble=str(error))


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
            raise BrokenTagsError(_("Tags are nested too deeply."))
        self.words(node.text)
        for inner in node:
            self.child(inner, depth)
            self.words(inner.tail)

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
            raise BrokenTagsError(_("Unknown element <%(name)s>.") % {"name": name[:40]})

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
            _("“%(code)s” isn't a valid character.") % {"code": hexadecimal[:20]}
        ) from error
