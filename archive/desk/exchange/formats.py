"""The formats that stories go out in, and what a file that comes back is."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.conf import settings
from archive.desk.exchange.po import read_po, write_po
from archive.desk.exchange.units import ExchangeError, ExportedStory, StoryReply
from archive.desk.exchange.xliff_reader import read_xliff
from archive.desk.exchange.xliff_writer import write_xliff12, write_xliff21
from archive.text.language import HTML_CODES, TRADITIONAL_CODE

MOST_MEMBERS = 1000
# What a damaged ZIP file raises, by the method that its members are packed with.
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, OSError, RuntimeError, ValueError),
)
_UTF16_ANGLES = (b"\xff\xfe<\x00", b"\xfe\xff\x00<", b"<\x00", b"\x00<")


@dataclass(frozen=True)
class Format:
    """A way to write the stories of one pair of languages."""

    label: str | Promise
    suffix: str
    content_type: str
    write: Callable[[Iterable[ExportedStory]], bytes]


_XLIFF = "application/xliff+xml"
_XLIFF_12 = format_lazy("XLIFF 1.2 ({tools})", tools=gettext_lazy("for most CAT tools"))
FORMATS = {
    "xliff12": Format(_XLIFF_12, "xlf", _XLIFF, write_xliff12),
    "xliff21": Format("XLIFF 2.1", "xlf", _XLIFF, write_xliff21),
    "po": Format("PO (gettext)", "po", "text/x-gettext-translation", write_po),
}


@dataclass(frozen=True)
class Bundle:
    """A file to download, or to write to a folder."""

    name: str
    content_type: str
    data: bytes


def bundle(stories: Iterable[ExportedStory], format_name: str) -> Bundle:
    """One file; a ZIP where the stories go both ways, or some are in traditional characters: no
    format can hold that in one."""
    chosen = FORMATS[format_name]
    pairs: dict[tuple[str, str], list[ExportedStory]] = {}
    for story in stories:
        pairs.setdefault((story.source_code, story.target_language), []).append(story)
    if not pairs:
        raise ExchangeError(_("There is nothing to export."))
    files = []
    for (source, target), of_pair in sorted(pairs.items()):
        stem = of_pair[0].name if len(of_pair) == 1 else "translations"
        if source == TRADITIONAL_CODE:
            stem = f"{stem}.{source}"
        name = f"{stem}.{HTML_CODES[target]}.{chosen.suffix}"
        files.append(Bundle(name, chosen.content_type, chosen.write(of_pair)))
    if len(files) == 1:
        return files[0]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(file.name, file.data)
    return Bundle("translations.zip", "application/zip", packed.getvalue())


def read_stories(name: str, data: bytes) -> list[StoryReply]:
    """The stories of a file, whatever format it is; raises ExchangeError for what can't be read."""
    if len(data) > settings.DESK_MAX_BYTES:
        raise ExchangeError(too_large(name, len(data)))
    found = []
    for member in _members(name, data):
        head = member[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
        is_xml = head.startswith(b"<") or head.startswith(_UTF16_ANGLES)
        found += read_xliff(member) if is_xml else read_po(member)
    if not found:
        raise ExchangeError(_("%(file)s contains no stories of this archive.") % {"file": name})
    return found


def too_large(name: str, size: int) -> str:
    """Why a file isn't even looked at."""
    reason = _("%(file)s is too large: %(size)d MB; the limit is %(most)d MB. Split the file.")
    megabyte = 1024 * 1024
    most = settings.DESK_MAX_BYTES // megabyte
    return reason % {"file": name, "size": -(-size // megabyte), "most": most}


def _members(name: str, data: bytes) -> Iterator[bytes]:
    """The files in a ZIP; whatever is none, as it is."""
    if not data.startswith(b"PK\x03\x04"):
        yield data
        return
    left = settings.DESK_MAX_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if _is_wanted(member.filename)]
            if len(members) > MOST_MEMBERS:
                raise ExchangeError(_("%(file)s contains too many files.") % {"file": name})
            for member in members:
                with archive.open(member) as stream:
                    # What a ZIP file says of its own sizes needn't be true.
                    unpacked = stream.read(left + 1)
                left -= len(unpacked)
                if left < 0:
                    raise ExchangeError(too_large(name, settings.DESK_MAX_BYTES + 1))
                yield unpacked
    except _UNREADABLE as error:
        reason = _("%(file)s is not a readable ZIP file: %(error)s.")
        raise ExchangeError(reason % {"file": name, "error": error}) from error


def _is_wanted(name: str) -> bool:
    is_hidden = "__MACOSX" in name or name.rpartition("/")[2].startswith(".")
    return name.lower().endswith((".xlf", ".xliff", ".po")) and not is_hidden
