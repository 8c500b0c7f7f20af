"""Saved web pages: HTML files, alone or with a folder of their pictures, and web archives."""

import email
import email.policy
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from email.message import Message
from urllib.parse import unquote, urljoin

from django.utils.translation import gettext_lazy

from archive.contrib.intake.documents import SourceDocument
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.records import IntakeError, from_extra
from archive.contrib.intake.sources import SourceFile, SourceText, decode
from archive.contrib.web_pages.page import read_web_page
from archive.contrib.web_pages.record_tables import read_records
from archive.files.xml import root_name
from archive.text.markup.html_tree import BLOCKS, INLINE
from archive.text.stored_messages import message as _

_HTML = ("text/html", "application/xhtml+xml")
_PAGE_TAGS = {*BLOCKS, *INLINE, "head", "meta", "title", "link", "script", "style", "img"} - {
    "data"
}


class WebPage(DocumentFormat):
    """The main text of a page, with its structure; one story a page."""

    id = "html"
    name = gettext_lazy("web page")
    description = gettext_lazy(
        "A saved web page: its story with headline, authors, date, pictures and structure; the "
        "folder of pictures that the browser saved may lie beside it."
    )
    suffixes = (".html", ".htm", ".xhtml", ".shtml")
    reads_pages = True

    def recognises(self, source: SourceFile) -> bool:
        return root_name(source.data) in _PAGE_TAGS

    def documents(self, source: SourceFile) -> Iterator[SourceDocument]:
        yield _document(source.text, "", source.beside)


class WebArchive(DocumentFormat):
    """A page in one file with its pictures, as browsers save it: MHTML (RFC 2557)."""

    id = "mhtml"
    name = gettext_lazy("web archive")
    description = gettext_lazy(
        "A web page in one file, as browsers save it (MHT, MHTML): its story, and its pictures."
    )
    suffixes = (".mht", ".mhtml")
    reads = "bytes"

    def recognises(self, source: SourceFile) -> bool:
        head = source.head.lower()
        # Only letters are sent to somebody.
        is_letter = re.search(rb"^(?:to|received|delivered-to):", head, re.M)
        is_archive = b"multipart/related" in head or b"content-location:" in head
        return b"mime-version:" in head[:2000] and is_archive and not is_letter

    def documents(self, source: SourceFile) -> Iterator[SourceDocument]:
        message = email.message_from_bytes(source.data, policy=email.policy.default)
        parts = [part for part in message.walk() if not part.is_multipart()]
        page = next((part for part in parts if part.get_content_type() in _HTML), None)
        if page is None:
            raise IntakeError(_("the web archive holds no page; save the page again"))
        address = _address(page) or _header(message, "Snapshot-Content-Location")
        yield _document(decode(_bytes(page)), address, _Parts(address, parts).find)


def _document(
    text: SourceText, address: str, beside: Callable[[str], bytes | None]
) -> SourceDocument:
    document = read_records(text.text)
    if document is None:
        with from_extra("web-pages"):
            document = read_web_page(text.text, address=address, beside=beside)
    return replace(document, warnings=(*text.warnings, *document.warnings))


class _Parts:
    """The files of a web archive, by address, by Content-ID and by name."""

    def __init__(self, address: str, parts: Sequence[Message]) -> None:
        self.address = address
        self.parts: dict[str, Message] = {}
        for part in parts:
            if identifier := _header(part, "Content-ID"):
                self.parts[f"cid:{identifier.strip('<> ')}"] = part
            if own := _header(part, "Content-Location"):
                self.parts[own] = self.parts[urljoin(address, own)] = part

    def find(self, reference: str) -> bytes | None:
        for name in (reference, urljoin(self.address, reference), unquote(reference)):
            if part := self.parts.get(name):
                return _bytes(part)
        return None


def _address(part: Message) -> str:
    location = _header(part, "Content-Location")
    return location if location.startswith(("http://", "https://")) else ""


def _header(part: Message, name: str) -> str:
    return "".join(str(part.get(name, "")).split())


def _bytes(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
