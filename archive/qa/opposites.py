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
        r"\b(?:not(?! only| just| least| even\b|[^.;]*\buntil\b)|never|none|nobody|nothing|neither|cannot|no longer|yet to"
        r"|no(?! ?[.\d]|t|r|w| doubt| longer| less| fewer| more than| later| sooner))\b|n[’']t\b(?![^.;]*\buntil\b)",
        re.I,
    ),
    True: re.compile(
        r"(?<![得能可])不(?:再|会|能(?!不)|是|应|该|愿|想|需|必|准|许|允|支持|同意|接受|适|符合|属|具备|承认|存在"
        r"|构成|打算|排除|知道|清楚|相信|相关|可(?=[用行能靠信])|安全|了解|在(?!乎|意)|要(?!紧)|得(?!不|已|了|而))"
        r"|没(?:有(?!问题|关系|意思)|能|再|想到)|未(?!来|婚|免|必|料|知|雨|成年|经)|无(?:权|法|需|须|人(?!机)|一|罪|力|意(?!义)|望)"
        r"|勿|[并绝从]不|[并绝]非"
    ),
}
# What may say the same in other words: in English, in Chinese. Where both texts have such words of
# one line, they answer each other, and no negation.
_SOFT = (
    (
        r"stop\w*|halt\w*|ceas\w*|end|ends|ended|ending|suspend\w*|clos\w*",
        "停|结束|终|止|中断|关闭",
    ),
    (r"only|alone|merely|solely", "只|仅|独"),
    (r"until|unless|before|pend\w*|wait\w*|await\w*|yet", "才|除非|前|先|等|待|尚"),
    (
        r"but|although|though|despite|however|otherwise|still|remain\w*|ke(?:ep|pt)\w*",
        "但|却|尽管|虽|然而|仍|还",
    ),
    (r"rather|instead|unlike", "反而|而是"),
    (
        r"refus\w*|reject\w*|declin\w*|den(?:y|ie|ia)\w*|veto\w*|refrain\w*|reluctan\w*|unwilling|turn\w* down",
        "拒|否|驳|谢绝|婉",
    ),
    (r"ban|bans|banned|banning|prohibit\w*|forbid\w*|block\w*|bar|barred", "禁|取缔|阻"),
    (r"oppos\w*|against|resist\w*|object\w*|protest\w*", "反|抵|抗"),
    (r"avoid\w*|prevent\w*|exempt\w*|spare\w*|immun\w*", "避|防|免"),
    (r"lack\w*|absen\w*|missing|short\w*|scarc\w*|without|empty", "缺|乏|空缺|短"),
    (r"fail\w*|unsuccessful\w*", "失败|落空"),
    (r"los(?:e|es|t|s|ing|ses)|miss|missed|misses", "失|输|亏|负|错过|损"),
    (
        r"few|fewer|fewest|little|less|least|minor|low|rare\w*|seldom|hardly|scarcely|barely|light",
        "少|罕|鲜|低|轻|稀",
    ),
    (r"free|zero", "零|免"),
    (r"except\w*|exclud\w*|beyond|rul\w* out|omit\w*|skip\w*|eras\w*|remov\w*", "除|例外|外|删|排"),
    (
        r"abandon\w*|cancel\w*|drop\w*|quit\w*|scrap\w*|give\w* up|gave up|withdr\w*",
        "弃|取消|退|撤|休",
    ),
    (r"difficult\w*|hard|struggl\w*|tough", "难|艰"),
    (
        r"wrong\w*|bad\w*|poor\w*|crisis|mista\w*|err\w*|mis(?:us|lead|under|treat|manag|inf)\w*",
        "错|差|误|坏|弱|劣",
    ),
    (r"doubt\w*|question\w*", "疑"),
    (r"ignor\w*|regardless|neglect\w*|disregard\w*", "忽|无视|不顾|不论|不管|无论"),
    (r"impossib\w*|impunity|surpris\w*|anonym\w*|ungrat\w*|far|too", "哪|岂|何|吗|呢|甭|谁|远"),
    (
        r"un(?!der|til|i[tvofq]|cle\b|veil|anim|dergo|less)[a-z]{3,}|non-?[a-z]*|nor|nowhere|a(?:typ|sympt)\w*"
        r"|ill-[a-z]+|in(?:ab|acc|act|ade|cap|comp|cons|corr|dep|diff|dis(?!t)|eff|evit|freq|hum|sec|sig|suff|val|vis)\w*"
        r"|im(?:mat|mob|mor|pat|perf|plaus|prac|prop)\w*|ir(?:reg|rel|resp|rev)\w*|il(?:leg|lic|lit|log)\w*"
        r"|dis(?:agr|app|band|bel|claim|cont|hon|lik|miss|ob|pleas|put|qual|rupt|sat|solv|trust|abl|adv)\w*"
        r"|[a-z]{3,}less\w*|overturn\w*|overrul\w*|overlook\w*",
        "未|不|没|无|非|莫|勿|别|毫|绝|消|断|忌|欠",
    ),
)
_SOFT_WORDS = (
    re.compile("|".join(rf"(\b(?:{english})\b)" for english, _chinese in _SOFT), re.I),
    re.compile("|".join(f"({chinese})" for _english, chinese in _SOFT)),
)
_SOFT_LINES = tuple(
    (re.compile(rf"\b(?:{english})\b", re.I), re.compile(chinese)) for english, chinese in _SOFT
)
# Characters that negate, among them those of words that the other language says without "not".
_NEGATING = re.compile("[不没未无非否勿莫]")
# "No injuries or damage" is 没有…也没有….
_NOT_OR = re.compile(
    r"\b(?:not|never|none|nobody|nothing|neither|cannot|no|yet to)\b|n[’']t\b"
    r"|(?<=\w) or(?= (?:any|other|\w+s?\b))",
    re.I,
)


@lru_cache(maxsize=4096)
def negations_in(text: str, language: str) -> tuple[Span, ...]:
    """Words that surely negate."""
    return tuple(match.span() for match in _NEGATES[language == CHINESE].finditer(text))


def _answers(text: str, language: str, other: str) -> int:
    """How many of the text's words may say what the other text's negations say."""
    is_chinese = language == CHINESE
    taken = tuple(one.span() for one in (_NEGATING if is_chinese else _NOT_OR).finditer(text))
    count = len(taken)
    for match in _SOFT_WORDS[is_chinese].finditer(text):
        line = (match.lastindex or 1) - 1
        if is_chinese and _NEGATING.match(match[0]):
            continue
        if not is_chinese and not _is_common(match):
            continue
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        count += not (line < len(_SOFT) - 1 and _SOFT_LINES[line][not is_chinese].search(other))
    return count


def _is_common(match: re.Match[str]) -> bool:
    """No part of a name: "Disease Control and Prevention"."""
    before = match.string[max(0, match.start() - 2) : match.start()].rstrip()
    return not match[0][0].isupper() or not before or before[-1] in '.!?“"‘:—–'


def unanswered_negation(
    text: str, language: str, other: str, other_language: str
) -> tuple[Span, ...]:
    """The negations of the text, if the other one has fewer words that may say as much."""
    negations = negations_in(text, language)
    is_answered = len(negations) <= len(negations_in(other, other_language))
    if not negations or is_answered or len(negations) <= _answers(other, other_language, text):
        return ()
    return negations
