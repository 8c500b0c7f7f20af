"""Ties that a story's sentences speak of, for an editor to accept. Values only, no models.

A sentence is read with its names replaced: a place is one character of P, a state or province
one of R, a person one of H, an undecided name another. A pattern's groups `a` and `b` are the
two ends; `b` may be a list. A pattern without `a` takes the sentence's subject.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from archive.contrib.name_suggestions.recognition.base import Suggestion, Suggestions
from archive.text.passages import Passage, Spot
from archive.text.sentences import span_at

_FIRST_PLACE, _FIRST_REGION, _FIRST_PERSON, _FIRST_OPEN = 0xE000, 0xE600, 0xEC00, 0xF200
P, R, H = "[\ue000-\ue5ff]", "[\ue600-\uebff]", "[\uec00-\uf1ff]"
_NO_NAME = "[^\ue000-\uf8ff.;。；]"
_LIST = f"{P}(?:,? and {P}|, {P}|[和与及、]{P})*"
# A kind of tie, and a pattern for it.
TiePhrase = tuple[str, re.Pattern[str]]


def _english(kind: str, words: str, end: str = P) -> list[TiePhrase]:
    some = _NO_NAME
    joins = "with|of|to|for|is|was|as|in"
    near = "[^,\ue000-\uf8ff.;]"
    a, b = f"(?P<a>{end})", f"(?P<b>{end})"
    forms = [
        # On its plans a place consults another: the second is the one that asks.
        rf"(?:{words}) (?:\w+ )?(?:with|of) {b}[^.;]{{0,20}}? on {a}",
        rf"(?:{words}){near}{{0,45}}?\b(?:between|of|linking) {a},? and {b}",
        rf"{a}(?! and ){some}{{0,60}}?(?:{words}){some}{{0,30}}?\b(?:{joins}) {b}",
        rf"{a}{some}{{0,50}}?{b} as (?:an?|its|her) (?:\w+ )?(?:{words})",
        rf"{a}{some}{{0,40}}?\b(?:is|was|became|as) {b}['’]s (?:\w+ )?(?:{words})",
        rf"{a}['’]s{some}{{0,20}}? (?:{words})(?:, | |, in \w+, ){b}",
        rf"(?:{words})\w*,? {a} and {b}",
    ]
    if kind != "consultation":
        forms.append(rf"{a},? and {b}{some}{{0,70}}?(?:{words})")
    return [(kind, re.compile(f"(?i:{form})")) for form in forms]


def _chinese(kind: str, words: str, end: str = P) -> list[TiePhrase]:
    some = "[^\ue000-\uf8ff，。；！？]"
    a, b = f"(?P<a>{end})", f"(?P<b>{end}(?:[、和及]{end})*)(?![与和同跟])"
    near = "[^\ue000-\uf8ff，、。；！？]"
    forms = (
        rf"{a}{near}{{0,16}}?[与和同跟及]{some}{{0,6}}?{b}{some}{{0,24}}?(?:{words})",
        rf"{a}{some}{{0,16}}?(?:{words})[^\ue000-\uf8ff，、。；与和同]{{0,8}}?{b}",
        rf"{a}是{b}的?{some}{{0,8}}?(?:{words})",
        rf"(?:{words}){a}[和与]{b}",
        rf"[与同和]{some}{{0,4}}?{b}{some}{{0,12}}?(?:{words})",
    )
    return [(kind, re.compile(form)) for form in forms]


_SISTERS = (
    "sister[- ]cit(?:y|ies)|sister relationship|twin(?:ned|ning)?(?:[- ](?:city|cities|towns?))?\\b"
    "|friendship cit(?:y|ies)|friendly cit(?:y|ies)"
)
_PORTS = (
    "sister[- ]ports?|friend(?:ship|ly) ports?|port cooperation|green shipping corridor|shipping "
    "(?:services|routes?|lines?)"
)
_EXCHANGES = (
    "friendly exchanges?|friendship (?:agreement|pact)|friendly (?:relations|ties|cooperation)"
)
_STUDIES = "exchange students|student exchanges?|exchanges? of students|sent students|send students"

TIES = (
    *_english("sister_city", _SISTERS),
    *_english("sister_state_province", "sister[- ](?:states?|provinces?)|friendship provinces?", R),
    *_english("port_cooperation", _PORTS),
    *_english("consultation", "consult(?:ations?|s|ed|ing)?\\b"),
    *_english("friendly_exchange", _EXCHANGES),
    *_english("study", _STUDIES),
    *_english("trade", "trade(?! with the)(?:s|d)?\\b|trading|exports?\\b|exported|imports?\\b"),
    *_chinese("sister_city", "友好城市|姐妹城市?|姊妹城市?|友城|结好"),
    *_chinese("sister_state_province", "友好省州|姊妹省州|友好省|友好州", R),
    *_chinese("port_cooperation", "友好港|姐妹港|港口合作|绿色航运走廊|航线"),
    *_chinese("consultation", "磋商|咨询|会商|请教"),
    *_chinese("friendly_exchange", "友好交流|友好往来|友好合作"),
    *_chinese("study", "互派学生|互派师生|留学|交换生"),
    *_chinese("trade", "贸易|出口|进口"),
)

_GOING = (
    "visit(?:s|ed|ing)?|travel(?:s|l?ed)? to|trip to|tour(?:s|ed)?|fl(?:y|ies|ew) to|flies to|"
    "arriv(?:e|es|ed) in|go(?:es)? to|went to|call(?:s|ed)? (?:at|on)"
)
_GOING_ZH = "访问|出访|到访|造访|回访|考察|前往|抵达|参访|赴"
# The list of places after a verb of going; who goes is looked for before it.
_VISITS = (
    re.compile(rf"(?i:\b(?:{_GOING})\b)(?:{_NO_NAME}{{0,25}}?\b)? ?(?P<b>{_LIST})"),
    re.compile(rf"(?:{_GOING_ZH})(?:了|过)?[^\ue000-\uf8ff，。；]{{0,6}}?(?P<b>{_LIST})"),
)
# “A return visit by buyers from Fuzhou” goes from there, not to it.
_AWAY = re.compile(r"(?:from|by|来自)\s?$")

_PLANNED = re.compile(
    r"(?i:\b(?:will|plans?|planned|planning|intends?|hopes?|wants?|wishes|due|expected|scheduled|set)"
    r" (?:also |soon |then )?(?:to |be |\w+ )?)|\b(?:will|upcoming|planned)\b"
    r"|将|拟|计划|准备|希望|即将|有意"
)
_ENDED = re.compile(r"(?i:\b(?:ended|suspended|terminated|cut|severed|annulled)\b)|终止|中止|解除")
_DENIED = re.compile(
    r"(?i:\b(?:no|not|never|without|isn't|aren't|neither)\b)|不是|没有|并未|尚未|从未"
)
_YEAR = r"(?:18|19|20)\d\d"
_SINCE = re.compile(rf"(?i:\b(?:in|since|from|of)(?: \w+\.?)?(?: \d+,)? )({_YEAR})\b|({_YEAR})年")
_COOPERATING = re.compile(
    r"(?i:\bcooperat|\bagree|\bmemorandum|\bpact\b|\bshare)|合作|商定|签署|共享|协议"
)

_REGIONS = ("state", "province")
_PORT = "port"
# A longer one is a table of results set as one sentence, and states no ties.
_MOST_NAMES = 500
# How many characters before a verb its “will” or “plans to” stands, and its “not”.
_VERB_BEFORE = 14
_VISITORS_BEFORE = 45
_OPEN = "[\uf200-\uf8ff]"
# Portland, Oregon, / Portland (Oregon) is one place; so is 俄勒冈州波特兰.
_QUALIFIED = re.compile(rf"({P}),? (?:in |\()?{R}\)?,?(?=\s|$|[.;:])")
_QUALIFIED_ZH = re.compile(rf"{R}的?({P})")
# The characters that stand for names: a text may hold some of its own.
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_ONE_PLACE = re.compile(P)
_ONE_END = re.compile(f"{P}|{R}")
_SISTER_CITY, _PORT_COOPERATION = "sister_city", "port_cooperation"
_Named = tuple[Spot, Suggestion | None]


@dataclass(frozen=True, slots=True)
class ProposedTie:
    """A tie between two places, by their keys in the sentence's order; a visit's goes there.

    `kind` and `status` are values of Tie.Kind and Tie.Status, `since` a year or "". `spot` is
    the whole sentence that says so.
    """

    place_a: str
    place_b: str
    kind: str
    status: str
    since: str
    spot: Spot


@dataclass
class _Sentence:
    """A sentence with a character for each name in it."""

    spot: Spot
    text: str
    named: dict[str, Suggestion] = field(default_factory=dict)

    def subject(self, before: int) -> Suggestion | None:
        """The place that the clauses up to there are about; None if that is undecided."""
        first = re.search(f"{P}|{_OPEN}", re.split("[;；]", self.text[:before])[-1])
        return self.named.get(first[0]) if first else None


def propose_ties(passages: Sequence[Passage], suggestions: Suggestions) -> tuple[ProposedTie, ...]:
    """What the sentences say of two places, each pair and kind once, in the story's order."""
    found: dict[tuple[frozenset[str], str], ProposedTie] = {}
    for sentence in _sentences(passages, suggestions):
        for tie in (*_visits(sentence), *_ties(sentence)):
            pair = frozenset((tie.place_a, tie.place_b))
            if len(pair) == 2:
                found.setdefault((pair, tie.kind), tie)
    return tuple(found.values())


def _sentences(passages: Sequence[Passage], suggestions: Suggestions) -> Iterator[_Sentence]:
    spots: defaultdict[str, list[_Named]] = defaultdict(list)
    for one in suggestions.entities:
        if one.kind in ("place", "person"):
            for spot in one.spots:
                spots[spot.passage].append((spot, one))
    for question in suggestions.questions:
        for spot in question.spots:
            spots[spot.passage].append((spot, None))
    for passage in passages:
        by_sentence: defaultdict[tuple[int, int], list[_Named]] = defaultdict(list)
        for spot, one_or_none in sorted(spots[passage.key], key=lambda pair: pair[0].start):
            by_sentence[span_at(passage.text, spot.start, spot.end)].append((spot, one_or_none))
        for (first, last), names in by_sentence.items():
            yield _sentence(passage, first, last, names)


def _sentence(passage: Passage, first: int, last: int, names: list[_Named]) -> _Sentence:
    whole = passage.text[first:last]
    sentence = _Sentence(Spot(passage.key, first, last, whole, whole), "")
    done = first
    for number, (spot, one) in enumerate(names[:_MOST_NAMES]):
        character = chr(_first_code(one) + number)
        if one:
            sentence.named[character] = one
        sentence.text += _PRIVATE.sub(" ", passage.text[done : spot.start]) + character
        done = spot.end
    sentence.text += _PRIVATE.sub(" ", passage.text[done:last])
    sentence.text = _QUALIFIED.sub(r"\1", _QUALIFIED_ZH.sub(r"\1", sentence.text))
    return sentence


def _first_code(one: Suggestion | None) -> int:
    if one is None:
        return _FIRST_OPEN
    if one.kind == "person":
        return _FIRST_PERSON
    return _FIRST_REGION if one.place_type in _REGIONS else _FIRST_PLACE


def _ties(sentence: _Sentence) -> Iterator[ProposedTie]:
    taken: set[tuple[str, str]] = set()
    for kind, pattern in TIES:
        for match in pattern.finditer(sentence.text):
            ends = match.groupdict()
            a = sentence.named[ends["a"]] if ends.get("a") else sentence.subject(match.start())
            for b in _ONE_END.findall(ends["b"]):
                if a and (kind, b) not in taken:
                    taken |= {(kind, b), (kind, ends.get("a") or "")}
                    yield from _tie(sentence, a, sentence.named[b], kind, match)
    if any(kind == _PORT_COOPERATION for kind, _b in taken):
        return
    # Two ports that agree on something cooperate, whatever the words for it.
    if agreed := _COOPERATING.search(sentence.text):
        ports = [named for named in sentence.named.values() if named.place_type == _PORT]
        for a, b in combinations(ports, 2):
            yield from _tie(sentence, a, b, _PORT_COOPERATION, agreed)


def _tie(
    sentence: _Sentence, a: Suggestion, b: Suggestion, kind: str, match: re.Match[str]
) -> Iterator[ProposedTie]:
    ports = (a.place_type == _PORT) + (b.place_type == _PORT)
    if kind == _SISTER_CITY and ports == 2:
        kind = _PORT_COOPERATION
    mixed = ports == 1 and kind in (_SISTER_CITY, _PORT_COOPERATION)
    # “Boston was no newcomer: it has had Hangzhou as a sister city” denies nothing.
    if mixed or _DENIED.search(re.split("[:;：；]", match[0])[-1]):
        return
    around = sentence.text[max(0, match.start() - _VERB_BEFORE) : match.end()]
    status = "planned" if _PLANNED.search(around) else "unknown"
    if _ENDED.search(match[0]):
        status = "ended"
    years = {one or other for one, other in _SINCE.findall(sentence.text)}
    since = years.pop() if len(years) == 1 else ""
    yield ProposedTie(a.key, b.key, kind, status, since, sentence.spot)


def _visits(sentence: _Sentence) -> Iterator[ProposedTie]:
    goals: set[str] = set()
    for pattern in _VISITS:
        for match in pattern.finditer(sentence.text):
            before = sentence.text[: match.start()]
            is_denied = _DENIED.search(before[-_VISITORS_BEFORE:])
            if is_denied or _AWAY.search(sentence.text[: match.start("b")]):
                continue
            home = _home(sentence, before, goals)
            planned = _PLANNED.search(before[-_VERB_BEFORE:])
            for place in _ONE_PLACE.findall(match["b"]):
                goal = sentence.named[place].key
                goals.add(goal)
                if home and home != goal:
                    status = "planned" if planned else "unknown"
                    yield ProposedTie(home, goal, "visit", status, "", sentence.spot)


def _home(sentence: _Sentence, before: str, goals: set[str]) -> str:
    """Where the visitors come from: the person's place, or the last place before the verb.

    Not a place that the sentence has already let them go to.
    """
    people = [one for one in re.findall(H, before) if sentence.named[one].home]
    places = [one for one in _ONE_PLACE.findall(before) if sentence.named[one].key not in goals]
    if people and (not places or before.rindex(people[-1]) > before.rindex(places[-1])):
        return sentence.named[people[-1]].home
    return sentence.named[places[-1]].key if places else ""
