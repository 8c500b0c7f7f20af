"""Opposites and negations in a text of either language, by small lexica.

Not a word's sense but its presence is read: that suffices where one text has the one pole only
and the other text the other.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from archive.qa.base import Lexicon, Span, english_words
from archive.text.language import CHINESE

FILE = Path(__file__).parents[1] / "data" / "opposites.txt"
# What is negated is neither pole: "not safe", 不安全.
_NEGATED = re.compile(r"(?:\b(?:not|never|no)|n[’']t)(?: (?:be|been|so|very|yet|the|a))? $", re.I)
_NOT = ("不", "没", "未", "无", "非", "没有", "不再", "不是", "不会", "未能")
_Senses = dict[str, list[tuple[int, int]]]


@dataclass(frozen=True)
class Opposites:
    """For each group of opposites that a text has words of: where either pole stands first."""

    poles: dict[int, dict[int, Span]]

    def only(self, group: int) -> int | None:
        """The pole that the text has, if it doesn't have both."""
        poles = self.poles.get(group, {})
        return next(iter(poles)) if len(poles) == 1 else None


@cache
def _senses() -> tuple[_Senses, _Senses]:
    """By an English and by a Chinese word, its groups and poles."""
    english: _Senses = defaultdict(list)
    chinese: _Senses = defaultdict(list)
    lines = FILE.read_text(encoding="utf-8").splitlines()
    for group, line in enumerate(one for one in lines if not one.startswith("#")):
        _name, *columns = line.split("\t")
        for number, column in enumerate(columns):
            for word in column.split():
                if number < 2:
                    for form in _forms(word):
                        english[form].append((group, number))
                else:
                    chinese[word].append((group, number - 2))
    return english, chinese


def _forms(word: str) -> set[str]:
    if word.endswith("+"):
        return {word[:-1]}
    stem = word.removesuffix("e")
    forms = {word, f"{word}s", f"{stem}ed", f"{stem}ing"}
    if word.endswith("y"):
        forms |= {f"{word[:-1]}ies", f"{word[:-1]}ied"}
    return forms | {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}


@lru_cache(maxsize=4096)
def opposites_in(text: str, language: str) -> Opposites:
    english, chinese = _senses()
    poles: dict[int, dict[int, Span]] = defaultdict(dict)
    if language != CHINESE:
        for start, word in english_words(text):
            senses = english.get(word.lower(), ())
            if senses and not _NEGATED.search(text[max(0, start - 12) : start]):
                for group, pole in senses:
                    poles[group].setdefault(pole, (start, start + len(word)))
        return Opposites(poles)
    for start, word in _chinese_words().finditer(text):
        if not text.endswith(_NOT, 0, start):
            for group, pole in chinese[word]:
                poles[group].setdefault(pole, (start, start + len(word)))
    return Opposites(poles)


@cache
def _chinese_words() -> Lexicon:
    return Lexicon(_senses()[1])


def turned(ours: Opposites, theirs: Opposites) -> list[tuple[Span, Span]]:
    """Where our text has one pole alone and the other text the other one alone."""
    found = []
    for group in ours.poles.keys() & theirs.poles.keys():
        one, other = ours.only(group), theirs.only(group)
        if one is not None and other is not None and one != other:
            found.append((ours.poles[group][one], theirs.poles[group][other]))
    return sorted(set(found))


# What surely negates, in either language.
_NEGATES = {
    False: re.compile(
        r"\b(?:not(?! only| just| least)|never|none|nobody|nothing|neither|cannot|no longer"
        r"|no(?! ?[.\d]|t|r|w| doubt| longer| less| fewer| more than| later| sooner))\b|n[’']t\b",
        re.I,
    ),
    True: re.compile(
        r"(?<![得能可])不(?:再|会|能(?!不)|是|应|该|愿|想|需|必|准|许|允|支持|同意|接受|适|符合|属|具备|承认|存在"
        r"|构成|打算|排除|知道|清楚|相信|相关|可(?=[用行能靠信])|安全|了解|在(?!乎|意)|要(?!紧))"
        r"|没(?:有(?!问题|关系|意思)|能|再|想到)|未(?!来|婚|免|必|料|知|雨|成年|经)|无(?:权|法|需|须|人(?!机)|一|罪|力|意(?!义)|望)"
        r"|勿|[并绝]非"
    ),
}
# What may say the same in other words.
_MAY_NEGATE = {
    False: re.compile(
        r"n[’']t\b|\b(?:no|non|not|nor|never|none|nobody|nothing|neither|cannot|without|nowhere|few"
        r"|fewer|fewest|little|hardly|scarcely|barely|rarely|seldom|instead|rather|except|unless|only"
        r"|until|but|against|less|least|beyond|despite|though|although|yet|far|free|zero|too|however|otherwise|anonym\w*|a(?:typ|sympt)\w*|surpris\w*"
        r"|unlike|miss\w*|fail\w*|refus\w*|den(?:y|ie|ia)\w*|reject\w*|lack\w*|ban\w*|prohibit\w*"
        r"|forbid\w*|avoid\w*|prevent\w*|stop\w*|oppos\w*|absen\w*|declin\w*|impossib\w*|doubt\w*"
        r"|ignor\w*|exempt\w*|los[ets]\w*|end\w*|rule\w* out|remain\w*|keep\w*|kept|still|short\w*"
        r"|un[a-z]{3,}|in[acdefhsv][a-z]{3,}|im[mp][a-z]{3,}|il[l][a-z]{3,}|ir[r][a-z]{3,}|dis[a-z]{3,}"
        r"|mis[a-z]{3,}|[a-z]{3,}less\w*|non-?[a-z]+|over\w*|abandon\w*|cancel\w*|block\w*|halt\w*"
        r"|drop\w*|quit\w*|wrong\w*|difficult\w*|hard|struggl\w*|resist\w*|minor|poor\w*|bad\w*|crisis"
        r"|empty|skip\w*|omit\w*|exclud\w*|alone|pend\w*|wait\w*|await\w*|regardless|ungrat\w*)\b",
        re.I,
    ),
    True: re.compile(
        "[不没无未非否勿莫拒难禁免缺失停反除绝少仅才只空零误别避防抗弃消退终亦差低弱"
        "错乏断罕鲜稀何哪岂吗呢早前先远除欠忌甭毫谁休]"
    ),
}


@lru_cache(maxsize=4096)
def negations_in(text: str, language: str) -> tuple[Span, ...]:
    """Words that surely negate."""
    return tuple(match.span() for match in _NEGATES[language == CHINESE].finditer(text))


@lru_cache(maxsize=4096)
def may_negate(text: str, language: str) -> bool:
    """Whether any word may say what a negation says in the other language."""
    return bool(_MAY_NEGATE[language == CHINESE].search(text))
