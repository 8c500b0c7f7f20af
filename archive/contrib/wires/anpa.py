"""ANPA 1312, the American newspapers' wire format.

    SYN SYN SOH W2870 US asian          service and number, selector
        r e DC3 DC1 BC-Slug 11-13 1049  priority, category, format, slug, month and day, words
    STX ^BC-Slug,466<                   "^…<" is a line set flush left, "^…=" a centred one
        ^A headline<
        ^By A WRITER=
        TAB paragraphs
    ETX AP-WF-11-13-13 1509GMT< EOT     sender, date

Within a text, `` and '' are quotation marks, _ is a dash; RS, US and ";" part columns.
"""

import re
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy

from archive.contrib.intake.document_builder import DocumentBuilder
from archive.contrib.intake.documents import DocumentLine
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

_FORMATS = re.compile(rb"[\x11-\x14\x1f]")
_HEADER = re.compile(r"(\w) (\w) ?[\x11-\x14]{1,3} ?(.{0,200})")
_HEADER_END = re.compile(r" {2,}\d\d?-\d\d?(?: +\d{1,5})? *$")
_TRAILER = re.compile(r"(\d\d?)-(\d\d?)-(\d\d) (\d\d)(\d\d) ?(?:GMT|Z)?")
_CATEGORIES = {
    "d": "Food",
    "e": "Entertainment",
    "f": "Finance",
    "i": "International",
    "l": "Lifestyle",
    "o": "Weather",
    "p": "Politics",
    "s": "Sports",
    "t": "Travel",
    "w": "Washington",
}
_WORD_COUNT = re.compile(r",? ?\d{0,5}$")
_PHOTOS = re.compile(r"(?:AP|Reuters|AFP) (?:Photos?|Video|Graphics?|Audio)\b")
_EDITORS = re.compile(r"\(?Eds[:.]|EDITORS?['’]?S? NOTE", re.I)
_BYLINE = re.compile(r"By \S.{0,200}")
# A line of columns: parted by the wire's controls, or by semicolons without a space.
_COLUMNS = re.compile(r"[\x1e\x1f]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DASH = re.compile(r"(?<= )_(?= )")
_WORDLESS = re.compile(r"[\W_]*")


class AnpaFormat(MessageFormat):
    id = "anpa"
    name = gettext_lazy("ANPA 1312")
    description = gettext_lazy("American wire messages, one or many in a file.")
    suffixes = (".txt", ".anpa", ".tst")

    def recognises(self, source: SourceFile) -> bool:
        head = source.data[:4096]
        header = head.partition(b"\x01")[2].partition(b"\x02")[0]
        return is_wire(head) and bool(_FORMATS.search(header))

    def read(self, message: WireMessage) -> tuple[DocumentBuilder, str]:
        return _read(message)

    def goes_on(self, here: DocumentBuilder, slug: str, before: str) -> bool:
        return is_take(slug) and base_slug(slug) == base_slug(before)


def _read(message: WireMessage) -> tuple[DocumentBuilder, str]:
    """A message's story and its slug as sent."""
    story = DocumentBuilder()
    if header := _HEADER.search(text_of(message.header)):
        story.section = _CATEGORIES.get(header[2].lower(), "")
        story.keywords.append(base_slug(_HEADER_END.sub("", header[3])))
    if stamp := _TRAILER.search(text_of(message.trailer)):
        story.take_published(stamp[0], read=_moment)
    lines = [line for line in _joined(text_of(message.text)) if not _is_wordless(line)]
    slug = ""
    if lines and lines[0].startswith("^"):
        # Some services put a number of their own before the slug.
        pieces = [piece for piece in lines.pop(0).split("<") if piece.strip()]
        slug = _WORD_COUNT.sub("", _clean(pieces[-1]))
        story.keywords = [base_slug(slug)]
    body = lines if is_take(slug) else _read_head(story, lines)
    story.headline = story.headline or base_slug(slug).rpartition("--")[2]
    story.body = _read_body(body)
    return story, slug


def _joined(text: str) -> list[str]:
    """The lines of type: a line that begins with none of the marks goes on with the one above."""
    lines: list[str] = []
    for line in text.split("\n"):
        if not line.strip():
            lines.append("")
        elif line.startswith(("^", "\t", "\x08", " ")) or not lines or not lines[-1]:
            lines.append(line)
        else:
            lines[-1] += " " + line
    return list(filter(None, lines))


def _is_wordless(line: str) -> bool:
    return bool(_WORDLESS.fullmatch(_CONTROLS.sub("", line)))


def _read_head(story: DocumentBuilder, lines: list[str]) -> list[str]:
    """Reads the lines between slug and text; gives the rest. Without a text, lines are the text."""
    end = next((n for n, line in enumerate(lines) if not line.startswith("^")), len(lines))
    for number, line in enumerate(lines[:end]):
        text = _clean(line)
        if _PHOTOS.match(text) or _EDITORS.match(text):
            story.note_to_editors(text)
        elif _BYLINE.fullmatch(text) and line.rstrip().endswith("="):
            story.bylines.append(text)
            return _read_title(story, lines, number + 1, end)
        elif not story.headline:
            story.headline = text
        elif end == len(lines):
            return lines[number:]
        else:
            story.standfirsts.append(text)
    return lines[end:]


def _read_title(story: DocumentBuilder, lines: list[str], start: int, end: int) -> list[str]:
    """Below a byline: what the writer is, unless it is the heading of a table. Gives the rest."""
    heads_table = end < len(lines) and len(_cells(lines[end])) > 1
    if end - start != 1 or heads_table:
        return lines[start:]
    story.byline_titles.append(_clean(lines[start]))
    return lines[end:]


def _read_body(lines: list[str]) -> MarkupLines:
    found = MarkupLines()
    group = ""
    for line in lines:
        cells = _cells(line)
        if len(cells) > 1:
            group = group or f"table-{len(found.lines)}"
            found.lines.append(DocumentLine("\t".join(cells), (0, 0), "table_row", group=group))
            continue
        group = ""
        text = _clean(line)
        if text.upper() in ("MORE", "(MORE)", "END"):
            found.add("furniture", text)
        elif line.startswith("^") and line.rstrip().endswith("="):
            found.add("subhead", text)
        else:
            found.add("text", text)
    return found


def _cells(line: str) -> list[str]:
    """The columns of a line of a table; one for other lines."""
    line = line.strip().lstrip("\x08").removeprefix("^").rstrip("<\x10 ")
    if _COLUMNS.search(line):
        # Several controls in a row part two cells; the first cell may be empty.
        first, *others = (part.strip() for part in _COLUMNS.split(line))
        parts = [first, *filter(None, others)]
    elif line.count(";") > 1 and "; " not in line:
        parts = line.split(";")
    else:
        return [line]
    # In tables, "{" is the half of a number.
    return [_clean(part).replace("{", "½") for part in parts]


def _clean(line: str) -> str:
    """The words, without the marks of typesetting."""
    text = _CONTROLS.sub("", line.replace("\x10 ", " ")).strip().removeprefix("^")
    text = text.rstrip("<= \t") if text.endswith(("<", "=")) else text
    text = text.replace("``", "“").replace("''", "”")
    return " ".join(_DASH.sub("—", text).split())


def _moment(trailer: str) -> tuple[datetime | None, bool]:
    """ "AP-WF-11-13-13 1509GMT": month, day, year, hour and minute in universal time."""
    found = _TRAILER.search(trailer)
    if not found:
        return None, False
    month, day, year, hour, minute = (int(part) for part in found.groups())
    try:
        # Two digits: the format is of the seventies.
        year += 1900 if year >= 70 else 2000
        return datetime(year, month, day, hour, minute, tzinfo=UTC), True
    except ValueError:
        return None, False
