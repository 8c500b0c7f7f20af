"""Word documents (DOCX and DOCM, whose macros are never run): parts, tables, paragraphs, words.

Read from their XML (ECMA-376, both the transitional and the strict names): libraries leave out text
boxes, notes and tracked changes. Changes are taken as accepted.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from archive.files.errors import FileError
from archive.files.packages import Package
from archive.files.xml import attribute, child, children, name_of
from archive.text.stored_messages import message as _

# What tracked changes took away, and what they put in.
DELETED = frozenset({"del", "movefrom", "deltext"})
INSERTED = frozenset({"ins", "moveto"})
# What is no text: properties, what programs read, and a drawing once more for older programs.
SILENT = frozenset(
    # "rt": how the words below it are read aloud.
    {"instrtext", "delinstrtext", "fallback", "prooferr", "rt", "sectpr", "tblgrid"}
)
_CHARACTERS = {
    **dict.fromkeys(("tab", "ptab"), "\t"),
    **dict.fromkeys(("br", "cr"), "\n"),
    "nobreakhyphen": "\u2011",
    "softhyphen": "\u00ad",
}


def is_word(names: list[str]) -> bool:
    """Whether a ZIP with members of these names is such a document."""
    return any(map(_is_main, names))


def _is_main(name: str) -> bool:
    return name.startswith("word/document") and name.endswith(".xml")


class WordDocument:
    """A document's body and the parts around it. Raises FileError for what is none."""

    def __init__(self, package: Package) -> None:
        self.package = package
        name = next(filter(_is_main, package.names), "")
        if not name:
            raise FileError(_("no Word document (DOCX); save it as one"))
        self.folder = PurePosixPath(name).parent
        self.body = child(package.xml(name), "body")
        self.targets = {one.id: one.target for one in package.relations(name)}

    def part(self, name: str) -> Element | None:
        """One of the parts beside the body: "styles", "comments"."""
        return self.package.xml(f"{self.folder}/{name}.xml")

    def margins(self) -> Iterator[Element]:
        """Running heads and feet."""
        for kind in ("header", "footer"):
            for name in self.package.names:
                path = PurePosixPath(name)
                is_one = path.parent == self.folder and path.stem.rstrip("0123456789") == kind
                if is_one and (part := self.package.xml(name)) is not None:
                    yield part

    def comments(self) -> list[Element]:
        return list(children(self.part("comments"), "comment"))


def blocks(container: Element | None) -> Iterator[Element]:
    """Paragraphs and tables, also those in content controls and other wrappers."""
    return _within(container, "p", "tbl")


def rows(table: Element) -> Iterator[Element]:
    """A table's own rows; not those of tables inside it."""
    return (row for row in _within(table, "tr", "tbl") if name_of(row) == "tr")


def cells(row: Element) -> Iterator[Element]:
    return _within(row, "tc")


def paragraphs(element: Element | None) -> Iterator[Element]:
    """The paragraphs within, those of text boxes left out."""
    return _within(element, "p")


def _within(element: Element | None, *names: str) -> Iterator[Element]:
    """The elements of these names that aren't in another of them."""
    for one in element if element is not None else ():
        name = name_of(one)
        if name in names:
            yield one
        elif not is_silent(name):
            yield from _within(one, *names)


def is_silent(name: str) -> bool:
    """Whether an element of that name holds nothing that is printed."""
    return name in DELETED or name in SILENT or name.endswith("pr")


def is_deleted(row: Element) -> bool:
    """Whether tracked changes have deleted the row."""
    return child(row, "trpr", "del") is not None


def runs_on(paragraph: Element) -> bool:
    """Whether tracked changes have joined the paragraph with the next."""
    return child(paragraph, "ppr", "rpr", "del") is not None


def characters(element: Element) -> str | None:
    """What an element of a run prints by itself; None for any other, which may hold more."""
    name = name_of(element)
    if name == "t":
        return element.text or ""
    return _symbol(element) if name == "sym" else _CHARACTERS.get(name)


def _symbol(element: Element) -> str:
    """A character of a symbol font: those of the private area mean nothing elsewhere."""
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    return "•" if 0xF000 <= code <= 0xF8FF or code > 0xFFFF else chr(code)
