"""What an aligner knows of one paragraph or sentence before it sees the other language's."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import chain
from operator import or_

from pypinyin import lazy_pinyin

from archive.qa.amounts.base import Amount
from archive.qa.amounts.chinese import HAN_DIGITS, SCALES
from archive.qa.amounts.comparison import amounts_in
from archive.qa.amounts.english_numbers import NUMBER_WORDS
from archive.text.chinese import EMPTY
from archive.text.dates import MONTHS_BY_NAME
from archive.text.dictionary import installed_glosses
from archive.text.english import stem, stems
from archive.text.language import CHINESE, ENGLISH
from archive.text.normalisation import to_simplified
from archive.text.scripts import HAN_RUN
from archive.text.sentences import CLAUSE_MARK, sentence_spans

_LETTERS = re.compile(r"[A-Za-z]+")
_CAPITALISED = re.compile(r"[A-Z][a-zü]+(?:['’-][a-zü]+)*")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]+")
# The readers of amounts are thorough; a text without any of these has nothing for them.
_FIGURE_IN_CHINESE = re.compile(rf"[\d{HAN_DIGITS}{SCALES}半]")
_PARTS = ("half", "quarter", "twice", "double")
_DIGIT, _WORD = re.compile(r"\d"), re.compile(r"\w+")
_SPELLED = frozenset(
    word + end for word in (*NUMBER_WORDS, *_PARTS, *MONTHS_BY_NAME) for end in ("", "s")
)
# Marks that translations tend to keep, each with the forms of both languages.
MARKS = ('“”"「『', "?？", "!！", ":：", "(（", "—–", ";；", "…")
_BITS = {char: 1 << n for n, forms in enumerate(MARKS) for char in forms}
_MARK = re.compile("[" + re.escape("".join(_BITS)) + "]")
_CLAUSE = re.compile(rf"(?:{CLAUSE_MARK}|[、（）「」『』–])+")
_NONE: frozenset[str] = frozenset()
_CLOSES = ("”", '"', "」", "』", "’", "'")


@dataclass(frozen=True, slots=True)
class BagOfWords:
    """A text as a bag of words, its length in characters and its marks (a set of bits).

    Words are English stems or Chinese words, and what both languages share: "#12.0" for a figure,
    "~a330" for Latin letters. `readings` is the Pinyin of each run of Chinese characters,
    `names` the capitalised words, which may be Pinyin. `edges` are the words of the first and of
    the last clause that has any; `is_closed`: it ends with a quotation mark.
    """

    words: Counter[str]
    length: int
    marks: int
    edges: tuple[frozenset[str], frozenset[str]]
    is_closed: bool
    readings: tuple[tuple[str, ...], ...] = ()
    names: frozenset[str] = frozenset()


def is_chinese(texts: Iterable[str]) -> bool:
    """Whether texts are rather in Chinese characters than in letters."""
    return _is_chinese("\n".join(texts))


@lru_cache(maxsize=64)
def _is_chinese(text: str) -> bool:
    if text.isascii():
        return False
    han, letters = (sum(map(len, one.findall(text))) for one in (HAN_RUN, _LETTERS))
    return 3 * han > letters


def read_pieces(texts: Sequence[str]) -> list[BagOfWords]:
    return [*map(_read_chinese if is_chinese(texts) else _read_english, texts)]


@lru_cache(maxsize=4096)
def _read_english(text: str) -> BagOfWords:
    return _together(text, map(_read_english_sentence, _sentences(text)))


@lru_cache(maxsize=4096)
def _read_chinese(text: str) -> BagOfWords:
    return _together(text, map(_read_chinese_sentence, _sentences(text)))


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)] or [text]


def _together(text: str, sentences: Iterable[BagOfWords]) -> BagOfWords:
    """A paragraph is its sentences, which are read once for both."""
    every = [*sentences]
    if len(every) == 1 and every[0].length == len(text):
        return every[0]
    words: Counter[str] = Counter()
    for one in every:
        for word, count in one.words.items():
            words[word] = words.get(word, 0) + count
    edges = [edge for one in every for edge in one.edges if edge] or [_NONE]
    return BagOfWords(
        words,
        len(text),
        reduce(or_, (one.marks for one in every)),
        (edges[0], edges[-1]),
        every[-1].is_closed,
        tuple(chain.from_iterable(one.readings for one in every)),
        frozenset().union(*(one.names for one in every)),
    )


# As many as an import stores at once have; a sentence's words are its paragraph's, too.
@lru_cache(maxsize=16_384)
def _read_english_sentence(text: str) -> BagOfWords:
    clauses = [*filter(None, map(stems, _CLAUSE.split(text)))]
    words = Counter(chain.from_iterable(clauses))
    names = {re.sub("['’-]", "", word).lower() for word in _CAPITALISED.findall(text)}
    # "Hai'an" is two stems and one name.
    words.update(one for one in map(stem, names) if one and one not in words)
    if _DIGIT.search(text) or not _SPELLED.isdisjoint(_WORD.findall(text.lower())):
        words.update(map(_value, amounts_in(text, ENGLISH)))
    ends = _edges(clauses), text.rstrip().endswith(_CLOSES)
    return BagOfWords(words, len(text), _marks(text), *ends, names=frozenset(names))


@lru_cache(maxsize=16_384)
def _read_chinese_sentence(text: str) -> BagOfWords:
    text = to_simplified(text)
    runs = [HAN_RUN.findall(clause) for clause in _CLAUSE.split(text)]
    clauses = [
        [word for run in clause for word in _split(run) if word not in EMPTY] for clause in runs
    ]
    words = Counter(chain.from_iterable(clauses))
    words.update("~" + word.lower() for word in _LATIN.findall(text))
    if _FIGURE_IN_CHINESE.search(text):
        words.update(map(_value, amounts_in(text, CHINESE)))
    readings = tuple(tuple(map(_reading, run)) for clause in runs for run in clause)
    ends = _edges([*filter(None, clauses)]), text.rstrip().endswith(_CLOSES)
    return BagOfWords(words, len(text), _marks(text), *ends, readings)


def _edges(clauses: Sequence[list[str]]) -> tuple[frozenset[str], frozenset[str]]:
    return (frozenset(clauses[0]), frozenset(clauses[-1])) if clauses else (_NONE, _NONE)


def _split(run: str) -> list[str]:
    """Words by the dictionary; without one, each two characters that stand together."""
    if glosses := installed_glosses():
        return glosses.split(run)
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


@lru_cache(maxsize=8192)
def _reading(character: str) -> str:
    return str(lazy_pinyin(character)[0])


def _value(amount: Amount) -> str:
    """Weekdays and times of day aren't plain figures."""
    kind = amount.kind if amount.kind in ("weekday", "quarter", "half", "clock") else "#"
    return f"{kind}{float(amount.values[0]):g}"


def _marks(text: str) -> int:
    bits = 0
    for char in set(_MARK.findall(text)):
        bits |= _BITS[char]
    return bits
