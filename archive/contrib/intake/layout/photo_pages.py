"""A page of pictures: what stands in a row below its head, each with a mark, are their captions.

Such lines are sentences like any other. That a line credits the pictures, or the page calls itself
one of them, and little other text stands on it, says what they are: "1. Flags in the High Street.",
"①村民在翻晒稻谷。", "Dry run: children parade in raincoats."
"""

import re

from archive.contrib.intake.layout import bylines, captions, english
from archive.contrib.intake.layout.forms import LineLabel, StoryLine
from archive.contrib.intake.layout.lines import fold
from archive.contrib.intake.records import PHOTOGRAPHER, ParsedCaption

# What a caption of several begins with: a number, or a few words before a colon.
_NUMBER = re.compile(
    r"(?:[(（]?\d{1,2}[.)）、．]\s?|[①-⑳]\s?|图[一二三四五六七八九十\d]{1,2}[:：、\s]\s?)(?=\S)"
)
_LED = re.compile(r"[A-Z][\w’' -]{2,28}[!:]\s(?=\S+ \S)|[\u3400-\u9fff]{2,8}[:：](?=[^“「])")
_PICTURES = re.compile(
    r"(?:\w+ )?(?:pictures?|photo(?:s|graphs?)?)(?: (?:page|news|essay|story))?"
    r"(?: of the (?:week|day|month))?|in pictures"
    r"|.{0,4}(?:影像|图片|画刊|画页|摄影|图说|光影|镜头|视觉)(?:新闻|专版|报道|天下|故事|纪事)?",
    re.IGNORECASE,
)
_FEWEST, _MOST_OTHERS = 2, 2
_LONGEST = 260


def read_photo_page(items: list[StoryLine]) -> None:
    """Gives the captions of a page of pictures their form."""
    credit = next((one for one in items if _credits(one)), None)
    if credit is None and not any(map(_names_pictures, items)):
        return
    for pattern in (_NUMBER, _LED):
        shown = [one for one in items if _may_show(one) and pattern.match(fold(one.line.text))]
        others = [one for one in items if one.form == "prose" and one not in shown]
        if len(shown) >= _FEWEST and len(others) <= min(_MOST_OTHERS, len(shown)):
            _show(items, shown, pattern, credit)
            return


def _credits(item: StoryLine) -> bool:
    """Whether it says who took all the pictures, or that whoever signs took them, too."""
    signed = item.signature.bylines if item.signature else ()
    is_shot = item.form == "credit" or "摄影" in item.line.folded
    return is_shot and bool(signed) and item.form in ("credit", "signature")


def _names_pictures(item: StoryLine) -> bool:
    said = [item.line.text, item.citation.section or "" if item.citation else ""]
    return any(_PICTURES.fullmatch(fold(one).strip()) for one in said if one)


def _may_show(item: StoryLine) -> bool:
    is_line = item.form in ("prose", "open", "list_item", "caption") and item.line.kind == "text"
    return is_line and len(item.line.text) <= _LONGEST


def _show(
    items: list[StoryLine],
    shown: list[StoryLine],
    pattern: re.Pattern[str],
    credit: StoryLine | None,
) -> None:
    for item in shown:
        mark = pattern.match(fold(item.line.text)) if pattern is _NUMBER else None
        start = mark.end() if mark else 0
        words, own = captions.stated_caption(item.line.text[start:])
        if start and any(map(str.isalnum, item.line.text[:start])):
            item.left.append(item.line.text[:start].strip())
        below = items[items.index(item) + 1 :][:1]
        if not own and below and _is_name(below[0]):
            own = captions.bare_credit(below[0].line.text) or below[0].line.text
            _go(below[0])
        if not own and credit and credit.caption:
            own = credit.caption.credit
        item.caption, item.signature, item.citation = ParsedCaption(words, own), None, None
        item.form, item.guess = "caption", LineLabel("caption", 0.85)
        item.put("caption", 0.85)
    if credit and credit.caption and credit.signature:
        writes = [one for one in credit.signature.bylines if one.role != PHOTOGRAPHER]
        credit.form, credit.caption = ("signature", None) if writes else ("credit", None)
        credit.put("byline" if writes else "caption", 0.85)


def _is_name(item: StoryLine) -> bool:
    """Whether a line right below a caption only credits its picture."""
    text = item.line.text
    is_named = bool(captions.bare_credit(text) or bylines.bare_names(text))
    return is_named and not item.line.gap and not english.is_post(text)


def _go(item: StoryLine) -> None:
    item.form, item.caption, item.signature, item.citation = "caption", None, None, None
    item.put("caption", 0.85)
