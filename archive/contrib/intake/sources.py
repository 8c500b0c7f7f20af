"""Source files: how large they may be, and what their bytes say."""

import codecs
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element

from django.utils.translation import ngettext

from archive.contrib.intake.conf import settings
from archive.contrib.intake.documents import without_ligatures
from archive.contrib.intake.mojibake import mend
from archive.contrib.intake.records import IntakeError
from archive.files.errors import FileError
from archive.files.xml import parse_xml
from archive.text.encodings import LABELS, DecodedText, decode_text
from archive.text.stored_messages import message as _
from archive.text.stored_messages import said_by

# Control characters but those that text files do hold: tab, line ends, form feed. The mark of a
# text that was joined to another, and halves of surrogate pairs, which no database takes.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\ud800-\udfff]")
# One stray control character in a hundred is dirt; more is not a text.
_MOST_CONTROLS = 0.01
# Bytes at the start of a file that tell its format.
_HEAD = 4096


@contextmanager
def refused_files() -> Iterator[None]:
    """Around what reads XML or a ZIP: its FileError becomes an IntakeError of the same words."""
    try:
        yield
    except FileError as error:
        raise IntakeError(said_by(error)) from error


@dataclass(frozen=True)
class SourceText:
    """A file's text, the encoding it was read with, and what a careful reader should check."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def nothing_beside(reference: str) -> bytes | None:
    """What a file that stands alone has beside it."""
    return None


@dataclass(frozen=True)
class SourceFile:
    """A file's bytes with its path; the path is for names and suffixes only.

    `beside` gives the bytes of another file of the same folder or archive, by a reference as the
    text has it ("photos/port.jpg"); None where there is none.
    """

    path: Path
    data: bytes = field(repr=False)
    beside: Callable[[str], bytes | None] = field(default=nothing_beside, repr=False)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def head(self) -> bytes:
        """Enough of the start to tell a format by, without marks, NULs and white space."""
        start = self.data[:_HEAD].removeprefix(codecs.BOM_UTF8)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            start = start[2:].replace(b"\x00", b"")
        return start.lstrip()

    @cached_property
    def text(self) -> SourceText:
        """Raises IntakeError when the bytes are not a text in a known encoding."""
        return decode(self.data)

    def xml(self) -> Element:
        """The root of at most ARCHIVE_INTAKE_MAX_BYTES of XML: a tree takes ten times its text.

        Raises IntakeError, also for what is broken or not safe.
        """
        check_size(len(self.data), settings.INTAKE_MAX_BYTES)
        with refused_files():
            return parse_xml(self.data, undeclared=lambda _data: self.text.text)


@dataclass(frozen=True)
class SourceFailure:
    """A source that did not go in: its name as the user gave it, and why."""

    name: str
    reason: str


def read(path: Path, max_bytes: int) -> SourceFile:
    """Reads a file; raises IntakeError for what is missing, empty, too large or no file."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise IntakeError(_("not a file; name a text file or a folder of them"))
        check_size(status.st_size, max_bytes)
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise IntakeError(_("no such file; check the path")) from error
    except OSError as error:
        raise IntakeError(unreadable(error)) from error
    return checked(SourceFile(path, data), max_bytes)


def checked(source: SourceFile, max_bytes: int) -> SourceFile:
    """The file, if it holds something and isn't too large; raises IntakeError."""
    check_size(len(source.data), max_bytes)
    if not source.data.strip(b"\x00 \t\r\n\x1a"):
        raise IntakeError(_("the file is empty; save the story again"))
    return source


def unreadable(error: OSError) -> str:
    """What the system says of a file, and what to do."""
    return _("can't be read (%(error)s); check its permissions") % {"error": error.strerror}


def check_size(size: int, most: int) -> None:
    """Raises IntakeError for more bytes than `most`, which the site's settings say."""
    if size <= most:
        return
    reason = _(
        "%(size)s bytes are more than the limit of %(most)s; split the file, or ask an "
        "administrator to allow more"
    )
    raise IntakeError(reason % {"size": f"{size:,}", "most": f"{most:,}"})


def decode(data: bytes) -> SourceText:
    """The text without marks and control characters; line ends stay. Raises IntakeError.

    UTF-8, UTF-16, UTF-32, GB18030, Big5 and Windows-1252 are told by their contents; letters
    that an earlier program garbled are mended where nothing of them is lost.
    """
    decoded = decode_text(data)
    if decoded is None:
        raise _binary()
    text = decoded.text.rstrip("\x00\x1a")
    controls = len(_CONTROL.findall(text))
    if controls > len(text) * _MOST_CONTROLS:
        raise _binary()
    warnings = list(_decoding_notes(decoded))
    if controls:
        warnings.append(_("Control characters removed: %(count)d.") % {"count": controls})
        text = _CONTROL.sub("", text)
    text, notes = mend(text)
    return SourceText(without_ligatures(text), decoded.encoding, (*warnings, *notes))


def _decoding_notes(decoded: DecodedText) -> Iterator[str]:
    if label := LABELS.get(decoded.encoding):
        yield _("Read as %(encoding)s: check accents, Chinese characters and quotation marks.") % {
            "encoding": label
        }
    if decoded.broken:
        message = ngettext(
            "%(count)d place could not be decoded, in line %(line)d.",
            "%(count)d places could not be decoded, the first in line %(line)d.",
            decoded.broken,
        )
        yield message % {"count": decoded.broken, "line": decoded.line}


def _binary() -> IntakeError:
    return IntakeError(_("not a text file; save the story as plain text in UTF-8"))
