"""The top of a story: kicker, headline, standfirst and bylines, above the first paragraph."""

import re
from dataclasses import replace

from archive.intake.layout import bylines, captions, english
from archive.intake.layout.bylines import Signature
from archive.intake.layout.citations import Citation
from archive.intake.layout.forms import StoryLine
from archive.intake.layout.frame import is_section, section_of, sign_with_paper
from archive.intake.layout.lines import is_chinese, key, trim

# How many lines the top of a story may have; more is a menu, and the headline is below it.
_DEEPEST = 40
_LONGEST_HEADLINE = 255
_LONGEST_STANDFIRST = 450
# A headline's score must reach this, else the story has none.
_LEAST = -1.0
_ORIGINAL = re.compile(r"(?:原标题|標題|标题|题目|原題|headline|title)\s?[:：]\s*", re.IGNORECASE)
_STAFF = re.compile(
    r"(?:(?:china daily|xinhua|global times|the) )?(?:(?:staff|special|senior|chief"
    r"|contributing) )?"
    r"(?:writers?|reporters?|correspondents?|columnists?)(?: in [A-Z]\w+)?|for china daily"
    r"|(?:by|from) (?:our|a|the) (?:own |special |staff |correspondent ?|reporter ?|london "
    r"){1,3}(?:correspondent|reporter|writer)?",
    re.IGNORECASE,
)
# "… and the bread is warm. Li Na reports."
_REPORTS = re.compile(
    r"(?<=[.!?]) [A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|and)){1,5} reports?"
    r"(?: (?:from|in) [^.]{2,40})?\.$"
)
_CONTINUED = re.compile(
    r"(?:\b(?:a|an|the|of|to|in|for|on|with|and|at|by|from|as|or|its|his|her|their)|[-–—,，、])$",
    re.IGNORECASE,
)


def read_head(items: list[StoryLine], stated: str) -> int:
    """Puts the head's lines into fields; returns where the body begins.

    `stated` is the headline that the source's format gives, or "".
    """
    _take_labels(items)
    at = _find_headline(items, stated)
    if at is None:
        start = next((n for n, item in enumerate(items) if item.is_free), len(items))
        return _leave_above(items, start)
    headline = items[at]
    headline.put("headline", _headline_confidence(items, at))
    above = items[at - 1] if at else None
    if above and above.is_free and above.line.text.endswith((":", "：")) and above.line.size < 60:
        above.put("headline", 0.7)
    words = trim(headline.line.text[headline.label :])
    if headline.label:
        headline.left.append(trim(headline.line.text[: headline.label]))
    headline.line = replace(
        headline.line, text=words, is_exact=headline.line.is_exact and not headline.label
    )
    _leave_above(items, at)
    last = _extend_headline(items, at)
    _sign_with_credits(items, last)
    _take_names(items, last)
    return _read_below(items, last, key(headline.line.text))


def _take_labels(items: list[StoryLine]) -> None:
    """ "原标题：" alone is a label; before words they are the headline as first printed."""
    for item in items[:_DEEPEST]:
        match = _ORIGINAL.match(item.line.folded)
        if match is None or item.line.kind != "text":
            continue
        if match.end() >= len(item.line.text):
            item.form, item.furniture = "furniture", "navigation"
        elif item.form in ("prose", "open", "caption", "citation"):
            item.label, item.form = match.end(), "open"


def _find_headline(items: list[StoryLine], stated: str) -> int | None:
    stands = [at for at, item in enumerate(items) if item.line.kind == "headline"]
    if not stands and not stated:
        stands = [at for at, item in enumerate(items) if item.seems("headline", least=0)]
    if stands:
        return stands[0]
    candidates = []
    for at, item in enumerate(items[:_DEEPEST]):
        if item.form == "list_item":
            continue
        if item.is_free or (item.citation and item.citation.is_name_only):
            candidates.append(at)
        is_text = item.is_free and item.form == "prose"
        if is_text and bylines.open_story(item.line.text):
            candidates.pop()
            break
        if is_text and len(candidates) > 1:
            # Only the first line of a text may be a headline with a full stop.
            candidates.pop()
            break
        if is_text and item.line.size > 2 * _LONGEST_HEADLINE / 3:
            break
    if not candidates:
        return None
    scores = {at: _headline_score(items, at, order, stated) for order, at in enumerate(candidates)}
    best = max(candidates, key=lambda at: scores[at])
    return best if scores[best] >= _LEAST else None


def _headline_score(items: list[StoryLine], at: int, order: int, stated: str) -> float:
    """How much a line is like the headline: its place, its size, and what stands below it."""
    item = items[at]
    line, text = item.line, item.line.text
    below = items[at + 1] if at + 1 < len(items) else None
    score = 2.0 - 0.5 * min(order, 6)
    if stated and key(stated) == key(text):
        score += 5
    if item.citation:
        score -= 2
    score += _size_score(line.size, len(text))
    if text.endswith((".", "。")):
        score -= 1.0 if line.size < 80 else 3.5
        if below and below.form == "credit":
            score -= 4
    if bylines.open_story(text):
        score -= 5
    if is_section(line) or english.DATELINE_ONLY.fullmatch(text):
        score -= 4
    if text[:1] in "(（[【<" and text[-1:] in ")）]】>":
        score -= 2.5
    if below and below.is_free and below.form == "open" and _is_kicker(item, below):
        score -= 1.4
    if line.is_chinese and order == 0 and _is_four_deep(items, at):
        score -= 1.4
    if (
        below
        and below.form in ("signature", "citation", "agencies")
        and not (below.citation and below.citation.is_name_only)
    ):
        score += 0.2
    if at and items[at - 1].form == "furniture" and below and below.form == "furniture":
        score -= 2.5
    if is_chinese(text) and bylines.bare_names(text):
        score -= 2
    if line.is_emphasised:
        score += 0.7
    return score - (1 if text[:1].islower() else 0)


def _size_score(size: float, length: int) -> float:
    if length > _LONGEST_HEADLINE:
        return -6
    if size > 230:
        return -2.5
    if size > 140:
        return -1
    return -0.3 if size < 9 else 0


def _is_four_deep(items: list[StoryLine], at: int) -> bool:
    """Kicker, headline in two lines, standfirst: as many open lines above the byline."""
    return len(items) > at + 4 and all(
        item.is_free and item.form == "open" for item in items[at : at + 4]
    )


def _is_kicker(item: StoryLine, below: StoryLine) -> bool:
    """A word or two above a longer line."""
    line = item.line
    is_short = line.is_chinese and line.size <= 15
    if below.line.text.startswith(("——", "—", "--")):
        return False
    label = line.text.isupper() and len(line.text.split()) <= 3 and not below.line.text.isupper()
    few = line.is_chinese and line.size <= 21 and line.size * 1.8 < below.line.size
    return (is_short or label or few) and below.line.size > line.size


def _headline_confidence(items: list[StoryLine], at: int) -> float:
    """Surest where it is the first line and nothing else could be it."""
    line, guess = items[at].line, items[at].guess
    if guess and guess.label == "headline":
        return guess.probability
    above = [item for item in items[:at] if item.is_free]
    if line.kind == "headline":
        return 0.97
    if line.text.endswith((".", "。")) or line.size > 160:
        return 0.55
    below = items[at + 1 : at + 4]
    if len(below) == 3 and all(item.is_free and item.form == "open" for item in below):
        return 0.7
    return 0.95 if not above else 0.8 if len(above) == 1 else 0.65


def _leave_above(items: list[StoryLine], at: int) -> int:
    """What stands above the headline and has no field: kickers, sections."""
    for item in items[:at]:
        if item.is_free and english.DATELINE_ONLY.fullmatch(item.line.text):
            item.put("dateline", 0.7)
        elif item.is_free and (section := section_of(item.line)):
            item.form, item.citation = "citation", Citation(section=section)
        elif item.is_free:
            item.put("unplaced", 0.8)
    return at


def _extend_headline(items: list[StoryLine], at: int) -> int:
    """A headline that goes on in the next line; returns its last line."""
    if items[at].seems("headline", least=0):
        while at + 1 < len(items) and items[at + 1].seems("headline", least=0):
            at += 1
            items[at].put("headline", _headline_confidence(items, at))
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
    goes_on = line.text.isupper() and below.line.text.isupper() and not below.line.gap
    is_before_names = after is not None and after.form in ("signature", "citation")
    if goes_on and is_before_names and not line.ends_sentence:
        below.form, below.signature = "open", None
        below.put("headline", 0.75)
        items[at].confidence = min(items[at].confidence, 0.75)
        return at + 1
    if below.form == "open" and (is_couplet or _CONTINUED.search(line.text)):
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


def _take_names(items: list[StoryLine], at: int) -> None:
    """Names without "By": the lines between the headline and the first paragraph."""
    free = 0
    for number, item in enumerate(items[at + 1 : at + 12], start=at + 1):
        below = items[number + 1] if number + 1 < len(items) else None
        if item.form == "prose":
            if free or item.line.size > _LONGEST_STANDFIRST or bylines.open_story(item.line.text):
                break
            free += 1
            continue
        if not item.is_free and item.form != "caption":
            if free and item.form == "credit":
                continue
            if item.form != "credit":
                continue
        if _STAFF.fullmatch(item.line.text):
            item.form, item.furniture = "furniture", "navigation"
            continue
        if is_section(item.line):
            continue
        if item.guess and not item.seems("byline", "other", least=0):
            free += 1
            continue
        text = re.sub(r"^(?:and|AND|&)\s+", "", item.line.text).rstrip(",")
        people = bylines.bare_names(text)
        if item.line.kind in ("standfirst", "subhead", "paragraph"):
            people = ()  # Its format says what it is.
        if people and (item.seems("byline") or _may_sign(text, items, number, below)):
            item.form, item.signature = "signature", Signature(people)
        free += 1


def _may_sign(text: str, items: list[StoryLine], at: int, below: StoryLine | None) -> bool:
    """Whether bare names sign: they are known names, or the next line is of the same kind."""
    if any("\u3400" <= character <= "\u9fff" for character in text):
        return True
    above = items[at - 1]
    is_signed = below is not None and below.form in ("citation", "contact", "signature")
    known = all(english.is_known_name(one.name) for one in bylines.bare_names(text))
    return (
        known
        or is_signed
        or above.form == "signature"
        or bool(below and (_STAFF.fullmatch(below.line.text) or below.line.text.startswith("and ")))
    )


def _read_below(items: list[StoryLine], at: int, headline: str) -> int:
    """What stands between the headline and the body; returns where the body begins."""
    end = _end_of_head(items, at)
    has_standfirst = False
    previous: StoryLine | None = None
    for number, item in enumerate(items[at + 1 : end], start=at + 1):
        if not item.is_free:
            continue
        if key(item.line.text[item.label :]) == headline:
            item.put("unplaced", 0.95)
        elif english.DATELINE_ONLY.fullmatch(item.line.text):
            item.put("dateline", 0.85)
        elif _STAFF.fullmatch(item.line.text) or _names_paper(item, items):
            item.put("unplaced", 0.8)
        elif _is_caption(items, number):
            continue
        elif is_section(item.line):
            item.put("unplaced", 0.8)
        elif item.seems("other", "byline"):
            item.put("unplaced", item.guess.probability if item.guess else 0.8)
        elif item.seems("standfirst"):
            item.put("standfirst", item.guess.probability if item.guess else 0.8)
        elif len(item.line.text) > _LONGEST_STANDFIRST:
            return number
        elif not has_standfirst or (previous and previous is items[number - 1]):
            below = items[number + 1] if number + 1 < len(items) else None
            parted = below is None or not below.is_free or below.line.gap > 0
            sure = item.form == "open" and item.line.size > 30 and parted
            item.put("standfirst", 0.9 if sure and not has_standfirst else 0.7)
            has_standfirst, previous = True, item
    return end


def _names_paper(item: StoryLine, items: list[StoryLine]) -> bool:
    """Whether a citation has the line's words, too: the name of the paper or its page."""
    for other in items[:_DEEPEST]:
        if other.citation and item.line.text in other.citation.left:
            if other.citation.publication is None:
                other.citation.left.remove(item.line.text)
                other.citation.publication = item.line.text
            return True
    return False


def _end_of_head(items: list[StoryLine], at: int) -> int:
    """Where the first paragraph is: below the last byline that belongs to the head."""
    guessed = [n for n in range(at + 1, len(items)) if items[n].seems("paragraph", "subhead")]
    if guessed and items[at].guess:
        return guessed[0]
    end = _first_prose(items, at + 1)
    between = 0
    prose = [number for number, item in enumerate(items) if item.form == "prose" and number > at]
    for number, item in enumerate(items[at + 1 : at + 14], start=at + 1):
        if item.is_free:
            between += 1
            if (
                between > 3
                or len(item.line.text) > _LONGEST_STANDFIRST
                or bylines.open_story(item.line.text)
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
            if item.is_free and item.form == "prose" and not _is_caption(items, number)
        ),
        len(items),
    )  # fmt: skip


def _after_summary(items: list[StoryLine], end: int, at: int) -> int:
    """A standfirst with a full stop: the dateline follows, or the same words do, or italics end."""
    if end + 1 >= len(items):
        return end
    first, second = items[end], items[end + 1]
    if not (second.is_free and second.form == "prose") or first.line.size > _LONGEST_STANDFIRST:
        return end
    has_standfirst = any(item.is_free for item in items[at + 1 : end])
    reports = _REPORTS.search(first.line.text)
    if not has_standfirst and reports and (people := bylines.sign(trim(reports[0]))):
        items[end].signature = people
        return end + 1
    is_opening = bylines.open_story(second.line.text) and not bylines.open_story(first.line.text)
    same = key(first.line.text) and key(second.line.text).startswith(key(first.line.text))
    apart = first.line.is_emphasised and not second.line.is_emphasised
    if (is_opening or same or apart or first.line.kind == "standfirst") and not has_standfirst:
        return end + 1
    return end


def _is_caption(items: list[StoryLine], at: int) -> bool:
    """Whether a free line of the head is a caption: a credit below it, or its words say so."""
    below = items[at + 1] if at + 1 < len(items) else None
    score = captions.shown_score(items[at].line.text)
    after = items[at + 2] if at + 2 < len(items) else None
    if below and below.form == "credit" and items[at].line.ends_sentence:
        return score > 0 or bool(after and after.line.gap > below.line.gap)
    above = items[at - 1] if at else None
    is_beside = bool(above and above.form in ("signature", "citation", "furniture"))
    return score >= 1.5 or (
        score >= 1 and is_beside and bool(below and below.line.gap and not items[at].line.gap)
    )
