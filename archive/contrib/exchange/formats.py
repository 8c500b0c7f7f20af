"""The formats that stories go out in, and what a file that comes back is."""

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.contrib.exchange.conf import settings
from archive.contrib.exchange.docx import read_docx, write_docx
from archive.contrib.exchange.packages import opened, unpacked_size
from archive.contrib.exchange.po import read_po, write_po
from archive.contrib.exchange.tables import stories_of
from archive.contrib.exchange.units import ExchangeError, ExportedStory, StoryReply
from archive.contrib.exchange.xliff_reader import read_xliff
from archive.contrib.exchange.xliff_writer import write_xliff12, write_xliff21
from archive.contrib.exchange.xlsx import read_xlsx, write_xlsx
from archive.files.errors import FileError
from archive.files.packages import Package
from archive.photos.file_names import is_picture
from archive.text.language import HTML_CODES, TRADITIONAL_CODE

# Compound files: DOC, XLS, and what is encrypted.
_COMPOUND = b"\xd0\xcf\x11\xe0"
_UTF16_ANGLES = (b"\xff\xfe<\x00", b"\xfe\xff\x00<", b"<\x00", b"\x00<")


@dataclass(frozen=True)
class Format:
    """A way to write the stories of one pair of languages."""

    label: str | Promise
    suffix: str
    content_type: str
    write: Callable[[Iterable[ExportedStory]], bytes]


_XLIFF = "application/xliff+xml"
_XLIFF_12 = gettext_lazy("XLIFF 1.2 (for most CAT tools)")
_OFFICE = "application/vnd.openxmlformats-officedocument"
_DOCX = gettext_lazy("Word (DOCX), a table for reviewers without a CAT tool")
_XLSX = gettext_lazy("Excel (XLSX), the same table")
FORMATS = {
    "xliff12": Format(_XLIFF_12, "xlf", _XLIFF, write_xliff12),
    "xliff21": Format("XLIFF 2.1", "2.1.xlf", _XLIFF, write_xliff21),
    "po": Format("PO (gettext)", "po", "text/x-gettext-translation", write_po),
    "docx": Format(_DOCX, "docx", f"{_OFFICE}.wordprocessingml.document", write_docx),
    "xlsx": Format(_XLSX, "xlsx", f"{_OFFICE}.spreadsheetml.sheet", write_xlsx),
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
        data = chosen.write(of_pair)
        if unpacked_size(data) > settings.DESK_MAX_BYTES:
            reason = _("One file can't hold so many stories and come back. Export fewer of them.")
            raise ExchangeError(reason)
        files.append(Bundle(name, chosen.content_type, data))
    if len(files) == 1:
        return files[0]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(file.name, file.data)
    return Bundle("translations.zip", "application/zip", packed.getvalue())


def read_stories(name: str, data: bytes) -> list[StoryReply]:
    """The stories of a file, whatever format it is; raises ExchangeError for what can't be read."""
    try:
        found = _stories_in(opened(data))
    except RecursionError as error:
        raise ExchangeError(_("Tags are nested too deeply.")) from error
    except FileError as error:
        raise ExchangeError(str(error)) from error
    if not found:
        raise ExchangeError(no_stories(name))
    return found


def no_stories(name: str) -> str:
    """What to say of a file, or a ZIP, with nothing in it for the archive."""
    reason = _(
        "%(file)s contains no stories of this archive. XLIFF, PO, Word (DOCX) and Excel (XLSX) "
        "files that it exported come back, alone or in a ZIP file."
    )
    return reason % {"file": name}


def _stories_in(content: bytes | Package) -> list[StoryReply]:
    if isinstance(content, Package):
        is_workbook = any(part.startswith("xl/") for part in content.names)
        return stories_of(read_xlsx(content) if is_workbook else read_docx(content))
    if content.startswith(_COMPOUND):
        reason = _(
            "The file is of an older Word or Excel, or has a password. Save it as DOCX or XLSX, "
            "without a password."
        )
        raise ExchangeError(reason)
    if is_picture(content[:16]):
        reason = _(
            "The file is a picture. Here come back XLIFF, PO, Word (DOCX) and Excel (XLSX) files; "
            "add a picture under Images, or in the story's form."
        )
        raise ExchangeError(reason)
    head = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    is_xml = head.startswith(b"<") or head.startswith(_UTF16_ANGLES)
    return read_xliff(content) if is_xml else read_po(content)
