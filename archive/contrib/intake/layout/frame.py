"""What frames a story in a paper or a database: labels, running heads, posts, export headers.

These lines look like headlines, names or subheads; only what stands around them, or that they
are printed again, says what they are. They get their form here, before the head is read.
"""

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from archive.contrib.intake.layout import bylines, english
from archive.contrib.intake.layout.bylines import Signature
from archive.contrib.intake.layout.citations import Citation
from archive.contrib.intake.layout.forms import StoryLine
from archive.contrib.intake.layout.headers import read_headers
from archive.contrib.intake.layout.lines import fold, key
from archive.contrib.intake.layout.stamps import find_stamps

# How many lines the top of a story has, and how many of them a masthead may stand in.
_TOP, _HEAD, _MASTHEAD = 40, 8, 4
_LONGEST_RUNNING_HEAD = 80
_PAGE_PART = re.compile(
    r"\b(?:page|pg|p)?\.?\s*[a-z]?\d+\b|第?\s*\w{1,4}\s*[版页頁]", re.IGNORECASE
)
_WIDE = re.compile(r"\s{3,}|\t| {0,2}\u3000+|\s{1,3}[|｜]\s{1,3}")
_PAGE_SECTION = re.compile(
    r"(?:(?P<page>[A-Z]{1,2}\d{1,2})\s?版?[\s:|]\s{0,2}|(?P<number>\d{1,2})版[\s:]\s{0,2})"
    r"(?P<section>[\u3400-\u9fff·]{2,8})"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPLIT_STAMP = re.compile(r"(?:19|20)\d\d \d\d/\d\d(?P<clock> \d{1,2}:\d\d(?::\d\d)?)?(?=\s|$)")
_CLOSING = re.compile(
    r"(?:yours(?: (?:truly|faithfully|sincerely|etc\.?|respectfully))?|sincerely(?: yours)?"
    r"|(?:(?:kind|best|warm) )?regards|respectfully(?: yours)?)[,.]?",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"(?:authors?(?: of the article)?|article by|written by|story by|words by|reporter|byline"
    r"|作者|撰文|记者|文)\s?:|by",
    re.IGNORECASE,
)


def read_frame(items: list[StoryLine]) -> None:
    """Gives the lines that frame the story their form."""
    read_headers(items)
    _take_running_heads(items)
    _take_posts(items)
    _take_split_stamp(items)
    _take_page_and_section(items)
    _sign_beside_words(items)


def _leave(item: StoryLine) -> None:
    item.form, item.furniture, item.caption = "furniture", "navigation", None
    item.citation = item.signature = None


def _take_page_and_section(items: list[StoryLine]) -> None:
    """ "A15 中國新聞", "4版：新闻调查": an edition's page and section, at the very top."""
    for item in items[:_MASTHEAD]:
        match = _PAGE_SECTION.fullmatch(item.line.folded.strip())
        if match and item.line.kind == "text" and item.form in ("open", "citation", "table_row"):
            at = item.line.folded.index(match["section"])
            section = item.line.text[at : at + len(match["section"])]
            item.form, item.caption = "citation", None
            item.citation = Citation(
                page=match["page"] or match["number"], section=section, is_labelled=True
            )


def _sign_beside_words(items: list[StoryLine]) -> None:
    """The name below "Author:" or "Yours truly," signs."""
    for item, below in pairwise(items):
        text = item.line.folded.strip("<>[] ")
        closes = bool(_CLOSING.fullmatch(text))
        if not closes and not (_AUTHOR.fullmatch(text) and below.form in ("open", "signature")):
            continue
        people = bylines.bare_names(below.line.text)
        if not people:
            continue
        _leave(item)
        below.form, below.signature, below.caption = "signature", Signature(people), None
        below.citation = None


def _running_key(item: StoryLine) -> str:
    return key(_PAGE_PART.sub(" ", fold(_WIDE.split(item.line.text)[0])))


def _take_running_heads(items: list[StoryLine]) -> None:
    """A short line printed again with another page number is the paper's name, or the story's."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, item in enumerate(items):
        is_short = len(item.line.text) <= _LONGEST_RUNNING_HEAD and not item.line.ends_sentence
        is_dated = item.citation is not None and bool(item.citation.stamps)
        if is_short and item.line.kind == "text" and item.form != "contact" and not is_dated:
            found[_running_key(item)].append(at)
    for words, places in found.items():
        again = [at for at in places[1:] if key(items[at].line.text) != words]
        if len(words) < 4 or not again or not _is_in_head(items, places[0]):
            continue
        for at in places[1:]:
            _leave(items[at])


def _is_in_head(items: list[StoryLine], at: int) -> bool:
    return at <= _HEAD and not any(item.form == "prose" for item in items[:at])


def _take_split_stamp(items: list[StoryLine]) -> None:
    """A day in two or three lines: "2021", "04/19", "07:46:21"."""
    for at in range(min(len(items) - 1, _TOP)):
        if not _YEAR.fullmatch(items[at].line.text):
            continue
        match = _SPLIT_STAMP.match(" ".join(item.line.text[:20] for item in items[at : at + 3]))
        if match is None:
            continue
        item = items[at]
        item.form, item.caption, item.signature = "citation", None, None
        item.citation = Citation(stamps=list(find_stamps(match[0])))
        for one in items[at + 1 : at + (3 if match["clock"] else 2)]:
            _leave(one)
        return


def _take_posts(items: list[StoryLine]) -> None:
    """What a writer is, right below the name: "City Staff Writer", "OF THE COURIER STAFF"."""
    for at, item in enumerate(items[1:], start=1):
        is_name = item.citation is not None and item.citation.is_name_only
        may_be = item.form in ("open", "signature") or is_name
        if not may_be or not english.is_post(item.line.text):
            continue
        above = next(
            (one for one in items[max(0, at - 3) : at][::-1] if one.form != "furniture"), items[0]
        )
        if above.form == "signature":
            if above.signature and not above.signature.publication:
                paper = english.employer(item.line.text) or None
                above.signature = replace(above.signature, publication=paper)
            _leave(item)
