"""PDF with a text layer: words by their places on the pages. Scans are refused."""

import io
import logging
import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, ngettext

from archive.contrib.intake.documents import (
    DocumentImage,
    DocumentMetadata,
    SourceDocument,
    from_lines,
)
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.records import IntakeError, from_extra
from archive.contrib.intake.sources import SourceFile
from archive.contrib.office_files.pdf_layout import PdfPage, PdfPiece, PdfText, read_layout
from archive.contrib.office_files.rich_text import DocumentLines, keywords_of
from archive.photos.file_names import is_picture
from archive.text.stored_messages import message as _

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

logger = logging.getLogger(__name__)

_MOST_PAGES = 100
# A page with fewer letters is a scan with a stamp on it.
_LEAST_LETTERS = 20
# Letters that a font doesn't name: a sign that the words can't be read.
_MOST_UNKNOWN = 0.2
_MOST_PICTURES = 40
# Smaller ones, in pixels, are rules and logos.
_LEAST_PICTURE = 40
_ITALIC = ("italic", "oblique", "kaiti", "楷")
# Words of so many letters are several without the space between them.
_LONG_WORD = re.compile(r"[A-Za-z]{24}")
_MANY_LONG = 3
_BOLD = ("bold", "black", "heavy", "semib", "demi")
# A headline is so much larger than the text.
_HEADLINE = 1.35


class PdfFormat(DocumentFormat):
    id = "pdf"
    name = gettext_lazy("PDF with text")
    description = gettext_lazy(
        "A story on pages: columns, running heads and divided words are put right as far as they "
        "can be told. A scan needs text recognition (OCR) first."
    )
    suffixes = (".pdf",)
    reads = "bytes"

    def recognises(self, source: SourceFile) -> bool:
        return source.head.startswith(b"%PDF-") or b"%PDF-" in source.data[:1024]

    def documents(self, source: SourceFile) -> Iterator[SourceDocument]:
        reader = _opened(source.data)
        pages = list(reader.pages)
        found = read_layout(_page(page) for page in pages)
        _check_words(found, pages)
        lines = _lines(found)
        _add_pictures(lines, pages)
        lines.notes += _notes(found)
        text, placed = from_lines(lines.lines)
        notes = tuple(lines.notes)
        yield SourceDocument(text, placed, _metadata(reader), tuple(lines.images), notes)


def _opened(data: bytes) -> "PdfReader":
    """Raises IntakeError for what is damaged, protected or too long."""
    with from_extra("office-files"):
        # Of the extra "intake": only who imports PDF needs it.
        from pypdf import PasswordType, PdfReader
        from pypdf.errors import DependencyError, PyPdfError
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise IntakeError(_("protected by a password; open it, print it to a new PDF"))
        count = len(reader.pages)
    except DependencyError as error:
        raise IntakeError(_("protected by a password; open it, print it to a new PDF")) from error
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        reason = _("the PDF is damaged or cut off (%(error)s); copy it again or print it anew")
        raise IntakeError(reason % {"error": error}) from error
    if count > _MOST_PAGES:
        reason = _("%(count)d pages are more than a story has; split the PDF")
        raise IntakeError(reason % {"count": count})
    return reader


def _page(page: "PageObject") -> PdfPage:
    pieces: list[PdfPiece] = []

    def visit(text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
            height = abs(float(size)) * scale or 10
            name = str((font or {}).get("/BaseFont", "")).lower()
            is_bold = any(word in name for word in _BOLD)
            is_italic = any(word in name for word in _ITALIC)
            for number, line in enumerate(text.strip("\n").split("\n")):
                below = y - number * height * 1.2
                pieces.append(PdfPiece(x, below, height, line, is_bold, is_italic))

    box = page.mediabox
    try:
        page.extract_text(visitor_text=visit)
    except Exception as error:  # One page's damage doesn't lose the others.
        logger.warning("A page of a PDF can't be read: %r", error)
    return PdfPage(float(box.width), float(box.height), tuple(pieces))


def _check_words(found: PdfText, pages: list["PageObject"]) -> None:
    letters = "".join(one.text for one in found.paragraphs)
    if len(letters) < _LEAST_LETTERS * min(len(pages), 2):
        reason = _(
            "it has no text, only pictures of pages (a scan); have the text recognised (OCR) with "
            "a program such as OCRmyPDF, then import it"
        )
        raise IntakeError(reason)
    unknown = sum("\ue000" <= one <= "\uf8ff" or one == "\ufffd" for one in letters)
    unknown += letters.count("(cid:") * 6 + sum(ord(one) < 32 for one in letters)
    if unknown > len(letters) * _MOST_UNKNOWN:
        reason = _(
            "its fonts don't say which letters they show, so that the text can't be read; have it "
            "recognised (OCR) with a program such as OCRmyPDF"
        )
        raise IntakeError(reason)


def _lines(found: PdfText) -> DocumentLines:
    """The largest words at the top are the headline; the rest the layout decides."""
    lines = DocumentLines()
    largest = max((one.size for one in found.paragraphs), default=0.0)
    has_headline = largest > found.body_size * _HEADLINE
    for paragraph in found.paragraphs:
        is_headline = has_headline and paragraph.size == largest
        if is_headline and all(one.kind != "headline" for one in lines.lines):
            lines.add("headline", paragraph.text)
        else:
            markup = f"<b>{_escaped(paragraph.text)}</b>" if paragraph.is_bold else ""
            lines.add("text", paragraph.text, markup=markup)
    for text in dict.fromkeys(found.heads):
        # With a date in it a running head says what the paper is.
        has_date = any(map(str.isalpha, text)) and any(one in text for one in ("19", "20"))
        lines.add("text" if has_date else "furniture", text)
    return lines


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _notes(found: PdfText) -> Iterator[str]:
    if found.joined:
        message = ngettext(
            "%(count)d word divided at a line's end was joined: check its hyphen.",
            "%(count)d words divided at line ends were joined: check their hyphens.",
            found.joined,
        )
        yield message % {"count": found.joined}
    letters = " ".join(one.text for one in found.paragraphs)
    if len(_LONG_WORD.findall(letters)) >= _MANY_LONG:
        yield _("Spaces between words seem to be missing in the PDF: check the text.")
    if found.has_columns:
        yield _("The page has columns: check the order of the paragraphs.")
    largest = max((one.size for one in found.paragraphs), default=0.0)
    heads = [one for one in found.paragraphs if one.size > found.body_size * _HEADLINE]
    if sum(one.size > largest * 0.7 for one in heads) > 2:
        yield _("There are several headlines: is it more than one story?")


def _add_pictures(lines: DocumentLines, pages: list["PageObject"]) -> None:
    """At the end: a PDF doesn't say where in the story a picture belongs."""
    for page in pages:
        try:
            for image in page.images:
                if len(lines.images) >= _MOST_PICTURES:
                    return
                name = f"picture-{len(lines.images) + 1}"
                if is_picture(image.data[:16]) and _is_large(image.image):
                    lines.add_image(DocumentImage(name, data=image.data))
        except Exception as error:  # Of many kinds, from pypdf and Pillow.
            logger.warning("A picture of a PDF can't be read: %r", error)
            lines.note_picture(f"picture-{len(lines.images) + 1}")


def _is_large(image: Any) -> bool:
    return image is not None and min(image.size) >= _LEAST_PICTURE


def _metadata(reader: "PdfReader") -> DocumentMetadata:
    try:
        said = reader.metadata
        if said is None:
            return DocumentMetadata()
        return DocumentMetadata(
            document_title=said.title or "",
            keywords=keywords_of(str(said.get("/Keywords", ""))),
            modified=said.modification_date,
        )
    except ValueError:  # A date that is none.
        return DocumentMetadata()
