"""What comes back in one upload: a file, or a ZIP of several."""

import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from archive.conf import settings
from archive.files.packages import Package
from archive.files.zip import SIGNATURE, Allowance, ZipSource

MOST_MEMBERS = 1000
_FILES = (".xlf", ".xliff", ".po", ".docx", ".xlsx")


def files_of(name: str, data: bytes) -> Iterator[tuple[str, bytes | Package]]:
    """The files of an upload by name, each as bytes, or as its parts if it is an Office file.

    Together they are no larger than the desk takes in. Raises FileError for what is damaged, too
    large, or holds too many files.
    """
    allowance = Allowance(MOST_MEMBERS, settings.DESK_MAX_BYTES, "ARCHIVE_DESK_MAX_BYTES")
    if not data.startswith(SIGNATURE):
        yield name, data
        return
    source = ZipSource(io.BytesIO(data))
    if source.is_document:
        yield name, _package(data, allowance)
        return
    wanted = [one for one in source.members() if _is_wanted(one.name)]
    allowance.take(len(wanted), sum(one.size for one in wanted))
    for member in wanted:
        content = source.read(member)
        # A member that is no more than a ZIP file is read as text, and so refused.
        is_office = content.startswith(SIGNATURE) and ZipSource(io.BytesIO(content)).is_document
        yield member.name, _package(content, allowance) if is_office else content


def _package(data: bytes, allowance: Allowance) -> Package:
    # A sheet is hardly more than tags.
    return Package(data, allowance, most_tree=40 * settings.DESK_MAX_BYTES)


def unpacked_size(data: bytes) -> int:
    """How large the members of a ZIP file are together; 0 for what is none."""
    return ZipSource(io.BytesIO(data)).size if data.startswith(SIGNATURE) else 0


def too_large(name: str, size: int) -> str:
    """Why a file isn't even looked at."""
    reason = _("%(file)s is too large: %(size)d MB; the limit is %(most)d MB. Split the file.")
    megabyte = 1024 * 1024
    most = settings.DESK_MAX_BYTES // megabyte
    return reason % {"file": name, "size": -(-size // megabyte), "most": most}


def _is_wanted(name: str) -> bool:
    is_hidden = "__MACOSX" in name or name.rpartition("/")[2].startswith(".")
    return name.lower().endswith(_FILES) and not is_hidden
