"""A text in both languages, parted into one for each.

They alternate, stand in turn or side by side in columns, or are glued together.
"""

import re
from dataclasses import replace
from itertools import pairwise, takewhile

from archive.contrib.intake.labels.marks import label_of
from archive.contrib.intake.layout import bylines, captions, english
from archive.contrib.intake.layout.citations import read_citation
from archive.contrib.intake.layout.furniture import read_furniture
from archive.contrib.intake.layout.lines import Line, is_chinese, width, words_of
from archive.contrib.intake.layout.paragraphs import is_full, join_lines
from archive.contrib.intake.outlets import looks_like_paper
from archive.text.language import CHINESE, ENGLISH, LANGUAGES
from archive.text.scripts import HAN, HAN_CHARACTER

_HAN = re.compile(rf"[{HAN}，。、；：？！“”‘’（）《》「」『』]+")
# What parts the two languages of one line.
_MARKS = " \t\u3000/|｜／"
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
# What makes a line of running text in a language: so many words, or Chinese characters.
_WORDS, _CHARACTERS = 8, 18
# A language must have this share of the text to be a half, not a quotation.
_SHARE = 0.06
# How many lines the top of a story has, where running text begins, and how long a headline is.
_TOP, _SHORTEST_PROSE = 14, 40
_SHORTEST_TITLE, _LONGEST_TITLE, _FEWEST_WORDS = 18, 150, 3
# A headline in the text's own language may be as short as 四字标题.
_SHORTEST_OWN = 12
# What parts two columns, and how many rows of them make a text.
_WIDE = re.compile(r"\s{2,}")
_FEWEST_ROWS = 4
# How long a sentence must be, of such lines, to be running text.
_LEAST = 0.6


def part_languages(lines: list[Line]) -> dict[str, list[Line]]:
    """Each language's lines, in the order of their first; {} for a text in one language."""
    if not {ENGLISH, CHINESE} <= set(LANGUAGES):
        return {}
    if columns := _columns(lines):
        return columns
    lines = [part for line in lines for cell in _cells(line) for part in _unglued(cell)]
    chinese = [line for line in lines if line.is_chinese]
    english = [line for line in lines if not line.is_chinese and _LATIN_WORD.search(line.text)]
    if not (chinese and english and all(_is_half(own, lines) for own in (chinese, english))):
        return _with_title(lines)
    halves: dict[str, list[Line]] = {}
    last = ""
    for line in lines:
        neutral = not _LATIN_WORD.search(line.text) and not HAN_CHARACTER.search(line.text)
        # A credit belongs to the line above it, whatever its language.
        neutral = neutral or captions.bare_credit(line.text) is not None
        last = last if neutral and last else CHINESE if line.is_chinese else ENGLISH
        halves.setdefault(last, []).append(line)
    return halves


def _columns(lines: list[Line]) -> dict[str, list[Line]]:
    """The languages of a text that has them side by side, each in a column of its own; {} for
    another. A row of one column alone ends a paragraph of the other one's."""
    rows = [_row(line) for line in lines]
    pairs = [row for row in rows if len(row) == 2]
    orders = {row[0].is_chinese for row in pairs}
    if len(pairs) < max(_FEWEST_ROWS, len(rows) / 2) or len(orders) != 1:
        return {}
    names = (CHINESE, ENGLISH) if orders.pop() else (ENGLISH, CHINESE)
    edges = [min(row[side].indent for row in pairs) for side in (0, 1)]
    found: dict[str, list[Line]] = {name: [] for name in names}
    blank = dict.fromkeys(names, 0)
    for row in rows:
        for name in names:
            blank[name] += row[0].gap
        sides = (0, 1) if len(row) == 2 else (int(row[0].indent >= edges[1]),)
        for side, part in zip(sides, row, strict=True):
            indent = max(0, part.indent - edges[side])
            found[names[side]].append(replace(part, gap=blank[names[side]], indent=indent))
            blank[names[side]] = -1
        for name in names:
            blank[name] += 1
    return {name: _unwrapped(column) for name, column in found.items()}


def _unwrapped(column: list[Line]) -> list[Line]:
    """A column's paragraphs: whatever fills it goes on below."""
    widest = max(line.width for line in column)
    words = words_of(line.text for line in column)
    groups: list[list[Line]] = []
    for line in column:
        above = groups[-1][-1] if groups else None
        if above and not (line.gap or line.indent) and is_full(above, line, widest):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [join_lines(group, words) for group in groups]


def _cells(line: Line) -> list[Line]:
    """A table's row that has a text in either language, as two paragraphs."""
    if line.kind != "table_row" or line.text.count("\t") != 1:
        return [line]
    cut = line.text.index("\t")
    cells = [line.part(0, cut), line.part(cut)]
    is_pair = cells[0].is_chinese != cells[1].is_chinese
    if not is_pair or not all(one.ends_sentence and _is_lettered(one) for one in cells):
        return [line]
    return [replace(one, kind="paragraph", group="") for one in cells]


def _row(line: Line) -> list[Line]:
    """A line, or the two pieces that a wide blank parts, one in either language."""
    for gap in _WIDE.finditer(line.text) if line.kind == "text" else ():
        left, right = line.part(0, gap.start()), line.part(gap.end())
        if left.is_chinese != right.is_chinese and all(_is_lettered(one) for one in (left, right)):
            return [left, replace(right, indent=line.indent + width(line.text[: gap.end()]))]
    return [line]


def _is_lettered(line: Line) -> bool:
    """Whether a piece says in which language it is."""
    return line.is_chinese or bool(_LATIN_WORD.search(line.text))


def _with_title(lines: list[Line]) -> dict[str, list[Line]]:
    """A text in one language whose headline stands in the other one, too, right beside it."""
    top = list(takewhile(lambda line: not _is_prose(line), lines[:_TOP]))
    is_chinese_text = sum(line.is_chinese for line in lines) * 2 > len(lines)
    titles = [
        (line, beside)
        for above, below in pairwise(top)
        for line, beside in ((above, below), (below, above))
        if line.is_chinese != is_chinese_text and beside.is_chinese == is_chinese_text
    ]
    found = [
        line for line, beside in titles if _is_title(line) and _is_title(beside, _SHORTEST_OWN)
    ]
    if not found or len(top) == len(lines):
        return {}
    first = top.index(found[0])
    own = [line for line in top[first:] if line.is_chinese != is_chinese_text and _is_title(line)]
    rest = [line for line in lines if line not in own]
    names = (ENGLISH, CHINESE) if is_chinese_text else (CHINESE, ENGLISH)
    return dict(zip(names, (own, rest), strict=True))


def _is_prose(line: Line) -> bool:
    return line.ends_sentence and line.size > _SHORTEST_PROSE


def _is_title(line: Line, shortest: int = _SHORTEST_TITLE) -> bool:
    """Whether a line could be a headline: some words, and neither a paper's, a menu's nor names."""
    text = line.text
    if (
        not shortest <= line.size <= _LONGEST_TITLE
        or read_furniture(text)
        or label_of(text)
        or set("/@_") & set(text)
    ):
        return False
    words, han = len(_LATIN_WORD.findall(text)), len(HAN_CHARACTER.findall(text))
    is_one = not words if line.is_chinese else words >= _FEWEST_WORDS and not han
    is_named = bylines.sign(text) or bylines.bare_names(text) or looks_like_paper(text)
    is_named = is_named or english.names_company(text)
    return is_one and not is_named and read_citation(line) is None


def _is_half(own: list[Line], lines: list[Line]) -> bool:
    """Whether the lines are running text, and enough of the whole."""
    prose = [line for line in _sentences(lines) if line.is_chinese == own[0].is_chinese]
    share = sum(line.size for line in own) / max(1.0, sum(line.size for line in lines))
    return bool(prose) and share >= _SHARE and _starts_apart(prose, lines)


def _sentences(lines: list[Line]) -> list[Line]:
    """The last lines of running text in either language, which may be wrapped."""
    found, length, above = [], 0.0, lines[0]
    for line in lines:
        if read_furniture(line.text):
            continue  # A notice in the other language makes no half.
        goes_on = not line.gap and line.is_chinese == above.is_chinese and not above.ends_sentence
        length, above = _length(line) + length * goes_on, line
        if line.ends_sentence and length >= _LEAST:
            found.append(line)
    return found


def _length(line: Line) -> float:
    """In the least that running text has."""
    if line.is_chinese:
        return len(HAN_CHARACTER.findall(line.text)) / _CHARACTERS
    return len(_LATIN_WORD.findall(line.text)) / _WORDS


def _starts_apart(prose: list[Line], lines: list[Line]) -> bool:
    """One paragraph amid the other language's text is a quotation, unless it stands at an end."""
    text = _sentences(lines)
    return len(prose) > 1 or prose[0] in (text[0], text[-1])


def _unglued(line: Line) -> list[Line]:
    """A line that changes its script once, with a text on either side, as two lines."""
    if line.kind == "caption" or len(line.text) < 8:
        return [line]
    han = [match for match in _HAN.finditer(line.text) if HAN_CHARACTER.search(match[0])]
    if not han:
        return [line]
    for cut in (han[0].start(), han[-1].end()):
        first, second = line.text[:cut].strip(_MARKS), line.text[cut:].strip(_MARKS)
        if _is_text(first) and _is_text(second) and is_chinese(first) != is_chinese(second):
            starts = (line.text.index(first), line.text.index(second, len(first)))
            parts = [
                line.part(start, start + len(text))
                for start, text in zip(starts, (first, second), strict=True)
            ]
            return [parts[0], replace(parts[1], gap=0)]
    return [line]


def _is_text(text: str) -> bool:
    """Whether all of a piece is in one script: words in letters, or Chinese with few of them."""
    han, words = len(HAN_CHARACTER.findall(text)), len(_LATIN_WORD.findall(text))
    return (han == 0 and words >= 2) or (han >= 2 and words * 4 <= han)
