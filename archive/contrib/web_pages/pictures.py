"""The pictures of a page's story: beside the page, in it, or at an address that is not asked."""

import base64
import binascii
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from archive.contrib.intake.documents import DocumentImage
from archive.contrib.web_pages.main_text import class_words
from archive.text.markup.html_tree import HtmlNode

# A picture in a story is larger, in pixels; a file with its data in the page too, in bytes.
_SMALLEST = 100
_FEWEST_BYTES = 2_000
_DECORATION = {
    *("icon", "icons", "logo", "avatar", "pixel", "spacer", "tracking", "emoji", "sprite"),
    *("button", "badge", "blank", "loading", "qrcode"),
}
_NUMBER = re.compile(r"\d{1,6}")
_WORD = re.compile(r"[a-z]+")
_DATA = re.compile(r"data:image/([a-z]+)[^,]{0,100};base64,")


@dataclass
class PagePictures:
    """Collects pictures; `address` is the page's, `beside` gives the bytes of a file beside it."""

    address: str
    beside: Callable[[str], bytes | None] | None = None
    found: dict[str, DocumentImage] = field(default_factory=dict)

    def find(self, node: HtmlNode, reference: str) -> DocumentImage | None:
        """The picture; None where it only decorates the page, or was there already."""
        if not reference or reference in self.found or _is_decoration(node, reference):
            return None
        url = _absolute(self.address, reference)
        if inline := _DATA.match(reference):
            data = _decoded(reference[inline.end() :])
            if len(data) < _FEWEST_BYTES:
                return None
            name = f"picture.{inline[1]}"
        else:
            data = (self.beside(reference) if self.beside else None) or b""
            name = _file_name(reference)
        self.found[reference] = DocumentImage(self._unused(name), data=data, url=url)
        return self.found[reference]

    def _unused(self, name: str) -> str:
        taken = {image.name for image in self.found.values()}
        stem, suffix = posixpath.splitext(name)
        number = 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}{suffix}"
        return name


def _file_name(reference: str) -> str:
    try:
        path = urlsplit(reference).path
    except ValueError:
        path = reference
    return posixpath.basename(unquote(path).rstrip("/"))[-100:] or "picture"


def _absolute(address: str, reference: str) -> str:
    try:
        url = urljoin(address, reference)
        return url if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(unquote(text))
    except (binascii.Error, ValueError):
        return b""


def _is_decoration(node: HtmlNode, reference: str) -> bool:
    """Icons, logos and pixels that count readers: by size, by name, by class."""
    for side in ("width", "height"):
        size = _NUMBER.match(node.get(side))
        if size and int(size[0]) < _SMALLEST and "%" not in node.get(side):
            return True
    if reference.startswith("data:"):
        return False
    name = _file_name(reference).lower()
    return bool(
        name.endswith(".svg") or (set(_WORD.findall(name)) | class_words(node)) & _DECORATION
    )
