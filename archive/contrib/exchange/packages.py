"""ZIP files that come back: a bundle of files, or one file of a word processor or spreadsheet."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from archive.conf import settings
from archive.contrib.exchange.units import ExchangeError

MOST_MEMBERS = 1000
ZIP = b"PK\x03\x04"
_FILES = (".xlf", ".xliff", ".po", ".docx", ".xlsx")
# What names the parts of an Office file (ECMA-376, part 2).
_CONTENTS = "[Content_Types].xml"
# What a damaged ZIP file raises, by the method that its members are packed with.
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, OSError, RuntimeError, ValueError),
)

Parts = dict[str, bytes]


class Unpacker:
    """Unpacks an upload: its members together are no larger than the desk takes in.

    Raises ExchangeError for what is damaged, too large, or holds too many members.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.left: int = settings.DESK_MAX_BYTES

    def files(self, data: bytes) -> Iterator[tuple[str, bytes | Parts]]:
        """The files of a bundle by name, each as bytes, or as its parts if it is an Office file;
        what is no ZIP file, as it is."""
        if not data.startswith(ZIP):
            yield self.name, data
        elif parts := self._office(self.name, data):
            yield self.name, parts
        else:
            for name, member in self._unpacked(self.name, data, _is_wanted).items():
                is_office = member.startswith(ZIP)
                # A member that is no more than a ZIP file is read as text, and so refused.
                yield name, (is_office and self._office(name, member)) or member

    def _office(self, name: str, data: bytes) -> Parts:
        """The XML parts of an Office file; none of any other ZIP file."""
        return self._unpacked(name, data, lambda one: one.endswith((".xml", ".rels")), _CONTENTS)

    def _unpacked(
        self, name: str, data: bytes, is_wanted: Callable[[str], bool], needed: str = ""
    ) -> Parts:
        """The members that are wanted; none if `needed` isn't among them."""
        found = {}
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = [one for one in archive.infolist() if is_wanted(one.filename)]
                if needed and needed not in archive.namelist():
                    return {}
                if len(members) > MOST_MEMBERS:
                    raise ExchangeError(_("%(file)s contains too many files.") % {"file": name})
                for member in members:
                    with archive.open(member) as stream:
                        # What a ZIP file says of its own sizes needn't be true.
                        found[member.filename] = stream.read(self.left + 1)
                    self.left -= len(found[member.filename])
                    if self.left < 0:
                        raise ExchangeError(too_large(name, settings.DESK_MAX_BYTES + 1))
        except _UNREADABLE as error:
            reason = _("%(file)s is damaged or cut off. Save or send it again.")
            raise ExchangeError(reason % {"file": name}) from error
        return found


def unpacked_size(data: bytes) -> int:
    """How large the members of a ZIP file are together; 0 for what is none."""
    if not data.startswith(ZIP):
        return 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(member.file_size for member in archive.infolist())


def too_large(name: str, size: int) -> str:
    """Why a file isn't even looked at."""
    reason = _("%(file)s is too large: %(size)d MB; the limit is %(most)d MB. Split the file.")
    megabyte = 1024 * 1024
    most = settings.DESK_MAX_BYTES // megabyte
    return reason % {"file": name, "size": -(-size // megabyte), "most": most}


def _is_wanted(name: str) -> bool:
    is_hidden = "__MACOSX" in name or name.rpartition("/")[2].startswith(".")
    return name.lower().endswith(_FILES) and not is_hidden
