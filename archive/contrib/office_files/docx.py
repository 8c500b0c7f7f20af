"""Word's own format since 2007, as a story's lines; `archive.files.docx` says how it is read."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from django.utils.translation import gettext_lazy

from archive.contrib.intake.documents import (
    DocumentImage,
    DocumentMetadata,
    LineKind,
    SourceDocument,
)
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.sources import SourceFile, refused_files
from archive.contrib.office_files.rich_text import (
    DocumentLines,
    TextRun,
    keywords_of,
    table_kind,
)
from archive.files.docx import (
    WordDocument,
    blocks,
    cells,
    characters,
    is_deleted,
    is_silent,
    is_word,
    paragraphs,
    rows,
    runs_on,
)
from archive.files.packages import Package, part_names
from archive.files.xml import attribute, child, children, every, first, moment, name_of, words
from archive.photos.file_names import is_picture
from archive.text.superscripts import Position

_KINDS: dict[str, LineKind] = {
    "title": "headline",
    "subtitle": "standfirst",
    "caption": "caption",
    "quote": "quote",
    "intense quote": "quote",
    **dict.fromkeys((f"heading {level}" for level in range(1, 10)), "subhead"),
}
# As many as a table of Word's can have.
_MOST_COLUMNS = 63
_POSITIONS: dict[str, Position] = {"superscript": "superscript", "subscript": "subscript"}
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
        struck = [_first(name, places) for name in ("strike", "dstrike")]
        positions = (attribute(child(place, "vertalign"), "val") for place in places)
        position = next(filter(None, positions), "")
        return replace(
            look,
            is_bold=look.is_bold if bold is None else bold,
            is_italic=look.is_italic if italic is None else italic,
            is_struck=any(struck) or (look.is_struck and struck == [None, None]),
            position=_POSITIONS.get(position, "") if position else look.position,
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


class DocxFormat(DocumentFormat):
    id = "docx"
    name = gettext_lazy("Word document (DOCX)")
    description = gettext_lazy(
        "A story as Word, WPS or Pages save it: headings, lists, tables, notes, text boxes and "
        "pictures; tracked changes are taken as accepted."
    )
    suffixes = (".docx", ".docm", ".dotx")
    reads = "bytes"

    def recognises(self, source: SourceFile) -> bool:
        return is_word(part_names(source.data))

    def documents(self, source: SourceFile) -> Iterator[SourceDocument]:
        with refused_files():
            found = [*_Reader(WordDocument(Package(source.data))).documents()]
        yield from found


# Of a printed line's own making.
_PLAIN = {ord("\t"): " ", ord("\u00ad"): None}
# In a drawing: another program's document, a chart, a diagram.
_OBJECTS = ("oleobject", "chart", "relids")
# What the groups of lists' items begin with; the list's number follows.
_LIST = "list-"


class _Reader:
    def __init__(self, file: WordDocument) -> None:
        self.file = file
        self.styles = WordStyles(file.part("styles"))
        self.lists = WordLists(file.part("numbering"))
        self.lines = DocumentLines()
        self.notes: list[tuple[str, str]] = []
        self.boxes: list[Element] = []
        self.pictures: list[DocumentImage] = []
        self.tables = 0

    def documents(self) -> Iterator[SourceDocument]:
        self._blocks(self.file.body)
        if first(self.file.body, "altchunk") is not None:
            self.lines.note_object()
        self._notes()
        margins = (one for part in self.file.margins() for one in paragraphs(part))
        self.lines.add_margins(map(self._words, margins))
        self.lines.comments += map(self._cell, self.file.comments())
        return self.lines.documents(self._metadata())

    def _blocks(self, container: Element | None) -> None:
        joined: list[Element] = []
        for element in blocks(container):
            if name_of(element) == "tbl":
                self._table(element)
                continue
            joined.append(element)
            if not runs_on(element):
                self._paragraph(joined)
                joined = []
        if joined:
            self._paragraph(joined)

    def _paragraph(self, elements: list[Element]) -> None:
        """A paragraph, or several that tracked changes have joined: the last says what it is."""
        kind, is_bold, group = self._kind(child(elements[-1], "ppr"))
        look = TextRun("", is_bold)
        runs = [run for element in elements for run in self._runs(element, look)]
        pictures, self.pictures = self.pictures, []
        boxes, self.boxes = self.boxes, []
        if kind == "caption" and self.lines.images:
            group = self.lines.images[-1].name
        is_numbered = kind == "list_item" and self.lists.is_numbered(group.removeprefix(_LIST))
        self.lines.add_paragraph(kind, runs, group=group, is_numbered=is_numbered)
        for picture in pictures:
            self.lines.add_image(picture)
        for box in boxes:
            self._blocks(box)

    def _kind(self, properties: Element | None) -> tuple[LineKind, bool, str]:
        """What a paragraph is by its style and numbering: kind, bold by style, group."""
        style = attribute(child(properties, "pstyle"), "val")
        kind = self.styles.kind(style)
        if kind == "headline" and any(one.kind == "headline" for one in self.lines.lines):
            kind = "subhead"
        if attribute(child(properties, "outlinelvl"), "val") in tuple("012345") and kind == "text":
            kind = "subhead"
        number = attribute(child(properties, "numpr", "numid"), "val") or self.styles.list_of(style)
        if kind == "text" and number not in ("", "0"):
            return "list_item", False, f"{_LIST}{number}"
        return kind, self.styles.is_bold(style), ""

    def _runs(self, element: Element, look: TextRun) -> Iterator[TextRun]:
        """The words below an element in order; pictures, boxes and notes are put by."""
        for one in element:
            name = name_of(one)
            if name == "del":
                yield replace(look, text=_deleted(one), is_struck=True)
            if is_silent(name):
                continue
            if name == "r":
                look_of_run = self.styles.look(child(one, "rpr"), look)
                if look_of_run is None:
                    self.lines.hidden.append("".join(characters(part) or "" for part in one))
                else:
                    yield from self._run(one, look_of_run)
            elif name == "hyperlink":
                link = self.file.targets.get(attribute(one, "id"), "")
                yield from self._runs(one, replace(look, link=link))
            else:
                yield from self._runs(one, look)

    def _run(self, run: Element, look: TextRun) -> Iterator[TextRun]:
        for one in run:
            name = name_of(one)
            if (text := characters(one)) is not None:
                yield look.saying(text.translate(_PLAIN))
            elif name in ("footnotereference", "endnotereference"):
                yield replace(look, text=self._note_mark(name, attribute(one, "id")))
            elif name == "ruby":
                yield from self._runs(one, look)
            elif not is_silent(name):
                self._put_by(one)

    def _note_mark(self, name: str, number: str) -> str:
        part = "footnotes" if name.startswith("foot") else "endnotes"
        self.notes.append((part, number))
        return f"[{len(self.notes)}]"

    def _put_by(self, element: Element) -> None:
        """The pictures and text boxes of a drawing, which follow the paragraph."""
        boxes = list(_outermost_boxes(element))
        self.boxes += boxes
        if first(element, *_OBJECTS) is not None:
            self.lines.note_object()
        inside = {id(inner) for box in boxes for inner in box.iter()}
        alt_text = attribute(first(element, "docpr"), "descr")
        alt_text = alt_text or attribute(first(element, "shape"), "alt")
        for one in every(element, "blip", "imagedata"):
            if id(one) not in inside and not _is_fallback(element, one):
                link = attribute(one, "embed") or attribute(one, "link") or attribute(one, "id")
                self._picture(self.file.targets.get(link, ""), alt_text)

    def _picture(self, target: str, alt_text: str) -> None:
        if target.startswith(("http://", "https://")):
            image = DocumentImage(self._picture_name(target), url=target, alt_text=alt_text)
        else:
            data = self.file.package.data(target)
            if not is_picture(data[:16]):
                self.lines.note_picture(PurePosixPath(target).name or "?", alt_text)
                return
            image = DocumentImage(self._picture_name(target), data=data, alt_text=alt_text)
        self.pictures.append(image)

    def _picture_name(self, target: str) -> str:
        name = PurePosixPath(target).name
        known = {one.name for one in [*self.lines.images, *self.pictures]}
        number = 2
        unique = name
        while unique in known:
            unique, number = f"{name}#{number}", number + 1
        return unique

    def _table(self, table: Element) -> None:
        every_row = list(rows(table))
        self.lines.struck += filter(None, (_deleted(row) for row in every_row if is_deleted(row)))
        held = [list(cells(row)) for row in every_row if not is_deleted(row)]
        kind = table_kind([[list(map(words, paragraphs(cell))) for cell in row] for row in held])
        if kind in ("frame", "languages"):
            columns = zip(*held, strict=True) if kind == "languages" else held
            for cell in chain.from_iterable(columns):
                self._blocks(cell)
            return
        self.tables += 1
        for number, row in enumerate(held):
            if kind == "record":
                told = (list(self._runs(one, TextRun(""))) for one in paragraphs(row[1]))
                self.lines.add_record_row(self._cell(row[0]), told, is_first=not number)
                continue
            texts = [text for cell in row for text in self._columns(cell)]
            self.lines.add_row(texts, group=f"table-{self.tables}")
        pictures, self.pictures = self.pictures, []
        for picture in pictures:
            self.lines.add_image(picture)
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self._blocks(box)

    def _columns(self, cell: Element) -> list[str]:
        """A cell's words, and "" for each further column that it spans."""
        span = attribute(child(cell, "tcpr", "gridspan"), "val")
        width = min(int(span[:9]), _MOST_COLUMNS) if span.isdecimal() else 1
        return [self._cell(cell), *[""] * (width - 1)]

    def _cell(self, cell: Element) -> str:
        return " ".join(map(self._words, paragraphs(cell)))

    def _notes(self) -> None:
        """The words of footnotes and endnotes, below the story."""
        parts = {name: self.file.part(name) for name, _n in self.notes}
        for number, (part, id_) in enumerate(list(self.notes), start=1):
            for note in children(parts[part], "footnote", "endnote"):
                if attribute(note, "id") == id_:
                    text = " ".join(self._cell(note).split())
                    self.lines.add("text", f"[{number}] {text}")

    def _words(self, paragraph: Element) -> str:
        return self.lines.words_of(self._runs(paragraph, TextRun("")))

    def _metadata(self) -> DocumentMetadata:
        core = self.file.package.xml("docProps/core.xml")
        said = {name_of(one): words(one) for one in core if one.text} if core is not None else {}
        return DocumentMetadata(
            document_title=said.get("title", ""),
            keywords=keywords_of(said.get("keywords", "")),
            modified=moment(said.get("modified", ""))[0],
        )


def _deleted(element: Element) -> str:
    """The words of what tracked changes have taken away."""
    return "".join(one.text or "" for one in every(element, "t", "deltext"))


def _outermost_boxes(element: Element) -> Iterator[Element]:
    for one in element:
        name = name_of(one)
        if name == "txbxcontent":
            yield one
        elif name != "fallback":
            yield from _outermost_boxes(one)


def _is_fallback(root: Element, wanted: Element) -> bool:
    """Word says the same drawing again for old programs."""
    return any(one is wanted for old in every(root, "fallback") for one in old.iter())
