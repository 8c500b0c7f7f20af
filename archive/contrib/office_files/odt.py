"""OpenDocument text, as LibreOffice and OpenOffice save it: ODT, and flat FODT.

Read from its XML (ISO/IEC 26300). Changes are taken as accepted.
"""

from collections.abc import Iterator
from contextlib import suppress
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
from archive.contrib.office_files.rich_text import DocumentLines, TextRun, table_kind
from archive.files.errors import FileError
from archive.files.packages import Package, part_names
from archive.files.xml import (
    attribute,
    children,
    decoded_base64,
    every,
    first,
    moment,
    name_of,
    root_name,
    words,
)
from archive.photos.file_names import is_picture
from archive.text.superscripts import Position

_NAMESPACE = b"urn:oasis:names:tc:opendocument"
# How far into a flat file the name of its name space may stand.
_HEAD = 8192
_TEXT_TYPE = b"application/vnd.oasis.opendocument.text"
# What was deleted, what is said in the margin, and what only programs read.
_LEFT_OUT = {
    *("tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "shapes"),
    *("variable-decls", "user-field-decls", "desc", "note-citation", "bookmark"),
}
_KINDS: dict[str, LineKind] = {
    "title": "headline",
    "subtitle": "standfirst",
    "quotations": "quote",
    **dict.fromkeys(("caption", "illustration", "figure", "drawing", "图"), "caption"),
}
# Styles are based on others; a circle among them would never end.
_DEEPEST = 12


class OdtFormat(DocumentFormat):
    id = "odt"
    name = gettext_lazy("OpenDocument text (ODT)")
    description = gettext_lazy(
        "A story as LibreOffice or OpenOffice save it: headings, lists, tables, notes, frames and "
        "pictures; tracked changes are taken as accepted."
    )
    suffixes = (".odt", ".ott", ".fodt")
    reads = "bytes"

    def recognises(self, source: SourceFile) -> bool:
        if _is_flat(source):
            return True
        if "content.xml" not in part_names(source.data):
            return False
        with suppress(FileError):
            return _TEXT_TYPE in Package(source.data).data("mimetype")
        return False

    def documents(self, source: SourceFile) -> Iterator[SourceDocument]:
        with refused_files():
            found = [*_Reader(source).documents()]
        yield from found


def _is_flat(source: SourceFile) -> bool:
    return root_name(source.data) == "document" and _NAMESPACE in source.data[:_HEAD]


class _Reader:
    def __init__(self, source: SourceFile) -> None:
        self.package = None if _is_flat(source) else Package(source.data)
        if self.package is None:
            self.roots = [source.xml()]
        else:
            names = ("content.xml", "styles.xml", "meta.xml")
            parts = (self.package.xml(name) for name in names)
            self.roots = [one for one in parts if one is not None]
        named = (one for root in self.roots for one in every(root, "style"))
        self.styles = {attribute(one, "name"): one for one in named}
        listed = (one for root in self.roots for one in every(root, "list-style"))
        self.lists = {attribute(one, "name"): one for one in listed}
        self.lines = DocumentLines()
        self.images: list[DocumentImage] = []
        self.boxes: list[Element] = []
        self.notes: list[Element] = []
        self.groups = 0

    def documents(self) -> Iterator[SourceDocument]:
        body = next((one for root in self.roots for one in every(root, "body")), None)
        self._blocks(first(body, "text"))
        for number, note in enumerate(list(self.notes), start=1):
            self.lines.add("text", f"[{number}] {self._words(note)}")
        masters = (one for root in self.roots for one in every(root, "master-page"))
        margins = (one for master in masters for one in every(master, "header", "footer"))
        self.lines.add_margins(map(self._words, margins))
        self.lines.struck += filter(None, map(self._words, every(body, "deletion")))
        self.lines.comments += map(self._words, every(body, "annotation"))
        return self.lines.documents(self._metadata())

    def _blocks(
        self,
        container: Element | None,
        kind: LineKind = "text",
        group: str = "",
        *,
        is_numbered: bool = False,
    ) -> None:
        for element in container if container is not None else ():
            name = name_of(element)
            if name in ("p", "h"):
                self._paragraph(element, kind, group, is_numbered=is_numbered)
            elif name == "list":
                # Of a list inside another the items are in that one here.
                is_counted = is_numbered if group else self._is_numbered(element)
                self.groups += not group
                inside = group or f"list-{self.groups}"
                self._blocks(element, "list_item", inside, is_numbered=is_counted)
            elif name == "table":
                self._table(element)
            elif name == "frame":
                self._frame(element)
                self._flush()
            elif name not in _LEFT_OUT:
                self._blocks(element, kind, group, is_numbered=is_numbered)

    def _is_numbered(self, items: Element) -> bool:
        """Whether a list counts its items, by its style or by that of its first paragraph."""
        style = attribute(items, "style-name")
        if not style:
            chain = self._chain(attribute(first(items, "p", "h"), "style-name"))
            names = (attribute(one, "list-style-name") for one in chain)
            style = next(filter(None, names), "")
        level = next(iter(self.lists.get(style, ())), None)
        return level is not None and name_of(level) == "list-level-style-number"

    def _paragraph(
        self, element: Element, kind: LineKind, group: str, *, is_numbered: bool = False
    ) -> None:
        style = attribute(element, "style-name")
        kind = self._kind(style) if kind == "text" else kind
        if name_of(element) == "h" and kind == "text":
            kind = "subhead"
        if kind == "headline" and any(one.kind == "headline" for one in self.lines.lines):
            kind = "subhead"
        look = self._look(style, TextRun(""))
        runs = list(self._runs(element, look)) if look else []
        if kind == "caption" and self.lines.images:
            group = self.lines.images[-1].name
        self.lines.add_paragraph(kind, runs, group=group, is_numbered=is_numbered)
        self._flush()

    def _flush(self) -> None:
        """The pictures and frames of a paragraph follow it."""
        images, self.images = self.images, []
        boxes, self.boxes = self.boxes, []
        for image in images:
            self.lines.add_image(image)
        for box in boxes:
            # A picture with its caption is a frame around both.
            self._blocks(box, "caption" if first(box, "image") is not None else "text")

    def _runs(self, element: Element, look: TextRun) -> Iterator[TextRun]:
        yield look.saying(_folded(element.text))
        for one in element:
            yield from self._inline(one, name_of(one), look)
            yield look.saying(_folded(one.tail))

    def _inline(self, one: Element, name: str, look: TextRun) -> Iterator[TextRun]:
        if name == "line-break":
            yield replace(look, text="\n")
        elif name in ("s", "tab"):
            yield replace(look, text=" ")
        elif name == "note":
            self.notes.append(one)
            yield replace(look, text=f"[{len(self.notes)}]")
        elif name == "frame":
            self._frame(one)
        elif name == "a" and (link := attribute(one, "href")):
            yield from self._runs(one, replace(look, link=link))
        elif name and name not in _LEFT_OUT:
            inner = self._look(attribute(one, "style-name"), look)
            if inner is None:
                self.lines.hidden.append(words(one))
            else:
                yield from self._runs(one, inner)

    def _frame(self, frame: Element) -> None:
        boxes = list(children(frame, "text-box"))
        self.boxes += boxes
        alt_text = words(next(children(frame, "desc"), None))
        alt_text = alt_text or words(next(children(frame, "title"), None))
        # The same picture may be given in several formats; the first is the best.
        image = next(children(frame, "image"), None)
        if next(children(frame, "object", "object-ole", "plugin", "applet"), None) is not None:
            self.lines.note_object()
        if image is None:
            return
        target = attribute(image, "href")
        data = decoded_base64(words(first(image, "binary-data")).replace(" ", ""))
        if self.package and not target.startswith(("http://", "https://")):
            data = self.package.data(target.removeprefix("./"))
        name = PurePosixPath(target).name or attribute(frame, "name") or "picture"
        known = {one.name for one in [*self.lines.images, *self.images]}
        while name in known:
            name += "#"
        if is_picture(data[:16]):
            self.images.append(DocumentImage(name, data=data, alt_text=alt_text))
        elif target.startswith(("http://", "https://")):
            self.images.append(DocumentImage(name, url=target, alt_text=alt_text))
        else:
            self.lines.note_picture(name, alt_text)

    def _table(self, table: Element) -> None:
        # What another cell spans is a cell without words.
        names = ("table-cell", "covered-table-cell")
        rows = [list(children(row, *names)) for row in _rows(table)]
        kind = table_kind([[list(map(words, every(one, "p", "h"))) for one in row] for row in rows])
        if kind in ("frame", "languages"):
            columns = zip(*rows, strict=True) if kind == "languages" else rows
            for cell in chain.from_iterable(columns):
                self._blocks(cell)
            return
        self.groups += 1
        for number, row in enumerate(rows):
            if kind == "record":
                told = (list(self._runs(one, TextRun(""))) for one in every(row[1], "p", "h"))
                self.lines.add_record_row(self._words(row[0]), told, is_first=not number)
                continue
            self.lines.add_row([self._words(cell) for cell in row], group=f"table-{self.groups}")
        self._flush()

    def _words(self, element: Element) -> str:
        comments = [one for one in every(element, "annotation") if one is not element]
        beside = {id(one) for comment in comments for one in comment.iter()}
        held = (one for one in every(element, "p", "h") if id(one) not in beside)
        runs = (self._runs(one, TextRun("")) for one in held)
        return " ".join(" ".join(map(self.lines.words_of, runs)).split())

    def _chain(self, style: str) -> Iterator[Element]:
        """A style and those that it is based on."""
        for _step in range(_DEEPEST):
            if (one := self.styles.get(style)) is None:
                return
            yield one
            style = attribute(one, "parent-style-name")

    def _kind(self, style: str) -> LineKind:
        # LibreOffice's own styles need not be written down where nobody changed them.
        names = [style, *(attribute(one, "parent-style-name") for one in self._chain(style))]
        for name in names:
            plain = name.replace("_20_", " ").lower()
            if plain.startswith("heading"):
                return "subhead"
            if kind := _KINDS.get(plain):
                return kind
        return "text"

    def _look(self, style: str, look: TextRun) -> TextRun | None:
        """How words of the style look; None for hidden ones."""
        found = [first(one, "text-properties") for one in self._chain(style)]
        if any(attribute(one, "display") == "none" for one in found):
            return None
        weight = next(filter(None, (attribute(one, "font-weight") for one in found)), "")
        position = next(filter(None, (attribute(one, "text-position") for one in found)), "")
        slant = next(filter(None, (attribute(one, "font-style") for one in found)), "")
        struck = next(filter(None, map(_line_through, found)), "")
        return replace(
            look,
            is_bold=_is_bold(weight) if weight else look.is_bold,
            is_italic=slant in ("italic", "oblique") if slant else look.is_italic,
            is_struck=struck != "none" if struck else look.is_struck,
            position=_position(position) if position else look.position,
        )

    def _metadata(self) -> DocumentMetadata:
        meta = next((one for root in self.roots for one in every(root, "meta")), None)
        keywords = (words(one) for one in every(meta, "keyword"))
        return DocumentMetadata(
            document_title=words(first(meta, "title")),
            keywords=tuple(filter(None, keywords)),
            modified=moment(words(first(meta, "date")))[0],
        )


def _line_through(properties: Element | None) -> str:
    """How words are struck out; "none" for not at all, "" where the style doesn't say."""
    names = ("text-line-through-style", "text-line-through-type")
    return next(filter(None, (attribute(properties, name) for name in names)), "")


def _is_bold(weight: str) -> bool:
    return weight == "bold" or (weight.isdigit() and int(weight) >= 600)


def _position(text: str) -> Position:
    """Of "super 58%", or of how much the line is raised: "-33% 58%"."""
    if text.startswith(("sub", "-")):
        return "subscript"
    return "" if text.startswith("0") else "superscript"


def _folded(text: str | None) -> str:
    """Line ends in the XML are white space; those of the text are elements."""
    return (text or "").replace("\n", " ")


def _rows(table: Element) -> Iterator[Element]:
    for one in table:
        if name_of(one) == "table-row":
            yield one
        elif name_of(one) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(one)
