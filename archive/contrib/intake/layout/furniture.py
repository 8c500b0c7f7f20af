"""What a page prints around its stories: navigation, sharing, end marks, copyright. One table."""

import re
from functools import lru_cache
from typing import Literal

from archive.contrib.intake.layout.lines import fold, remembered
from archive.contrib.intake.word_lists import read_lists

_NOTICES = read_lists("notices.txt")


def any_of(kind: str, behind: str = "") -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(_NOTICES[kind])}){behind}", re.IGNORECASE)


_WORDS = frozenset(_NOTICES["buttons"])
_BETWEEN = re.compile(
    r"\s*[|/·•,:>＞»\-–—_]+\s*|\s{2,}|\s*\(\s*\d*\s*\)\s*|[【】\[\]()]|"
    r"(?<![A-Za-z0-9])\s*\d{1,7}\s*(?:次|人|条)?$"
)
_POINTER = any_of("pointers")
_LINKS = any_of("links", r"\s?[:：>]*")
_END = any_of("ends")
_LAST = re.compile(
    r"(?P<mark>\s*(?:[(（【\[]\s?(?:完|全文完|end|ends|enditem)\s?[)）】\]]|(?<=[.!?。”\"’)])\s?"
    r"(?:Enditem|ENDITEM|Endall|-30-|###|■|◆|●|□)"
    # An agency's desk signs with initials: "… he said. tv/jmh/gd".
    r"|(?<=[.!?”\"’])\s(?-i:[a-z]{2,4}(?:/[a-z]{2,4}){1,3})))\s*$",
    re.IGNORECASE,
)
_LEGAL = any_of("legal")
_PROMPT = any_of("prompts")
_COUNTER = any_of("counters")
# A race's time or a departure's is no row of pages' numbers.
_CLOCK = re.compile(r"\d{1,3}(?::\d\d){1,2}")
_CRUMBS = re.compile(r"[^>/|。.!?]{1,30}(?:\s?(?:>{1,2}|›|»|→)\s?[^>›»→]{1,120}){1,6}")
_HOME = re.compile(
    r"(?!.*\s{2}\S)(?:home|index|首页|主页)(?:\s?/\s?[^/.!?。]{1,40}){1,6}", re.IGNORECASE
)
_SECTIONS = any_of("sections")
# Steps of a breadcrumb that aren't the story's section.
_NO_SECTION = any_of("no sections")
_ROW = re.compile(r"\s*[|•·]\s*|\s{2,}|\t")
_SECTION_MARKS = "()[]【】《》 /|:"
# A picture without words in a text with Markdown's marks is a rule, too.
_RULE = re.compile(r"[\s_*#=·~○●■□◆◇▲△▽▼–—-]{1,200}|!\[\]\([^()\s]{0,300}\)")
_JUMP = any_of("jumps")
# "导读：…", "【核心提示】…": what sums a story up, and says so.
_SUMMARY = re.compile(
    r"[【\[(]?(?:导[读讀语語]|[编編]者[按言]|核心提示|内容提要|摘要|提要|阅读提示)\s?[】\])：: ]\s*"
)
_LONGEST = 300

FurnitureKind = Literal["navigation", "links", "rule", "end", "legal", "letter"]


@lru_cache(maxsize=1024)
def read_furniture(printed: str) -> FurnitureKind | None:
    """What kind of furniture a line surely is, or None."""
    text = fold(printed).strip().casefold()
    text = text[2:] if text.startswith(("* ", "• ")) else text
    if (
        _LEGAL.match(text)
        or _LEGAL.match(text.lstrip("(*（"))
        or (len(text) < 200 and text.endswith(("all rights reserved.", "版权所有")))
    ):
        return "legal"
    if len(text) > _LONGEST:
        return None
    if _RULE.fullmatch(text):
        return "rule"
    if _END.fullmatch(text):
        return "end"
    if _LINKS.fullmatch(text.strip("【】[]() ■▶►")):
        return "links"
    if _PROMPT.match(text) or is_menu(text):
        return "navigation"
    if _POINTER.fullmatch(text) and not text.endswith((".", "。")):
        return "navigation"
    return "navigation" if _is_navigation(text) else None


def is_jump(printed: str) -> bool:
    """ "See LAKE, Page A6", "（下转第二版）": where the story goes on in print."""
    return len(printed) < 80 and bool(_JUMP.fullmatch(fold(printed).strip()))


def read_crumbs(printed: str) -> list[str]:
    """The steps of "Home > China > Society"; [] for any other line."""
    text = fold(printed).strip()
    if not (_CRUMBS.fullmatch(text) or _HOME.fullmatch(text)) or text.startswith(">"):
        return []
    return [step.strip() for step in re.split(r">{1,2}|›|»|→|\s/\s", text)]


def is_section(printed: str) -> bool:
    """Whether all of a text is a section's name: "OPINION", "（要闻）"."""
    return bool(_SECTIONS.fullmatch(fold(printed).strip(_SECTION_MARKS)))


_LETTERS = re.compile(
    r"(?:(?:readers'?|your) )?letters?(?: to the editor)?|(?:读者)?来信|读者投书|来函",
    re.IGNORECASE,
)


def names_letters(section: str) -> bool:
    """Whether a section is that of readers' letters."""
    return bool(_LETTERS.fullmatch(fold(section)))


def names_section(printed: str) -> bool:
    """Whether it is a section's name, or one with "News": "Business News" is no paper."""
    name, _space, last = printed.rpartition(" ")
    return is_section(printed) or (last == "News" and is_section(name.removeprefix("More ")))


def summary_label(folded: str) -> int:
    """How many characters of a line say that it sums the story up: "核心提示：…"; 0 for another."""
    match = _SUMMARY.match(folded)
    return match.end() if match else 0


@remembered
def is_menu(folded: str) -> bool:
    """Whether a line without a date is a site's own row of sections, not the way to one of them."""
    pieces = [piece for piece in _ROW.split(folded.strip()) if piece]
    if len(pieces) < 3 or len(folded) > _LONGEST or read_crumbs(folded):
        return False
    known = sum(_bare(one.casefold()) in _WORDS or is_section(one) for one in pieces)
    return known >= 3 and known * 2 > len(pieces)


def is_row_of_links(printed: str) -> bool:
    """Whether most words of a line, three or more, are sections or buttons."""
    words = [word for word in re.split(r"[\s|/·•>＞]+", fold(printed).casefold()) if word]
    known = sum(word in _WORDS or bool(_SECTIONS.fullmatch(word)) for word in words)
    return len(words) >= 3 and known * 2 > len(words)


def read_section(printed: str) -> str:
    """The section that all of a line names: "OPINION", "CHINA / National", "Home > China"."""
    if len(printed) > 100 or is_menu(fold(printed)):
        return ""
    crumbs = read_crumbs(printed)
    steps = crumbs or re.split(r"\s?[/|·-]\s?", fold(printed).strip(_SECTION_MARKS))
    known = [step for step in steps if is_section(step)]
    is_path = " / " in printed and is_section(steps[0])
    if not (crumbs or is_path) and (not known or len(known) < len(steps) <= 2):
        return ""
    named = [step for step in steps if not _NO_SECTION.fullmatch(step) and len(step) <= 24]
    section = named[-1] if named else steps[-1]
    at = fold(printed).rfind(section)
    return printed[at : at + len(section)]


def _is_navigation(text: str) -> bool:
    if _COUNTER.fullmatch(text):
        return True
    if _CLOCK.fullmatch(text):
        return False
    first = _bare(_BETWEEN.split(text, maxsplit=1)[0])
    # A line that begins with other words isn't cut up.
    pieces = [_bare(one) for one in _BETWEEN.split(text)] if not first or _is_button(first) else []
    if any(pieces) and all(map(_is_button, filter(None, pieces))):
        return True
    # Of many short words in a row most are buttons that we know.
    words = text.split()
    if len(words) < 4 or max(map(len, words)) > 12 or text.endswith((".", "。")):
        return False
    known = sum(len(word) > 1 and _bare(word) in _WORDS for word in words)
    return known * 2 >= len(words)


def is_button(word: str) -> bool:
    """Whether a word is one that pages print on buttons."""
    return fold(word).casefold() in _WORDS


def _is_button(piece: str) -> bool:
    return bool(
        (len(piece) == 1 and piece.isascii())
        or piece in _WORDS
        or _COUNTER.fullmatch(piece)
        or _all_words(piece)
    )


def _bare(piece: str) -> str:
    return piece.strip(" .:…!+")


def _all_words(piece: str) -> bool:
    """Whether a piece is buttons one beside the other: "large medium small"."""
    words = piece.split()
    return len(words) > 1 and len(words) <= 12 and all(word in _WORDS for word in words)


def split_end_mark(text: str) -> tuple[str, str]:
    """A last paragraph and the mark that ends it: "…成。（完）"; "" for none."""
    match = _LAST.search(text[-24:])
    if not match:
        return text, ""
    at = len(text) - len(text[-24:]) + match.start("mark")
    return text[:at].rstrip(), text[at:].strip()
