"""Files that are known and can't be read as stories: each is refused with the way out."""

import re
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from archive.contrib.intake.formats.base import SourceFormat
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.sources import SourceFile
from archive.files.packages import part_names
from archive.files.zip import SIGNATURE
from archive.photos.file_names import is_picture

# Microsoft's compound file: Word, Excel, PowerPoint and Outlook before XML, and protected files.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS_DOCX = gettext_lazy(
    "a Word document of before 2007 (.doc); open it in Word, WPS or LibreOffice and save it as "
    ".docx"
)
_PACKED = re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ\x00|MSCF\x00")
_SOUND = re.compile(
    rb"ID3[^ -~]|OggS\x00|fLaC\x00|\x1aE\xdf\xa3|RIFF....(?:WAVE|AVI )|....ftyp|\xff\xfb", re.DOTALL
)
_PROGRAM = re.compile(rb"MZ[^ -~\r\n]|\x7fELF|\xca\xfe\xba\xbe")
_OTHER_WORD = re.compile(rb"\xffWPC|\xdb\xa5-|\x31\xbe\x00\x00|\xfe\x37\x00")


def _is_compound(name: str) -> Callable[[SourceFile], bool]:
    """Whether it is a compound file that holds a stream of that name, which is in UTF-16."""
    wanted = name.encode("utf-16-le")
    return lambda source: source.data.startswith(_COMPOUND) and wanted in source.data


def _begins(pattern: re.Pattern[bytes]) -> Callable[[SourceFile], bool]:
    return lambda source: bool(pattern.match(source.data))


def _holds(part: str) -> Callable[[SourceFile], bool]:
    """Whether it is a document kept as a ZIP with a part whose name begins so."""
    return lambda source: any(name.startswith(part) for name in part_names(source.data))


# Where the app that reads them is left out.
_OF_NO_APP = gettext_lazy(
    "a word processor's document or a PDF, which no app of this site reads; save its text as .txt"
)

_REASONS: tuple[tuple[Callable[[SourceFile], bool], str | Promise], ...] = (
    (
        _is_compound("EncryptedPackage"),
        gettext_lazy("protected by a password; open it, take the protection off and save it"),
    ),
    (
        _is_compound("__substg1.0_"),
        gettext_lazy("an Outlook message (.msg); save it from Outlook as .eml, or as text"),
    ),
    (_is_compound("WordDocument"), _SAVE_AS_DOCX),
    (_is_compound("Workbook"), gettext_lazy("an Excel table (.xls); save it as CSV (UTF-8)")),
    (
        _is_compound("PowerPoint Document"),
        gettext_lazy("a presentation (.ppt); save its text as .txt or .docx"),
    ),
    (
        lambda source: source.data.startswith(_COMPOUND),
        gettext_lazy("a file of an old Office program; save the story as .docx"),
    ),
    (_begins(_OTHER_WORD), gettext_lazy("a file of an old word processor; save it as .docx")),
    (_holds("word/document"), _OF_NO_APP),
    (_holds("xl/"), gettext_lazy("an Excel table that no app here reads; save it as CSV (UTF-8)")),
    (_holds("ppt/"), gettext_lazy("a presentation (.pptx); save its text as .txt or .docx")),
    (_holds("Index/"), gettext_lazy("a Pages document; export it from Pages as Word (.docx)")),
    (_holds("META-INF/container.xml"), gettext_lazy("an e-book (EPUB); save its story as text")),
    (
        lambda source: source.data.startswith(SIGNATURE),
        gettext_lazy(
            "a document or ZIP that is damaged, cut off or of an unknown kind; open it in its own "
            "program and save it as .docx"
        ),
    ),
    (
        lambda source: is_picture(source.data[:16]),
        gettext_lazy("a picture, not a text; type the story, or have its text recognised (OCR)"),
    ),
    (_begins(re.compile(rb"%PDF-|\{\\rtf")), _OF_NO_APP),
    (_begins(_PACKED), gettext_lazy("a packed file of another kind; unpack it, or pack it as ZIP")),
    (_begins(_SOUND), gettext_lazy("a sound or film, not a text")),
    (_begins(_PROGRAM), gettext_lazy("a program, not a text")),
)


class RefusedFile(SourceFormat):
    """Never gives a story; says of a file what it is and what to do with it."""

    id = "refused"
    name = gettext_lazy("files that can't be read")
    description = gettext_lazy(
        "Old Word and Excel files, Outlook messages, presentations, pictures and packed files: "
        "the message says how to save them."
    )
    suffixes = ()
    reads = "bytes"

    def recognises(self, source: SourceFile) -> bool:
        return _reason(source) is not None

    def parse(self, source: SourceFile, language: str | None = None) -> list[ParsedArticle]:
        raise IntakeError(_reason(source))


def _reason(source: SourceFile) -> str | Promise | None:
    return next((reason for is_so, reason in _REASONS if is_so(source)), None)
