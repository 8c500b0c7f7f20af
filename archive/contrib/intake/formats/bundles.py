"""A page of several short items under one head: readers' letters, news in brief.

It is cut where that is sure: the page calls itself one of letters or briefs, or letters begin with
a salutation, and each item has a headline of its own. An item begins with a salutation or an
agency's dateline, or below the name of whoever wrote the one above. Briefs that have no line for a
headline open with it ("STERLING STEEL: …", 【新桥通车】…) or with a dateline. Letters that have
none begin with a salutation of their own, and end with a signature, or with a bullet. What stands
above the first one, or cites the print below the last, holds for all: paper, day, page and section.
Where briefs' parts stand apart, each short line above a text is a headline.

A page of another name is cut at lines of marks where each part has a headline and ends with the
name of whoever wrote it (obituaries, reviews), or has its headline in capitals; and where each
headline has the same mark before it, and none stands above the first one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import groupby, pairwise, takewhile
from operator import or_

from archive.contrib.intake.documents import DocumentLine, DocumentMetadata, LineKind
from archive.contrib.intake.formats.signers import (
    BULLETS,
    DASHED,
    PLACE_BEHIND,
    find_signers,
    is_writer,
)
from archive.contrib.intake.layout.bylines import sign
from archive.contrib.intake.layout.citations import Citation, read_citation
from archive.contrib.intake.layout.datelines import open_story
from archive.contrib.intake.layout.furniture import names_section
from archive.contrib.intake.layout.letters import greets, is_closing
from archive.contrib.intake.layout.lines import Line, ends_sentence, fold, is_chinese, is_sentence
from archive.contrib.intake.layout.sign_offs import correction_label
from archive.contrib.intake.outlets import looks_like_paper
from archive.text.fingerprints import is_separator

_LETTERS = re.compile(
    r"letters?(?: to the editor| page)?$|(?:readers'?|your) letters$|write to ?:"
    r"|letters (?:may|should|to)\b"
    r"|读者来信|读者投书|读者之声|来信(?:请|选登|照登)|来稿请寄|投稿(?:请寄|邮箱)",
    re.IGNORECASE,
)
_BRIEFS = re.compile(
    r"(?:[a-z’']+ ){0,3}(?:briefs|in brief|briefly|round-?up|digest)$|(?:in|news) briefs?$"
    r"|(?:a?round|about|across) (?:the )?[a-z]+$"
    r"|.{0,6}(?:简讯|简报|简明新闻|短讯|短新闻|短波|快讯|速递|速览|速读|集纳|一句话新闻|点击)$",
    re.IGNORECASE,
)
# What opens a brief: its headline, in brackets, in capitals before a colon, or between a bullet
# and a wide blank.
_LED = re.compile(
    rf"[{BULLETS}•]*\s*"
    r"(?:【(?P<bracketed>[^【】]{2,24})】\s*|"
    r"(?P<capitals>[A-Z][A-Z0-9&'’ -]{2,40}):\s+(?=[A-Z\"“])|"
    rf"(?<=[{BULLETS}•])(?P<spaced>[^\s,。;:!?]{{4,24}}) {{1,3}}(?=\S.*[。!?]))"
)
_BLANK_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
# What answers a letter: in brackets, or by whoever prints it.
_NOTE = re.compile(
    r"[\[【(（]|(?:the )?(?:editor|editorial|our)(?:['’]s)? (?:note|reply|comment|answer|writes)\b"
    r"|(?:编者|编辑|记者|本报)?(?:按|附言|附记|回复|答复|回音|复信)\s?[:]",
    re.IGNORECASE,
)
# What may stand around a section's name.
_MARKS = f"{BULLETS}•▼【】[]·—–- "
_NUMBER = re.compile(r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）.．、]\s*(?=\S)")
_MOST_WORDS = 3
# A headline and a standfirst.
_HEADLINES = 2
_HEAD_LINES, _LONGEST_HEADLINE, _LONGEST_NAME, _FEWEST = 14, 110, 60, 2
_LONGEST_SECTION = 20
# Room that a wrapped line may leave beyond its next word, and what begins a paragraph.
_SLACK, _INDENT = 4, 2


@dataclass(frozen=True)
class PageItems:
    """The lines with which a page's items begin; what some lines surely are; what its head says."""

    starts: tuple[int, ...]
    kinds: dict[int, LineKind]
    said: DocumentMetadata
    # The lines of the running text, and those among them that go on with the line above.
    body: set[int] = field(default_factory=set)
    wrapped: set[int] = field(default_factory=set)
    # Where in some lines the headline stands, and where the text behind it begins.
    leads: dict[int, "Lead"] = field(default_factory=dict)
    # By line who wrote the item, and where they live.
    signers: dict[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def find_items(lines: Sequence[DocumentLine]) -> PageItems | None:
    """The items of a page that surely has several; None for another text."""
    top = [fold(part).strip() for line in lines[:_HEAD_LINES] for part in _said(line.text)]
    is_letters = any(map(_LETTERS.match, top)) or any(
        _LETTERS.match(fold(line.text)) for line in lines[-2:]
    )
    is_letters = is_letters or sum(greets(line.text) for line in lines) >= _FEWEST
    # A paper says below what it puts right where to write to.
    is_letters = is_letters and not any(0 < len(one) == correction_label(one) for one in top)
    is_briefs = any(map(_names_briefs, top))
    if not (is_letters or is_briefs):
        return _signed_items(lines) or _ruled_items(lines) or _marked_items(lines)
    if is_briefs and (marked := _marked_items(lines)):
        return marked
    starts = [at for at in range(len(lines)) if _opens(lines, at, is_letters=is_letters)]
    if greeting := [at for at in starts if greets(lines[_headline(lines, at) + 1].text)]:
        # What stands above the first letter that greets is one only if somebody signs it.
        is_signed = any(map(_is_writer, lines[starts[0] : greeting[0]]))
        first = starts[0] if is_signed else greeting[0]
        starts = [at for at in starts if at >= first and not (at and greets(lines[at - 1].text))]
    if is_briefs:
        # A frame that all items have is surer than one that some have.
        found = [at for at in range(len(lines)) if _follows(lines, at)]
        if len(found) > max(len(starts), 1) and _are_all(lines, found):
            starts = found
        elif len(starts) < _FEWEST:
            starts = _apart(lines)
    if len(starts) < _FEWEST and is_letters and (letters := _headless(lines)):
        return letters
    leads = _find_leads(lines) if is_briefs and len(starts) < _FEWEST else {}
    starts = [*leads] or starts
    if len(starts) < _FEWEST and not (is_letters and starts and greets(lines[starts[0] + 1].text)):
        return None
    leads = leads or _numbers(lines, starts)
    kinds: dict[int, LineKind] = dict.fromkeys(range(starts[0]), "furniture")
    body: set[int] = set()
    for first, last in zip(starts, [*starts[1:], len(lines)], strict=True):
        _read_item(lines, range(first, last), kinds, body)
    if len(starts) < _FEWEST and "byline" not in kinds.values():
        return None
    for at, lead in leads.items():
        if lead.text < len(lines[at].text):
            kinds.pop(at, None)
            body.add(at)
    below = range(max(body, default=len(lines)) + 1, len(lines))
    foot = [
        lines[at] for at in below if (one := read_citation(Line(1, lines[at].text))) and one.stamps
    ]
    said = _head([*lines[: starts[0]], *foot], is_letters=is_letters)
    signers = find_signers(lines, kinds)
    return PageItems(tuple(starts), kinds, said, body, _wrapped(lines, body), leads, signers)


def _names_briefs(folded: str) -> bool:
    """Whether a heading says that several short items stand below: briefs, corrections."""
    return bool(_BRIEFS.fullmatch(folded)) or 0 < len(folded) == correction_label(folded)


def _headless(lines: Sequence[DocumentLine]) -> PageItems | None:
    """Letters without headlines, each with a salutation and an end of its own, or with a bullet;
    None where that isn't sure."""
    greeting = [at for at, line in enumerate(lines) if greets(line.text)]
    bulleted = [at for at, line in enumerate(lines) if _bullet(line.text) and _is_told(line)]
    starts = greeting or bulleted
    if len(starts) < _FEWEST:
        return None
    kinds: dict[int, LineKind] = dict.fromkeys(range(starts[0]), "furniture")
    body: set[int] = set()
    leads: dict[int, Lead] = {}
    for first, last in pairwise([*starts, len(lines)]):
        item = range(first, last)
        closing = [at for at in item if is_closing(lines[at].text)]
        told = [at for at in item if at not in closing and _is_told(lines[at])]
        below = [at for at in item if told and at > told[-1]]
        writer = next((at for at in below if _is_writer(lines[at])), None)
        if not told or (starts is greeting and writer is None and not closing):
            return None
        kinds.update(dict.fromkeys([*closing, *below], "furniture"))
        if writer is not None:
            kinds[writer] = "byline"
        if starts is bulleted:
            leads[first] = Lead(0, 0, _bullet(lines[first].text))
        elif first not in told:
            kinds[first] = "furniture"
        body.update(at for at in item if at <= told[-1] and at not in kinds)
    said, signers = _head(lines[: starts[0]], is_letters=True), find_signers(lines, kinds)
    return PageItems(tuple(starts), kinds, said, body, _wrapped(lines, body), leads, signers)


def _bullet(text: str) -> int:
    """How long the bullet is with which a text begins."""
    return len(text) - len(text.lstrip(f"{BULLETS}•· "))


def _is_told(line: DocumentLine) -> bool:
    """Whether it is running text, maybe signed in brackets at its end."""
    return _is_text(line) or _ends(line)


def _is_writer(line: DocumentLine) -> bool:
    return len(line.text) < _LONGEST_NAME and is_writer(line.text)


@dataclass(frozen=True)
class Lead:
    """Where in a line the headline begins and ends, and where the text behind it begins."""

    start: int
    end: int
    text: int


def _find_leads(lines: Sequence[DocumentLine]) -> dict[int, Lead]:
    """The lines with which briefs open that have no other headline, by number; {} where any other
    running text stands above the first one, or where there is no second."""
    found = {at: lead for at, line in enumerate(lines) if (lead := _lead(line.text))}
    first = min(found, default=0)
    above = (line for line in lines[:first] if not read_citation(Line(1, line.text)))
    is_led = not any(map(_is_text, above))
    return found if len(found) >= _FEWEST and is_led else {}


def _lead(text: str) -> Lead | None:
    folded = fold(text)
    opening = open_story(text)
    if match := _LED.match(folded):
        name = match.lastgroup or ""
        # "【本报讯】" is no headline.
        if match[name] and not (opening and opening.start >= match.end() and is_chinese(text)):
            return Lead(*match.span(name), match.end())
    return Lead(0, 0, 0) if opening and opening.dateline else None


def _numbers(lines: Sequence[DocumentLine], starts: list[int]) -> dict[int, Lead]:
    """The headlines without their numbers, where each has one."""
    found = {at: _NUMBER.match(lines[at].text) for at in (_headline(lines, one) for one in starts)}
    return {
        at: Lead(match.end(), len(lines[at].text), len(lines[at].text))
        for at, match in found.items()
        if match and all(found.values())
    }


def _wrapped(lines: Sequence[DocumentLine], body: set[int]) -> set[int]:
    """The lines that go on with the one above: their first word had no room there.

    An item is too short to tell how wide a page is wrapped; all of them tell.
    """
    told = sorted(body)
    widest = max((lines[at].indent + len(lines[at].text) for at in told), default=0)
    found = set()
    for above, at in pairwise(told):
        line, before = lines[at], lines[above]
        is_full = before.indent + len(before.text) + len(_first_word(line)) > widest - _SLACK
        if at == above + 1 and is_full and not line.gap and line.indent < _INDENT:
            found.add(at)
    broken = sum(not ends_sentence(lines[at - 1].text) for at in found)
    return found if broken * 2 >= len(found) else set()


def _first_word(line: DocumentLine) -> str:
    return line.text.split()[0] if line.text.isascii() or " " in line.text else line.text[:1]


def _opens(lines: Sequence[DocumentLine], at: int, *, is_letters: bool) -> bool:
    """Whether an item begins with a line: a headline, maybe below a word on its subject, with a
    text below that greets, is signed at once, has an agency's dateline or follows a signature."""
    line, below = lines[at], [*lines[at + 1 : at + 4]]
    is_parted = at == 0 or line.gap > 0
    if not is_parted or not _is_title(line) or not below:
        return False
    is_bulleted = (
        line.text[:1] not in BULLETS
        and below[0].text[:1] in BULLETS
        and len(below[0].text) < _LONGEST_NAME
        and not below[0].gap
    )
    if is_letters and (is_bulleted or greets(below[0].text)):
        return True
    text = below[at_head := _headline(lines, at) - at]
    is_sent = (opening := open_story(text.text)) is not None and bool(opening.bylines)
    return _is_text(text) and (_is_closed(lines[:at]) or (is_sent and not at_head))


def _headline(lines: Sequence[DocumentLine], at: int) -> int:
    """The number of the headline's line: below a line of a word or two that it stands close to."""
    line, below = lines[at], [*lines[at + 1 : at + 3]]
    is_subject = len(line.text.split()) <= _MOST_WORDS and len(line.text) <= _LONGEST_SECTION
    is_above = len(below) > 1 and not below[0].gap and _is_title(below[0]) and _is_text(below[1])
    is_signed = is_above and below[0].text[:1] in BULLETS
    # A text's first line, wrapped, is no headline.
    is_wrapped = is_above and not (below[1].gap or _has_room(below[0], below[1:]))
    return at + 1 if is_subject and is_above and not (is_signed or is_wrapped) else at


def _follows(lines: Sequence[DocumentLine], at: int) -> bool:
    """Whether a line is a brief's headline: parted from what is above, its text close below, and
    room left in it for the text's first word, as a wrapped paragraph's first line has none."""
    line = lines[at]
    if not (at == 0 or line.gap) or not _is_title(line):
        return False
    rest = takewhile(lambda below: not lines[below].gap, range(at + 1, len(lines)))
    below = [lines[one] for one in rest]
    if not below:
        return False
    is_long = any(map(_is_text, below)) or sum(len(one.text) for one in below) >= _LONGEST_NAME
    is_wrapped = is_long and _has_room(line, below) and ends_sentence(below[-1].text)
    return _is_text(below[0]) or is_wrapped


def _has_room(line: DocumentLine, below: Sequence[DocumentLine]) -> bool:
    """Whether the first word of the lines below would have had room in it."""
    widest = max(one.indent + len(one.text) for one in below)
    return line.indent + len(line.text) + len(_first_word(below[0])) <= widest - _SLACK


def _signed_items(lines: Sequence[DocumentLine]) -> PageItems | None:
    """Obituaries, reviews, notes: each has a headline, maybe a line below it, and a text that a
    line of marks parts from the next, or the name of whoever wrote it, as all have; None where one
    of them lacks its frame."""
    if not any(is_separator(line.text) for line in lines):
        return None
    kinds: dict[int, LineKind] = {}
    body: set[int] = set()
    starts: list[int] = []
    for is_mark, run in groupby(range(len(lines)), lambda at: is_separator(lines[at].text)):
        item = [*run]
        if is_mark:
            kinds.update(dict.fromkeys(item, "furniture"))
            continue
        first = next((at for at in item if _is_title(lines[at])), item[-1])
        told = next((at for at in item if at > first and _is_text(lines[at])), item[-1])
        head = range(first, told)
        is_head = 0 < len(head) <= _HEADLINES and all(_is_title(lines[at]) for at in head)
        is_signed = told < item[-1] and lines[item[-1]].gap and _is_writer(lines[item[-1]])
        is_above = not starts or first == item[0]
        if not (is_head and is_signed and is_above and _is_text(lines[item[-2]])):
            return None
        starts.append(first)
        kinds.update(dict.fromkeys((at for at in item if at < first), "furniture"))
        kinds.update(dict.fromkeys(head, "standfirst"))
        kinds.update({first: "headline", item[-1]: "byline"})
        body.update(range(told, item[-1]))
    if len(starts) < _FEWEST:
        return None
    said = _head(lines[: starts[0]], is_letters=False)
    return PageItems(tuple(starts), kinds, said, body, _wrapped(lines, body))


def _ruled_items(lines: Sequence[DocumentLine]) -> PageItems | None:
    """A page whose headlines stand in capitals below a rule, maybe with another rule and a deck in
    capitals below them; None where a part between two rules begins otherwise, but for the last."""
    ruled = [at for at, line in enumerate(lines) if is_separator(line.text)]
    if not _FEWEST <= len(ruled) < len(lines) or not any(map(_is_capital, lines)):
        return None
    kinds: dict[int, LineKind] = dict.fromkeys(ruled, "furniture")
    parts = [
        [*run] for is_mark, run in groupby(range(len(lines)), lambda at: at in kinds) if not is_mark
    ]
    top = next((at for at in parts[0] if _is_capital(lines[at])), len(lines))
    parts[0] = [at for at in parts[0] if at >= top]
    starts: list[int] = []
    body: set[int] = set()
    is_told = True
    for part in filter(None, parts):
        head = [*takewhile(lambda at: _is_capital(lines[at]), part)]
        text = part[len(head) :]
        is_head = 0 < len(head) <= _HEADLINES and (not text or _ends(lines[text[-1]]))
        if not is_head:
            if part is not parts[-1] or not starts:
                return None
            kinds.update(dict.fromkeys(part, "furniture"))  # The page's foot.
            break
        if is_told:
            starts.append(head[0])
            kinds[head[0]] = "headline"
            head = head[1:]
        kinds.update(dict.fromkeys(head, "standfirst"))
        body.update(text)
        is_told = bool(text)
    if len(starts) < _FEWEST or not is_told:
        return None
    kinds.update(dict.fromkeys(range(starts[0]), "furniture"))
    said = _head(lines[: starts[0]], is_letters=False)
    return PageItems(tuple(starts), kinds, said, body, _wrapped(lines, body))


def _is_capital(line: DocumentLine) -> bool:
    text = line.text
    return text.isupper() and len(text) < _LONGEST_NAME and not _cites(line)


def _marked_items(lines: Sequence[DocumentLine]) -> PageItems | None:
    """A page whose headlines have one mark before them, with a text below each; None where a line
    above the first one may be the headline of all, or a list's entries have the mark."""
    found = [at for at, line in enumerate(lines) if _mark(line.text)]
    heads = [at for at in found if _is_title(lines[at])]
    if len(heads) < _FEWEST or len({_mark(lines[at].text) for at in found}) > 1:
        return None
    # Marked texts below the last one are notices.
    foot = next((at for at in found if at > heads[-1]), len(lines))
    if any(at not in heads for at in found if at < foot) or not all(
        map(_is_beside, lines[: heads[0]])
    ):
        return None
    kinds: dict[int, LineKind] = dict.fromkeys(range(heads[0]), "furniture")
    kinds.update(dict.fromkeys(range(foot, len(lines)), "furniture"))
    body: set[int] = set()
    leads: dict[int, Lead] = {}
    for first, last in pairwise([*heads, foot]):
        item = range(first + 1, last)
        told = [at for at in item if _is_text(lines[at]) or _ends(lines[at])]
        if not told or told[0] - item.start > _HEADLINES:
            return None
        deck = range(item.start, told[0])
        text = lines[first].text
        start = len(text) - len(text[1:].lstrip())
        kinds[first] = "headline"
        leads[first] = Lead(start, len(text), len(text))
        kinds.update(dict.fromkeys(deck, "standfirst"))
        kinds.update(dict.fromkeys((at for at in item if at > told[-1]), "furniture"))
        body.update(at for at in item if told[0] <= at <= told[-1])
    said = _head(lines[: heads[0]], is_letters=False)
    return PageItems(tuple(heads), kinds, said, body, _wrapped(lines, body), leads)


def _mark(text: str) -> str:
    """The sign with which a line begins that no word, bracket, quotation or figure begins with."""
    mark, behind = text[:1], text[1:].lstrip()[:1]
    is_sign = unicodedata.category(mark or " ") in ("So", "Sm") or mark in "•·※§*#"
    return mark if mark and is_sign and behind.isalnum() else ""


def _is_beside(line: DocumentLine) -> bool:
    """Whether a line is no headline: it cites the print, or names a paper or a section."""
    bare = line.text.strip(_MARKS)
    is_name = names_section(bare) or looks_like_paper(bare) or is_separator(line.text)
    return (
        is_name
        or _names_briefs(fold(_unspaced(bare)))
        or read_citation(Line(1, line.text)) is not None
    )


def _apart(lines: Sequence[DocumentLine]) -> list[int]:
    """The headlines of a page whose parts, between blank lines, are short lines and texts by turns;
    [] where anything else stands below the first headline. A text may be several parts."""
    parts = [at for at, line in enumerate(lines) if at == 0 or line.gap]
    ends = [*parts[1:], len(lines)]
    is_head = [
        last == at + 1 and _is_title(lines[at]) and not _is_text(lines[at])
        for at, last in zip(parts, ends, strict=True)
    ]
    # A wrapped paragraph ends where the part does.
    is_told = [_is_text(lines[last - 1]) or _ends(lines[last - 1]) for last in ends]
    found = [at for at, (head, below) in enumerate(pairwise(is_head)) if head and not below]
    first = min(found, default=0)
    # The last part may be the page's foot.
    is_sure = sum(is_head[first:-1]) == len(found) and all(
        map(or_, is_head[first:-1], is_told[first:-1])
    )
    return [parts[at] for at in found] if is_sure else []


def _is_text(line: DocumentLine) -> bool:
    if is_sentence(line.text):
        return True
    return len(line.text) >= _LONGEST_NAME and not _cites(line)


def _cites(line: DocumentLine) -> bool:
    """Whether a line says when or on which page something was printed."""
    cited = read_citation(Line(1, line.text))
    return cited is not None and bool(cited.stamps or cited.page)


def _is_closed(above: Sequence[DocumentLine]) -> bool:
    """Whether the letter above is signed, or none is above."""
    above = above[: len(above) - _notes(above)]
    last = next((at for at, line in reversed([*enumerate(above)]) if _ends(line)), None)
    if last is None:
        return True
    below = [line for line in above[last + 1 :] if any(map(str.isalnum, line.text))]
    if not below or len(below[0].text) >= _LONGEST_NAME:
        return False
    return bool(DASHED.match(below[0].text)) or is_writer(below[0].text)


def _notes(item: Sequence[DocumentLine]) -> int:
    """How many lines at its end answer a letter, below its writer's name: "[The council says …]",
    【回音】…, "Editor's note: …"."""
    start = next(
        (at for at, line in enumerate(item) if line.gap and at and _NOTE.match(fold(line.text))),
        len(item),
    )
    is_signed = start < len(item) and _is_writer(item[start - 1])
    return len(item) - start if is_signed else 0


def _foot(item: Sequence[DocumentLine]) -> int:
    """How many lines at its end, below its writer's name, are the page's: "Letters may be cut."."""
    signed = [at for at, line in enumerate(item) if line.gap and _is_writer(line)]
    below = item[signed[-1] + 1 :] if signed else ()
    start = next((at for at, line in enumerate(below) if line.gap), len(below))
    return len(below) - start if len(below) - start <= _HEADLINES else 0


def _ends(line: DocumentLine) -> bool:
    text = PLACE_BEHIND.sub("", line.text)
    return ends_sentence(text) and not _LETTERS.match(fold(line.text))


def _said(text: str) -> list[str]:
    """A line, or what a citation's parts say."""
    text = text.strip("【】[]")
    return text.split() if read_citation(Line(1, text)) else [_unspaced(text)]


def _unspaced(text: str) -> str:
    """Without the blanks that only space Chinese characters out: 简　讯."""
    parts = _BLANK_BETWEEN.split(text)
    return "".join(parts) if all(len(one) == 1 for one in parts) else text


def _is_title(line: DocumentLine) -> bool:
    text = line.text
    bare = PLACE_BEHIND.sub("", text)
    is_signed = bare != text and ends_sentence(bare)
    is_short = len(text) <= _LONGEST_HEADLINE and not text.endswith((".", "。", ",", "，"))
    return (
        is_short
        and not is_signed
        and not greets(line.text)
        and not sign(text)
        and not names_section(text)
        and not _LETTERS.fullmatch(fold(_unspaced(text)))
        and not _names_briefs(fold(_unspaced(text)))
        and not _cites(line)
    )


def _are_all(lines: Sequence[DocumentLine], starts: list[int]) -> bool:
    """Whether below the first item every part between blank lines is one, but for the page's foot:
    the last one, or short lines."""
    parts = [at for at in range(starts[0], len(lines)) if at == starts[0] or lines[at].gap]
    foot = range(parts[len(starts)], len(lines)) if len(parts) > len(starts) else range(0)
    is_foot = len(parts) <= len(starts) + 1 or not any(_is_text(lines[at]) for at in foot)
    return parts[: len(starts)] == starts and is_foot


def _read_item(
    lines: Sequence[DocumentLine], item: range, kinds: dict[int, LineKind], body: set[int]
) -> None:
    head = _headline(lines, item[0])
    kinds.update({item[0]: "furniture", head: "headline"})
    item = range(head, item.stop)
    answered = item.stop - _notes(lines[head : item.stop])
    body.update(range(answered, item.stop))
    item = range(head, answered)
    if item.stop == len(lines):
        item = range(head, answered - _foot(lines[head:answered]))
        kinds.update(dict.fromkeys(range(item.stop, answered), "furniture"))
    told = [at for at in item[1:] if _ends(lines[at])]
    if not told:
        return
    if item[1] < told[0] + 1 and lines[item[1]].text[:1] in BULLETS:
        kinds[item[1]] = "byline"
    body.update(at for at in item[1 + (kinds.get(item[1]) == "byline") :] if at <= told[-1])
    below = [at for at in item if at > told[-1]]
    for number, at in enumerate(below):
        is_name = not number and len(lines[at].text) < _LONGEST_NAME and is_writer(lines[at].text)
        kinds[at] = "byline" if is_name and item[1] not in kinds else "furniture"


def _head(lines: Sequence[DocumentLine], *, is_letters: bool) -> DocumentMetadata:
    """What the page's head says of all its items."""
    cited = [one for line in lines if (one := read_citation(Line(1, line.text.strip("【】[]"))))]
    names = [
        name
        for name in (_unspaced(line.text.strip(_MARKS)) for line in lines)
        if names_section(name) or _names_briefs(fold(name)) or _LETTERS.fullmatch(fold(name))
    ]
    papers = [line.text for line in lines if looks_like_paper(line.text)]
    day = next((stamp.day for one in cited for stamp in one.stamps if stamp.day), None)
    return DocumentMetadata(
        publication=_first([*(one.publication for one in cited), *papers]),
        published=datetime.combine(day, time()) if day else None,
        page=_first(one.page for one in cited),
        section=_first([*names, *(one.section for one in cited), *_left(cited)]),
        is_letter=is_letters,
    )


def _left(cited: Iterable[Citation]) -> Iterator[str]:
    """A citation's words that are none of its other parts name the section."""
    return (text for one in cited for text in one.left if len(text) <= _LONGEST_SECTION)


def _first(values: Iterable[str | None]) -> str:
    return next(filter(None, values), "")
