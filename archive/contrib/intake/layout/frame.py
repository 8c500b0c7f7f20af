"""What frames a story in a paper or a letter: mastheads, letters' headers, writers' posts.

These lines look like headlines, names or subheads; only what stands around them says what they
are. They get their form here, before the head is read.
"""

import re
from dataclasses import replace
from itertools import takewhile

from archive.contrib.intake.layout import english
from archive.contrib.intake.layout.citations import Citation
from archive.contrib.intake.layout.forms import StoryLine, told_in
from archive.contrib.intake.layout.letters import read_letters
from archive.contrib.intake.layout.lines import shared_words
from archive.contrib.intake.layout.papers import is_title

# How many lines at the top an edition's line may stand in.
_MASTHEAD, _LONGEST_QUESTION = 4, 100
_PAGE = re.compile(r"[A-Z]{1,2}\d{1,3}")
_PAGE_SECTION = re.compile(
    r"(?:(?P<page>[A-Z]{1,2}\d{1,2})\s?版?[\s:|]\s{0,2}|(?P<number>\d{1,2})版[\s:]\s{0,2})"
    r"(?P<section>[\u3400-\u9fff·]{2,8})"
)


def read_frame(items: list[StoryLine]) -> None:
    """Gives the lines that frame the story their form."""
    read_letters(items)
    _take_posts(items)
    _take_page_and_section(items)
    _take_masthead(items)


def _leave(item: StoryLine) -> None:
    item.form, item.furniture, item.caption = "furniture", "navigation", None
    item.citation = item.signature = None


def _take_page_and_section(items: list[StoryLine]) -> None:
    """ "A15 中國新聞", "4版：新闻调查": an edition's page and section, at the very top.

    A page alone stands by the paper or the day: "B4".
    """
    for number, item in enumerate(items[:_MASTHEAD]):
        beside = (*items[max(0, number - 1) : number], *items[number + 1 : number + 2])
        is_beside = any(one.citation for one in beside)
        if is_beside and item.form == "open" and _PAGE.fullmatch(item.line.folded):
            item.form, item.citation = "citation", Citation(page=item.line.folded, is_labelled=True)
        match = _PAGE_SECTION.fullmatch(item.line.folded.strip())
        if match and item.line.kind == "text" and item.form in ("open", "citation", "table_row"):
            at = item.line.folded.index(match["section"])
            section = item.line.text[at : at + len(match["section"])]
            item.form, item.caption = "citation", None
            item.citation = Citation(
                page=match["page"] or match["number"], section=section, is_labelled=True
            )


def _take_masthead(items: list[StoryLine]) -> None:
    """The name above an edition's day and page, at the very top: that of whatever paper.

    A headline stands above a day and a page, too. So there must be another line for it below them,
    and no citation that names the paper. A question is one where it has words of the text, and the
    name has none.
    """
    told = [one.citation for one in takewhile(lambda item: item.citation, items[1:_MASTHEAD])]
    is_edition = any(one.stamps for one in told if one) and any(one.page for one in told if one)
    headline, text = items[len(told) + 1 : -1][:1], told_in(items[len(told) + 2 :])
    if not headline:
        return
    is_name = items[0].citation is not None and items[0].citation.is_name_only
    if not is_name and items[0].form != "open":
        return
    asked = headline[0].line
    is_question = asked.folded.endswith("?") and asked.size <= _LONGEST_QUESTION
    if is_question and shared_words(asked.folded, text):
        is_name = is_name or not shared_words(items[0].line.folded, text)
        headline[0].form = "open" if is_name else headline[0].form
    if not is_name and not (is_edition and headline[0].form == "open"):
        return
    is_named = any(one.citation and one.citation.publication for one in items)
    if not is_named and is_title(name := items[0].line.text):
        items[0].form, items[0].citation = "citation", Citation(name, is_name_only=True)


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
