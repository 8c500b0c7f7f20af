"""Source files: which there are, how large they may be, and what their bytes say."""

import codecs
import os
import re
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from django.utils.translation import gettext as _

from archive.intake.records import IntakeError

# Control characters that text files do hold: tab, line ends, form feed.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# One stray control character in a hundred is dirt; more is not a text.
_MOST_CONTROLS = 0.01
# GB18030 can decode nearly anything; real Chinese text is nearly all GB 2312.
_LEAST_PLAUSIBLE = 0.9
_DOS_END_OF_FILE = "\x1a"
# Bytes at the start of a file that tell its format.
_HEAD = 4096


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


@dataclass(frozen=True)
class SourceFailure:
    """A source that did not go in: its name as the user gave it, and why."""

    name: str
    reason: str


def find(paths: Iterable[Path], suffixes: Iterable[str]) -> tuple[list[Path], list[SourceFailure]]:
    """The files to read, each once: named ones as named, directories walked in sorted order."""
    wanted = tuple(suffixes)
    # os.path answers where Path raises: loops of links, names too long, folders not allowed.
    found: dict[str, Path] = {}
    failures: list[SourceFailure] = []
    for path in paths:
        files = _walk(path, wanted, failures) if os.path.isdir(path) else [path]
        for file in files:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values()), failures


def _walk(folder: Path, suffixes: tuple[str, ...], failures: list[SourceFailure]) -> list[Path]:
    def unreadable(error: OSError) -> None:
        failures.append(SourceFailure(str(error.filename), _unreadable(error)))

    files: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files += [
            Path(root, name)
            for name in sorted(names)
            if name.lower().endswith(suffixes) and not name.startswith(".")
        ]
    if not files and not failures:
        reason = _("the folder holds no file ending in %(suffixes)s; name the files themselves")
        failures.append(SourceFailure(str(folder), reason % {"suffixes": ", ".join(suffixes)}))
    return files


def read(path: Path, max_bytes: int) -> SourceFile:
    """Reads a file; raises IntakeError for what is missing, empty, too large or no file."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise IntakeError(_("not a file; name a text file or a folder of them"))
        if status.st_size > max_bytes:
            raise _too_large(status.st_size, max_bytes)
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise IntakeError(_("no such file; check the path")) from error
    except OSError as error:
        raise IntakeError(_unreadable(error)) from error
    if len(data) > max_bytes:  # it grew after it was measured
        raise _too_large(len(data), max_bytes)
    if not data.strip():
        raise IntakeError(_("the file is empty"))
    return SourceFile(path, data)


def _unreadable(error: OSError) -> str:
    return _("can't be read (%(error)s); check its permissions") % {"error": error.strerror}


def _too_large(size: int, most: int) -> IntakeError:
    reason = _(
        "%(size)s bytes are more than the limit of %(most)s; split the file, or raise "
        "ARCHIVE_INTAKE_MAX_BYTES"
    )
    return IntakeError(reason % {"size": f"{size:,}", "most": f"{most:,}"})


def decode(data: bytes) -> SourceText:
    """UTF-8 (with or without a mark), UTF-16 with a mark, or GB18030; else IntakeError."""
    text, encoding = _decoded(data)
    text = text.rstrip(_DOS_END_OF_FILE)
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > len(text) * _MOST_CONTROLS:
        raise _binary()
    warnings = []
    if encoding == "gb18030":
        warnings.append(_("Read as GB18030: check the Chinese characters and quotation marks."))
    if controls:
        warnings.append(_("Control characters removed: %(count)d.") % {"count": controls})
    if "\ufffd" in text:
        warnings.append(
            _("The source contains replacement characters (�): letters were lost earlier.")
        )
    return SourceText(_CONTROL.sub("", text), encoding, tuple(warnings))


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise _undecodable(data, error) from error
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        if b"\x00" in data:
            raise _binary() from error
        return _chinese(data, error), "gb18030"


def _chinese(data: bytes, not_utf8: UnicodeDecodeError) -> str:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _undecodable(data, not_utf8) from error
    if _plausible(text) < _LEAST_PLAUSIBLE:
        raise _undecodable(data, not_utf8)
    return text


def _plausible(text: str) -> float:
    """The share of the characters beyond ASCII that are in GB 2312's part of the code."""
    codes = [character.encode("gb18030") for character in text if not character.isascii()]
    common = sum(len(code) == 2 and 0xA1 <= code[0] <= 0xF7 and code[1] >= 0xA1 for code in codes)
    return common / len(codes)


def _binary() -> IntakeError:
    return IntakeError(_("not a text file; save the story as plain text in UTF-8"))


def _undecodable(data: bytes, error: UnicodeDecodeError) -> IntakeError:
    reason = _(
        "neither UTF-8 nor GB18030 nor marked UTF-16: byte 0x%(byte)02X in line %(line)d "
        "(offset %(offset)d) can't be decoded; save the file as UTF-8"
    )
    place = {
        "byte": data[error.start],
        "line": data.count(b"\n", 0, error.start) + 1,
        "offset": error.start,
    }
    return IntakeError(reason % place)
