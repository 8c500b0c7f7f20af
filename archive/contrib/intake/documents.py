"""A story's text as its file holds it: lines, and what the format itself says about them.

Every format makes one of these for each story; `story_reader.read_story` turns it into a record.
A format says only what it knows: a web page knows a caption, plain text knows nothing but lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from typing import Literal
from unicodedata import normalize

from archive.interchange.records import WholeStory

# Offsets into the document's text: the first character, and one past the last.
Span = tuple[int, int]

# "text" is a line of which the format says nothing; the layout decides.
LineKind = Literal[
    "text", "headline", "standfirst", "byline", "dateline", "paragraph", "subhead", "list_item",
    "quote", "table_row", "caption", "credit", "furniture", "unplaced",
]  # fmt: skip
# Two or three letters as one character, as fonts have them.
_LIGATURES = {code: normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
# Lines beside the story: surely none of its words, and words of which nobody knows.
BESIDE: tuple[LineKind, ...] = ("furniture", "unplaced")


@dataclass(frozen=True)
class DocumentLine:
    """A line (in plain text) or an element (in marked-up text) that isn't blank.

    `text` has no mark-up, white space folded; `markup` is the same words as inline HTML where
    emphasis or links are to be kept. `gap` counts the blank lines above; `indent` the characters
    of white space before the first word. `group` is the same for the items of one list, the rows
    of one table (whose cells are parted by tabs) and the lines about one picture, whose name in
    `SourceDocument.images` it then is.
    """

    text: str
    span: Span
    kind: LineKind = "text"
    markup: str = ""
    gap: int = 0
    indent: int = 0
    group: str = ""
    # All of it is bold or a heading of the source.
    is_emphasised: bool = False
    # An item of a numbered list; the row that heads a table, and the words that it is called by.
    is_numbered: bool = False
    is_head: bool = False
    is_caption: bool = False
    # What the source calls it: the first cell of a record's row.
    label: str = ""
    # The source says that it is running text, or stands amid it.
    is_body: bool = False
    # Who signs with it, and where they live, where its place on the page tells: ("Li Na", "").
    signers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DocumentImage:
    """A picture that belongs to the story: its bytes, or an address, or the name of a file.

    `name` is unique in the document. `after` is how many lines come before it.
    """

    name: str
    after: int = 0
    data: bytes = field(default=b"", repr=False)
    url: str = ""
    caption: str = ""
    credit: str = ""
    rights: str = ""
    alt_text: str = ""


@dataclass(frozen=True)
class DocumentMetadata:
    """What a format says outside the text; "" and None stand for what it doesn't say.

    `language` is a BCP 47 tag as given. `bylines` are as printed, one a person or line.
    `published` is when it was printed or put online first, `modified` its last change.
    """

    headline: str = ""
    standfirst: str = ""
    bylines: tuple[str, ...] = ()
    # Who sent it, such as an agency; they sign it as well.
    agencies: tuple[str, ...] = ()
    dateline: str = ""
    publication: str = ""
    published: datetime | None = None
    # The time of day in `published` is printed, and not midnight for want of one.
    has_time: bool = False
    # Day and month of `published` may be the other way round.
    is_doubtful_day: bool = False
    modified: datetime | None = None
    page: str = ""
    section: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    url: str = ""
    document_title: str = ""
    contact: str = ""
    rights: str = ""
    # The source's own lasting name for the story: a GUID, a URN.
    identifier: str = ""
    # What the source tells editors, such as "HOLD until noon": no text, and a person reads it
    # before the story is published.
    editor_notes: tuple[str, ...] = ()
    # What stands in a field and can't be read as its value, such as a date that no calendar has.
    unread: tuple[str, ...] = ()
    # A reader's letter: who signs it contributes.
    is_letter: bool = False
    # Where in the text its fields stand, by their names.
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class SourceDocument:
    """One story of a file. `text` is the source as read and kept; spans point into it.

    `stated` is the record of a file that says everything itself: then nothing else counts but the
    images.
    """

    text: str
    lines: tuple[DocumentLine, ...]
    metadata: DocumentMetadata = DocumentMetadata()
    images: tuple[DocumentImage, ...] = ()
    warnings: tuple[str, ...] = ()
    stated: WholeStory | None = None


def without_ligatures(text: str) -> str:
    """ "ﬁ" as the two letters that people search for and check the spelling of."""
    return text.translate(_LIGATURES)


def from_lines(lines: Iterable[DocumentLine]) -> tuple[str, tuple[DocumentLine, ...]]:
    """Lines whose spans are still unset, one below the other: the text, and the lines in it."""
    placed, parts, at = [], [], 0
    for line in lines:
        text, markup = without_ligatures(line.text), without_ligatures(line.markup)
        label = f"{line.label}\t" if line.label else ""
        parts.append("\n" * line.gap + label + text + "\n")
        at += line.gap + len(label)
        placed.append(replace(line, text=text, markup=markup, span=(at, at + len(text))))
        at += len(text) + 1
    return "".join(parts), tuple(placed)


def parted(document: SourceDocument, starts: Sequence[int]) -> list[SourceDocument]:
    """The document cut above the lines of these numbers, each part with its pictures."""
    edges = [0, *starts, len(document.lines)]
    parts = []
    for first, last in pairwise(edges):
        text, lines = from_lines(document.lines[first:last])
        images = tuple(
            replace(one, after=one.after - first)
            for one in document.images
            if first <= max(one.after - 1, 0) < last
        )
        parts.append(replace(document, text=text, lines=lines, images=images))
    return parts if len(parts) > 1 else [document]
