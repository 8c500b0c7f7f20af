"""A dossier as an EPUB 3: a ZIP of XHTML, written with templates and the standard library.

The file names its mimetype first and unpacked, then where its package is; the package lists every
file (manifest), the order to read them in (spine) and a table of contents (nav).
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin

from django.template.loader import render_to_string

_KEPT = {
    *("p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "figure", "figcaption", "table"),
    *(
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "b",
        "strong",
        "i",
        "em",
        "cite",
        "sup",
        "sub",
    ),
    *("a", "span", "div", "section", "article", "header", "footer", "aside", "dl", "dt", "dd"),
}
_DROPPED = {"script", "style", "form", "button", "svg", "nav", "template", "noscript", "iframe"}
_VOID = {"img", "br", "hr", "input", "wbr", "source", "meta", "link", "col"}
# Whatever XML has no character for.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def to_xhtml(html: str, address: str, picture: Callable[[str], str]) -> str:
    """The fragment; links are absolute, as seen from `address`.

    `picture` gives the book's own name for the picture at an address, or "": then it is left out.
    """
    writer = _Writer(address, picture)
    writer.feed(html)
    writer.close()
    return writer.whole()


class _Writer(HTMLParser):
    def __init__(self, address: str, picture: Callable[[str], str]) -> None:
        super().__init__()
        self._address, self._picture = address, picture
        self._pieces: list[str] = []
        self._open: list[str] = []
        self._dropped = 0

    def whole(self) -> str:
        while self._open:
            self._pieces.append(f"</{self._open.pop()}>")
        return "".join(self._pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            self._write_void(tag, values)
        elif self._dropped or tag in _DROPPED or "hidden" in values:
            self._dropped += 1
        elif tag in _KEPT:
            names = {"lang", "colspan", "rowspan"}
            kept = {name: value for name, value in values.items() if name in names}
            if "lang" in kept:
                kept["xml:lang"] = kept["lang"]
            if tag == "a" and values.get("href"):
                kept["href"] = urljoin(self._address, values["href"])
            self._open.append(tag)
            self._pieces.append(f"<{tag}{_attributes(kept)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self._dropped:
            self._dropped -= 1
        elif tag in self._open:
            while (ended := self._open.pop()) != tag:
                self._pieces.append(f"</{ended}>")
            self._pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self._pieces.append(escape(_CONTROL.sub("", data), quote=False))

    def _write_void(self, tag: str, values: dict[str, str]) -> None:
        if self._dropped:
            return
        if tag in ("br", "hr"):
            self._pieces.append(f"<{tag}/>")
        elif tag == "img" and (name := self._picture(values.get("src", ""))):
            kept = {"src": name, "alt": values.get("alt", "")}
            self._pieces.append(f"<img{_attributes(kept)}/>")


def _attributes(values: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(_CONTROL.sub("", text))}"' for name, text in values.items())


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
