"""The top of a story: kicker, headline, standfirst and bylines, above the first paragraph."""

import re
from dataclasses import replace

from archive.contrib.intake.layout import bylines, captions, datelines, english, furniture
from archive.contrib.intake.layout.bylines import Signature
from archive.contrib.intake.layout.citation_forms import Citation
from archive.contrib.intake.layout.forms import LineLabel, StoryLine, without_bullet
from archive.contrib.intake.layout.frame import sign_with_paper
from archive.contrib.intake.layout.headline import DEEPEST, find_headline
from archive.contrib.intake.layout.lines import key, trim
from archive.contrib.intake.layout.standfirst import (
    LONGEST_STANDFIRST,
    SHORTEST_POINT,
    is_summary,
    names_other,
    reporter,
    take_deck,
    take_points,
)
from archive.contrib.intake.outlets import known_outlet, looks_like_paper
from archive.contrib.intake.records import ParsedCaption
from archive.text.scripts import HAN_CHARACTER

_LONGEST_CAPTION = 300
# A first paragraph that one of the next ones says again is the standfirst.
_AGAIN = 4
# So many decks in capitals are no headline that goes on in the next line.
_FEWEST_DECKS, _LONGEST_DECK, _SURE_DECK = 3, 120, 0.8
# Names that so probably are no part of the story sign nothing.
_SURELY_OTHER = 0.95
_ORIGINAL = re.compile(r"(?:原标题|標題|标题|题目|原題|headline|title)\s?[:：]\s*", re.IGNORECASE)
_KICKER = re.compile(r"[\[【(<](?:引题|眉题|肩题)[\]】)>]")
# "导读：…", "【核心提示】…" above the text say what they are.
_SUMMED = re.compile(
    r"[【\[(]?(?:导[读语]|编者[按言]|编者的话|核心提示|内容提要|摘要|提要|阅读提示)\s?[】\])：: ]"
)
_BEFORE_NAME = re.compile(r"^(?:(?:and|AND|&|[*•·]|From)\s+)")
# A section's name above the headline, where no menu has it.
_SECTION_WORDS, _SECTION_CHARACTERS, _LONGEST_SECTION = 3, 4, 24
_CONTINUED = re.compile(
    r"(?:\b(?:a|an|the|of|to|in|for|on|with|and|at|by|from|as|or|its|his|her|their)|[-–—,，、：])$",
    re.IGNORECASE,
)


def read_head(items: list[StoryLine], stated: str) -> int:
    """Puts the head's lines into fields; returns where the body begins.

    `stated` is the headline that the source's format gives, or "".
    """
    _take_labels(items)
    if not stated:
        _read_decks(items)
    found = find_headline(items, stated)
    if found is None:
        start = next((n for n, item in enumerate(items) if item.is_free), len(items))
        return _leave_above(items, start)
    at, sure = found
    headline = items[at]
    headline.put("headline", sure)
    above = items[at - 1] if at else None
    may_lead = above and above.is_free and not above.seems("other") and above.line.size < 60
    if above and may_lead and above.line.text.endswith((":", "：")):
        above.put("headline", 0.7)
    words = trim(headline.line.text[headline.label :])
    if headline.label:
        headline.left.append(trim(headline.line.text[: headline.label]))
    headline.line = replace(
        headline.line, text=words, is_exact=headline.line.is_exact and not headline.label
    )
    _leave_above(items, at)
    last = _extend_headline(items, at)
    take_deck(items, last)
    _sign_with_credits(items, last)
    _take_names(items, last)
    _take_caption(items, last)
    return _read_below(items, last, key(headline.line.text))


def _take_labels(items: list[StoryLine]) -> None:
    """ "原标题：" alone is a label; before words they are the headline as first printed."""
    for item in items[:DEEPEST]:
        if _KICKER.match(item.line.folded) and item.is_free:
            item.put("unplaced", 0.9)
        match = _ORIGINAL.match(item.line.folded)
        if match is None or item.line.kind != "text":
            continue
        if match.end() >= len(item.line.text):
            item.form, item.furniture = "furniture", "navigation"
        elif item.form in ("prose", "open", "caption", "citation"):
            item.label, item.form = match.end(), "open"


def _read_decks(items: list[StoryLine]) -> None:
    """An old paper's head: lines in capitals right above the text, each a deck of its own.

    The first is the headline, the others sum the story up. Capitals mark no name among them: a
    single line of names alone may sign.
    """
    text = next(
        (at for at, one in enumerate(items[:DEEPEST]) if one.form == "prose" and not _is_deck(one)),
        0,
    )
    first = text
    while first and _is_deck(items[first - 1]):
        first -= 1
    decks = items[first:text]
    is_parted = all(one.line.ends_sentence or one.line.gap for one in decks[1:])
    if len(decks) < 2 or not (is_parted or len(decks) >= _FEWEST_DECKS):
        return
    signed = [one for one in decks[1:] if _may_be_names(one)]
    for at, one in enumerate(decks):
        if len(signed) == 1 and one is signed[0]:
            continue
        one.form, one.role, one.signature, one.citation = "open", "", None, None
        one.guess = LineLabel("standfirst" if at else "headline", _SURE_DECK)


def _is_deck(item: StoryLine) -> bool:
    text = item.line.text
    is_printed = item.line.kind in ("text", "paragraph", "subhead")
    is_short = is_printed and len(text) <= _LONGEST_DECK and " " in text and text.isupper()
    if not is_short or datelines.DATELINE_ONLY.fullmatch(text) or bylines.sign(text):
        return False
    return item.form in ("prose", "open", "signature") or bool(
        item.citation and item.citation.is_name_only and item.line.ends_sentence
    )


def _may_be_names(item: StoryLine) -> bool:
    return not item.line.ends_sentence and bool(bylines.bare_names(item.line.text))


def _leave_above(items: list[StoryLine], at: int) -> int:
    """What stands above the headline and has no field: kickers, sections."""
    for item in items[:at]:
        if item.is_free and datelines.DATELINE_ONLY.fullmatch(item.line.text):
            item.put("dateline", 0.7)
        elif item.is_free and (section := furniture.read_section(item.line.text)):
            item.form, item.citation = (
                "citation",
                Citation(
                    section=section, left=[] if section == item.line.text else [item.line.text]
                ),
            )
        elif item.is_free:
            item.put("unplaced", 0.8)
    if at and not any(item.citation and item.citation.section for item in items):
        _take_section(items[at - 1])
    return at


def _take_section(item: StoryLine) -> None:
    """A word or two right above the headline, where nothing else names the section."""
    text = item.line.text.strip("【】[]《》 ")
    is_chinese = item.line.is_chinese
    count = len(text) if is_chinese else len(text.split())
    is_short = count <= (_SECTION_CHARACTERS if is_chinese else _SECTION_WORDS)
    is_name = is_short and len(text) <= _LONGEST_SECTION and text.replace(" ", "").isalpha()
    if item.role != "unplaced" or item.form != "open" or not is_name:
        return
    is_other = bylines.bare_names(text) or english.is_post(text) or furniture.is_button(text)
    if is_other or known_outlet(text) or looks_like_paper(text) or text.endswith("dition"):
        return
    item.form, item.role = "citation", ""
    item.citation = Citation(section=text, is_labelled=True)


def _extend_headline(items: list[StoryLine], at: int) -> int:
    """A headline that goes on in the next line; returns its last line."""
    if items[at].seems("headline", least=0):
        while at + 1 < len(items) and items[at + 1].seems("headline", least=0):
            at += 1
            guess = items[at].guess
            items[at].put("headline", guess.probability if guess else 0.75)
    if at + 1 >= len(items):
        return at
    line, below = items[at].line, items[at + 1]
    if (
        not (below.is_free or below.form == "signature")
        or below.line.gap > line.gap + 1
        or line.kind != "text"
    ):
        return at
    after = items[at + 2] if at + 2 < len(items) else None
    is_couplet = (
        line.is_chinese
        and len(line.text) == len(below.line.text) <= 16
        and bool(
            after and after.is_free and after.form == "open" and after.line.size > below.line.size
        )
    )
    # Of two bylines in capitals the one with a single word is the headline's last line.
    goes_on = line.text.isupper() and below.line.text.isupper() and not below.line.gap
    is_signed = any(item.form == "signature" for item in items[at + 2 : at + 5])
    is_before_names = after is not None and after.form in ("signature", "citation")
    if goes_on and not line.ends_sentence and (is_signed or is_before_names):
        below.form, below.signature = "open", None
        below.put("headline", 0.75)
        items[at].confidence = min(items[at].confidence, 0.75)
        return at + 1
    is_continued = not below.line.gap and _CONTINUED.search(line.text)
    if below.form == "open" and (is_couplet or is_continued):
        below.put("headline", 0.75)
        items[at].confidence = min(items[at].confidence, 0.75)
        return at + 1
    return at


def _sign_with_credits(items: list[StoryLine], at: int) -> None:
    """ "Photos by Li Na" right below the headline or another byline signs the story."""
    for item in items[at + 1 : at + 6]:
        if item.form == "credit" and item.signature:
            item.form, item.caption = "signature", None
        elif item.form not in ("signature", "agencies", "citation"):
            break
    sign_with_paper(items, at)


def _take_caption(items: list[StoryLine], at: int) -> None:
    """The sentence above a credit is a picture's, not the lead, where running text follows."""
    for number, item in enumerate(items[at + 1 : at + 20], start=at + 1):
        below = items[number + 1] if number + 1 < len(items) else None
        if not item.is_free or item.form != "prose":
            continue
        is_caption = below is not None and below.form == "credit" and below.caption is not None
        if is_caption and item.line.size < _LONGEST_CAPTION and len(items) > number + 3:
            item.form, item.caption = "caption", ParsedCaption(item.line.text, "")
        if datelines.open_story(item.line.text) or not is_caption:
            return


def _take_names(items: list[StoryLine], at: int) -> None:
    """Names without "By": the lines between the headline and the first paragraph."""
    free = 0
    for number, item in enumerate(items[at + 1 : at + 12], start=at + 1):
        below = items[number + 1] if number + 1 < len(items) else None
        if item.form == "prose":
            if free or item.line.size > LONGEST_STANDFIRST or datelines.open_story(item.line.text):
                break
            free += 1
            continue
        if not item.is_free and item.form != "caption":
            if free and item.form == "credit":
                continue
            if item.form != "credit":
                continue
        if english.is_post(item.line.text):
            item.form, item.furniture = "furniture", "navigation"
            continue
        if furniture.read_section(item.line.text):
            continue
        if item.guess and not item.seems("byline", "other", least=0):
            free += 1
            continue
        if any(key(above.line.text) == key(item.line.text) for above in items[:at]):
            continue  # The site's name, which stands above the headline, too.
        text = _BEFORE_NAME.sub("", item.line.text).rstrip(",")
        people = bylines.bare_names(text)
        if item.line.kind in ("standfirst", "subhead", "paragraph"):
            people = ()  # Its format says what it is.
        is_other = item.seems("other", least=_SURELY_OTHER)
        may_sign = not is_other and _may_sign(text, items, number, below)
        if people and (item.seems("byline") or may_sign):
            item.form, item.signature = "signature", Signature(people)
            item.put("byline", item.agreed("byline", 0.93))
        free += 1


def _may_sign(text: str, items: list[StoryLine], at: int, below: StoryLine | None) -> bool:
    """Whether bare names sign: they are known names, or the next line is of the same kind."""
    if HAN_CHARACTER.search(text):
        return True
    above = items[at - 1]
    is_signed = below is not None and below.form in (
        "citation",
        "contact",
        "signature",
        "furniture",
    )
    people = bylines.bare_names(text)
    known = all(english.is_known_name(one.name) for one in people)
    return (
        known
        or is_signed
        or above.form == "signature"
        or bool(below and (english.is_post(below.line.text) or below.line.text.startswith("and ")))
        or bool(below and datelines.DATELINE_ONLY.fullmatch(below.line.text))
        # "Li Na, Ibadan" right above the text.
        or (all(one.place for one in people) and bool(below and below.form == "prose"))
    )


def _read_below(items: list[StoryLine], at: int, headline: str) -> int:
    """What stands between the headline and the body; returns where the body begins."""
    end = _end_of_head(items, at)
    has_standfirst, end = take_points(items, at, end)
    previous: StoryLine | None = None
    for number, item in enumerate(items[at + 1 : end], start=at + 1):
        # Points above the first paragraph sum the story up.
        is_told = item.line.size >= SHORTEST_POINT or not item.seems("other")
        if item.form == "list_item" and item.line.kind == "text" and is_told:
            item.line = item.line.part(len(item.line.text) - len(without_bullet(item.line.text)))
            has_standfirst = True
            item.put("standfirst", 0.85)
        if not item.is_free:
            continue
        if key(item.line.text[item.label :]) == headline:
            item.put("unplaced", 0.95)
        elif datelines.DATELINE_ONLY.fullmatch(item.line.text):
            item.put("dateline", 0.85)
        elif names_other(item, items):
            item.put("unplaced", 0.8)
        elif _is_caption(items, number):
            continue
        elif item.seems("other", "byline", least=0):
            item.put("unplaced", item.guess.probability if item.guess else 0.8)
        elif item.guess and item.seems("standfirst", least=0):
            item.signature = reporter(item.line)
            item.put("standfirst", item.guess.probability)
        elif len(item.line.text) > LONGEST_STANDFIRST:
            return number
        elif item.line.kind == "subhead":
            continue
        elif not is_summary(item.line):
            item.put("unplaced", 0.8)
        elif not has_standfirst or (previous and previous is items[number - 1]):
            below = items[number + 1] if number + 1 < len(items) else None
            parted = below is None or not below.is_free or below.line.gap > 0
            sure = item.form == "open" and item.line.size > 30 and parted and not has_standfirst
            item.put("standfirst", min(0.9 if sure else 0.7, items[at].confidence))
            has_standfirst, previous = True, item
    return end


def _end_of_head(items: list[StoryLine], at: int) -> int:
    """Where the first paragraph is: below the last byline that belongs to the head."""
    guessed = [
        n
        for n in range(at + 1, len(items))
        if items[n].seems("paragraph", "subhead")
        and not datelines.DATELINE_ONLY.fullmatch(items[n].line.text)
    ]
    if guessed and items[at].guess:
        first = items[guessed[0]].line
        again = [key(items[n].line.text) for n in guessed[1:_AGAIN]]
        leads = reporter(first) or _SUMMED.match(first.folded) or key(first.text) in again
        # The dateline opens the text: what stands above it sums it up.
        below = items[guessed[1]].line if len(guessed) > 1 else first
        if not datelines.open_story(first.text) and datelines.open_story(below.text):
            leads = True
        if leads and len(guessed) > 1 and len(first.text) <= LONGEST_STANDFIRST:
            items[guessed[0]].guess = LineLabel("standfirst", 0.8)
            return guessed[1]
        return guessed[0]
    end = _first_prose(items, at + 1)
    between = 0
    prose = [number for number, item in enumerate(items) if item.form == "prose" and number > at]
    for number, item in enumerate(items[at + 1 : at + 14], start=at + 1):
        if item.is_free:
            between += 1
            if (
                between > 3
                or len(item.line.text) > LONGEST_STANDFIRST
                or datelines.open_story(item.line.text)
            ):
                break
        elif _signs_head(item) and number > end:
            above = sum(one < number for one in prose)
            if above <= 1 and len(prose) - above >= max(1, above):
                end = _first_prose(items, number + 1)
    return _after_summary(items, end, at)


def _signs_head(item: StoryLine) -> bool:
    is_dated = (
        item.form == "citation" and item.citation is not None and not item.citation.is_printed
    )
    return item.form in ("signature", "agencies") or is_dated


def _first_prose(items: list[StoryLine], start: int) -> int:
    return next(
        (
            number
            for number, item in enumerate(items[start:], start=start)
            if item.form == "quote"
            or (item.is_free and item.form == "prose" and not _is_caption(items, number))
        ),
        len(items),
    )  # fmt: skip


def _after_summary(items: list[StoryLine], end: int, at: int) -> int:
    """A standfirst with a full stop: the dateline follows, or the same words do, or italics end."""
    if end + 1 >= len(items):
        return end
    first = items[end]
    second = next((item for item in items[end + 1 : end + 6] if item.is_free), None)
    if (
        second is None
        or not (second.is_free and second.form == "prose")
        or first.line.size > LONGEST_STANDFIRST
    ):
        return end
    has_standfirst = any(item.is_free for item in items[at + 1 : end])
    if not has_standfirst and (people := reporter(first.line)):
        items[end].signature = people
        return end + 1
    opens = datelines.open_story
    is_opening = opens(second.line.text) and not opens(first.line.text)
    same = key(first.line.text) and key(second.line.text).startswith(key(first.line.text))
    apart = first.line.is_emphasised and not second.line.is_emphasised
    if (is_opening or same or apart or first.line.kind == "standfirst") and not has_standfirst:
        return end + 1
    return end


def _is_caption(items: list[StoryLine], at: int) -> bool:
    """Whether a free line of the head is a caption: a credit below it, or its words say so."""
    below = items[at + 1] if at + 1 < len(items) else None
    score = captions.shown_score(items[at].line.text)
    above = items[at - 1] if at else None
    is_beside = bool(above and above.form in ("signature", "citation", "furniture"))
    return score >= 1.5 or (
        score >= 1 and is_beside and bool(below and below.line.gap and not items[at].line.gap)
    )
