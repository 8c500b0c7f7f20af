"""A dossier as an EPUB 3: a ZIP of XHTML, written with templates and the standard library.

The file names its mimetype first and unpacked, then where its package is; the package lists every
file (manifest), the order to read them in (spine) and a table of contents (nav).
"""

import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from xml.sax.saxutils import escape

from django.template.loader import render_to_string

from archive.contrib.dossiers.xhtml import to_xhtml

EPUB = "application/epub+zip"
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_TYPES = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif",
    ".webp": "image/webp",
}  # fmt: skip
# Of the ZIP's entries: the same dossier is the same file.
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Chapter:
    """`html` is a fragment in readers' HTML; `language` for the `lang` attribute."""

    title: str
    html: str
    language: str


@dataclass
class Pictures:
    """Those that the book takes in: `files` gives a picture's file by its address, or None."""

    files: Callable[[str], Any]
    taken: dict[str, bytes] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def name(self, src: str) -> str:
        """The picture's name in the book; "" where its file is lost or of another kind."""
        if src in self._names:
            return self._names[src]
        suffix = PurePosixPath(src).suffix.lower()
        file = self.files(src) if suffix in _TYPES else None
        name = ""
        if file is not None:
            name = f"pictures/{len(self.taken) + 1}{suffix}"
            try:
                with file.open("rb") as opened:
                    self.taken[name] = opened.read()
            except OSError:
                name = ""
        self._names[src] = name
        return name


def write_epub(
    *,
    title: str,
    address: str,
    language: str,
    publisher: str,
    modified: datetime,
    chapters: Sequence[Chapter],
    files: Callable[[str], Any],
    toc_title: str,
) -> bytes:
    """The book; its identifier is `address`, the dossier's own."""
    pictures = Pictures(files)
    written: dict[str, str] = {}
    for number, chapter in enumerate(chapters, 1):
        body = to_xhtml(chapter.html, address, pictures.name)
        written[f"chapter-{number}.xhtml"] = _page(chapter.title, chapter.language, body)
    entries = list(zip(written, (one.title for one in chapters), strict=True))
    links = "".join(f'<li><a href="{name}">{escape(text)}</a></li>' for name, text in entries)
    toc = f'<nav epub:type="toc" id="toc"><h1>{escape(toc_title)}</h1><ol>{links}</ol></nav>'
    package = render_to_string(
        "archive_dossiers/package.opf",
        {
            "title": title, "address": address, "language": language, "publisher": publisher,
            "modified": f"{modified:%Y-%m-%dT%H:%M:%SZ}",
            "chapters": list(written),
            "pictures": [(name, _TYPES[PurePosixPath(name).suffix]) for name in pictures.taken],
        },
    )  # fmt: skip
    style = render_to_string("archive_dossiers/book.css")
    texts = {
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": package,
        "EPUB/nav.xhtml": _page(toc_title, language, toc),
        "EPUB/book.css": style,
        **{f"EPUB/{name}": text for name, text in written.items()},
    }
    contents = [(name, text.encode()) for name, text in texts.items()]
    return _zipped([*contents, *((f"EPUB/{name}", data) for name, data in pictures.taken.items())])


def _page(title: str, language: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{language}" xml:lang="{language}">\n<head><meta charset="utf-8"/>'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="book.css" type="text/css"/>'
        f"</head>\n<body>{body}</body>\n</html>\n"
    )


def _zipped(contents: Iterable[tuple[str, bytes]]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        # Readers know the file by these bytes at its beginning.
        book.writestr(_entry("mimetype"), EPUB, zipfile.ZIP_STORED)
        for name, data in contents:
            book.writestr(_entry(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, _EPOCH)
