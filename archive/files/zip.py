"""ZIP files from outside: their members by name, and what is refused of them.

Sizes are those that the directory of the ZIP promises; reading stops where a member holds more.
"""

import os
import posixpath
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from lzma import LZMAError
from typing import BinaryIO, cast

from archive.files.errors import FileError
from archive.text.encodings import guess
from archive.text.stored_messages import message as _

# Deflate packs a thousandfold at best; what packs like this and is large was made to.
_MOST_RATIO, _SMALL = 200, 1_000_000
# What Python raises for a ZIP that can't be read, from opening and from reading.
BROKEN = (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, RuntimeError, ValueError)
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
# How each member of a ZIP begins.
SIGNATURE = b"PK\x03\x04"
# How the end of a ZIP begins, and that of one with large numbers; and how long both may be.
_END, _LARGE_END, _LONGEST_END = b"PK\x05\x06", b"PK\x06\x06", 22 + 65_535 + 20 + 56
# Names and places of more files than anybody packs, in bytes.
_LARGEST_DIRECTORY = 10_000_000
# Members that tell a document kept as a ZIP: Office Open XML, OpenDocument and EPUB.
_DOCUMENTS = {"[Content_Types].xml", "mimetype"}


@dataclass
class Allowance:
    """How much may still be unpacked, of one ZIP and those inside it."""

    files: int
    size: int

    def take(self, files: int, size: int) -> None:
        self.files -= files
        self.size -= size
        if self.files < 0:
            raise FileError(_("the ZIP holds too many files; pack it in parts"))
        if self.size < 0:
            raise FileError(_("the ZIP is too large unpacked; pack it in parts"))


@dataclass(frozen=True)
class ZipMember:
    """A file of a ZIP, by its name for people; `problem` says why it can't be read."""

    name: str
    size: int
    info: zipfile.ZipInfo
    problem: str = ""


class ZipSource:
    """An open ZIP. Raises FileError for one that is broken."""

    def __init__(self, stream: BinaryIO) -> None:
        if _directory_size(stream) > _LARGEST_DIRECTORY:
            raise FileError(_("the ZIP holds too many files; pack it in parts"))
        try:
            self._zip = zipfile.ZipFile(stream)
        except (*BROKEN, OSError) as error:
            raise damaged(error) from error
        self._infos = [info for info in self._zip.infolist() if not info.is_dir()]

    def charge(self, allowance: Allowance) -> None:
        """Takes what the ZIP promises to hold; FileError if that is more than is allowed."""
        allowance.take(len(self._infos), self.size)

    @property
    def size(self) -> int:
        """How large its files are together, in bytes."""
        return sum(info.file_size for info in self._infos)

    @property
    def is_document(self) -> bool:
        """It is one document, as word processors keep theirs, and not a folder of files."""
        return any(info.filename in _DOCUMENTS for info in self._infos)

    def members(self) -> Iterator[ZipMember]:
        """In the order of their names."""
        named = zip(_names(self._infos), self._infos, strict=True)
        for name, info in sorted(named, key=lambda pair: pair[0]):
            yield ZipMember(name.lstrip("/"), info.file_size, info, _problem(name, info))

    def open(self, member: ZipMember) -> BinaryIO:
        """Its contents as a stream; opening and reading raise one of BROKEN if they are damaged."""
        return cast("BinaryIO", self._zip.open(member.info))

    def read(self, member: ZipMember) -> bytes:
        """Its contents; FileError for what can't or shouldn't be unpacked."""
        if member.problem:
            raise FileError(member.problem)
        try:
            with self.open(member) as stream:
                return stream.read()
        except (*BROKEN, OSError) as error:
            raise damaged(error) from error


def _directory_size(stream: BinaryIO) -> int:
    """How large the list of members is, in bytes, as the end of the ZIP says; 0 if it doesn't.

    Python makes an object of each entry before anybody can count them. The format of the end:
    https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.14 to 4.3.16.
    """
    end = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, end - _LONGEST_END))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return 0
    large = tail.rfind(_LARGE_END, 0, at)
    if large >= 0 and at - large >= 56:
        return int.from_bytes(tail[large + 40 : large + 48], "little")
    return int.from_bytes(tail[at + 12 : at + 16], "little")


def damaged(error: Exception) -> FileError:
    """What a person is told of an error in BROKEN."""
    if isinstance(error, RuntimeError):
        return FileError(_("packed in a way that can't be read; unpack the ZIP and pack it again"))
    return FileError(_("the file is damaged or cut off; copy it or pack it again"))


def _names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """As their packer meant them: without a mark they are in the encoding of its system.

    Python takes such names for code page 437. They are weighed together: one is too short.
    """
    raw = [
        b"" if info.flag_bits & _UTF8_NAME else info.filename.encode("cp437", "replace")
        for info in infos
    ]
    together = b"\n".join(one for one in raw if not one.isascii())
    encoding = guess(together) if together else None
    names = [
        data.decode(encoding, "replace") if encoding and not data.isascii() else info.filename
        for data, info in zip(raw, infos, strict=True)
    ]
    return [name.replace("\\", "/") for name in names]


def _problem(name: str, info: zipfile.ZipInfo) -> str:
    parts = posixpath.normpath(name).split("/")
    if name.startswith("/") or ".." in parts or name[1:2] == ":":
        return _("its path leads out of the ZIP; pack it again without such paths")
    if info.flag_bits & _ENCRYPTED:
        return _("encrypted; unpack the ZIP with its password")
    if stat.S_ISLNK(info.external_attr >> 16):
        return _("a link to another file; pack the file itself")
    if info.file_size > _SMALL and info.file_size > info.compress_size * _MOST_RATIO:
        return _("packed suspiciously small (a “ZIP bomb”?); unpack it yourself and look")
    return ""
