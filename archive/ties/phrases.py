"""How English and Chinese sentences speak of ties, with single characters in place of names.

A sentence is read with its names replaced: a place is one character of P, a state or province
one of R, a person one of H, an undecided name another (see `proposing`). A pattern's groups `a`
and `b` are the two ends; `b` may be a list. A pattern without `a` takes the sentence's subject.
"""

import re
from dataclasses import dataclass

FIRST_PLACE, FIRST_REGION, FIRST_PERSON, FIRST_OPEN = 0xE000, 0xE600, 0xEC00, 0xF200
P, R, H = "[\ue000-\ue5ff]", "[\ue600-\uebff]", "[\uec00-\uf1ff]"
_NO_NAME = "[^\ue000-\uf8ff.;。；]"
_LIST = f"{P}(?:,? and {P}|, {P}|[和与及、]{P})*"


@dataclass(frozen=True)
class TiePhrase:
    """A kind of tie, and a pattern for it."""

    kind: str
    pattern: re.Pattern[str]


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
    return [TiePhrase(kind, re.compile(f"(?i:{form})")) for form in forms]


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
    return [TiePhrase(kind, re.compile(form)) for form in forms]


_SISTERS = (
    "sister[- ]cit(?:y|ies)|sister relationship|twin(?:ned|ning)?(?:[- ](?:city|cities|towns?))?\\b"
    "|friendship cit(?:y|ies)|friendly cit(?:y|ies)"
)
_SISTERS_ZH = "友好城市|姐妹城市?|姊妹城市?|友城|结好"
_PORTS = (
    "sister[- ]ports?|friend(?:ship|ly) ports?|port cooperation|green shipping corridor|shipping "
    "(?:services|routes?|lines?)"
)
_PORTS_ZH = "友好港|姐妹港|港口合作|绿色航运走廊|航线"
_CONSULTS = "consult(?:ations?|s|ed|ing)?\\b"
_EXCHANGES = (
    "friendly exchanges?|friendship (?:agreement|pact)|friendly (?:relations|ties|cooperation)"
)
_TRADES = "trade(?! with the)(?:s|d)?\\b|trading|exports?\\b|exported|imports?\\b"
_STUDIES = "exchange students|student exchanges?|exchanges? of students|sent students|send students"

TIES = (
    *_english("sister_city", _SISTERS),
    *_english("sister_state_province", "sister[- ](?:states?|provinces?)|friendship provinces?", R),
    *_english("port_cooperation", _PORTS),
    *_english("consultation", _CONSULTS),
    *_english("friendly_exchange", _EXCHANGES),
    *_english("study", _STUDIES),
    *_english("trade", _TRADES),
    *_chinese("sister_city", _SISTERS_ZH),
    *_chinese("sister_state_province", "友好省州|姊妹省州|友好省|友好州", R),
    *_chinese("port_cooperation", _PORTS_ZH),
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
VISITS = (
    re.compile(rf"(?i:\b(?:{_GOING})\b)(?:{_NO_NAME}{{0,25}}?\b)? ?(?P<b>{_LIST})"),
    re.compile(rf"(?:{_GOING_ZH})(?:了|过)?[^\ue000-\uf8ff，。；]{{0,6}}?(?P<b>{_LIST})"),
)
# “A return visit by buyers from Fuzhou” goes from there, not to it.
AWAY = re.compile(r"(?:from|by|来自)\s?$")

PLANNED = re.compile(
    r"(?i:\b(?:will|plans?|planned|planning|intends?|hopes?|wants?|wishes|due|expected|scheduled|set)"
    r" (?:also |soon |then )?(?:to |be |\w+ )?)|\b(?:will|upcoming|planned)\b"
    r"|将|拟|计划|准备|希望|即将|有意"
)
ENDED = re.compile(r"(?i:\b(?:ended|suspended|terminated|cut|severed|annulled)\b)|终止|中止|解除")
DENIED = re.compile(
    r"(?i:\b(?:no|not|never|without|isn't|aren't|neither)\b)|不是|没有|并未|尚未|从未"
)
_YEAR = r"(?:18|19|20)\d\d"
SINCE = re.compile(rf"(?i:\b(?:in|since|from|of)(?: \w+\.?)?(?: \d+,)? )({_YEAR})\b|({_YEAR})年")
COOPERATING = re.compile(
    r"(?i:\bcooperat|\bagree|\bmemorandum|\bpact\b|\bshare)|合作|商定|签署|共享|协议"
)
