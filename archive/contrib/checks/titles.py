"""Whether the titles of works in two texts may be one another's, by the dictionary and by sound.

Without the optional dictionary (`archive.text.dictionary`) nothing is said.
"""

import re
from collections.abc import Iterator

from pypinyin import lazy_pinyin

from archive.contrib.checks.organisations import bodies_in
from archive.contrib.checks.people import pinyin_names
from archive.contrib.checks.places import places_in
from archive.qa.amounts.comparison import amounts_in
from archive.qa.base import Span
from archive.qa.sounds import may_sound_like
from archive.text.dictionary import Glosses, installed_glosses
from archive.text.english import stems
from archive.text.language import CHINESE, ENGLISH
from archive.text.scripts import HAN_RUN

_CHINESE_TITLE = re.compile(r"《([^《》]{2,40})》")
_SMALL = r"(?:of|the|and|a|an|in|on|to|for|from|with|at|by|is|my|or|but|de|la)"
_WORD = r"[A-Z0-9][\w’'-]*"
# Quoted words in capitals, with or without a comma or a stop at their end.
_ENGLISH_TITLE = re.compile(
    rf"[“\"‘']((?:{_WORD}|{_SMALL})(?:[,:]? (?:{_WORD}|{_SMALL}))*)[,.!?]?[”\"’'](?!\w)"
)
# Where nothing marks a title, words in capitals do.
_CAPITALS = re.compile(rf"\b{_WORD}(?: (?:{_SMALL} ){{0,2}}{_WORD})*")
_OWNER = re.compile("^.*['’]s ")
_BEGINS = re.compile(r"(?:^|[.!?][”\"’]? )$")
# Papers, laws and official texts are called in many ways.
_FREE = re.compile(
    "(?:[报刊志法令]|条例|公报|意见|通知|条约|公约|协定|协议|办法|纲要|方案|规定|章程|规程|备忘录|宣言|声明|决定|公告"
    "|报告|白皮书|规划|计划)$"
)
# A stem of so many letters may be a part of a word.
_LONG = 4
_LATIN = re.compile("[A-Za-z]{2,}")


def another_work(
    chinese: str, english: str, *, is_into_chinese: bool, italic: str = ""
) -> tuple[Span, Span] | None:
    """Where a Chinese and an English title stand that have nothing in common.

    `italic` is a title that the English text's markup tells.
    """
    titles = [one for one in _CHINESE_TITLE.finditer(chinese) if not _FREE.search(one[1])]
    glosses = installed_glosses() if titles else None
    if not glosses:
        return None
    others = [one.span(1) for one in _ENGLISH_TITLE.finditer(english)]
    if italic and (start := english.find(italic)) >= 0:
        others.append((start, start + len(italic)))
    if len(others) != len(titles):
        # Chinese marks each title, English often none.
        is_bare = len(titles) == 1 and not others and not is_into_chinese
        others = _in_capitals(english) if is_bare else []
        words = " | ".join(english[slice(*one)] for one in _runs(english))
    elif "“" in chinese and not is_into_chinese:
        # What is quoted may be that.
        return None
    else:
        words = " | ".join(english[slice(*one)] for one in others)
    for title in titles if others else ():
        if not _is_one_of(title[1], words, glosses):
            return title.span(1), others[0]
    return None


def _runs(english: str) -> Iterator[Span]:
    """Words in capitals; without whose they are."""
    for match in _CAPITALS.finditer(english):
        owner = _OWNER.match(match[0])
        yield match.start() + (owner.end() if owner else 0), match.end()


def _in_capitals(english: str) -> list[Span]:
    """What may be a title: no body, place, person or date, nor the first word of a sentence."""
    return [
        (start, end)
        for start, end in _runs(english)
        if re.search("[a-z]{3}", english[start:end])
        and not is_proper_name(english, (start, end))
        and (
            " " in english[start:end]
            or not _BEGINS.search(english[:start])
            or english[end : end + 1] == ","
        )
    ]


def is_proper_name(english: str, span: Span) -> bool:
    """Whether the capitals are those of a body, a place, a person, a month or a weekday."""
    names: tuple[tuple[int, int], ...] = (
        *((one.start, one.end) for one in bodies_in(english, ENGLISH)),
        *((one.start, one.end) for one in places_in(english, ENGLISH)),
        *(name.span for name in pinyin_names(english)),
        *(one.span for one in amounts_in(english, ENGLISH)),
    )
    return any(start < span[1] and span[0] < end for start, end in names)


def _is_one_of(title: str, english: str, glosses: Glosses) -> bool:
    """Whether anything of the Chinese title is said in the English ones."""
    words = {
        word
        for run in HAN_RUN.findall(title)
        for part in glosses.split(run)
        for word in (part, *part)
    }
    said = stems(english)
    meant = {stem for word in words for stem in glosses.of(word)}
    if meant.intersection(said):
        return True
    # A gull is a seagull.
    letters = re.sub("[^a-z0-9]", "", english.lower())
    if any(stem in letters for stem in meant if len(stem) >= _LONG):
        return True
    if any(latin.lower() in letters for latin in _LATIN.findall(title)):
        return True
    if "".join(lazy_pinyin([*title])) in letters or may_sound_like(title, english):
        return True
    ours, theirs = (
        {
            *(value for one in amounts_in(text, language) for value in one.values),
            *(code for one in places_in(text, language) for code in one.countries),
        }
        for text, language in ((title, CHINESE), (english, ENGLISH))
    )
    return bool(ours & theirs)
