"""A text in both languages, parted into one for each: alternating, in turn, or glued together."""

import re
from dataclasses import replace

from archive.intake.layout.furniture import is_furniture
from archive.intake.layout.lines import Line, is_chinese
from archive.text.language import CHINESE, ENGLISH, LANGUAGES

_HAN = re.compile(r"[\u3400-\u9fff，。、；：？！“”‘’（）《》「」『』]+")
_HAN_LETTER = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
# What makes a line of running text in a language: so many words, or Chinese characters.
_WORDS, _CHARACTERS = 8, 18
# A language must have this share of the text to be a half, not a quotation.
_SHARE = 0.06
# How long a sentence must be, of such lines, to be running text.
_LEAST = 0.6


def part_languages(lines: list[Line]) -> dict[str, list[Line]]:
    """Each language's lines, in the order of their first; {} for a text in one language."""
    if not {ENGLISH, CHINESE} <= set(LANGUAGES):
        return {}
    lines = [part for line in lines for part in _unglued(line)]
    chinese = [line for line in lines if line.is_chinese]
    english = [line for line in lines if not line.is_chinese and _LATIN_WORD.search(line.text)]
    if not all(own and _is_half(own, lines) for own in (chinese, english)):
        return {}
    halves: dict[str, list[Line]] = {}
    last = ""
    for line in lines:
        neutral = not _LATIN_WORD.search(line.text) and not _HAN_LETTER.search(line.text)
        last = last if neutral and last else CHINESE if line.is_chinese else ENGLISH
        halves.setdefault(last, []).append(line)
    return halves


def _is_half(own: list[Line], lines: list[Line]) -> bool:
    """Whether the lines are running text, and enough of the whole."""
    prose = [line for line in _sentences(lines) if line.is_chinese == own[0].is_chinese]
    share = sum(line.size for line in own) / max(1.0, sum(line.size for line in lines))
    return bool(prose) and share >= _SHARE and _starts_apart(prose, lines)


def _sentences(lines: list[Line]) -> list[Line]:
    """The last lines of running text in either language, which may be wrapped."""
    found, length, above = [], 0.0, lines[0]
    for line in lines:
        if is_furniture(line.text):
            continue  # A notice in the other language makes no half.
        goes_on = not line.gap and line.is_chinese == above.is_chinese and not above.ends_sentence
        length, above = _length(line) + length * goes_on, line
        if line.ends_sentence and length >= _LEAST:
            found.append(line)
    return found


def _length(line: Line) -> float:
    """In the least that running text has."""
    if line.is_chinese:
        return len(_HAN_LETTER.findall(line.text)) / _CHARACTERS
    return len(_LATIN_WORD.findall(line.text)) / _WORDS


def _starts_apart(prose: list[Line], lines: list[Line]) -> bool:
    """One paragraph amid the other language's text is a quotation, unless it stands at an end."""
    text = _sentences(lines)
    return len(prose) > 1 or prose[0] in (text[0], text[-1])


def _unglued(line: Line) -> list[Line]:
    """A line that changes its script once, with a text on either side, as two lines."""
    if line.kind == "caption" or len(line.text) < 8:
        return [line]
    han = [match for match in _HAN.finditer(line.text) if _HAN_LETTER.search(match[0])]
    if not han:
        return [line]
    for cut in (han[0].start(), han[-1].end()):
        first, second = line.text[:cut].strip(), line.text[cut:].strip()
        if _is_text(first) and _is_text(second) and is_chinese(first) != is_chinese(second):
            parts = [line.part(0, cut), line.part(cut)]
            return [parts[0], replace(parts[1], gap=0)]
    return [line]


def _is_text(text: str) -> bool:
    """Whether all of a piece is in one script: words in letters, or Chinese with few of them."""
    han, words = len(_HAN_LETTER.findall(text)), len(_LATIN_WORD.findall(text))
    return (han == 0 and words >= 2) or (han >= 2 and words * 4 <= han)
