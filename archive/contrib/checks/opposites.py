"""Opposites and negations in a text of either language, by small lexica.

Not a word's sense but its presence is read: that suffices where one text has the one pole only
and the other text the other.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.contrib.checks.words import WordList, chinese_words, english_words
from archive.qa.amounts.base import Amount
from archive.qa.amounts.comparison import amounts_in
from archive.qa.base import ENGLISH_AND_CHINESE, Check, Finding, Pair, Span, Story
from archive.text.dictionary import installed_glosses
from archive.text.english import stems
from archive.text.language import CHINESE
from archive.text.sentences import CLAUSE_MARK

FILE = Path(__file__).parent / "data" / "opposites.txt"
# Longer words that hold a pole's and are none: 他们 holds 他.
_NEITHER = "neither"
# What is negated is neither pole: "not safe", 不安全.
_NEGATED = re.compile(
    r"(?:\b(?:not|never|no)|n[’']t)(?: (?:be|been|so|very|yet|the|a))? $|\baway from $", re.I
)
_NOT = ("不", "没", "未", "无", "非", "没有", "不再", "不是", "不会", "未能")
Poles = dict[int, dict[int, list[Span]]]
# The groups and poles of a word.
Senses = list[tuple[int, int]]
_Senses = dict[str, Senses]
# "Up 7 percent", but not "set up".
_MEASURED = re.compile(
    r" (?:(?:by|from|about|around|nearly|almost|some|over|to|as much as|more than|another|an?|the)"
    r" )*"
    r"(?:[\d$€£¥]|half|third|quarter|fifth|tenth|point|year-on-year|on the (?:year|month|day|week)"
    r"|\w+ per ?cent)"
)
# "It makes up 7 percent", "it takes up a third": a share, no rise.
_SHARE = re.compile(r"\b(?:ma[kd]e|makes|making|tak(?:e|es|en|ing)|took) $", re.I)


@dataclass(frozen=True)
class Opposites:
    """For each group of opposites that a text has words of: where either pole stands."""

    poles: Poles


@cache
def _counted_groups() -> frozenset[int]:
    """Groups of people, who stand side by side: their figure is the one that counts them."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    groups = enumerate(one for one in lines if not one.startswith("#"))
    return frozenset(group for group, line in groups if " & " in line.partition("\t")[0])


@cache
def _senses() -> tuple[_Senses, _Senses]:
    """By an English and by a Chinese word, its groups and poles."""
    english: _Senses = defaultdict(list)
    chinese: _Senses = defaultdict(list)
    lines = FILE.read_text(encoding="utf-8").splitlines()
    for group, line in enumerate(one for one in lines if not one.startswith("#")):
        name, *columns = line.split("\t")
        if name == _NEITHER:
            chinese.update((word, []) for word in columns[0].split())
            continue
        for number, column in enumerate(columns):
            for word in column.split():
                if number < 2:
                    for form in _forms(word.replace("_N", "_n")):
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
    poles: Poles = defaultdict(lambda: defaultdict(list))
    for start, word, senses in (_in_chinese if language == CHINESE else _in_english)(text):
        for group, pole in senses:
            poles[group][pole].append((start, start + len(word)))
    return Opposites({group: dict(spans) for group, spans in poles.items()})


def _in_english(text: str) -> Iterator[tuple[int, str, Senses]]:
    known = _senses()[0]
    words = english_words(text)
    for (start, word), (at, following) in zip(
        words, [*words[1:], (len(text) + 1, "")], strict=False
    ):
        lower = word.lower()
        if word == "He" and following[:1].isupper():
            # A surname.
            continue
        senses = known.get(lower) or known.get(f"{lower}_{following.lower()}")
        is_measure = lower in ("up", "down") and _MEASURED.match(text, start + len(word))
        if not senses and is_measure and not _SHARE.search(text[max(0, start - 8) : start]):
            senses = known[f"{lower}_n"]
        # "More than a third" is no more than before.
        is_bound = following == "than" and lower in ("more", "less", "fewer")
        if senses and not is_bound and not _NEGATED.search(text[max(0, start - 12) : start]):
            yield start, text[start : at - 1] if lower not in known else word, senses


def _in_chinese(text: str) -> Iterator[tuple[int, str, Senses]]:
    known = _senses()[1]
    for start, word in _chinese_words().finditer(text):
        if not text.endswith(_NOT, 0, start):
            yield start, word, known[word]


@cache
def _chinese_words() -> WordList:
    return WordList(_senses()[1])


def turned(ours: Opposites, theirs: Opposites) -> list[tuple[Span, Span]]:
    """Where our text has one pole and the other text has the other one in its place."""
    found = []
    for group in ours.poles.keys() & theirs.poles.keys():
        here, there = ours.poles[group], theirs.poles[group]
        for pole in here:
            other = 1 - pole
            is_less = len(there.get(pole, ())) < len(here[pole])
            is_more = len(there.get(other, ())) > len(here.get(other, ()))
            # Good translators say a thing once more, or once less; they don't turn it round.
            if is_less and is_more and (other not in here or pole not in there):
                pair = here[pole][0], there[other][-1]
                if not (_is_answered(pair[0], ours, theirs) or _is_answered(pair[1], theirs, ours)):
                    found.append(pair)
                break
    return sorted(set(found))


def _is_answered(span: Span, ours: Opposites, theirs: Opposites) -> bool:
    """Whether the other text says the same by a word of another group: 加息 for "raise rates"."""
    return any(
        span in spans and len(theirs.poles.get(group, {}).get(pole, ())) >= len(spans)
        for group, poles in ours.poles.items()
        for pole, spans in poles.items()
    )


_CLAUSE = {
    False: re.compile(rf"{CLAUSE_MARK}|\b(?:and|but|while|whereas|from)\b"),
    True: re.compile(f"{CLAUSE_MARK}|[、而但从比]"),
}


def turned_at(
    ours: Opposites, theirs: Opposites, texts: tuple[str, str], languages: tuple[str, str]
) -> Iterator[tuple[Span, Span]]:
    """Where the two texts say the opposite of the same figure: "up 4%, down 5%" for 跌4%，涨5%."""
    groups = [
        group
        for group in ours.poles.keys() & theirs.poles.keys()
        if len(ours.poles[group]) + len(theirs.poles[group]) > 2
    ]
    here, there = (
        amounts_in(text, language) for text, language in zip(texts, languages, strict=True)
    )
    for one, other in _same_figures(here, there) if groups else ():
        for group in groups:
            is_counted = group in _counted_groups()
            near = (
                _nearest(ours.poles[group], one, texts[0], languages[0], is_counted=is_counted),
                _nearest(theirs.poles[group], other, texts[1], languages[1], is_counted=is_counted),
            )
            if near[0] and near[1] and near[0][0] != near[1][0]:
                yield near[0][1], near[1][1]


def _same_figures(
    ours: Sequence[Amount], theirs: Sequence[Amount]
) -> Iterator[tuple[Amount, Amount]]:
    """The figures that either text has once; "a" and "once" are none."""
    sides: tuple[dict[Fraction, list[Amount]], ...] = ({}, {})
    for amounts, side in zip((ours, theirs), sides, strict=True):
        for amount in amounts:
            if amount.firm or amount.values[0] != 1:
                side.setdefault(amount.values[0], []).append(amount)
    for value, here in sides[0].items():
        there = sides[1].get(value, ())
        if len(here) == len(there) == 1:
            yield here[0], there[0]


def _nearest(
    poles: dict[int, list[Span]], amount: Amount, text: str, language: str, *, is_counted: bool
) -> tuple[int, Span] | None:
    """The pole that stands nearest to the figure within its clause; None if both are as near.

    `is_counted`: only one right behind the figure, which may have a classifier in between.
    """
    ends = [match.start() for match in _CLAUSE[language == CHINESE].finditer(text)]
    start = max((end for end in ends if end < amount.start), default=0)
    stop = min((end for end in ends if end >= amount.end), default=len(text))
    found = sorted(
        (min(abs(a - amount.end), abs(amount.start - b)), pole, (a, b))
        for pole, spans in poles.items()
        for a, b in spans
        if start <= a and b <= stop and (not is_counted or 0 <= a - amount.end <= 1)
    )
    return found[0][1:] if found and len({pole for _far, pole, _span in found}) == 1 else None


# "More than 60" and "nearly 60": right before a figure, and right behind it.
_OVER_UNDER = {
    False: re.compile(
        r"(?:(?P<over>more than|over|above|exceed\w*|at least|upwards of|topp\w*|surpass\w*"
        r"|in excess of|no fewer than|no less than)"
        r"|(?P<under>less than|fewer than|under|below|nearly"
        r"|almost|close to|at most|no more than|not quite|short of))(?: a| the| some)? $",
        re.I,
    ),
    True: re.compile(
        "(?:(?P<under>不到|不足|将近|接近|近|低于|少于|不超过|不会超过|不得超过|至多|最多|未到|未满|小于)"
        "|(?P<over>超过|超|逾|多于|高于|至少|不少于|不低于|突破|大于))了?$"
    ),
}
_BEHIND = re.compile("(?P<under>以下|以内|不到)|(?P<over>以上|多|余)")


def over_for_under(
    texts: tuple[str, str], languages: tuple[str, str]
) -> Iterator[tuple[Span, Span]]:
    """Where one text has more than a figure, and the other less than it."""
    here, there = (
        amounts_in(text, language) for text, language in zip(texts, languages, strict=True)
    )
    for one, other in _same_figures(here, there):
        ours, theirs = (
            _bound(amount, text, language)
            for amount, text, language in zip((one, other), texts, languages, strict=True)
        )
        if ours and theirs and ours[0] != theirs[0]:
            yield ours[1], theirs[1]


def _bound(amount: Amount, text: str, language: str) -> tuple[str | None, Span] | None:
    is_chinese = language == CHINESE
    around = text[: amount.start][-18:]
    before = _OVER_UNDER[is_chinese].search(around)
    if before:
        return before.lastgroup, (amount.start - len(around) + before.start(), amount.end)
    behind = _BEHIND.match(text, amount.end) if is_chinese else None
    return (behind.lastgroup, (amount.start, behind.end())) if behind else None


# What surely negates, in either language.
_NEGATES = {
    False: re.compile(
        r"\b(?:not(?! only| just| least| even\b|[^.;]*\buntil\b)|never|none|nobody|nothing|neither"
        r"|cannot|no longer|yet to"
        r"|no(?! ?[.\d]|t|r|w| doubt| longer| less| fewer| more than| later| sooner))\b"
        r"|n[’']t\b(?![^.;]*\buntil\b)",
        re.I,
    ),
    True: re.compile(
        r"(?<![得能可])不(?:再|会|能(?!不)|是|应|该|愿|想|需|必|准|许|允|支持|同意|接受|适|符合|属|具备|承认|存在"
        r"|构成|打算|排除|知道|清楚|相信|相关|可(?=[用行能靠信])|安全|了解|在(?!乎|意)|要(?!紧)|得(?!不|已|了|而))"
        r"|没(?:有(?!问题|关系|意思)|能|再|想到)|未(?!央|来|婚|免|必|料|知|雨|成年|经)|无(?:权|法|需|须|人(?!机)|一|罪|力|意(?!义)|望)"
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
        "但|却|尽管|虽|然而|仍",
    ),
    (
        r"refus\w*|reject\w*|declin\w*|den(?:y|ie|ia)\w*|veto\w*|refrain\w*|reluctan\w*"
        r"|unwilling|turn\w* down",
        "拒|(?<![是能可])否|驳|谢绝|婉",
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
        r"|rather|instead|unlike|off|[a-z]{3,}less\w*|overturn\w*|overrul\w*|overlook\w*|overwhelm\w*",
        "未|不|没|无|非|莫|勿|别|毫|绝|消|断|忌|欠|落后|过时|放心",
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
_NEGATING = re.compile("[不没未无非否勿莫]|有待|另行|[尚仍还][需待须]")
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
    if all(text[start:end] == " or" for start, end in taken):
        # Nothing is negated that "or" might go on with.
        count = 0
    for match in _SOFT_WORDS[is_chinese].finditer(text):
        line = (match.lastindex or 1) - 1
        if is_chinese and _NEGATING.match(match[0]):
            continue
        if not is_chinese and not _is_common(match):
            continue
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        # What the list has as a word of its own is what it says.
        if is_chinese and len(match[0]) == 1 and _says_else(text, match.start(), other):
            continue
        count += not (line < len(_SOFT) - 1 and _SOFT_LINES[line][not is_chinese].search(other))
    return count


def _says_else(chinese: str, at: int, english: str) -> bool:
    """Whether the word at that place stands in the English as well, or negates nothing: 前 of 目前.

    By the optional dictionary; without it no word does.
    """
    words = ((start, one) for start, one in chinese_words(chinese) if len(one) > 1)
    word = next((one for start, one in words if start <= at < start + len(one)), "")
    glosses = installed_glosses() if word else None
    meanings = glosses.of(word).keys() if glosses else ()
    if not meanings:
        return False
    return not _may_negate(word) or not meanings.isdisjoint(stems(english))


@lru_cache(maxsize=20_000)
def _may_negate(word: str) -> bool:
    """Whether the dictionary has a meaning of the word that may answer a negation."""
    glosses = installed_glosses()
    patterns = (_SOFT_WORDS[False], _NOT_OR)
    meanings = glosses.of(word) if glosses else ()
    return any(pattern.search(one) for one in meanings for pattern in patterns)


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


class Opposite(Check):
    check_id = "opposite"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Opposite")
    description = gettext_lazy("The translation seems to say the opposite: “fell” for “rose”.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        ours = opposites_in(pair.source, story.source_language)
        theirs = opposites_in(pair.target, story.target_language)
        texts = pair.source, pair.target
        languages = story.source_language, story.target_language
        for here, there in chain(
            turned(ours, theirs),
            turned_at(ours, theirs, texts, languages),
            over_for_under(texts, languages),
        ):
            message = _("The source says “%(source)s”, the translation “%(target)s”.") % {
                "source": pair.source[slice(*here)],
                "target": pair.target[slice(*there)],
            }
            yield self.finding(pair, message, source=(here,), target=(there,))
            return


class Negation(Check):
    check_id = "negation"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Negation")
    description = gettext_lazy("Only one of the two texts says “not”.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        source, target = (
            (pair.source, story.source_language),
            (pair.target, story.target_language),
        )
        if ours := unanswered_negation(*source, *target):
            message = _("“%(words)s” of the source is missing from the translation.")
            words = pair.source[slice(*ours[0])]
            yield self.finding(pair, message % {"words": words}, source=ours[:1])
        elif theirs := unanswered_negation(*target, *source):
            words = pair.target[slice(*theirs[0])]
            message = _("The translation says “%(words)s”, the source does not.")
            yield self.finding(pair, message % {"words": words}, target=theirs[:1])
