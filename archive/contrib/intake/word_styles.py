"""What Word's styles make of a paragraph or run, by the built-in names that every language has."""

from dataclasses import replace
from xml.etree.ElementTree import Element

from archive.contrib.intake.documents import LineKind
from archive.contrib.intake.rich_text import TextRun
from archive.files.xml import attribute, child, children

_KINDS: dict[str, LineKind] = {
    "title": "headline",
    "subtitle": "standfirst",
    "caption": "caption",
    "quote": "quote",
    "intense quote": "quote",
    **dict.fromkeys((f"heading {level}" for level in range(1, 10)), "subhead"),
}
# Styles are based on others; a circle among them would never end.
_DEEPEST = 12


class WordStyles:
    """The styles of a document; without any, every paragraph is plain text."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {attribute(one, "styleid"): one for one in children(root, "style")}

    def kind(self, style: str) -> LineKind:
        """By the first style of the chain that says something."""
        for one in self._chain(style):
            if kind := _KINDS.get(attribute(child(one, "name"), "val").lower()):
                return kind
            level = attribute(child(one, "ppr", "outlinelvl"), "val")
            if level.isdigit() and int(level) < len("123456789"):
                return "subhead"
        return "text"

    def list_of(self, style: str) -> str:
        """The number of the list that paragraphs of the style belong to; "" if none."""
        numbers = (
            attribute(child(one, "ppr", "numpr", "numid"), "val") for one in self._chain(style)
        )
        return next(filter(None, numbers), "")

    def is_bold(self, style: str) -> bool:
        marks = (child(one, "rpr", "b") for one in self._chain(style))
        return next((_is_on(mark) for mark in marks if mark is not None), False)

    def look(self, properties: Element | None, look: TextRun) -> TextRun | None:
        """How a run looks; None for one that is hidden."""
        if _is_on(child(properties, "vanish")):
            return None
        style = attribute(child(properties, "rstyle"), "val")
        places = [properties, *(child(one, "rpr") for one in self._chain(style))]
        bold = _first("b", places)
        italic = _first("i", places)
        return replace(
            look,
            is_bold=look.is_bold if bold is None else bold,
            is_italic=look.is_italic if italic is None else italic,
        )

    def _chain(self, style: str) -> list[Element]:
        """A style and those that it is based on."""
        found: list[Element] = []
        while (one := self._styles.get(style)) is not None and len(found) < _DEEPEST:
            found.append(one)
            style = attribute(child(one, "basedon"), "val")
        return found


class WordLists:
    """The lists of a document by their numbers, as `numbering.xml` has them."""

    def __init__(self, root: Element | None) -> None:
        # By the first level: of a list inside another the items are in that one here.
        forms = {
            attribute(one, "abstractnumid"): attribute(child(one, "lvl", "numfmt"), "val")
            for one in children(root, "abstractnum")
        }
        self._forms = {
            attribute(one, "numid"): forms.get(attribute(child(one, "abstractnumid"), "val"), "")
            for one in children(root, "num")
        }

    def is_numbered(self, number: str) -> bool:
        """Whether the list of that number counts its items."""
        return self._forms.get(number, "") not in ("", "bullet", "none")


def _first(name: str, places: list[Element | None]) -> bool | None:
    marks = (child(place, name) for place in places)
    return next((_is_on(mark) for mark in marks if mark is not None), None)


def _is_on(mark: Element | None) -> bool:
    """Word's switches are on without a value."""
    return mark is not None and attribute(mark, "val").lower() not in ("0", "false", "off", "none")
