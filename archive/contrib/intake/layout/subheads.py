"""Which short lines are subheads: what an interview, a list of points or a count says of them."""

import re
from collections import Counter
from itertools import takewhile

from archive.contrib.intake.layout import furniture
from archive.contrib.intake.layout.forms import StoryLine, has_mark
from archive.contrib.intake.layout.lines import fold

_FEWEST_QUESTIONS = 4
_SURELY_OTHER = 0.9
# "一、", "01 ", "2.": subheads that are counted.
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,2}、|\d{1,2}[.、\s]")


def list_points(items: list[StoryLine]) -> None:
    """The lines right below "Key points:" amid the text are a list, without bullets, too."""
    for at, item in enumerate(items):
        if not item.is_free or not furniture.heads_points(item.line.text):
            continue
        below = list(takewhile(lambda one: not one.line.gap, items[at + 1 : at + 12]))
        points = [one for one in below if one.form in ("open", "prose", "caption") and not one.role]
        if len(points) >= 2 and points == below:
            item.put("unplaced", 0.8)
            for one in points:
                one.form, one.caption = "list_item", None


def keep_questions(items: list[StoryLine]) -> None:
    """An interview's questions are paragraphs, the short ones that look like subheads, too."""
    asked = [
        item
        for item in items
        if item.role in ("paragraph", "subhead")
        and item.line.kind == "text"
        and item.line.text.endswith(("?", "？"))
        and not item.line.is_emphasised
    ]
    heads = [item for item in asked if item.role == "subhead" and not has_mark(item.line.text)]
    speakers = Counter(_speaker(item.line.text) for item in items)
    is_interview = len(asked) >= _FEWEST_QUESTIONS and len(heads) * 2 < len(asked)
    for item in heads:
        who = _speaker(item.line.text)
        if is_interview or (who and speakers[who] > 1):
            item.put("paragraph", 0.8)


def _speaker(text: str) -> str:
    """Who speaks by a line such as "李娜：…"; "" for another."""
    who, colon, _said = fold(text[:24]).partition(":")
    return who if colon else ""


def take_first_subhead(items: list[StoryLine]) -> None:
    """A short line above the first paragraph, of one make with the subheads below it."""
    first = next((at for at, item in enumerate(items) if item.role == "paragraph"), 0)
    item = items[first - 1] if first > 1 else None
    heads = [one for one in items[first:] if one.role == "subhead" and one.line.kind == "text"]
    if item is None or item.role != "unplaced" or item.form != "open" or len(heads) < 2:
        return
    line = item.line
    widest = max(one.line.size for one in heads)
    if (
        line.size > widest * 1.5
        or line.ends_openly
        or any(one.line.gap != line.gap for one in heads)
    ):
        return
    numbered = [bool(_NUMBERED.match(one.line.text)) for one in heads]
    if not all(numbered) and item.seems("other", least=_SURELY_OTHER):
        return
    if (
        bool(_NUMBERED.match(line.text)) == all(numbered)
        and line.is_chinese == heads[0].line.is_chinese
    ):
        item.put("subhead", 0.75)
