"""IPTC 7901, the agencies' teletype format (https://iptc.org/standards/iptc7901/).

SOH eca062 4 i 211 ccccb dpa 061    source, number, priority, category, words, options
    Country-topic/                  keywords
STX HEADLINE =                      one to four lines, the last of them ends so
    Paragraphs of lines that are at most 69 characters long, indented or parted by blank lines.
ETX 131137 GMT Nov 13 EOT           day, hour and minute, month, year
"""

import re
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy

from archive.contrib.intake.document_builder import DocumentBuilder
from archive.contrib.intake.documents import DocumentLine, LineKind
from archive.contrib.intake.markup_lines import MarkupLines
from archive.contrib.intake.sources import SourceFile
from archive.contrib.wires.messages import (
    MessageFormat,
    WireMessage,
    base_slug,
    is_take,
    is_wire,
    text_of,
)
from archive.text.dates import MONTHS_BY_NAME

_HEADER = re.compile(rb"\s{0,9}[A-Za-z]{2,4}\d{2,5}[ \r\n]")
_TRAILER = re.compile(r"(\d\d)(\d\d)(\d\d) ?(?:GMT|UTC|Z)? ?([A-Za-z]{3})[a-z]{0,6}\.? (\d\d)\b")
# German wires say so in English texts as well.
_GERMAN = {"mai": "may", "mrz": "mar", "okt": "oct", "dez": "dec", "mae": "mar"}
# "1ST LEAD", "EXTRA", "REFILE", "(Achtung)": says which version it is, not what it is about.
_VERSION = re.compile(r"[A-Z0-9 :/.-]{1,40}|\d(?:st|nd|rd|th) LEAD.{0,20}|\(\w{1,20}\)")
_BYLINE = re.compile(r"(?:By|Von|Par|Por) \S.{0,100}")
_NOTEBOOK = re.compile(r"# ?\S.{0,40}", re.I)
# "dpa wsz jln npr": the agency and the initials of those who worked on it.
_SIGN_OFF = re.compile(r"[a-z]{2,6}(?: [a-z]{2,4}){1,5}")
# Columns are parted by at least this much white space.
_COLUMNS = re.compile(r"\S {3,}\S")
_MOST_HEADLINES = 6


class Iptc7901Format(MessageFormat):
    id = "iptc7901"
    name = gettext_lazy("IPTC 7901")
    description = gettext_lazy("An agency's teletype messages, one or many in a file.")
    suffixes = (".txt", ".iptc", ".tst")

    def recognises(self, source: SourceFile) -> bool:
        head = source.data[:4096]
        return is_wire(head) and bool(_HEADER.match(head.partition(b"\x01")[2]))

    def read(self, message: WireMessage) -> tuple[DocumentBuilder, str]:
        return _read(message)

    def goes_on(self, here: DocumentBuilder, slug: str, before: str) -> bool:
        return is_take(f"{here.headline} {slug}") and slug == before

    def join(self, story: DocumentBuilder, part: DocumentBuilder) -> None:
        story.body.add("furniture", part.headline)
        super().join(story, part)


def _read(message: WireMessage) -> tuple[DocumentBuilder, str]:
    """A message's story, and the slug that its takes share."""
    story = DocumentBuilder()
    header = text_of(message.header).splitlines()
    keywords = " ".join(header[1:]).strip().strip("/")
    story.keywords = [part.strip() for part in keywords.split("/")]
    lines = text_of(message.text).split("\n")
    rest = _read_head(story, lines)
    story.body = _read_body(rest)
    if stamp := _TRAILER.search(text_of(message.trailer)):
        story.take_published(stamp[0], read=_moment)
    return story, base_slug(keywords)


def _read_head(story: DocumentBuilder, lines: list[str]) -> list[str]:
    """Reads the lines up to the one that ends in "=", or else the first; gives the rest."""
    end = next(
        (n for n, line in enumerate(lines[:_MOST_HEADLINES]) if line.rstrip().endswith("=")), 0
    )
    headline: list[str] = []
    for line in lines[: end + 1]:
        line = " ".join(line.rstrip(" =").split())
        if _BYLINE.fullmatch(line):
            story.bylines.append(line)
        elif headline or not _VERSION.fullmatch(line) or not end:
            headline.append(line)
        else:
            story.keywords.append(line)
    story.headline = " ".join(filter(None, headline))
    return lines[end + 1 :]


def _read_body(lines: list[str]) -> MarkupLines:
    """Joins the lines of a paragraph; those of a table stay."""
    found = MarkupLines()
    paragraph: list[str] = []
    kind: LineKind = "text"

    def end() -> None:
        text = " ".join(paragraph)
        is_sign_off = bool(_SIGN_OFF.fullmatch(text))
        found.add("furniture" if is_sign_off else kind, text)
        paragraph.clear()

    for line in lines:
        words = " ".join(line.split())
        if not words or line.startswith("  ") or _COLUMNS.search(line):
            end()
        if _NOTEBOOK.fullmatch(words):
            # Links and telephone numbers for editors follow to the end.
            end()
            kind = "furniture"
        if _COLUMNS.search(line.strip()):
            found.lines.append(
                DocumentLine(words, (0, 0), kind, indent=len(line) - len(line.lstrip()))
            )
        elif words:
            paragraph.append(words)
    end()
    return found


def _moment(trailer: str) -> tuple[datetime | None, bool]:
    """The trailer's date, in universal time: "131137 GMT Nov 13" is 13 November 2013, 11:37."""
    found = _TRAILER.search(trailer)
    if not found:
        return None, False
    day, hour, minute = (int(part) for part in found.group(1, 2, 3))
    month = found[4].lower()
    month = _GERMAN.get(month, month)
    year = int(found[5])
    try:
        # Two digits: this format is older than the century, and no older than the seventies.
        century = 1900 if year >= 70 else 2000
        number = MONTHS_BY_NAME[month]
        return datetime(century + year, number, day, hour, minute, tzinfo=UTC), True
    except (KeyError, ValueError):
        return None, False
