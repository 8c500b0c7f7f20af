"""Pieces of text on pages as a story's paragraphs: pure, without any PDF library.

Programs write a page in reading order, column by column; only where the lines of two columns
alternate are they sorted. What stands at the edge of several pages is a running head.
"""

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from archive.contrib.intake.layout.lines import undivided, words_of

# East Asian characters are as wide as high; Latin ones half as wide on average.
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_END = re.compile("[.!?。！？…:：;；”’\"')）】」』]$")
_NUMBER = re.compile(
    "[\\s\\d·•—–|/.\\-]*(?:page|第|版|页|頁|of|p)?[\\s\\d·•—–|/.\\-]*(?:版|页|頁|of)?[\\s\\d·•—–|/.\\-]*",
    re.I,
)
_LONGEST_NUMBER = 30
_DIGITS = re.compile(r"\d+")
_EDGE = 0.1
# A head is so much larger than the text; a line so much shorter ends a paragraph.
_HEADLINE, _SHORT = 1.35, 0.85
# Lines of a paragraph are so far apart, in their usual distance; indents are so wide, in ems.
_APART, _INDENT = 1.3, 0.7
_WIDEST_INDENT, _FEWEST_INDENTED = 4, 2
# In points.
_NARROWEST = 60


@dataclass(frozen=True)
class PdfPiece:
    """Words at a place, in points from the lower left corner of a page."""

    x: float
    y: float
    size: float
    text: str
    is_bold: bool = False
    is_italic: bool = False


@dataclass(frozen=True)
class PdfPage:
    width: float
    height: float
    pieces: tuple[PdfPiece, ...]


@dataclass(frozen=True)
class PdfLine:
    """A line of one column; `end` is where it ends, as far as that can be told."""

    x: float
    y: float
    size: float
    text: str
    end: float
    is_bold: bool
    is_italic: bool
    page: int


@dataclass
class PdfParagraph:
    text: str
    is_bold: bool
    size: float
    page: int


@dataclass
class PdfText:
    """`heads` are running heads and page numbers; `joined` counts words divided at line ends."""

    paragraphs: list[PdfParagraph] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    joined: int = 0
    has_columns: bool = False
    body_size: float = 0


def read_layout(pages: Iterable[PdfPage]) -> PdfText:
    """The paragraphs of the pages in reading order."""
    found = PdfText()
    pages = list(pages)
    by_page = [list(_lines(page, number)) for number, page in enumerate(pages)]
    heads = _running_heads(by_page, pages)
    body: list[PdfLine] = []
    for lines in by_page:
        found.heads += [line.text for line in lines if line in heads]
        ordered, has_columns = _in_order([line for line in lines if line not in heads])
        found.has_columns |= has_columns
        body += ordered
    found.body_size = _usual([round(one.size, 1) for one in body for _letter in one.text])
    leading = _leading(body)
    words = words_of(one.text for one in body)
    for lines in _paragraphs(body, leading):
        text, joined = _joined(lines, words)
        found.joined += joined
        found.paragraphs.append(
            PdfParagraph(text, all(one.is_bold for one in lines), lines[0].size, lines[0].page)
        )
    return found


def _usual(values: list[float]) -> float:
    return statistics.mode(values) if values else 0


def _leading(lines: list[PdfLine]) -> float:
    """The distance of a paragraph's lines: the smallest that is usual. 0 for none."""
    drops = Counter(round(a.y - b.y) for a, b in pairwise(lines) if 0 < a.y - b.y < 4 * a.size)
    least = max(2, sum(drops.values()) // 10)
    return min((drop for drop, count in drops.items() if count >= least), default=0)


def _width(text: str, size: float) -> float:
    wide = len(_WIDE.findall(text))
    return (wide + (len(text) - wide) * 0.5) * size


def _lines(page: PdfPage, number: int) -> Iterator[PdfLine]:
    """Pieces that follow each other on a line, as one; in the order of the page."""
    line: PdfLine | None = None
    for piece in page.pieces:
        text = " ".join(piece.text.split())
        if not text:
            continue
        end = piece.x + _width(text, piece.size)
        if line and _continues(line, piece):
            space = "" if _touches(line, piece, text) else " "
            line = replace(
                line,
                text=line.text + space + text,
                end=max(end, line.end),
                size=max(line.size, piece.size),
                is_bold=line.is_bold and piece.is_bold,
                is_italic=line.is_italic and piece.is_italic,
            )
        else:
            if line:
                yield line
            look = piece.is_bold, piece.is_italic
            line = PdfLine(piece.x, piece.y, piece.size, text, end, *look, number)
    if line:
        yield line


def _continues(line: PdfLine, piece: PdfPiece) -> bool:
    """On the same line, and not as far away as the next column."""
    size = max(line.size, piece.size, 1)
    is_level = abs(line.y - piece.y) < size * 0.4
    return is_level and piece.x >= line.x and piece.x - line.end < size * 1.5


def _touches(line: PdfLine, piece: PdfPiece, text: str) -> bool:
    """Whether no space belongs between them."""
    if piece.text[:1].isspace():
        return False
    if _WIDE.match(line.text[-1:]) or _WIDE.match(text[:1]):
        return True
    return line.text[-1:] in "-(“‘[" or text[:1] in ".,;:!?)”’]%"


def _running_heads(by_page: list[list[PdfLine]], pages: list[PdfPage]) -> set[PdfLine]:
    """Lines at the edges that come again on other pages, and page numbers."""
    edges = [
        line
        for lines, page in zip(by_page, pages, strict=True)
        for line in lines
        if line.y > page.height * (1 - _EDGE) or line.y < page.height * _EDGE
    ]
    counts = Counter(
        (_DIGITS.sub("0", one), page) for one, page in {(e.text, e.page) for e in edges}
    )
    seen = Counter(text for text, _page in counts)
    several = len(pages) > 1
    return {
        line
        for line in edges
        if (len(line.text) < _LONGEST_NUMBER and _NUMBER.fullmatch(line.text))
        or (several and seen[_DIGITS.sub("0", line.text)] > 1)
    }


def _in_order(lines: list[PdfLine]) -> tuple[list[PdfLine], bool]:
    """As written, unless the lines of columns alternate: then a column after the other."""
    starts = _columns(lines)
    if len(starts) < 2:
        return lines, False
    places = [max(i for i, start in enumerate(starts) if line.x >= start - 1) for line in lines]
    changes = sum(a != b for a, b in pairwise(places))
    if changes <= len(lines) / 4:
        return lines, True
    size = _usual([one.size for one in lines])
    # What is above the columns and as large as a headline stays above them.
    top = [line for line in lines if line.size > size * _HEADLINE]
    rest = [
        (place, -line.y, line)
        for place, line in zip(places, lines, strict=True)
        if line.size <= size * _HEADLINE
    ]
    return [*top, *(line for _place, _y, line in sorted(rest, key=lambda one: one[:2]))], True


def _columns(lines: list[PdfLine]) -> list[float]:
    """Where columns start: places at which many lines do, with those to the left ending before."""
    counts = Counter(round(line.x) for line in lines)
    least = max(3, len(lines) // 10)
    starts: list[float] = []
    for x, count in sorted(counts.items()):
        if count < least or (starts and x - starts[-1] < _NARROWEST):
            continue
        left = [line for line in lines if starts and starts[-1] - 1 <= line.x < x - 1]
        across = sum(line.end > x + line.size * 2 for line in left)
        if not starts or across * 3 < len(left):
            starts.append(x)
    return starts


def _paragraphs(lines: list[PdfLine], leading: float) -> Iterator[list[PdfLine]]:
    widest = _widest(lines)
    indented = _indented(lines)
    current: list[PdfLine] = []
    for line in lines:
        if current and _starts_paragraph(current, line, leading, widest, indented):
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def _widest(lines: list[PdfLine]) -> dict[tuple[int, int], float]:
    """How wide the lines of a page that start at a place are."""
    found: dict[tuple[int, int], float] = {}
    for line in lines:
        key = (line.page, round(line.x))
        found[key] = max(found.get(key, 0), line.end - line.x)
    return found


def _indented(lines: list[PdfLine]) -> set[PdfLine] | None:
    """The lines that stand to the right of most of their column; None where no paragraph does."""
    starts = Counter((line.page, round(line.x)) for line in lines)

    def has_margin(line: PdfLine) -> bool:
        return any(
            starts[line.page, x] > starts[line.page, round(line.x)]
            for x in range(
                round(line.x - line.size * _WIDEST_INDENT), int(line.x - line.size * _INDENT) + 1
            )
        )

    found = {line for line in lines if has_margin(line)}
    return found if len(found) >= _FEWEST_INDENTED else None


def _starts_paragraph(
    current: list[PdfLine],
    line: PdfLine,
    leading: float,
    widest: dict[tuple[int, int], float],
    indented: set[PdfLine] | None,
) -> bool:
    last = current[-1]
    # A byline in italics, a subhead in bold: never parts of the paragraph beside them.
    looks = [(one.is_bold, one.is_italic) for one in (last, line)]
    if abs(line.size - last.size) > 0.1 * last.size or looks[0] != looks[1]:
        return True
    drop = last.y - line.y
    usual = max(leading, last.size) * (line.size / last.size)
    is_headline = leading and last.size > leading * 1.1
    if drop > 0 and not is_headline and drop > usual * _APART:
        return True
    if line.page == last.page and drop > 0 and line.x - last.x > line.size * _INDENT:
        return True
    is_end = bool(_END.search(last.text))
    if line.page != last.page and is_end:
        # No distance says it across pages: an indent does, or that nothing else could.
        return line in indented if indented is not None else not line.text[:1].islower()
    width = widest.get((last.page, round(last.x)), 0)
    return is_end and last.end - last.x < width * _SHORT


def _joined(lines: list[PdfLine], words: Counter[str]) -> tuple[str, int]:
    """The paragraph's text, and how many words were put together again."""
    text, joined = lines[0].text, 0
    for line in lines[1:]:
        before, after = text[-1:], line.text[:1]
        if before == "\u00ad":
            text, joined = text[:-1] + line.text, joined + 1
        elif whole := undivided(text, line.text, words):
            text, joined = whole, joined + 1
        elif before.isdigit() and after.isdigit() and _WIDE.search(lines[0].text):
            text += line.text  # A figure in Chinese text, cut by the end of the line.
        elif (
            _WIDE.match(before)
            or _WIDE.match(after)
            or (before in "-\u2010/—" and text[-2:-1] != " ")
        ):
            text += line.text
        else:
            text += f" {line.text}"
    return text, joined
