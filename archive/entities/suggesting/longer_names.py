"""Is a match part of another name, or of another word? Portland Press Herald, 中山公园.

English papers tell by capitals, so a headline in capitals throughout tells less.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from archive.entities.suggesting import words
from archive.text.folding import HAN
from archive.text.language import CHINESE

_NEXT = re.compile(r" ([A-Z][\w’'&.-]*)")
# Portland cement and Peking duck come from anywhere.
_THING = re.compile(r" (?:cement|duck|opera)\b")
_RUN = re.compile(r"(?: (?:of |and |the |for )?[A-Z][\w’'&.-]*){1,4}")
_PREVIOUS = re.compile(r"(?:^|(?<=[\s(\"“‘—–/-]))([A-Z][\w’'.&-]*) $")
_PREVIOUS_OF = re.compile(r"\b([A-Z]\w+) of (?:the )?$")
_STARTS = re.compile(r"(?:^|[.!?:;][\"”’)]*\s+|\n|^\W+|[“\"‘(—–]\s?)$")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{3,}|\b[a-z]{4,}")
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_OFFICE_OF = re.compile(r"(?i)\b(?:mayor|chief|governor|secretary|head|president|leader) of $")
_TITLE_OPEN = "《"
_TITLE_CLOSE = "》"
_MOST_TITLED = 0.7
_NEAR = 80


@dataclass(frozen=True)
class Surroundings:
    """A passage, and where the hits in it begin and end."""

    text: str
    language: str
    starts: Collection[int]
    ends: Collection[int]
    is_titled: bool


def surroundings(text: str, language: str, spans: Collection[tuple[int, int]]) -> Surroundings:
    starts = frozenset(start for start, _end in spans)
    ends = frozenset(end for _start, end in spans)
    return Surroundings(text, language, starts, ends, is_title_case(text))


def is_title_case(text: str) -> bool:
    """Whether nearly all long words begin with a capital, as in many headlines."""
    if text.rstrip().endswith((".", "。", ".”", '."')) and not text.isupper():
        return False
    found = _CAPITALISED.findall(text)
    capitals = sum(word[0].isupper() for word in found)
    return (len(found) > 2 and capitals >= _MOST_TITLED * len(found)) or text.isupper()


def is_sentence_start(text: str, start: int) -> bool:
    return bool(_STARTS.search(text[max(0, start - 6) : start])) or start == 0


def is_part_of_longer(around: Surroundings, start: int, end: int, kind: str) -> bool:
    """Whether text[start:end], found as a name of that kind, belongs to a longer name."""
    if around.language == CHINESE:
        return _in_chinese(around.text, start, end, kind)
    return _goes_on(around, start, end, kind) or _has_begun(around, start, end, kind)


def _goes_on(around: Surroundings, start: int, end: int, kind: str) -> bool:
    if _THING.match(around.text, end):
        return True
    following = _NEXT.match(around.text, end)
    if not following or end + 1 in around.starts:
        return False
    run = _RUN.match(around.text, end)
    pieces = [_POSSESSIVE.sub("", word).rstrip(".") for word in run[0].split()] if run else []
    if any(word in words.TAILS for word in pieces[:4]):
        return True
    word = following[1].rstrip(".,")
    if kind not in ("place", "person") or around.is_titled or word in words.MAY_FOLLOW:
        return False
    return not (word.isupper() or _OFFICE_OF.search(_left(around.text, start)))


def _has_begun(around: Surroundings, start: int, end: int, kind: str) -> bool:
    before = _left(around.text, start)
    of = _PREVIOUS_OF.search(before)
    if of and of[1] in words.OF_HEADS and kind == "place":
        return True
    previous = _PREVIOUS.search(before)
    if not previous or start - 1 in around.ends:
        return False
    word = previous[1]
    if _POSSESSIVE.search(word) or word in words.MAY_PRECEDE:
        return False
    if kind == "place" and word in words.HEADS:
        return True
    is_single = " " not in around.text[start:end]
    if kind in ("organisation", "topic") or around.is_titled or not is_single:
        return False
    if word.endswith(".") or word.isupper():
        return False
    if is_sentence_start(before, previous.start(1)):
        return word in words.GIVEN_NAMES
    return True


def _left(text: str, end: int) -> str:
    """As much of what stands before as a rule looks at."""
    return text[max(0, end - _NEAR) : end]


def _in_chinese(text: str, start: int, end: int, kind: str) -> bool:
    before, after = text[max(0, start - 3) : start], text[end : end + 12]
    if before.endswith("·") or after.startswith("·"):
        return True
    if kind in ("place", "person") and _is_in_title(text, start, end):
        return True
    straddling = words.STRADDLING_ZH.get(text[start:end].removesuffix("市"))
    if straddling and (straddling.search(before) or straddling.search(after)):
        return True
    if kind == "person":
        return _is_longer_person(text, start, end)
    return kind == "place" and bool(words.LONGER_ZH.match(after))


def _is_in_title(text: str, start: int, end: int) -> bool:
    """Within 《…》, and not all of it."""
    opened = text.rfind(_TITLE_OPEN, max(0, start - _NEAR), start + 1)
    if opened < 0 or text.find(_TITLE_CLOSE, opened, start) >= 0:
        return False
    closed = text.find(_TITLE_CLOSE, end - 1, end + _NEAR)
    return closed >= 0 and text[opened + 1 : closed] != text[start:end].strip("《》")


def _is_longer_person(text: str, start: int, end: int) -> bool:
    """龚正义说 names another person than 龚正; 龚正明确表示 names him."""
    if words.LONGER_ZH.match(text, end):
        return True
    if end - start != len("龚正") or not re.match(f"[{HAN}]", text[start:end]):
        return False
    third, fourth = text[end : end + 1], text[end + 1 : end + 2]
    return bool(third) and third in words.GIVEN_ZH and fourth in words.AFTER_NAME_ZH
