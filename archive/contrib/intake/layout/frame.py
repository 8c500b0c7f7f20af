"""What frames a story in a paper or a database: labels, running heads, posts, export headers.

These lines look like headlines, names or subheads; only what stands around them, or that they
are printed again, says what they are. They get their form here, before the head is read.
"""

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from archive.contrib.intake.layout import bylines, english, furniture
from archive.contrib.intake.layout.bylines import Signature
from archive.contrib.intake.layout.citations import Citation
from archive.contrib.intake.layout.forms import StoryLine
from archive.contrib.intake.layout.headers import read_headers
from archive.contrib.intake.layout.lines import fold, key, trim
from archive.contrib.intake.layout.stamps import find_pages, find_stamps
from archive.contrib.intake.outlets import known_outlet, looks_like_paper
from archive.contrib.intake.records import PHOTOGRAPHER, ParsedByline

# How many lines the top of a story has, and how many of them a masthead may stand in.
_TOP, _HEAD, _MASTHEAD = 40, 8, 4
_LONGEST_RUNNING_HEAD, _LONGEST_SECTION = 80, 24
# In words.
_LONGEST_NAME = 7
_PAGE_PART = re.compile(
    r"\b(?:page|pg|p)?\.?\s*[a-z]?\d+\b|第?\s*\w{1,4}\s*[版页頁]", re.IGNORECASE
)
# An issue's number or season, which is no full date.
_ISSUE = re.compile(
    r"(?:[A-Z][a-z]{2,8}[ ,]{1,2}(?:\d{1,2},? )?|(?:vol|no|issue)[. ].{0,20}"
    r"|(?:(?:19|20)\d\d年)?总?第?\s?)"
    r"(?:(?:19|20)\d\d(?:[/–-]\d{2,4})?|(?:\d{1,5}|[一二三四五六七八九十百零廿卅]{1,6})\s?期)"
    r"|(?:vol|no|issue)\.? ?\d{1,4}",
    re.IGNORECASE,
)
# "42  HARBOUR & HILL   SPRING 1988"
_EDGE_PAGE = re.compile(r"\d{1,3}\s{2,}(?=[A-Z])")
_WIDE = re.compile(r"\s{3,}|\t| {0,2}\u3000+|\s{1,3}[|｜]\s{1,3}")
_BLANKS = re.compile(r"[\s\u3000]+")
# So many characters' indent.
_FAR_RIGHT, _LONGEST_SIGNATURE = 8, 30
_LETTER_TOP = 12
# What stands above a reader's letter.
_LETTER = re.compile(
    r"(?:letters?(?: to the editors?)?|readers['’] letters|your letters|forum|voices"
    r"|dear (?:sir|editor)s?"
    r"|sirs?|to the editor|读者来信|来信|来论|读者之声|编辑同志)[:,：，—–-]{0,2}",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z]{2,8}")
_PAGE = re.compile(r"[A-Z]{0,2}\d{1,3}")
_PAGE_SECTION = re.compile(
    r"(?:(?P<page>[A-Z]{1,2}\d{1,2})\s?版?[\s:|]\s{0,2}|(?P<number>\d{1,2})版[\s:]\s{0,2})"
    r"(?P<section>[\u3400-\u9fff·]{2,8})"
)
# Below a name: "Harbor News, Ashport".
_OUTLET = re.compile(r"(?P<name>[A-Z][\w .&'’-]{2,40}), (?P<place>[A-Z][\w .’'-]{2,30})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPLIT_STAMP = re.compile(r"(?:19|20)\d\d \d\d/\d\d(?P<clock> \d{1,2}:\d\d(?::\d\d)?)?(?=\s|$)")
_PAGE_TITLE = re.compile(
    r"(?P<title>.{8,200}?)(?:\s+[|–—_-]\s+|[_|–—-](?=[\u3400-\u9fff]))(?P<site>[^|_]{2,40})"
)
_CLOCK = re.compile(r"(?:at )?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?", re.I)
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
_PLACE_ONLY = re.compile(r"(?:[A-Z][\w.’'-]+,? ?){1,5}")
_LENGTH = re.compile(r"(?:length\s?:\s?)?\d[\d,]* words", re.IGNORECASE)


def read_frame(items: list[StoryLine]) -> None:
    """Gives the lines that frame the story their form."""
    read_headers(items)
    _leave_page_title(items)
    _take_running_heads(items)
    _take_issue(items)
    _take_masthead(items)
    _take_export(items)
    _take_posts(items)
    _take_split_stamp(items)
    _take_loose_time(items)
    _take_page_number(items)
    _take_page_and_section(items)
    _take_photographers(items)
    _sign_beside_words(items)
    _sign_at_edge(items)
    if is_letter(items):
        _sign_letter(items)
    for item, below in pairwise(items):
        # "PIER" above "(Continued from Page A1)".
        if item.form == "open" and item.line.size < 24 and furniture.is_jump(below.line.text):
            _leave(item)


def _leave(item: StoryLine) -> None:
    item.form, item.furniture, item.caption = "furniture", "navigation", None
    item.citation = item.signature = None


def _leave_page_title(items: list[StoryLine]) -> None:
    """ "Port opens | Harbor News" above "Port opens": the browser's title of the page."""
    below = {key(item.line.text) for item in items[1:_TOP]}
    for item in items[:_MASTHEAD]:
        section, bar, title = item.line.text.partition("|")
        if bar and len(section) < _LONGEST_SECTION and len(title) > 12 and key(title) in below:
            _leave(item)  # "U.S.|Port opens"
    for item in items[:_HEAD]:
        *steps, title = furniture.read_crumbs(item.line.text) or [""]
        if len(title) > 12 and key(title) in below:
            _leave(item)  # "Home » Metro » Port opens"
            named = [step for step in steps if furniture.is_section(step)]
            if named:
                item.form, item.furniture = "citation", ""
                item.citation = Citation(section=named[-1], left=[item.line.text])
    match = _PAGE_TITLE.fullmatch(items[0].line.text) if items else None
    if match and key(match["title"]) in below:
        _leave(items[0])
        if looks_like_paper(match["site"]) or known_outlet(match["site"]):
            items[0].form = "citation"
            items[0].citation = Citation(
                publication=match["site"], is_labelled=True, left=[match["title"]]
            )


def _take_loose_time(items: list[StoryLine]) -> None:
    """A time on a line of its own, beside the line with the day."""
    for at, item in enumerate(items[:_TOP]):
        beside = [items[n].citation for n in (at - 1, at + 1) if 0 <= n < len(items)]
        dated = next((one for one in beside if one and one.stamps), None)
        text = item.line.folded.strip()
        if dated is None or item.form not in ("open", "furniture", "citation"):
            continue
        clock = _CLOCK.fullmatch(text)
        # The day's own form reads the time behind it.
        read = next(find_stamps(f"2000-01-01 {text}"), None) if clock else None
        if read and read.at and not dated.stamps[0].at:
            dated.stamps[0] = replace(dated.stamps[0], at=read.at)
            _leave(item)


def _take_page_number(items: list[StoryLine]) -> None:
    """ "B4" or "7" alone below, or above, the line with the paper's day, at the very top."""
    for at, item in enumerate(items[:_MASTHEAD]):
        beside = [items[n].line for n in (at - 1, at + 1) if 0 <= n < min(len(items), _MASTHEAD)]
        is_dated = any(
            len(line.text) <= _LONGEST_RUNNING_HEAD and any(find_stamps(line.folded))
            for line in beside
        )
        text = item.line.folded.strip()
        if is_dated and item.line.kind == "text" and _PAGE.fullmatch(text):
            item.form, item.furniture = "citation", ""
            item.citation = Citation(page=text.lstrip("0"), is_labelled=True)


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
    """The name below "Author:" or "Yours truly," signs, and the place below the latter is its."""
    for at, (item, below) in enumerate(pairwise(items)):
        text = item.line.folded.strip("<>[] ")
        closes = bool(_CLOSING.fullmatch(text))
        if not closes and not (_AUTHOR.fullmatch(text) and below.form in ("open", "signature")):
            continue
        people = bylines.bare_names(below.line.text)
        if not people:
            continue
        _leave(item)
        place = items[at + 2].line.text if closes and at + 2 < len(items) else ""
        if place and _PLACE_ONLY.fullmatch(place):
            people = tuple(replace(one, place=one.place or place) for one in people)
            _leave(items[at + 2])
        below.form, below.signature, below.caption = "signature", Signature(people), None
        below.citation = None


def _sign_at_edge(items: list[StoryLine]) -> None:
    """A reader's name set far to the right below a letter: "　　　　　　北关居民　李娜"."""
    for item in items[2:]:
        *where, name = _BLANKS.split(item.line.text)
        is_apart = item.line.is_chinese and item.line.indent >= _FAR_RIGHT and len(where) < 3
        if not (is_apart and item.is_free and len(item.line.text) < _LONGEST_SIGNATURE):
            continue
        # Behind who the reader is, a name needs no usual surname.
        people = bylines.bare_names(name) or ((ParsedByline(name),) if where else ())
        if people and len(name) <= _LONGEST_NAME:
            item.form, item.signature = "signature", Signature(people)
            item.left += where


def is_letter(items: list[StoryLine]) -> bool:
    """Whether a line above the text says that it is a reader's letter."""
    return any(
        _LETTER.fullmatch(item.line.folded.strip("《》【】 ")) for item in items[:_LETTER_TOP]
    )


def _sign_letter(items: list[StoryLine]) -> None:
    """The name right below a letter's text, where no line signs it."""
    last = max((at for at, item in enumerate(items) if item.form == "prose"), default=0)
    for item in items[last + 1 : last + 4] if last else ():
        people = bylines.bare_names(item.line.text) if item.form == "open" else ()
        if people:
            item.form, item.signature = "signature", Signature(people)
            return
        if item.form == "signature":
            return


def _running_key(item: StoryLine) -> str:
    return key(_PAGE_PART.sub(" ", fold(_WIDE.split(item.line.text)[0])))


def _take_running_heads(items: list[StoryLine]) -> None:
    """A short line printed again with another page number names the paper, or the story."""
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
        first = items[places[0]]
        # Where nothing else could be the headline, the line is that and no paper's name.
        is_signed = places[0] > 0 and items[places[0] - 1].form == "signature"
        if first.form == "open" and (is_signed or _has_title_below(items, places[0])):
            _name_paper(first, _WIDE.split(first.line.text)[0])


def _is_in_head(items: list[StoryLine], at: int) -> bool:
    return at <= _HEAD and not any(item.form == "prose" for item in items[:at])


def _take_masthead(items: list[StoryLine]) -> None:
    """A name above the day and the page, or in capitals above the day, with the title below."""
    for at, item in enumerate(items[1:_HEAD], start=1):
        citation = item.citation
        if citation is None or not citation.stamps:
            continue
        below = next((one for one in items[at + 1 : at + 5] if one.form != "furniture"), None)
        above = [one for one in items[:at] if one.form == "open"]
        if below is None or below.form != "open" or not above or citation.publication:
            return
        if english.is_post(below.line.text):
            return  # The title stands above the day.
        name = re.split(r"\s?[|｜]\s?", above[0].line.text)[0]
        is_apart = below.line.gap > 0 and name.isupper() and not below.line.text.isupper()
        is_short = len(name) <= _LONGEST_RUNNING_HEAD and len(name.split()) <= _LONGEST_NAME
        if is_short and (citation.page or is_apart):
            _name_paper(above[0], name)
            for one in above[1:]:
                _leave(one)
        return


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


def _has_title_below(items: list[StoryLine], at: int) -> bool:
    for item in items[at + 1 : at + 8]:
        if item.form == "prose":
            return False
        if item.form == "open" and item.line.size > 12:
            return True
    return False


def _name_paper(item: StoryLine, name: str, page: str | None = None) -> None:
    rest = trim(item.line.text[item.line.text.index(name) + len(name) :])
    left = [rest] if rest else []
    item.form = "citation"
    item.citation = Citation(publication=trim(name), page=page, left=left, is_labelled=True)


def _take_issue(items: list[StoryLine]) -> None:
    """ "Harbor Quarterly      Spring 2006": a name and an issue, wide apart, above the headline."""
    for at, item in enumerate(items[:_MASTHEAD]):
        edge = _EDGE_PAGE.match(item.line.text)
        name, *rest = [
            piece for piece in _WIDE.split(item.line.text[edge.end() if edge else 0 :]) if piece
        ]
        pages = {piece: list(find_pages(fold(piece))) for piece in rest}
        issues = [piece for piece in rest if _ISSUE.fullmatch(trim(piece))]
        numbers = [piece for piece in rest if _PAGE.fullmatch(trim(piece))]
        is_issue = bool(issues) and all(
            pages[piece] or piece in issues or piece in numbers for piece in rest
        )
        if item.form == "open" and is_issue and _has_title_below(items, at):
            page = edge[0].strip() if edge else numbers[0] if numbers else None
            page = next((one[0].page for one in pages.values() if one), page)
            _name_paper(item, name, page)


def _take_export(items: list[StoryLine]) -> None:
    """A database's header: one value in each line, with the length in words among them."""
    top = items[:_TOP]
    at = next((n for n, item in enumerate(top) if _LENGTH.fullmatch(item.line.text)), None)
    if at is None:
        return
    if at and items[at - 1].is_free and items[at - 1].form == "open" and at > 1:
        text = items[at - 1].line.text
        if people := bylines.bare_names(text) or bylines.agencies(text):
            items[at - 1].form, items[at - 1].signature = "signature", Signature(people)
    for item in items[at + 1 : at + 12]:
        text = item.line.text
        if item.form == "prose":
            return
        if _CODE.fullmatch(text) and item.is_free:
            _leave(item)
        elif _PAGE.fullmatch(text):
            item.form = "citation"
            item.citation = Citation(page=text, is_labelled=True)


def _take_posts(items: list[StoryLine]) -> None:
    """What a writer is, right below the name: "City Staff Writer", "OF THE COURIER STAFF"."""
    for at, item in enumerate(items[1:], start=1):
        is_name = item.citation is not None and item.citation.is_name_only
        may_be = item.form in ("open", "signature") or is_name
        outlet = _OUTLET.fullmatch(item.line.text)
        place = outlet["place"] if outlet and looks_like_paper(outlet["name"]) else ""
        if not may_be or not (place or english.is_post(item.line.text)):
            continue
        above = next(
            (one for one in items[max(0, at - 3) : at][::-1] if one.form != "furniture"), items[0]
        )
        is_signed = above.form == "signature"
        is_named = above.form == "open" and bool(bylines.bare_names(above.line.text))
        if is_signed or (is_named and at > 1):
            if is_signed and above.signature and not above.signature.publication:
                paper = outlet["name"] if outlet and place else english.employer(item.line.text)
                people = above.signature.bylines
                if place and not any(one.place for one in people):
                    people = tuple(replace(one, place=place) for one in people)
                above.signature = Signature(people, paper or None)
            if not is_signed:
                above.form = "signature"
                above.signature = Signature(bylines.bare_names(above.line.text))
            _leave(item)


def _take_photographers(items: list[StoryLine]) -> None:
    """A name that the caption above credits, with the writer's below it, took the picture."""
    for above, item, below in zip(items, items[1:], items[2:], strict=False):
        credit = above.caption.credit if above.caption else ""
        people = bylines.bare_names(item.line.text) if credit and item.is_free else ()
        is_signed = below.form == "signature" or bool(bylines.bare_names(below.line.text))
        if people and is_signed and all(one.name in credit for one in people):
            named = tuple(replace(one, role=PHOTOGRAPHER) for one in people)
            item.form, item.signature = "signature", Signature(named)
