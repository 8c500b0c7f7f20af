"""Rich Text Format, which nearly every word processor and old newsroom system writes."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.contrib.intake.documents import (
    DocumentImage,
    DocumentMetadata,
    SourceDocument,
    from_lines,
)
from archive.contrib.intake.formats.document_format import DocumentFormat
from archive.contrib.intake.markup_lines import MarkupLines
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.rich_text import keywords_of, rich_lines
from archive.contrib.intake.rtf_reader import RtfParagraph, RtfText, paragraphs_with_rows, read_rtf
from archive.contrib.intake.sources import SourceFile
from archive.photos.signatures import is_picture


class RtfFormat(DocumentFormat):
    id = "rtf"
    name = gettext_lazy("Rich Text Format (RTF)")
    description = gettext_lazy(
        "A story as word processors and old newsroom systems save it: emphasis, tables, notes and "
        "pictures, in any code page."
    )
    suffixes = (".rtf",)
    reads = "bytes"

    def recognises(self, source: SourceFile) -> bool:
        return source.head.startswith(b"{\\rtf")

    def documents(self, source: SourceFile) -> Iterator[SourceDocument]:
        found = read_rtf(source.data)
        lines = MarkupLines()
        for number, paragraphs in enumerate(paragraphs_with_rows(found), start=1):
            _add(lines, paragraphs, f"table-{number}")
        for number, note in enumerate(found.notes, start=1):
            lines.add("text", f"[{number}] {note}")
        _add_margins(lines, found)
        if not lines.lines:
            raise IntakeError(_("the document holds no words; is the story a picture in it?"))
        text, placed = from_lines(lines.lines)
        notes = (*lines.notes, *_notes(found))
        yield SourceDocument(text, placed, _metadata(found), tuple(lines.images), notes)


def _add(lines: MarkupLines, paragraphs: list[RtfParagraph], row: str) -> None:
    cells = sum(one.is_cell for one in paragraphs)
    if cells > 1:
        before = lines.lines[-1] if lines.lines else None
        group = before.group if before and before.kind == "table_row" else row
        lines.add_row(list(_cells(paragraphs)), group=group)
    else:
        for paragraph in paragraphs:
            for line in rich_lines(paragraph.runs):
                lines.add("text", line.text, markup=line.markup)
    for data in (picture for one in paragraphs for picture in one.pictures):
        name = f"picture-{len(lines.images) + 1}"
        if is_picture(data[:16]):
            lines.add_image(DocumentImage(name, data=data))
        else:
            note = _("A picture of a kind that can't be shown was left out: %(name)s")
            lines.notes.append(note % {"name": name})


def _cells(paragraphs: list[RtfParagraph]) -> Iterator[str]:
    text: list[str] = []
    for one in paragraphs:
        text += [run.text for run in one.runs]
        if one.is_cell:
            yield "".join(text)
            text = []
        else:
            text.append(" ")
    if "".join(text).strip():
        yield "".join(text)


def _add_margins(lines: MarkupLines, found: RtfText) -> None:
    """Running heads and feet may hold the paper's name and date; page numbers don't."""
    seen = {line.text for line in lines.lines}
    for text in dict.fromkeys(" ".join(one.split()) for one in found.margins):
        if text not in seen:
            lines.add("text" if any(map(str.isalpha, text)) else "furniture", text)


def _notes(found: RtfText) -> Iterator[str]:
    if found.has_hidden:
        yield _("Hidden text was left out.")
    if found.has_comments:
        yield _("Comments in the margin were left out.")


def _metadata(found: RtfText) -> DocumentMetadata:
    return DocumentMetadata(
        document_title=found.info.get("title", ""),
        keywords=keywords_of(found.info.get("keywords", "")),
    )
