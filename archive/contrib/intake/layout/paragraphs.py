"""Joins the lines that a file wrapped, and parts those that it ran together.

A file is hard-wrapped when its full lines break off in mid-sentence where the next word would not
have fitted. Paragraphs are then parted by blank lines, by indents, or by a last line that is short.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import islice, pairwise

from archive.contrib.intake.layout import bylines, datelines
from archive.contrib.intake.layout.citations import read_citation
from archive.contrib.intake.layout.furniture import is_jump
from archive.contrib.intake.layout.lines import (
    Line,
    is_chinese,
    remembered,
    undivided,
    width,
    words_of,
)
from archive.contrib.intake.layout.stamps import find_stamps

# Wider lines than this are paragraphs, in columns.
_WIDEST = 110
_NARROWEST = 16
# What no sentence ends with, in a line so wide.
_OPEN_END = re.compile(
    r"\b(?:and|or|the|an?|of|to|in|at|on|for|with|by|from|that|which|who|is|was|were|had|has|its"
    r"|his|her|their|as)$"
)
_WIDE = 50
# No line of Chinese begins with these.
_NO_START = "、，。；！？"
# What older papers put before each headline.
_HEADS = tuple("●◎○◉")
# Room that a line may leave, in columns, beyond the word that did not fit.
_SLACK = 4
# What parts paragraphs that stand on one line.
_RUN_TOGETHER = re.compile(
    r"(?<=[。！？”」.!?\"])\s*(?:\u3000{2,}|[ \u00a0]{4,}|\t+)\s*(?=\S)|(?:\u3000{2,}|\t{2,}| "
    r"{6,})(?=\S)"
)
_LONG = 400
# A line with more pieces than this is no story that was run together.
_MOST_PARTS = 1000
# Where the top of a story on one line is looked for, in characters.
_TOP = 300
_LOWER = re.compile(r"[a-zà-ÿ]")
# A byline whose names go on in the next line.
_NAMES_GO_ON = re.compile(r"^By [A-Z].{0,150}(?:,| and| &)$", re.IGNORECASE)
_ONE_MORE = re.compile(r"(?:and|&) (?=[A-Z][^.!?]{2,60}$)")
# What stands this wide apart is no running text.
# One sentence ends in the line and another begins: no headline.
_SENTENCES = re.compile(r"[a-z]{3}[.!?] [A-Z]")
_COLUMNS = re.compile(r"\S\s{6,}\S")
_BULLET = re.compile(
    r"(?:[•●■□◆◇▪‣*]|[-–—](?=\s)|>{1,3}|\(?\d{1,2}[.)、]\s?(?!\d)|[一二三四五六七八九十]{1,2}、)"
)


def join_wrapped(lines: list[Line]) -> list[Line]:
    """The lines as paragraphs; a document that isn't wrapped comes back as it is."""
    if len(lines) <= 2:
        lines = [part for line in lines for part in _head_parted(line)]
    lines = [part for line in lines for part in _parted(line)]
    wrap = _wrap_width(lines)
    usual = _usual_gap(lines, wrap) if wrap else 0
    has_indents = bool(wrap) and _is_marked_by(lines, lambda line: line.indent >= 2)
    has_gaps = bool(wrap) and _is_marked_by(lines, lambda line: line.gap > usual)
    words = words_of(line.text for line in lines)
    text = _running_lines(lines, usual) if has_gaps else frozenset()
    edge = Counter(line.indent for line in lines).most_common(1)[0][0] if has_indents else 0
    groups: list[list[Line]] = []
    for line in lines:
        above = groups[-1][-1] if groups else None
        # An indent begins a paragraph, also below one of a single line.
        begins = has_indents and line.indent >= edge + 2
        if above and not line.gap and line.text[0] in _NO_START and line.kind == "text":
            groups[-1].append(line)
            continue
        if (
            above
            and not begins
            and _continues(groups[-1], line, wrap, usual, text, marked=has_indents or has_gaps)
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [join_lines(group, words) for group in groups]


def _parted(line: Line) -> list[Line]:
    """Paragraphs that stand on one line, parted by wide spaces."""
    if line.kind != "text" or line.size < _LONG:
        return [line]
    cuts = list(islice(_RUN_TOGETHER.finditer(line.text), _MOST_PARTS))
    if not 0 < len(cuts) < _MOST_PARTS:
        return [line]
    parts, at = [], 0
    for match in cuts:
        parts.append(line.part(at, match.start()))
        at = match.end()
    found = [part for part in (*parts, line.part(at)) if part.text]
    return [found[0], *(replace(part, gap=0) for part in found[1:])]


def _head_parted(line: Line) -> list[Line]:
    """A whole story on one line: the headline, the byline and the date before its text."""
    if (
        line.kind != "text"
        or (len(line.text) < _LONG and not line.is_chinese)
        or len(line.text) < 120
    ):
        return [line]
    top = line.folded[:_TOP]
    cuts = {0}
    if line.is_chinese:
        cuts.update(match.end() for match in re.finditer(r"\s+", top))
    elif byline := re.search(r"\s(?=By [A-Z][\w.’'-]+ [A-Z])", top):
        cuts.add(byline.end())
        if paper := re.compile(r"\([^()]{2,40}\)\s").search(top, byline.end()):
            cuts.add(paper.end())
    for stamp in find_stamps(top):
        cuts.update((stamp.start, stamp.end))
    at = sorted(cuts)
    parts = [line.part(start, end) for start, end in zip(at, [*at[1:], None], strict=True)]
    return [part for part in parts if part.text]


def _wrap_width(lines: list[Line]) -> int:
    """The width at which the file is wrapped, in columns; 0 if it isn't."""
    plain = [line for line in lines if line.kind == "text"]
    widths = Counter(line.width for line in plain if _NARROWEST <= line.width <= _WIDEST)
    if len(plain) < 4 or not widths:
        return 0
    best, most = 0, 0
    for limit in _likely_limits(plain, widths):
        full = [line for line, below in pairwise(plain) if is_full(line, below, limit)]
        broken = sum(not line.ends_sentence for line in full)
        if broken > most and broken >= 3 and broken * 2 >= len(full) and broken * 4 >= len(plain):
            best, most = limit, broken
    return best


def _likely_limits(lines: list[Line], widths: Counter[int]) -> list[int]:
    """The widest lines' widths, leaving out the few that are wider: headlines and captions."""
    allowed = max(1, len(lines) // 6)
    limits: list[int] = []
    wider = sum(line.width > _WIDEST for line in lines)
    for found in sorted(widths, reverse=True):
        if wider > allowed or len(limits) == 12:
            break
        limits.append(found)
        wider += widths[found]
    return limits


def is_full(line: Line, below: Line, limit: int) -> bool:
    """Whether the next line's first word would not have fitted on the line."""
    if line.width > limit:
        return False
    if below.is_chinese or is_chinese(below.text[:1]):
        return line.width + _SLACK >= limit
    first = below.text.split(None, 1)[0]
    return line.width + 1 + width(first) > limit and line.width * 2 > limit


def _usual_gap(lines: list[Line], wrap: int) -> int:
    """The blank lines between two lines of one paragraph."""
    gaps = Counter(
        below.gap
        for line, below in pairwise(lines)
        if not line.ends_sentence and is_full(line, below, wrap)
    )
    return gaps.most_common(1)[0][0] if gaps else 0


def _is_marked_by(lines: list[Line], is_marked: Callable[[Line], bool]) -> bool:
    """Whether a part of the lines, not all, begin paragraphs by such a mark."""
    marked = sum(map(is_marked, lines[1:]))
    return 2 <= marked < 0.8 * len(lines)


def _running_lines(lines: list[Line], usual: int) -> frozenset[int]:
    """The numbers of the lines of blocks that blank lines part and a full stop ends."""
    found: list[int] = []
    block: list[Line] = []
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        block.append(line)
        if below is None or below.gap > usual:
            found += [one.number for one in block if line.ends_sentence and line.kind == "text"]
            block = []
    return frozenset(found)


def _continues(
    group: list[Line], line: Line, wrap: int, usual: int, text: frozenset[int], *, marked: bool
) -> bool:
    """Whether a line goes on with the paragraph of the lines above it."""
    above = group[-1]
    if (
        "text" not in (above.kind,)
        or line.kind != "text"
        or line.is_emphasised != above.is_emphasised
    ):
        return False
    if not any(map(str.isalnum, line.text)):
        return False  # A rule.
    if group[0].text[:1] in _HEADS and line.indent > group[0].indent + 1:
        return False  # A deck below a headline with a mark.
    if line.gap > usual or _BULLET.match(line.text) or _COLUMNS.search(above.text):
        return False
    if _NAMES_GO_ON.search(above.text) and len(above.text) < 160:
        return True
    if (more := _ONE_MORE.match(line.text)) and bylines.sign(above.text):
        return bool(bylines.sign(f"By {line.text[more.end() :]}"))
    # A single line above one that begins large may be the headline.
    is_told = len(group) > 1 or not line.text[:1].isupper() or bool(_SENTENCES.search(above.text))
    is_text = line.number in text and is_told
    goes_on = is_text and not above.is_chinese and _is_ragged(above, wrap)
    goes_on = goes_on or _goes_on(above, line, wrap, marked=marked) or _hangs(group, line)
    return goes_on and not (_has_form(above) or _has_form(line))


def _hangs(group: list[Line], line: Line) -> bool:
    """Whether a line at the edge ends a sentence that a Chinese paragraph, indented, breaks off."""
    above = group[-1]
    is_broken = is_chinese(above.text[-1:]) or (above.is_chinese and above.ends_openly)
    is_full = line.width <= above.width + _SLACK <= _WIDEST + _SLACK
    goes_on = is_broken and is_full and not line.gap and line.ends_sentence
    return goes_on and group[0].indent >= 2 > line.indent


def _is_ragged(line: Line, wrap: int) -> bool:
    """Whether a line breaks off in mid-sentence, short of the width as a typist may leave it."""
    return not line.ends_sentence and line.width * 2 >= wrap


def _goes_on(above: Line, line: Line, wrap: int, *, marked: bool) -> bool:
    if not wrap:
        return _runs_on(above, line)
    if not is_full(above, line, wrap):
        return _runs_on(above, line)
    # A full last line of a paragraph looks like any other: the next one begins large.
    ends = above.ends_sentence and not marked and above.width + _SLACK < wrap
    return not ends or bool(_LOWER.match(line.text))


@remembered  # Each line is asked about twice: as the one below, and as the one above.
def _has_form(line: Line) -> bool:
    """Whether the line is a byline or a citation by itself."""
    text = line.text
    return len(text) < 160 and bool(bylines.sign(text) or read_citation(line) or is_jump(text))


def _runs_on(above: Line, line: Line) -> bool:
    """A line of letters that stops in mid-sentence, and one below that begins small.

    It may begin large below a wide line that ends with such a word as "and".
    """
    if above.ends_sentence or above.is_chinese or line.gap:
        return False
    is_open = above.width >= _WIDE and bool(_OPEN_END.search(above.text))
    return (
        len(above.text) >= 12
        and (is_open or bool(_LOWER.match(line.text)))
        and above.width < _WIDEST
        and " " in line.text
        and not datelines.open_story(line.text)
    )


def join_lines(group: list[Line], words: Counter[str]) -> Line:
    """Lines that go on below each other as one; `words` are those of the whole text."""
    if len(group) == 1:
        return group[0]
    text, places = group[0].text, group[0].places
    for line in group[1:]:
        if whole := undivided(text, line.text, words):
            text = whole
        elif (
            is_chinese(text[-1:])
            or is_chinese(line.text[:1])
            or text[-1:] in "，。、；：！？」》）"
            # English has these, too, and a space behind them.
            or (text[-1:] in "”’" and is_chinese(text + line.text))
        ):
            text += line.text
        else:
            text = f"{text} {line.text}"
        start = len(text) - len(line.text)
        places += tuple((start + own, there) for own, there in line.places)
    span = (group[0].span[0], group[-1].span[1])
    places = places if all(line.places for line in group) else ()
    return replace(group[0], text=text, span=span, places=places, markup="")
