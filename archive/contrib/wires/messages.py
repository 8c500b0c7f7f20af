"""Teletype wires: messages between control characters, one after the other in a file.

A message is SOH, its header, STX, its text, ETX, its trailer and, mostly, EOT. IPTC 7901 and
ANPA 1312 share this frame, and differ in what stands in it.
"""

import re
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from archive.contrib.intake.document_builder import DocumentBuilder
from archive.contrib.intake.documents import SourceDocument
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile, decode
from archive.text.stored_messages import message as _

SOH, STX, ETX, EOT = b"\x01", b"\x02", b"\x03", b"\x04"
# Where the first message of a file must begin: some receivers put synchronising bytes before it.
_LONGEST_LEADER = 256
_LONGEST_HEADER = 1000
# What parts a text in lines; form feeds end it.
_PADDING = b"\x00\x0c\x16\x7f"
# A later part of a story: "1st Add", "Add 2", "Take 3".
_TAKE = re.compile(
    r"\b(?:\d{0,2}(?:st|nd|rd|th)? ?add\b|add \d{1,2}\b|take [2-9]\b|take \d\d)", re.I
)
_SLUG_END = re.compile(r"[,/=<].*", re.S)
_INITIALS = re.compile(r"(?:bc|am|pm|ap|eu|us)-+", re.I)


@dataclass(frozen=True)
class WireMessage:
    """Bytes as they came. `is_cut_off`: the file ends before the message does."""

    header: bytes
    text: bytes
    trailer: bytes
    is_cut_off: bool = False


def is_wire(head: bytes) -> bool:
    """Whether a file begins with a message's header."""
    start = head[:_LONGEST_LEADER].find(SOH)
    end = head.find(STX, start)
    header = head[start + 1 : end]
    if not 0 <= start < end <= start + _LONGEST_HEADER or b"\0" in header:
        return False
    # Bytes 1 and 2 stand in any binary file; only a header has ASCII between them.
    return sum(byte > 0x7E for byte in header) <= len(header) / 4


def messages(data: bytes) -> Iterator[WireMessage]:
    """The messages of a file in order."""
    for part in data.split(SOH)[1:]:
        header, found, rest = part.partition(STX)
        if found:
            text, ended, trailer = rest.partition(ETX)
            yield WireMessage(header, text, trailer.partition(EOT)[0], is_cut_off=not ended)


def text_of(data: bytes) -> str:
    """The characters: UTF-8, or what the bytes look like; line ends as line feeds.

    ANPA's typographic controls (0x08 to 0x1F) stay; raises IntakeError for what is no text.
    """
    data = data.translate(None, _PADDING).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    try:
        # A Western European byte among English words; Chinese has them in pairs.
        return decode(data).text
    except IntakeError:
        return data.decode("cp1252", "replace")


class MessageFormat(DocumentFormat):
    """A format whose files hold messages; those that go on with an earlier one are joined to it."""

    reads = "bytes"

    @abstractmethod
    def read(self, message: WireMessage) -> tuple[DocumentBuilder, str]:
        """A message's story, and its slug as sent."""

    @abstractmethod
    def goes_on(self, here: DocumentBuilder, slug: str, before: str) -> bool:
        """Whether the message is a later part of the one before it, by their slugs."""

    def documents(self, source: SourceFile) -> Iterator[SourceDocument]:
        story: DocumentBuilder | None = None
        before = ""
        for message in messages(source.data):
            here, slug = self.read(message)
            if message.is_cut_off:
                here.notes.append(_("The message is cut off: its end is missing."))
            if story and self.goes_on(here, slug, before):
                self.join(story, here)
                continue
            if story:
                yield story.document()
            story, before = here, slug
        if story:
            yield story.document()

    def join(self, story: DocumentBuilder, part: DocumentBuilder) -> None:
        story.body.extend(part.body)


def is_take(slug: str) -> bool:
    """Whether the slug says that its message goes on with an earlier one."""
    return bool(_TAKE.search(slug))


def base_slug(slug: str) -> str:
    """What the messages of one story share: "BC-LT--Port News, 1st Add,200" -> "LT--Port News"."""
    return _INITIALS.sub("", _SLUG_END.sub("", slug), count=1).strip(" -")
