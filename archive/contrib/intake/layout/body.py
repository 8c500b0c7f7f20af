"""The body and what is below it: paragraphs, subheads, captions and furniture, by their neighbours.

Each free line gets a score for every field it could be in; the best one takes it, and the lead
over the second is the confidence. A missing full stop is one sign among others.
"""

import math
import re
from bisect import bisect
from collections import Counter
from dataclasses import dataclass, replace
from statistics import median

from archive.contrib.intake.layout import bylines, captions, furniture
from archive.contrib.intake.layout.bylines import Signature
from archive.contrib.intake.layout.forms import Label, Role, StoryLine, has_mark
from archive.contrib.intake.layout.lines import Line, ends_sentence, fold, is_chinese, key
from archive.contrib.intake.layout.subheads import keep_questions, list_points, take_first_subhead
from archive.contrib.intake.records import ParsedCaption

_LONGEST_SUBHEAD = 110
_SHORTEST_PROSE = 60
_SOURCE = re.compile(r"(?:来源|稿源|source)\s?[:：]", re.IGNORECASE)
_COMMENTS = re.compile(
    r"(?:\d{1,5} )?(?:(?:reader )?(?:comments?|responses?)|(?:网友)?(?:评论|留言))"
    r"\s?[:(]?\s?\d{0,5}[):]{0,2}",
    re.IGNORECASE,
)
_COMMENTER = re.compile(
    r"(?:posted|comment|written) by\b|[\w .-]{2,40} (?:says|said|wrote|writes):"
    r"|.{2,20}(?:网友|楼):?",
    re.IGNORECASE,
)


_ROLES: dict[Label, Role] = {
    "headline": "unplaced",
    "standfirst": "paragraph",
    "byline": "unplaced",
    "paragraph": "paragraph",
    "subhead": "subhead",
    "caption": "caption",
    "other": "unplaced",
}


@dataclass(frozen=True)
class BodyContext:
    """What the rest of the file tells of a line."""

    usual: float
    gap: int
    repeated: frozenset[str]
    # Short lines that stand alone between paragraphs: a file that has subheads has several.
    alone: int
    # Where the first paragraph is.
    first: int
    # Where the last running text is.
    last: int
    paragraphs_stop: bool


def read_body(items: list[StoryLine], start: int) -> None:
    """Puts every line that is still free into a field; the body begins at `start`."""
    _leave_comments(items)
    _keep_last_paragraph(items)
    _take_credits(items)
    end = _end(items, start)
    _take_links(items, start)
    list_points(items)
    around = _surroundings(items, start, end)
    # Lines of the head are free that look like captions.
    for at, item in enumerate(items):
        if item.is_free:
            role, confidence = _decide(items, at, around, is_below=at >= end)
            item.put(role, confidence)
            if role == "caption":
                text, credit = captions.split_credit(item.line.text)
                item.caption = ParsedCaption(text, credit)
    keep_questions(items)
    take_first_subhead(items)
    _leave_repeats(items)


def _keep_last_paragraph(items: list[StoryLine]) -> None:
    """The last paragraph's own "(Xinhua)" is the story's, not a picture's."""
    text = [item for item in items if item.form in ("prose", "open", "caption")]
    last = text[-1] if text else None
    if last and last.form == "caption" and last.line.kind == "text" and sign_off(last.line.text):
        is_apart = last.line.gap > (text[-2].line.gap if len(text) > 1 else 0)
        if not is_apart and captions.shown_score(last.line.text) < 1:
            last.form, last.caption = "prose", None
            last.put("paragraph", 0.9)


def _take_credits(items: list[StoryLine]) -> None:
    """A credit on a line of its own goes to its caption: the line above, or the one below."""
    for at, item in enumerate(items):
        if item.form != "credit" or item.caption is None:
            continue
        above = items[at - 1] if at else None
        below = items[at + 1] if at + 1 < len(items) else None
        is_last = not any(one.form == "prose" for one in items[at + 1 :][:6])
        if above and _takes_credit(above, item.line, is_above=True, is_last=is_last):
            _join_credit(above, item, above)
        elif below and _takes_credit(below, item.line, is_above=False):
            _join_credit(below, item, below)
        elif _SOURCE.match(item.line.folded):
            item.put("unplaced", 0.8)  # Of the text, not of a picture.


def _takes_credit(item: StoryLine, credit: Line, *, is_above: bool, is_last: bool = False) -> bool:
    if item.line.group and item.line.group == credit.group:
        return item.form == "caption"
    if item.form == "caption" and item.caption and not item.caption.credit:
        return True
    if not item.is_free or item.line.size > 500:
        return False
    shown = captions.shown_score(item.line.text)
    if is_above:
        # A sentence or two above the credit that ends the text.
        is_short = is_last and item.line.size < _SHORTEST_PROSE * (1.3 if shown else 1)
        is_short = is_short and not set('，,”」"') & set(item.line.text)
        apart = item.line.gap > credit.gap or is_short
        return not item.line.ends_sentence or shown >= 0.5 or apart
    return shown >= 1


def _join_credit(caption: StoryLine, credit: StoryLine, keeper: StoryLine) -> None:
    text = caption.caption.text if caption.caption else caption.line.text
    # A caption may name a photographer of its own before the line that credits it.
    credits = [one.caption.credit for one in (caption, credit) if one.caption]
    keeper.caption = ParsedCaption(text, " / ".join(dict.fromkeys(filter(None, credits))))
    keeper.form = "caption"
    keeper.put("caption", 0.85)
    spans = (caption.line.span, credit.line.span)
    whole = (min(start for start, _end in spans), max(end for _start, end in spans))
    keeper.line = replace(keeper.line, span=whole, is_exact=False)
    credit.put("caption", 0.85)
    credit.caption = None


def _end(items: list[StoryLine], start: int) -> int:
    """The first line below the body: a contact, a citation or links with less text below them."""
    prose = [
        n for n, item in enumerate(items) if n >= start and item.is_free and item.form == "prose"
    ]
    for at, item in enumerate(items[start:], start=start):
        closes = (
            item.form in ("contact", "editors")
            or (
                item.form == "citation" and item.citation is not None and bool(item.citation.stamps)
            )
            or item.furniture in ("links", "legal", "end")
        )
        above = bisect(prose, at)
        if closes and above > len(prose) - above:
            return at
    return len(items)


def _leave_comments(items: list[StoryLine]) -> None:
    """What readers wrote below the story: from "Comments (2)" above "Posted by: …"."""
    texts = [n for n, item in enumerate(items) if item.form == "prose"]
    for at, item in enumerate(items):
        if not _COMMENTS.fullmatch(fold(item.line.text)) or bisect(texts, at) * 2 <= len(texts):
            continue
        if any(_COMMENTER.match(fold(one.line.text)) for one in items[at + 1 : at + 4]):
            for one in items[at + 1 :]:
                one.form, one.furniture = "furniture", "navigation"
                one.put("unplaced", 0.9)
            return


def _take_links(items: list[StoryLine], start: int) -> None:
    """The short lines below "Related reading" are links, up to the next running text."""
    is_in_links = False
    for item in items[start:]:
        if item.furniture == "links":
            is_in_links = True
        elif item.seems("paragraph", "subhead", least=0.8):
            is_in_links = False
        elif is_in_links and (item.is_free or item.form == "list_item"):
            if item.form == "prose" and item.line.size > _SHORTEST_PROSE:
                is_in_links = False
            else:
                item.put("unplaced", 0.9)


def _surroundings(items: list[StoryLine], start: int, end: int) -> BodyContext:
    free = [item for item in items[start:end] if item.is_free]
    sizes = [item.line.size for item in free if item.form == "prose"]
    gaps = sorted(item.line.gap for item in free[1:])
    counts = Counter(key(item.line.text) for item in items)
    alone = sum(
        item.form == "open" and item.line.size <= _LONGEST_SUBHEAD
        and _is_prose(items, at - 1) and _is_prose(items, at + 1)
        for at, item in enumerate(items) if start <= at < end and item.is_free
    )  # fmt: skip
    long = [item for item in free if item.line.size > _LONGEST_SUBHEAD]
    stopped = sum(item.line.ends_sentence for item in long)
    return BodyContext(
        usual=median(sizes) if sizes else 150,
        gap=gaps[len(gaps) // 2] if gaps else 0,
        repeated=frozenset(text for text, count in counts.items() if count > 1 and text),
        alone=alone,
        first=next((at for at, item in enumerate(items) if at >= start and _is_body(item)), start),
        last=max((at for at, item in enumerate(items) if _is_body(item)), default=0),
        paragraphs_stop=stopped * 2 >= len(long),
    )


def _is_body(item: StoryLine) -> bool:
    return item.form in ("prose", "list_item", "table_row", "quote") and not item.role


def _is_prose(items: list[StoryLine], at: int) -> bool:
    return 0 <= at < len(items) and items[at].form == "prose"


def _decide(
    items: list[StoryLine], at: int, around: BodyContext, *, is_below: bool
) -> tuple[Role, float]:
    """The field of a free line, and how surely."""
    guess, line = items[at].guess, items[at].line
    is_cut = not line.ends_sentence or line.text.endswith(("..", "…"))
    if is_below and is_cut and line.kind == "text" and line.size < _SHORTEST_PROSE:
        return "unplaced", 0.85  # The headlines of other stories, cut to a width.
    if guess and guess.probability >= 0.5:
        return _ROLES[guess.label], round(guess.probability, 2)
    # Above the first paragraph only the format, or a mark, makes a subhead.
    may_head = at > around.first or line.kind == "subhead"
    scores: dict[Role, float] = {
        "paragraph": _paragraph_score(items, at, around, is_below=is_below),
        "subhead": _subhead_score(items, at, around, is_below=is_below) if may_head else -9.0,
        "caption": _caption_score(items, at, around, is_below=is_below),
        "unplaced": _furniture_score(items, at, around, is_below=is_below),
    }
    first, second = sorted(scores, key=lambda role: scores[role], reverse=True)[:2]
    lead = scores[first] - scores[second]
    return first, round(1 / (1 + math.exp(-1.4 * lead)), 2)


def _paragraph_score(
    items: list[StoryLine], at: int, around: BodyContext, *, is_below: bool
) -> float:
    line = items[at].line
    score = 0.0
    if line.kind == "paragraph":
        score += 2
    if line.ends_sentence:
        score += 2.5 if line.size > 24 else 1.6
    elif line.ends_openly:
        score += 1.5
    if line.size > 0.5 * around.usual:
        score += 0.6
    if line.size > _LONGEST_SUBHEAD:
        score += 1.5
    if not line.ends_sentence and around.paragraphs_stop and line.size <= _LONGEST_SUBHEAD:
        score -= 1
    return score - (2.2 if is_below else 0)


def _subhead_score(
    items: list[StoryLine], at: int, around: BodyContext, *, is_below: bool
) -> float:
    line = items[at].line
    if line.size > _LONGEST_SUBHEAD + 40 or line.text.endswith((".", "。", ",", "，", ";", "；")):
        return -3.0
    if line.kind == "subhead":
        return 6.0
    below, above = _next(items, at), at and _is_prose(items, at - 1)
    score = 0.4 if line.size <= _LONGEST_SUBHEAD else -1.0
    score += 1.4 if below is not None and _reads_on(items, below) else -2.5
    score += 0.6 if above else 0
    score += 2.0 if line.is_emphasised else 0
    score += 1.6 if has_mark(line.text) else 0
    score += 0.7 if line.gap > around.gap else 0
    score += 0.6 if line.text.isupper() else 0
    score += 0.4 if around.alone >= 2 else 0
    if line.ends_sentence:
        score -= 1.2
    if line.ends_openly or line.text[:1] in '"“「':
        score -= 1
    return score - (2 if is_below else 0)


def _next(items: list[StoryLine], at: int) -> int | None:
    """The next line that isn't a caption or furniture."""
    for number in range(at + 1, min(len(items), at + 6)):
        if items[number].form not in ("caption", "credit", "furniture"):
            return number
    return None


def _reads_on(items: list[StoryLine], at: int) -> bool:
    item = items[at]
    is_long = item.line.size > _LONGEST_SUBHEAD
    return (
        item.form in ("prose", "list_item", "table_row", "quote")
        or is_long
        or item.line.ends_openly
    )


def _caption_score(
    items: list[StoryLine], at: int, around: BodyContext, *, is_below: bool
) -> float:
    line = items[at].line
    shown = captions.shown_score(line.text)
    score = -1.6 + 1.6 * shown
    if is_below and line.ends_sentence:
        score += 1.0
    if shown and line.gap > around.gap:
        score += 0.6
    if key(line.text) in around.repeated:
        score += 1.5 if shown else 0.8
    if line.group and line.kind == "text":
        score += 0.5
    return score + (1.2 if has_mark(line.text) and line.ends_sentence else 0)


def _furniture_score(
    items: list[StoryLine], at: int, around: BodyContext, *, is_below: bool
) -> float:
    line = items[at].line
    score = -0.9
    if is_below:
        score += 2.4
    if key(line.text) in around.repeated:
        score += 0.8
    if furniture.read_crumbs(line.text):
        score += 2
    neighbours = [items[n] for n in (at - 1, at + 1) if 0 <= n < len(items)]
    short = [
        one
        for one in neighbours
        if one.form in ("open", "furniture") and one.line.size < _SHORTEST_PROSE
    ]
    if items[at].form != "prose" and not line.ends_sentence and line.size < _SHORTEST_PROSE:
        score += 0.5 * len(short)
        score += 0.8 if _next(items, at) is None else 0
    is_behind = at > around.last and line.kind == "text" and not line.ends_openly
    if items[at].form != "prose" and around.paragraphs_stop and is_behind:
        score += 1.2
    return score


def _leave_repeats(items: list[StoryLine]) -> None:
    """A caption that is printed twice is kept once, with the credits of both."""
    seen: dict[str, StoryLine] = {}
    for item in items:
        if item.caption is None or not item.caption.text:
            continue
        first = seen.setdefault(key(item.caption.text), item)
        if first is not item and first.caption:
            credits = dict.fromkeys(filter(None, (first.caption.credit, item.caption.credit)))
            first.caption = replace(first.caption, credit=" / ".join(credits))
            item.caption = None
            item.put("unplaced", 0.9)


def sign_off(text: str) -> tuple[int, str, Signature | None] | None:
    """The names in brackets that end a text: where, the words, and who signs (None: editors)."""
    folded = fold(text)
    close = folded[-1:]
    start = folded.rfind({")": "(", "】": "【", "]": "["}.get(close, "\0"))
    if start <= 0 or not ends_sentence(text[:start].rstrip()):
        return None
    inside = text[start + 1 : -1]
    if bylines.desk_editors(inside):
        return start, text[start:], None
    signature = bylines.sign(inside)
    people = bylines.agencies(inside) or (bylines.bare_names(inside) if is_chinese(inside) else ())
    if signature is None and people:
        signature = Signature(people)
    return (start, inside, signature) if signature else None
