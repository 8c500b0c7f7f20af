"""Captions: "… sea routes. provided to China Daily |", "图为湛江港。新华社记者 李娜 摄"."""

import re

from archive.contrib.intake.layout import english
from archive.contrib.intake.layout.chinese import CREDITS, DATED, LABEL, SHOT, SHOWN
from archive.contrib.intake.layout.lines import (
    ends_sentence,
    fold,
    is_chinese,
    remembered,
    trim,
    unbracketed,
)
from archive.contrib.intake.outlets import looks_like_paper
from archive.contrib.intake.records import ParsedCaption
from archive.text.scripts import HAN_CHARACTER

_BAR = re.compile(r"\s{0,3}[|｜]\s{0,3}")
_END = re.compile(r"[.!?。！？][\"'”’]?\s{0,3}")
_LONGEST_CREDIT = 80
_LONGEST = 1500
_CREDIT_START_EN = re.compile(
    r"[.!?][\"'”’)]?\s{1,3}(?=\S)|\s{0,3}(?=[(\[【])|\s{2,4}(?=\S)"
    r"|\s(?=(?:Picture|Photo|Photograph|Image|Pic)s?\s?: ?[A-Za-z])"
)
_DOTTED = re.compile(r"(?:photo(?:graph)?|picture|image|credit)s?\s?:[^.]{2,60}\.", re.IGNORECASE)
_CREDIT_START_ZH = re.compile(r"[。!?！？][”’」)]?\s{0,3}(?=\S)|\s{1,3}(?=\S)|/\s?|(?=[(\[【])")
# "… in Pune. (Supplied: Li Na)", "… in Pune.Credit: Li Na", "… in Pune. — Li Na"
_BRACKETED_END = re.compile(
    r"(?:(?<=[.!?。！？”\"])\s{0,3}[(（](?P<credit>[^()（）]{2,80})[)）]"
    r"|\s{1,3}[(（](?P<name>[A-Z][\w.’'-]*(?:[ /][A-Z][\w.’'-]*){1,4})[)）]"
    r"|\s{1,3}©\s?(?P<owner>[^©.]{2,60}))$"
)
_CREDITED = re.compile(
    r"(?<=[.!?”\"])\s{0,3}(?:(?:Photo(?:graph)?s?|Picture|Image|Illustration) by\s"
    r"|Credit(?:\s?(?:[:：]|\.{3})\s?|\s))(?=[A-Z])"
    # "… in Pune.Li Na for The Ledger"
    r"|(?<=[a-z][.!?”\"])\s?(?=[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,2} for (?:The )?[A-Z]"
    r"[\w ]{2,40}$)"
)
_NAMED_END = re.compile(r"[A-Z][\w.’'-]*(?:[ /][A-Z][\w.’'-]*){0,5}")
_CREDIT_LABEL = re.compile(
    r"(?:(?:photo |image |picture )?credits?|file photo)\s?[:：]\s?", re.IGNORECASE
)
_LABEL_EN = re.compile(
    r"(?:(?:photo|picture|image) )?caption\s?:\s*(?=\S)|image caption,?\s*(?=\S)"
    r"|(?:photo(?:graph)?s?|picture|image|illus(?:tration|\.)?|pic)(?: \d{1,2})?\s?:\s*"
    r"(?=[‘'“\"]?[A-Z]\S* \S+ \S+ \S+ )"
    r"|[\[【](?:photo(?:graph)?|picture|image|pic|caption|cutline)(?: caption)?[\]】]\s*(?=\S)",
    re.IGNORECASE,
)
# "ABOVE LEFT: Skimming the pan.": where on the page the picture is, part of the caption.
_WHERE_EN = re.compile(
    r"(?:clockwise,? )?(?:from )?(?:far |top |bottom |above |below |previous |opposite |facing )?"
    r"(?:top|above|below|left|right|bottom|cent(?:er|re)|opposite|inset|overleaf|page)"
    r"(?: (?:and )?(?:far )?(?:left|right|below|above|page))?\s?:\s(?=\S+ \S+ \S)",
    re.IGNORECASE,
)
# What says that a picture is shown: "File photo of …", "Li Na (left)".
_SHOWS_EN = re.compile(
    r"\b(?:file|undated|aerial|handout) (?:photo|picture)|\b(?:photo|picture|map)s? of\b"
    r"|\((?:from |second |cent(?:er|re),? |above,? )?(?:left|right|pictured)\)",
    re.IGNORECASE,
)


def read_caption(text: str) -> ParsedCaption | None:
    """The caption that a line is by its own signs (bar, credit or label), or None."""
    if len(text) > _LONGEST:
        return None
    if "|" in text or "｜" in text:
        return _barred(text)
    unlabelled = _unlabel(text)
    words, credit = stated_caption(unlabelled) if unlabelled else split_credit(text)
    if credit or unlabelled:
        return ParsedCaption(words, credit)
    return ParsedCaption(text) if is_placed(text) else None


def bare_credit(text: str) -> str | None:
    """The credit that is all of a line, without its brackets; None if it is more or other."""
    credit = unbracketed(text).lstrip("/／ —–-")
    if not credit or len(credit) > _LONGEST_CREDIT:
        return None
    credit = credit[:-1] if _DOTTED.fullmatch(credit) else credit
    folded = fold(credit).strip(" |")
    # A credit may name somebody in the other language's letters.
    has_han = bool(HAN_CHARACTER.search(credit))
    forms = CREDITS if has_han else english.CREDITS
    credit = (
        credit[len(credit) - len(folded) :] if folded and credit.endswith(folded[-1]) else credit
    )
    return (
        _unlabelled(credit.strip(" |｜")) if any(form.fullmatch(folded) for form in forms) else None
    )


def _unlabelled(credit: str) -> str:
    """ "Credit: Li Na" names Li Na."""
    return _CREDIT_LABEL.sub("", credit, count=1)


def split_credit(text: str) -> tuple[str, str]:
    """The caption's words and its credit; the credit is "" if no known form ends the text."""
    folded = fold(text)
    starts = _CREDIT_START_ZH if is_chinese(text) else _CREDIT_START_EN
    tail = max(0, len(text) - _LONGEST_CREDIT - 8)
    for start in (match.end() for match in starts.finditer(folded, tail)):
        if start == 0 or len(text) - start > _LONGEST_CREDIT or start >= len(text):
            continue
        if credit := bare_credit(text[start:]):
            return trim(text[:start]).rstrip("/／ "), credit
    return text, ""


def below_picture(text: str) -> tuple[str, str]:
    """The words and the credit of a line that surely is a caption; the credit needs no form."""
    words, credit = split_credit(text)
    if credit:
        return words, credit
    if bracketed := _BRACKETED_END.search(text):
        return trim(text[: bracketed.start()]), trim(bracketed[bracketed.lastgroup or 0])
    labelled = _CREDITED.search(text)
    if labelled and len(text) - labelled.start() <= _LONGEST_CREDIT:
        return trim(text[: labelled.start()]), trim(text[labelled.end() :])
    cut = _cut_at_sentence(text)
    is_named = _NAMED_END.fullmatch(cut.credit.strip(" /—-"))
    return (cut.text, cut.credit.strip(" /—-")) if is_named else (text, "")


_LED = re.compile(r"[(（\[](?P<credit>[^()（）\[\]]{2,80})[)）\]]\s?(?=\S)")
_QUOTED = re.compile(r"[‘'“\"](?P<text>[^'’”\"]{8,})[’'”\"](?P<rest>.*)")


def stated_caption(text: str) -> tuple[str, str]:
    """The words and the credit of a line of which its source says that it is a caption.

    The credit may stand before the words: "(Photo by Li Na) The port at noon."
    """
    # The kind first: a label stands within it, "Color photo: …".
    text = _LABEL_EN.sub("", _KIND_EN.sub("", text, count=1), count=1)
    if (led := _LED.match(text)) and bare_credit(led["credit"]):
        return trim(text[led.end() :]), led["credit"]
    words, credit = below_picture(text)
    if not credit and (bracketed := _NAMED_LAST.search(text)):
        words, credit = trim(text[: bracketed.start()]), bracketed["credit"]
    if not credit:
        words, credit = _listed_credit(text)
    quoted = _QUOTED.fullmatch(words)
    return (quoted["text"] if quoted and not quoted["rest"] else words), credit


def _listed_credit(text: str) -> tuple[str, str]:
    """The words and the credit of "TOM REED/STANDARD, The port at noon.", in either order."""
    for mark in _LIST_MARK.finditer(text):
        head, tail = text[: mark.start()], text[mark.end() :]
        if stated_credit(tail):
            return trim(head), tail
        if stated_credit(head):
            return trim(tail), head
    return text, ""


def stated_credit(text: str) -> str:
    """The credit that is all of a line that stands with a caption: also "TOM REED, The Star",
    "TOM REED / STAFF PHOTOGRAPHER"; "" for another."""
    if credit := bare_credit(text):
        return credit
    parts = _LIST_MARK.split(text, maxsplit=1)
    is_named = len(text) <= _LONGEST_CREDIT and bool(english.bare_names(parts[0]))
    is_of = len(parts) == 2 and (looks_like_paper(parts[1]) or bool(english.is_post(parts[1])))
    return text if is_named and is_of else ""


_LIST_MARK = re.compile(r"\s?[;,]\s+|\s+[/|–—-]\s+|(?<=[.!?”\"])\s+|(?<=\w)/(?=\w)")
# What kind of picture it is, where an export says it before the words: "Color photo: …".
_KIND_EN = re.compile(
    r"(?:(?:colou?r|b&w|black[- ]and[- ]white|file|staff|one|two|three|four|\d)\s)*"
    r"(?:photo(?:graph)?s?|pictures?|illustrations?|images?)(?:\s?[(][^()]{1,30}[)])?\s?[:;,]\s*"
    r"(?=\S+ \S+)",
    re.IGNORECASE,
)
# A name behind the words: "… through Zebbug' (F. Attard)".
_NAMED_LAST = re.compile(
    r"\s?[(（](?P<credit>(?:[A-Z][\w.’'-]*(?:[ /]|$)){1,5}|[^()（）]{2,40}[摄攝影])[)）]$"
)


def is_placed(text: str) -> bool:
    """Whether a line says where on the page its picture is: "ABOVE LEFT: …"."""
    return bool(_WHERE_EN.match(text))


@remembered
def shown_score(text: str) -> float:
    """How much a sentence sounds as below a picture: 0 not at all, 1 and more surely."""
    if is_chinese(text):
        folded = fold(text[:80])
        return 1.5 if SHOWN.match(folded) else 0.5 if DATED.match(folded) else 0.0
    return 1.5 if _SHOWS_EN.search(text[:400]) or is_placed(text) else 0.0


def _unlabel(text: str) -> str | None:
    """A caption that says it is one ("图：…"), without the label; None otherwise."""
    folded = fold(text)
    if is_chinese(text):
        inside = unbracketed(text)
        if match := LABEL.match(fold(inside)):
            return inside[match.end() :]
        shows = SHOWN.match(folded) or SHOT.search(folded)
        return text if len(text) <= 120 and shows else None
    match = _LABEL_EN.match(text)
    return text[match.end() :] if match else None


def _barred(text: str) -> ParsedCaption | None:
    parts = [part for part in _BAR.split(trim(text)) if part]
    if len(parts) == 1:
        words, credit = split_credit(parts[0])
        return ParsedCaption(words, credit) if credit else _cut_at_sentence(parts[0])
    if len(parts) != 2:
        return None  # a row of a table
    words, source = parts
    if not any(map(str.isalpha, words)):
        return None  # "42 | Harbour Weekly" at the foot of a page.
    if len(source) > _LONGEST_CREDIT or ends_sentence(source):
        return None
    words, credit = split_credit(words)
    if not credit:
        # "… at the port. Li Na | China Daily": who took it stands before the bar.
        cut = _cut_at_sentence(words)
        words, credit = (cut.text, cut.credit) if len(cut.credit.split()) <= 4 else (words, "")
    return ParsedCaption(
        words, f"{credit} | {source}" if credit else _unlabelled(unbracketed(source))
    )


def _cut_at_sentence(text: str) -> ParsedCaption:
    """What follows the last full sentence is the credit, whatever its form."""
    ends = [match.end() for match in _END.finditer(text)]
    if not ends or len(text) - ends[-1] > _LONGEST_CREDIT:
        return ParsedCaption(text)
    return ParsedCaption(trim(text[: ends[-1]]), trim(text[ends[-1] :]))
