"""Writes XLIFF 2.1 (OASIS Standard, 13 February 2018), with its matches module."""

from collections.abc import Iterable, Iterator

from archive.desk.exchange import markup
from archive.desk.exchange.codes import encode, tags_of
from archive.desk.exchange.identifiers import DESK, NAMESPACE, kind_of, language_tag, named, nmtoken
from archive.desk.exchange.tags import name_of
from archive.desk.exchange.units import Code, ExportedStory, MemoryMatch, Pieces, State, Unit

CORE = "urn:oasis:names:tc:xliff:document:2.0"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
STATES: dict[State, dict[str, str]] = {
    "": {"state": "initial"},
    "draft": {"state": "initial", "subState": "desk:draft"},
    "stale": {"state": "initial", "subState": "desk:source-changed"},
    "translated": {"state": "translated"},
    "reviewed": {"state": "reviewed"},
    "final": {"state": "final"},
}
_SEGMENT = "segment"

Data = dict[str, str]


def write(stories: Iterable[ExportedStory]) -> bytes:
    """A document with a <file> for each story; all go from one language into one other."""
    stories = list(stories)
    root = {
        "version": "2.1",
        "xmlns": CORE,
        "xmlns:mtc": MATCHES,
        "xmlns:desk": NAMESPACE,
        "srcLang": language_tag(stories[0].source_language),
        "trgLang": language_tag(stories[0].target_language),
    }
    document = markup.element("xliff", root, "\n", *(_file(story) for story in stories))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}\n'.encode()


def _file(story: ExportedStory) -> str:
    attributes = {"id": f"f-{story.ref}", "original": named(story.name, story.ref)}
    title = markup.element("note", {"category": DESK}, markup.text(story.title))
    notes = markup.element("notes", {}, title)
    return markup.element("file", attributes, "\n", notes, "\n", *map(_unit, story.units)) + "\n"


def _unit(unit: Unit) -> str:
    attributes = {
        "id": nmtoken(unit.key),
        "name": unit.key,
        "type": f"desk:{unit.kind}",
        "translate": "no" if unit.locked else "",
        "desk:source": unit.version.digest,
        "desk:base": unit.version.base,
        "desk:said": unit.version.said,
        "xml:space": "preserve",
    }
    return markup.element("unit", attributes, "\n", *(f"{p}\n" for p in _parts(unit))) + "\n"


def _parts(unit: Unit) -> Iterator[str]:
    matches = [_match(match, unit) for match in unit.matches]
    if unit.previous:
        earlier = _candidate({"subType": "desk:previous"}, unit.previous, unit.target)
        matches.insert(0, earlier)
    if matches:
        yield markup.element("mtc:matches", {}, *matches)
    notes = [({"category": DESK}, text) for text in (unit.label, unit.locked) if text]
    notes += [({"category": "comment", "desk:author": n.author}, n.text) for n in unit.notes]
    if notes:
        yield markup.element(
            "notes", {}, *(markup.element("note", a, markup.text(t)) for a, t in notes)
        )
    data = _data(unit.source, unit.target)
    if data:
        yield _original_data(data)
    source = markup.element("source", {}, inline(unit.source, data))
    target = [markup.element("target", {}, inline(unit.target, data))] if unit.target else []
    yield markup.element("segment", {"id": _SEGMENT, **STATES[unit.state]}, source, *target)


def _match(match: MemoryMatch, unit: Unit) -> str:
    source = encode(match.source, unit.markup, like=unit.source)
    target = encode(match.target, unit.markup, like=unit.source)
    attributes = {"matchQuality": str(match.quality), "origin": match.origin}
    return _candidate(attributes, source, target)


def _candidate(attributes: dict[str, str], source: Pieces, target: Pieces) -> str:
    data = _data(source, target)
    return markup.element(
        "mtc:match",
        # A subtype needs a type; "tm" is what comes from a memory.
        {"ref": f"#{_SEGMENT}", "type": "tm", **attributes},
        *([_original_data(data)] if data else []),
        markup.element("source", {}, inline(source, data)),
        markup.element("target", {}, inline(target, data)),
    )


def _data(*texts: Pieces) -> Data:
    """The tags, and the ids under which the document holds them."""
    tags = dict.fromkeys(tag for pieces in texts for tag in tags_of(pieces))
    return {tag: f"d{number}" for number, tag in enumerate(tags, 1)}


def _original_data(data: Data) -> str:
    entries = []
    for tag, name in data.items():
        entries.append(markup.element("data", {"id": name}, markup.text(tag)))
        if not tag.endswith("/>"):
            end = markup.text(f"</{name_of(tag)}>")
            entries.append(markup.element("data", {"id": f"{name}-end"}, end))
    return markup.element("originalData", {}, *entries)


def inline(pieces: Pieces, data: Data) -> str:
    """Words and codes as the content of a <source> or <target>."""
    return "".join(
        markup.words(one, _code_point) if isinstance(one, str) else _code(one, data)
        for one in pieces
    )


def _code(code: Code, data: Data) -> str:
    if code.kind == "close":
        return "</pc>"
    _ctype, kind, subtype = kind_of(code.tag)
    attributes = {"id": code.id, "type": kind, "subType": subtype}
    name = data[code.tag]
    if code.kind == "empty":
        return markup.element("ph", {**attributes, "dataRef": name})
    return markup.start("pc", {**attributes, "dataRefStart": name, "dataRefEnd": f"{name}-end"})


def _code_point(_number: int, character: int) -> str:
    return markup.element("cp", {"hex": f"{character:04X}"})
