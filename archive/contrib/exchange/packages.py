"""What comes back in one upload: a file, or a ZIP of several."""

import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.contrib.exchange.conf import settings
from archive.contrib.exchange.units import ExchangeError
from archive.files.errors import FileError
from archive.files.packages import Package
from archive.files.zip import SIGNATURE, Allowance, ZipMember, ZipSource

MOST_MEMBERS = 1000
SUFFIXES = (".xlf", ".xliff", ".sdlxliff", ".mxliff", ".xml", ".po", ".docx", ".xlsx")


@dataclass(frozen=True)
class PackedFile:
    """A file of an upload; `trouble` says why it can't be unpacked."""

    name: str
    data: bytes = b""
    trouble: str = ""


@dataclass(frozen=True)
class Upload:
    """Its files, and the names of those in a ZIP that are of no kind that comes back here."""

    files: tuple[PackedFile, ...]
    left_out: tuple[str, ...] = ()


def unpack(name: str, data: bytes) -> Upload:
    """What an upload holds: itself, or the files of a ZIP, each of which is good or bad alone.

    Raises ExchangeError for a ZIP that can't be opened, and for what is too large or holds too many
    files: together they are no larger than the desk takes in.
    """
    if len(data) > settings.DESK_MAX_BYTES:
        raise ExchangeError(too_large(name, len(data)))
    try:
        source = ZipSource(io.BytesIO(data)) if data.startswith(SIGNATURE) else None
        if source is None or source.is_document:
            return Upload((PackedFile(name, data),))
        shown = [one for one in source.members() if not _is_hidden(one.name)]
        wanted = [one for one in shown if one.name.lower().endswith(SUFFIXES)]
        allowance = _allowance()
        allowance.take(len(wanted), sum(one.size for one in wanted))
    except FileError as error:
        raise ExchangeError(str(error)) from error
    files = tuple(_unpacked(name, source, member, allowance) for member in wanted)
    return Upload(files, tuple(one.name for one in shown if one not in wanted))


def _unpacked(name: str, source: ZipSource, member: ZipMember, allowance: Allowance) -> PackedFile:
    path = f"{name}/{member.name}"
    try:
        data = source.read(member)
        # Opened already here, for what all of them may hold together.
        opened(data, allowance)
    except FileError as error:
        return PackedFile(path, trouble=str(error))
    return PackedFile(path, data)


def opened(data: bytes, allowance: Allowance | None = None) -> bytes | Package:
    """The parts of an Office file; the bytes of another. Raises FileError for a damaged one."""
    # What is no more than a ZIP file is read as text, and so refused.
    if not data.startswith(SIGNATURE) or not ZipSource(io.BytesIO(data)).is_document:
        return data
    # A sheet is hardly more than tags.
    return Package(data, allowance or _allowance(), most_tree=40 * settings.DESK_MAX_BYTES)


def _allowance() -> Allowance:
    return Allowance(MOST_MEMBERS, settings.DESK_MAX_BYTES)


def unpacked_size(data: bytes) -> int:
    """How large the members of a ZIP file are together; 0 for what is none."""
    return ZipSource(io.BytesIO(data)).size if data.startswith(SIGNATURE) else 0


def too_large(name: str, size: int) -> str:
    """Why a file isn't even looked at."""
    reason = _("%(file)s is too large: %(size)d MB; the limit is %(most)d MB. Split the file.")
    megabyte = 1024 * 1024
    most = settings.DESK_MAX_BYTES // megabyte
    return reason % {"file": name, "size": -(-size // megabyte), "most": most}


def _is_hidden(name: str) -> bool:
    return "__MACOSX" in name or name.rpartition("/")[2].startswith(".")
