"""Word's own format since 2007, as a story's lines; `archive.files.docx` says how it is read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.contrib.intake.documents import (
    DocumentImage,
    DocumentMetadata,
    LineKind,
    SourceDocument,
    from_lines,
)
from archive.contrib.intake.formats.document_format import DocumentFormat
from archive.contrib.intake.markup_lines import MarkupLines
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.rich_text import TextRun, keywords_of, rich_lines
from archive.contrib.intake.sources import SourceFile, refused_files
from archive.contrib.intake.word_styles import WordLists, WordStyles
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
from archive.photos.signatures import is_picture

# A page's frame rather than a table: cells of so many paragraphs.
_LAYOUT_CELL = 3


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
            document = _Reader(WordDocument(Package(source.data))).document()
        yield document


# Of a printed line's own making.
_PLAIN = {ord("\t"): " ", ord("\u00ad"): None}
# What the groups of lists' items begin with; the list's number follows.
_LIST = "list-"


class _Reader:
    def __init__(self, file: WordDocument) -> None:
        self.file = file
        self.styles = WordStyles(file.part("styles"))
        self.lists = WordLists(file.part("numbering"))
        self.lines = MarkupLines()
        self.notes: list[tuple[str, str]] = []
        self.boxes: list[Element] = []
        self.pictures: list[DocumentImage] = []
        self.tables = 0

    def document(self) -> SourceDocument:
        self._blocks(self.file.body)
        self._notes()
        self._margins()
        self._comments()
        if not self.lines.lines:
            raise IntakeError(_("the document holds no words; is the story a picture in it?"))
        text, lines = from_lines(self.lines.lines)
        notes = tuple(self.lines.notes)
        return SourceDocument(text, lines, self._metadata(), tuple(self.lines.images), notes)

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
        for line in rich_lines(runs):
            # A heading is bold by its style; that is no emphasis within it.
            markup = "" if kind in ("headline", "subhead") else line.markup
            is_numbered = kind == "list_item" and self.lists.is_numbered(group.removeprefix(_LIST))
            self.lines.add(kind, line.text, markup=markup, group=group, is_numbered=is_numbered)
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
            if is_silent(name):
                continue
            if name == "r":
                look_of_run = self.styles.look(child(one, "rpr"), look)
                if look_of_run is None:
                    self._note(_("Hidden text was left out."))
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
                yield replace(look, text=text.translate(_PLAIN))
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
                note = _("A picture of a kind that can't be shown was left out: %(name)s")
                self._note(note % {"name": PurePosixPath(target).name or "?"})
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
        held = [list(cells(row)) for row in rows(table) if not is_deleted(row)]
        is_layout = len(held) < 2 or max(map(len, held), default=0) < 2
        is_layout = is_layout or any(
            len(list(paragraphs(cell))) >= _LAYOUT_CELL for row in held for cell in row
        )
        if is_layout:
            for row in held:
                for cell in row:
                    self._blocks(cell)
            return
        self.tables += 1
        for row in held:
            self.lines.add_row([*map(self._cell, row)], group=f"table-{self.tables}")
        pictures, self.pictures = self.pictures, []
        for picture in pictures:
            self.lines.add_image(picture)
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self._blocks(box)

    def _cell(self, cell: Element) -> str:
        texts = (self._runs(one, TextRun("")) for one in paragraphs(cell))
        return " ".join("".join(run.text for run in runs) for runs in texts)

    def _notes(self) -> None:
        """The words of footnotes and endnotes, below the story."""
        parts = {name: self.file.part(name) for name, _n in self.notes}
        for number, (part, id_) in enumerate(list(self.notes), start=1):
            for note in children(parts[part], "footnote", "endnote"):
                if attribute(note, "id") == id_:
                    text = " ".join(self._cell(note).split())
                    self.lines.add("text", f"[{number}] {text}")

    def _margins(self) -> None:
        """Running heads and feet may hold the paper's name and date; page numbers don't."""
        seen = {line.text for line in self.lines.lines}
        for margin in self.file.margins():
            for text in dict.fromkeys(map(self._words, paragraphs(margin))):
                if text not in seen:
                    seen.add(text)
                    has_words = any(one.isalpha() for one in text)
                    self.lines.add("text" if has_words else "furniture", text)
        self.pictures, self.boxes = [], []

    def _words(self, paragraph: Element) -> str:
        return " ".join("".join(run.text for run in self._runs(paragraph, TextRun(""))).split())

    def _comments(self) -> None:
        if count := len(self.file.comments()):
            note = _("Comments in the margin were left out: %(count)d.")
            self._note(note % {"count": count})

    def _note(self, text: str) -> None:
        if text not in self.lines.notes:
            self.lines.notes.append(text)

    def _metadata(self) -> DocumentMetadata:
        core = self.file.package.xml("docProps/core.xml")
        said = {name_of(one): words(one) for one in core if one.text} if core is not None else {}
        return DocumentMetadata(
            document_title=said.get("title", ""),
            keywords=keywords_of(said.get("keywords", "")),
            modified=_moment(said.get("modified", "")),
        )


def _moment(text: str) -> datetime | None:
    return moment(text)[0]


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
