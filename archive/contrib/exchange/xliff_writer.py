"""Writes XLIFF 1.2 (OASIS Standard, 1 February 2008) and 2.1 (13 February 2018, with matches)."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from archive.contrib.exchange import markup
from archive.contrib.exchange.codes import encode, name_of, parts, tags_of
from archive.contrib.exchange.units import (
    DESK,
    NAMESPACE,
    Code,
    ExportedStory,
    MemoryMatch,
    Pieces,
    State,
    Unit,
    nmtoken,
)
from archive.text.language import HTML_CODES

# `state` of a target in 1.2, and of a segment in 2.1; a draft is one that nobody has confirmed.
STATES: dict[State, tuple[dict[str, str], dict[str, str]]] = {
    "": ({}, {"state": "initial"}),
    "draft": ({"state": "needs-translation"}, {"state": "initial", "subState": "desk:draft"}),
    "machine": (
        {"state": "needs-translation", "state-qualifier": "mt-suggestion"},
        {"state": "initial", "subState": "desk:machine"},
    ),
    "check": (
        {"state": "needs-translation", "state-qualifier": "x-check"},
        {"state": "initial", "subState": "desk:check"},
    ),
    "stale": (
        {"state": "needs-adaptation"},
        {"state": "initial", "subState": "desk:source-changed"},
    ),
    "translated": ({"state": "translated"}, {"state": "translated"}),
    "reviewed": ({"state": "signed-off"}, {"state": "reviewed"}),
}
# A tag's `ctype` in 1.2; `type` and `subType` in 2.1.
_KINDS = {
    "b": ("bold", "fmt", "xlf:b"),
    "strong": ("bold", "fmt", "xlf:b"),
    "i": ("italic", "fmt", "xlf:i"),
    "em": ("italic", "fmt", "xlf:i"),
    "br": ("lb", "fmt", "xlf:lb"),
    "a": ("link", "link", ""),
}
_KEEP = {"xml:space": "preserve"}
_SEGMENT = "segment"


def _document(attributes: dict[str, str], files: Iterable[str]) -> bytes:
    document = markup.element("xliff", attributes, "\n", *files)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}\n'.encode()


def _inline(
    pieces: Pieces, code: Callable[[Code], str], code_point: Callable[[int, int], str]
) -> str:
    return "".join(
        markup.words(one, code_point) if isinstance(one, str) else code(one) for one in pieces
    )


def _note(text: str, **attributes: str) -> str:
    return markup.element("note", attributes, markup.text(text))


def _alternatives(unit: Unit) -> Iterator[tuple[MemoryMatch | None, Pieces, Pieces]]:
    """The pair that stood there before its source changed (None), and the memory's."""
    if unit.previous:
        yield None, unit.previous, unit.target
    for match in unit.matches:
        source, target = (
            encode(text, unit.markup, like=unit.source) for text in (match.source, match.target)
        )
        yield match, source, target


def _kind_of(tag: str) -> tuple[str, str, str]:
    name, attributes = parts(tag)
    if name == "a" and ("linktype", "entity") in attributes:
        return ("x-mention", "link", "desk:mention")
    return _KINDS.get(name, (f"x-html-{name}", "other", f"html:{name}"))


def write_xliff12(stories: Iterable[ExportedStory]) -> bytes:
    """A document with a <file> for each story."""
    root = {"version": "1.2", "xmlns": "urn:oasis:names:tc:xliff:document:1.2"}
    return _document(root, map(_file_12, stories))


def _file_12(story: ExportedStory) -> str:
    attributes = {
        "original": story.original,
        "source-language": story.source_code,
        "target-language": HTML_CODES[story.target_language],
        "datatype": "html",
    }
    header = markup.element("header", {}, _note(story.title))
    body = markup.element("body", {}, "\n", *map(_unit_12, story.units))
    return markup.element("file", attributes, "\n", header, "\n", body, "\n") + "\n"


def _unit_12(unit: Unit) -> str:
    attributes = {
        "id": unit.key,
        "restype": f"x-{unit.kind.replace('_', '-')}",
        "translate": "no" if unit.locked else "",
        "approved": "yes" if unit.state == "reviewed" else "",
        # The strict schema knows this attribute, and none of other namespaces.
        "extradata": unit.line,
        **_KEEP,
    }
    inner = [markup.element("source", {}, _inline_12(unit.source))]
    # An empty target with a state would keep that state in tools that know none.
    if unit.target:
        inner.append(markup.element("target", STATES[unit.state][0], _inline_12(unit.target)))
    for match, source, target in _alternatives(unit):
        about = {"alttranstype": "previous-version"}
        if match:
            about = {"match-quality": f"{match.quality}%", "origin": match.origin}
        pair = (
            markup.element("source", {}, _inline_12(source)),
            markup.element("target", {}, _inline_12(target)),
        )
        inner.append(markup.element("alt-trans", {**about, **_KEEP}, *pair))
    inner += [_note(text, **{"from": DESK}) for text in (unit.label, unit.locked) if text]
    inner += [_note(note.text, **{"from": note.author or "editor"}) for note in unit.notes]
    return markup.element("trans-unit", attributes, "\n", *(f"{one}\n" for one in inner)) + "\n"


def _inline_12(pieces: Pieces) -> str:
    def code_point(number: int, character: int) -> str:
        return markup.element("x", {"id": f"u{character:04X}.{number}", "ctype": "x-codepoint"})

    return _inline(pieces, _code_12, code_point)


def _code_12(code: Code) -> str:
    if code.kind == "close":
        return "</g>"
    # No tag in `equiv-text`: there are tools that write attributes without escaping them.
    attributes = {"id": code.id, "ctype": _kind_of(code.tag)[0]}
    return markup.start("g", attributes) if code.kind == "open" else markup.element("x", attributes)


def write_xliff21(stories: Iterable[ExportedStory]) -> bytes:
    """A document with a <file> for each story; all go from one language into one other."""
    stories = list(stories)
    root = {
        "version": "2.1",
        "xmlns": "urn:oasis:names:tc:xliff:document:2.0",
        "xmlns:mtc": "urn:oasis:names:tc:xliff:matches:2.0",
        "xmlns:desk": NAMESPACE,
        "srcLang": stories[0].source_code,
        "trgLang": HTML_CODES[stories[0].target_language],
    }
    return _document(root, map(_file_21, stories))


def _file_21(story: ExportedStory) -> str:
    attributes = {"id": f"f-{story.ref}", "original": story.original}
    notes = markup.element("notes", {}, _note(story.title, category=DESK))
    units = map(_unit_21, story.units)
    return markup.element("file", attributes, "\n", notes, "\n", *units) + "\n"


def _unit_21(unit: Unit) -> str:
    attributes = {
        "id": nmtoken(unit.key),
        "name": unit.key,
        "type": f"desk:{unit.kind}",
        "translate": "no" if unit.locked else "",
        "desk:source": unit.version.digest,
        "desk:base": unit.version.base,
        "desk:said": unit.version.said,
        **_KEEP,
    }
    inner = []
    if matches := [_match_21(*alternative) for alternative in _alternatives(unit)]:
        inner.append(markup.element("mtc:matches", {}, *matches))
    notes = [_note(text, category=DESK) for text in (unit.label, unit.locked) if text]
    notes += [_note(n.text, category="comment", **{"desk:author": n.author}) for n in unit.notes]
    if notes:
        inner.append(markup.element("notes", {}, *notes))
    data, texts = _texts_21(unit.source, unit.target)
    segment = {"id": _SEGMENT, **STATES[unit.state][1]}
    inner += [*data, markup.element("segment", segment, *texts[: 1 + bool(unit.target)])]
    return markup.element("unit", attributes, "\n", *(f"{one}\n" for one in inner)) + "\n"


def _match_21(match: MemoryMatch | None, source: Pieces, target: Pieces) -> str:
    about = {"subType": "desk:previous"}
    if match:
        about = {"matchQuality": str(match.quality), "origin": match.origin}
    data, texts = _texts_21(source, target)
    # A subtype needs a type; "tm" is what comes from a memory.
    attributes = {"ref": f"#{_SEGMENT}", "type": "tm", **about}
    return markup.element("mtc:match", attributes, *data, *texts)


def _texts_21(source: Pieces, target: Pieces) -> tuple[list[str], list[str]]:
    """The <originalData> of both texts, if they have tags; and the <source> and the <target>."""
    tags = dict.fromkeys([*tags_of(source), *tags_of(target)])
    data = {tag: f"d{number}" for number, tag in enumerate(tags, 1)}
    entries = []
    for tag, name in data.items():
        entries.append(markup.element("data", {"id": name}, markup.text(tag)))
        if not tag.endswith("/>"):
            end = markup.text(f"</{name_of(tag)}>")
            entries.append(markup.element("data", {"id": f"{name}-end"}, end))

    def code_point(_number: int, character: int) -> str:
        return markup.element("cp", {"hex": f"{character:04X}"})

    texts = [
        markup.element(name, {}, _inline(pieces, partial(_code_21, data), code_point))
        for name, pieces in (("source", source), ("target", target))
    ]
    return [markup.element("originalData", {}, *entries)] if entries else [], texts


def _code_21(data: dict[str, str], code: Code) -> str:
    """`data` names the id under which the unit holds each tag."""
    if code.kind == "close":
        return "</pc>"
    _ctype, kind, subtype = _kind_of(code.tag)
    attributes = {"id": code.id, "type": kind, "subType": subtype}
    name = data[code.tag]
    if code.kind == "empty":
        return markup.element("ph", {**attributes, "dataRef": name})
    return markup.start("pc", {**attributes, "dataRefStart": name, "dataRefEnd": f"{name}-end"})
