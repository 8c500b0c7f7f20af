"""What a query that finds nothing may mean by its words: 湛江西雅图 -> 湛江 西雅图; of a question
what it asks about, *when did Zhanjiang become a sister city?* -> Zhanjiang sister city.

Words without a blank between them are parted. The archive's own names are looked for first, the
longest first; a dictionary parts what is left.
"""

import re
from collections.abc import Iterator
from itertools import accumulate

import rjieba
from django.utils import timezone

from archive.qa.amounts.chinese import HAN_DIGITS
from archive.search.analysis import fold, name_key, pieces
from archive.search.meanings import abbreviates
from archive.search.names import LONGEST_NAME, look_up
from archive.search.query import Query, parse
from archive.text import chinese, english
from archive.text.dates import MONTHS_BY_NAME

# So much of a run is thought about, and so long may a name in it be.
_LONGEST_RUN, _LONGEST_NAME = 24, 10
_NUMBER = f"[\\d{HAN_DIGITS}十]+"
_A_YEAR = "(?:(?:1[89]|20)\\d\\d|[一二][〇零一二三四五六七八九]{3})"
_MARKS = "'’"
_POSSESSIVE = re.compile(r"['’]s?$")
# A day, or a page of a paper, amid Chinese.
_DATED = re.compile(
    rf"(?:{_NUMBER}年)?{_NUMBER}月{_NUMBER}[日号]|{_A_YEAR}年(?:{_NUMBER}月)?(?!代)|第?(?:[A-Za-z]?\d{{1,3}}|[{HAN_DIGITS}十]{{1,3}})版|[头首]版|(?:(?:上个?|20|二十)世纪)?{_NUMBER}年代"
)
# A year by its last two figures: 85年12月, 八五年, '85, 12/3/85, Dec 3, 85.
_SHORT_YEAR = re.compile(
    rf"(?<![\d./-])(?P<month>\d\d)(?=年\d{{1,2}}月)|(?<!\S)(?P<first>[7-9]\d)(?=年(?![代来前后间]))"
    rf"|(?<![{HAN_DIGITS}十百])(?P<characters>[〇零一二三四五六七八九]{{2}})(?=年)"
    rf"|(?<!\w)['’](?P<marked>\d\d)(?!\w)|(?<![\d./-])\d{{1,2}}(?P<sign>[/.-])\d{{1,2}}(?P=sign)(?P<numeric>\d\d)(?!\d)"
    rf"|\b(?:{'|'.join(MONTHS_BY_NAME)})\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?P<named>\d\d)(?![\w:%])",
    re.I,
)
_IN_FIGURES = str.maketrans("〇零一二三四五六七八九", "00123456789")
# Between two words: Tacoma/Fuzhou.
_EITHER_OR = re.compile(r"(?<=[^\W\d])[/、&+＋–—](?=[^\W\d])")
# Words that hold others together and say nothing by themselves.
_PARTICLES = frozenset("的了和与及或在是对从到向之于为以等把被由将就也都跟")

# What is asked for is a story all the same; or the paper of a day, whichever day of the week
# that was.
ANY_STORY = english.ANY_STORY | chinese.ANY_STORY
_ANY_PAPER = english.ANY_PAPER | chinese.ANY_PAPER
_WEEKDAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:星期|周|礼拜)[一二三四五六日天]"
)
# A text that names a day or a page.
_OF_A_DAY = re.compile(r"\b(?:1[89]|20)\d\d\b|\bpage\b", re.I)


def is_any_paper(word: str) -> bool:
    return word.lower() in _ANY_PAPER or bool(_WEEKDAY.fullmatch(word.lower()))


def parted(query: Query) -> str:
    """The query with the runs in its plain words parted and without those that only ask, or "" if
    that is the query itself; two queries at most."""
    text = _EITHER_OR.sub(" ", _DATED.sub(r" \g<0> ", with_whole_years(query.text)))
    clauses = query.clauses if text == query.text else parse(text).clauses
    # Of a day or a page, any story is meant.
    is_dated = bool(_DATED.search(text) or _OF_A_DAY.search(text))
    plain = [
        one.terms[0].text
        for one in clauses
        if one.is_plain and not _DATED.fullmatch(one.terms[0].text)
    ]
    runs = {text: found for text in plain if (found := _runs(text))}
    parts = [[part] for of_one in runs.values() for run in of_one for part in _parts(run)]
    words = text.split()
    named = look_up([*parts, words] if any(map(_only_asks, words)) else parts)
    known = {*named, *(part for [part] in parts if abbreviates(part))}
    for typed, of_one in runs.items():
        found = [word for run in of_one for word in _words(run, known)]
        kept = [
            word
            for word in found
            if word not in _PARTICLES | chinese.ASKING and not (is_dated and _is_any(word))
        ]
        kept = kept or ([] if is_dated else found)
        if kept != [typed]:
            text = text.replace(typed, " ".join(kept), 1)
    if all(clause.is_plain for clause in clauses):
        words = text.split()
        # Amid a sentence, what begins with a capital is a name, but I: May, Long Beach.
        names = {word for word in words[1:] if word != word.lower() and len(word) > 1}
        names |= set(_of_names(words, set(named)))
        said = [
            word
            for word in words
            if not (is_dated and _is_any(word)) and (word in names or not _only_asks(word))
        ]
        said = [_POSSESSIVE.sub("", word.rstrip("?？")) for word in said]
        text = " ".join(said) or text
    return text if text != query.text else ""


def with_whole_years(text: str) -> str:
    """Years by two figures in four, of the last hundred years.

    >>> with_whole_years("85年12月3日 '05 12/3/85 八五年")
    '1985年12月3日 2005 12/3/1985 1985年'
    """
    return _SHORT_YEAR.sub(_with_whole_year, text)


def _with_whole_year(match: re.Match[str]) -> str:
    figures = next(one for name, one in match.groupdict().items() if one and name != "sign")
    this_year = timezone.localdate().year
    year = this_year - (this_year - int(figures.translate(_IN_FIGURES))) % 100
    return f"{match[0].removesuffix(figures).strip(_MARKS)}{year}"


def _is_any(word: str) -> bool:
    return word.lower() in ANY_STORY or is_any_paper(word)


def _of_names(words: list[str], names: set[str]) -> Iterator[str]:
    """The words of names that have one amid them that says nothing: Port of Long Beach."""
    for start in range(len(words)):
        for end in range(start + 3, min(start + LONGEST_NAME, len(words)) + 1):
            if name_key(" ".join(words[start:end])) in names:
                yield from words[start:end]


def _only_asks(word: str) -> bool:
    """One typed in capitals is a name: WHO, US."""
    bare = word.strip("?!.,;？！。，；").lower()
    is_empty = word.isascii() and bare.isalpha() and not english.stem(bare)
    asks = is_empty or bare in english.ASKING | chinese.ASKING
    return not bare or (asks and not (len(bare) > 1 and word.isascii() and word.isupper()))


def _runs(text: str) -> list[str]:
    """A word's pieces of one script; [] of a word without Chinese."""
    found = list(pieces(fold(text)[:_LONGEST_RUN]))
    return [piece.text for piece in found] if any(piece.is_han for piece in found) else []


def _parts(run: str) -> Iterator[str]:
    for start in range(len(run)):
        for end in range(start + 2, min(start + _LONGEST_NAME, len(run)) + 1):
            yield run[start:end]


def _words(run: str, names: set[str]) -> Iterator[str]:
    """The run's names, and between them the dictionary's words. Of names that begin alike the
    longest that ends where a word does: 湛江 and 市长, not 湛江市."""
    ends_of_words = set(accumulate(map(len, rjieba.cut(run))))
    rest = start = 0
    while start < len(run):
        ends = range(min(start + _LONGEST_NAME, len(run)), start + 1, -1)
        named = [end for end in ends if run[start:end] in names]
        end = next((end for end in named if end in ends_of_words), max(named, default=0))
        if end:
            yield from _finest(run[rest:start])
            yield run[start:end]
            start = rest = end
        else:
            start += 1
    yield from _finest(run[rest:])


def _finest(text: str) -> Iterator[str]:
    """The dictionary's words, and of one made of others (环境保护, 统计图表) those."""
    for word in rjieba.cut(text):
        shorter = sorted(
            (part for part in rjieba.cut_for_search(word) if part != word), key=len, reverse=True
        )
        parts, at = [], 0
        while part := next((one for one in shorter if word.startswith(one, at)), ""):
            parts.append(part)
            at += len(part)
        yield from parts if at == len(word) else [word]
