"""Writes XLIFF 1.2 (OASIS Standard, 1 February 2008)."""

from collections.abc import Iterable, Iterator

from archive.desk.exchange import markup
from archive.desk.exchange.codes import encode
from archive.desk.exchange.identifiers import DESK, kind_of, language_tag, named, written_version
from archive.desk.exchange.units import Code, ExportedStory, MemoryMatch, Pieces, State, Unit

CORE = "urn:oasis:names:tc:xliff:document:1.2"
# `state` of a target; a draft is a suggestion that nobody has confirmed.
STATES: dict[State, dict[str, str]] = {
    "": {},
    "draft": {"state": "needs-translation", "state-qualifier": "mt-suggestion"},
    "stale": {"state": "needs-adaptation"},
    "translated": {"state": "translated"},
    "reviewed": {"state": "signed-off"},
    "final": {"state": "final"},
}
_KEEP = {"xml:space": "preserve"}


def write(stories: Iterable[ExportedStory]) -> bytes:
    """A document with a <file> for each story."""
    files = "".join(_file(story) for story in stories)
    root = {"version": "1.2", "xmlns": CORE}
    document = markup.element("xliff", root, "\n", files)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}\n'.encode()


def _file(story: ExportedStory) -> str:
    attributes = {
        "original": named(story.name, story.ref),
        "source-language": language_tag(story.source_language),
        "target-language": language_tag(story.target_language),
        "datatype": "html",
    }
    header = markup.element("header", {}, markup.element("note", {}, markup.text(story.title)))
    body = markup.element("body", {}, "\n", *(_unit(unit) for unit in story.units))
    return markup.element("file", attributes, "\n", header, "\n", body, "\n") + "\n"


def _unit(unit: Unit) -> str:
    attributes = {
        "id": unit.key,
        "restype": f"x-{unit.kind.replace('_', '-')}",
        "translate": "no" if unit.locked else "",
        "approved": "yes" if unit.state in ("reviewed", "final") else "",
        # The strict schema knows this attribute, and none of other namespaces.
        "extradata": written_version(unit.version),
        **_KEEP,
    }
    return markup.element("trans-unit", attributes, "\n", *(f"{p}\n" for p in _parts(unit))) + "\n"


def _parts(unit: Unit) -> Iterator[str]:
    yield markup.element("source", {}, inline(unit.source))
    # An empty target with a state would keep that state in tools that know none.
    if unit.target:
        yield markup.element("target", STATES[unit.state], inline(unit.target))
    if unit.previous:
        yield _alternative({"alttranstype": "previous-version"}, unit.previous, unit.target)
    for match in unit.matches:
        yield _match(match, unit)
    for text in filter(None, (unit.label, unit.locked)):
        yield markup.element("note", {"from": DESK}, markup.text(text))
    for note in unit.notes:
        yield markup.element("note", {"from": note.author or "editor"}, markup.text(note.text))


def _match(match: MemoryMatch, unit: Unit) -> str:
    source = encode(match.source, unit.markup, like=unit.source)
    target = encode(match.target, unit.markup, like=unit.source)
    attributes = {"match-quality": f"{match.quality}%", "origin": match.origin}
    return _alternative(attributes, source, target)


def _alternative(attributes: dict[str, str], source: Pieces, target: Pieces) -> str:
    return markup.element(
        "alt-trans",
        {**attributes, **_KEEP},
        markup.element("source", {}, inline(source)),
        markup.element("target", {}, inline(target)),
    )


def inline(pieces: Pieces) -> str:
    """Words and codes as the content of a <source> or <target>."""
    return "".join(
        markup.words(one, _code_point) if isinstance(one, str) else _code(one) for one in pieces
    )


def _code(code: Code) -> str:
    if code.kind == "close":
        return "</g>"
    attributes = {"id": code.id, "ctype": kind_of(code.tag)[0], "equiv-text": code.tag}
    return markup.start("g", attributes) if code.kind == "open" else markup.element("x", attributes)


def _code_point(number: int, character: int) -> str:
    return markup.element("x", {"id": f"u{character:04X}.{number}", "ctype": "x-codepoint"})
