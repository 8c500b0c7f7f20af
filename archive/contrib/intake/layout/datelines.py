"""What opens a story: its dateline, and whom and which paper it names.

"ZHANJIANG, Guangdong - …", "本报湛江9月22日电 …", "（中央社記者李娜台北4日電）…".
"""

import re
from dataclasses import dataclass, replace

import rjieba

from archive.contrib.intake import records
from archive.contrib.intake.layout.chinese import (
    AGENCY_NAMES,
    HAN,
    KIND,
    NUMBER,
    OWN,
    PAPER,
    SENT,
    as_printed,
    is_name,
    names_before_place,
    normal,
    people_of,
    sign,
)
from archive.contrib.intake.layout.english import AGENCY, UPPER
from archive.contrib.intake.layout.lines import fold, is_chinese, trim
from archive.contrib.intake.records import ParsedByline
from archive.text.normalisation import to_simplified

_CITY = (
    rf"(?!(?:SIRS?|MADAM|DEAR)\b)[{UPPER}][{UPPER}'’.-]{{2,}}(?: [{UPPER}][{UPPER}'’.-]+){{0,4}}"
)
_DATELINE = re.compile(
    rf"(?P<dateline>(?:{_CITY}(?:(?:, [A-Z][a-z]+)?\s*(?:/|,? and|&)\s*{_CITY}){{0,3}}|"
    rf"(?-i:[{UPPER}][a-z]{{2,20}}(?: [{UPPER}][a-z]{{2,20}}){{0,2}}(?=, [A-Z][a-z]{{2,8}}\.? "
    rf"\d{{1,2}}\b| \((?:[A-Z]{{2,10}}|{AGENCY})\))))"
    rf"(?:, [{UPPER}][\w.’' ]{{1,30}}){{0,3}}?(?:, (?:19|20)\d\d)?"
    r"(?P<region>, [A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20}){0,2}(?=:\s))?)\s?,?\s*"
    rf"(?:\((?P<agency>[^()\d]{{2,40}}|(?P<day>[^()]{{2,20}}))\)|/[A-Z]\w{{2,20}}/)?"
    r"(?:\s+(?:[-–—]{1,2}|_)\s*|\s*[–—]{1,2}\s*|\s*--\s*|(?(region):\s+(?=[A-Z\"“])|(?<=[A-Z\d]):\s+)|(?<=[A-Z]\))\s(?=[A-Z\"“]))"
    r"(?=[\w\"'“‘])",
)
# "Bremen (dpa) - It is", "Tainan, April 16 (CNA) A bakery", "Kolkata, Jan. 6: Tram".
_PLAIN_CITY = (
    r"(?!(?:Sirs?|Madam|Dear)\b)[A-Z][a-zß-ÿ’'-]{2,20}(?: [A-Z][a-zß-ÿ’'-]{1,20}){0,2}"
    r"(?: \([A-Z][A-Za-z ]{2,20}\)(?= \())?"
)
_PLAIN_DATELINE = re.compile(
    rf"(?P<dateline>{_PLAIN_CITY}(?P<on>, (?:[A-Z][a-z]{{2,8}}\.? \d{{1,2}}"
    r"|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}))?)"
    r"(?: \((?P<agency>[A-Za-z]{2,10})\)(?: [-–—]{1,2})?|(?(on):| [-–—])) (?=[A-Z\"“‘'])"
)
# "(Reuters) - A tram", where the place stands above.
_AGENCY_ONLY = re.compile(rf"\((?P<agency>{AGENCY})\)\s?(?:--?|[–—])\s(?=[A-Z\"“‘'])")
# A dateline on a line of its own: "LONDON, Monday".
DATELINE_ONLY = re.compile(
    r"[A-Z][A-Z'’. -]{2,30}(?:, (?:[A-Z][a-z]+\.?|[A-Z][\w.]+ ?\d{0,2})){1,2}[.:]?(?: "
    r"\([A-Z]\w{1,20}\))?"
    r"|[A-Z][A-Z'’. -]{2,30}, [A-Z][a-z]{2,8}\.? \d{1,2}\.?(?: \([A-Z]\w{1,20}\))?"
    r"|[A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20})?, (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2})\.?"
)
_BRACKET = re.compile(
    rf"[(【\[「]\s?(?P<inside>[^()【】\[\]」。!?]{{2,60}}?{SENT})\s?[)】\]」]\s?[:：]?\s?(?=\S)"
)
_RUN_IN = re.compile(
    rf"(?P<inside>据?(?:(?:{OWN}|{AGENCY_NAMES}|{PAPER})(?:讯|消息|{HAN}{{2,12}}?"
    rf"(?:[/、]{HAN}{{2,8}}){{0,2}}{NUMBER}月{NUMBER}日(?:专电|电|讯|消息)|{HAN}{{2,8}}?{NUMBER}日"
    rf"(?:专电|电|讯)"
    rf"|(?:{HAN}{{2,8}}?)?(?:专电|专讯|快讯|讯|电)(?=[\s(:])|报[道导](?=[(:]))|{HAN}{{2,8}}{NUMBER}月{NUMBER}日(?:专电|电"
    rf"|讯)(?=[\s(:])|{HAN}{{2,3}}讯(?=\s{{0,3}}(?:[(【]|记者))))"
    r"\s{0,3}(?:[(【](?P<who>[^()【】]{2,60})[)】]|(?P<told>(?:本报|特约|特派){0,2}(?:记者"
    r"|通讯员)[^。:!?]{2,40}?)"
    r"报[道导](?=:)|(?P<spaced>记者\s?[^\s。,:]{2,4}(?:[\s、](?:(?:实习生|通讯员)\s?)?[^\s。,:]{2,4}){0,3})(?=\s{1,3}\S{5}))?[\s:]{0,3}(?:题[:：]?\s{0,2})?(?=\S)"
)
_PLACELESS = re.compile(rf"据?(?:{OWN}|{AGENCY_NAMES}|{PAPER})(?:(?:{NUMBER}月)?{NUMBER}日)?{SENT}")
_SIGNED = re.compile(
    rf"[(【\[]\s?(?P<who>(?:{OWN}|{PAPER})?(?:{KIND})(?:记者"
    rf"|通讯员)[^()【】\[\]。!?讯电道导]{{2,40}})[)】\]]\s?(?=\S)"
)
# "〔記者李娜／台北報導〕": the place is the byline's.
_PLACED = re.compile(
    r"[(【\[](?P<who>[^()【】\[\]。!?]{2,40}/[^()【】\[\]。!?/]{2,12}报[道导])[)】\]]\s?(?=\S)"
)
# "本报记者李娜湛江报道　九月的海……"
_REPORTED = re.compile(
    rf"(?P<who>(?:{OWN}|{PAPER})?{KIND}(?:记者|通讯员)[^\s。:!?,，()]{{2,16}}报[道导])(?::|\s{{1,3}})(?=\S)"
)
# "【记者李娜报道】", also with a place: "（记者李娜湛江报道）".
_REPORTED_INSIDE = re.compile(
    rf"[(【\[]\s?(?P<who>(?:{OWN}|{PAPER})?{KIND}(?:记者|通讯员)[^\s。:!?,，()【】\[\]]{{2,16}}报[道导])"
    r"\s?[)】\]]\s?(?=\S)"
)
_TOLD = re.compile(r"(?P<who>(?:记者|通讯员)[^。:!?]{2,40}?)报[道导]:\s?(?=\S)")
# One dash and no more in its sentence, which isn't told of the place: "湛江——这座城市……".
_AT_DASH = re.compile(
    rf"(?P<place>{HAN}{{2,8}})\s?(?:——|──|--)\s?(?P<sentence>(?![这那此它他她])[^—─。!?]*[。!?])"
)
# Kinds of words, as the dictionary has them, that alone say when: "昨日", "9月22日".
_WHEN = ("t", "m", "q")
_INSIDE = re.compile(
    rf"据?(?P<paper>{OWN}|{AGENCY_NAMES}|{PAPER})?(?P<kind>{KIND})(?P<marker>(?:记者|通讯员"
    rf"|特派员)\s?)?(?P<rest>.*)"
)


@dataclass(frozen=True)
class Opening:
    """A first paragraph's dateline, where its text begins, and whom and which paper it names."""

    dateline: str
    start: int
    bylines: tuple[ParsedByline, ...] = ()
    publication: str | None = None


def open_story(text: str) -> Opening | None:
    """The dateline that begins a paragraph, or None."""
    return _open_chinese(text) if is_chinese(text[:200]) else _open_english(text)


def open_at_dash(text: str) -> Opening | None:
    """The place before a double dash that begins a paragraph: "湛江——新码头周一启用。"

    The dictionary says that it is a place. A sentence with a subject and a verb follows: a mere
    name or description would be told of the place, "湛江——南海边的城市，…".
    """
    simple = fold(to_simplified(text[:200]))
    match = _AT_DASH.match(simple)
    if match is None or {kind for _word, kind in rjieba.tag(match["place"])} != {"ns"}:
        return None
    for clause in re.split("[,，]", match["sentence"]):
        words = rjieba.tag(clause)
        if not all(kind in _WHEN for _word, kind in words):
            # What stands before its last 的 is said of a noun.
            last = max((at for at, (word, _kind) in enumerate(words) if word == "的"), default=-1)
            is_told = any(kind == "v" for _word, kind in words[last + 2 :])
            return Opening(text[: match.end("place")], match.start("sentence")) if is_told else None
    return None


def open_alone(text: str) -> Opening | None:
    """The dateline that is all of a Chinese line: "（中央社記者李娜台北4日電）"."""
    if text[:1] not in "(（【[" or not is_chinese(text):
        return None
    # A dateline is one where text follows it.
    found = open_story(f"{text}文")
    is_whole = found and found.start == len(text)
    is_placed = is_whole and found and found.dateline and not is_placeless(found.dateline)
    return found if is_placed else None


def _open_english(text: str) -> Opening | None:
    if sent := _AGENCY_ONLY.match(text):
        return Opening("", sent.end(), (ParsedByline(sent["agency"], records.AGENCY),))
    match = _DATELINE.match(text[:200])
    if not match or match.end() >= len(text):
        plain = _PLAIN_DATELINE.match(text[:120])
        if not plain or plain.end() >= len(text):
            return None
        sender = (ParsedByline(plain["agency"], records.AGENCY),) if plain["agency"] else ()
        return Opening(plain["dateline"], plain.end(), sender)
    agency = None if match["day"] else match["agency"]
    people = (ParsedByline(trim(agency), records.AGENCY),) if agency else ()
    return Opening(trim(match["dateline"]), match.end(), people)


def _open_chinese(text: str) -> Opening | None:
    folded = fold(text[:200])
    for pattern in (_SIGNED, _PLACED, _REPORTED, _REPORTED_INSIDE):
        match = pattern.match(folded)
        if match and (signed := sign(text[: match.end("who")])):
            return Opening("", match.end(), *signed)
    if match := _BRACKET.match(folded):
        signs = _SIGNED.match(folded, match.end()) or _TOLD.match(folded, match.end())
        opened = _opened(match, text, signs["who"] if signs else "")
        return replace(opened, start=signs.end()) if opened and signs else opened
    if match := _RUN_IN.match(folded):
        return _opened(match, text, match["who"] or match["told"] or match["spaced"] or "")
    return None


def _opened(match: re.Match[str], text: str, who: str) -> Opening | None:
    """Parts the paper, the names and the place; "中央社記者王維哲台北4日電" has all three."""
    at = match.start("inside")
    inside = match["inside"]
    parts = _INSIDE.fullmatch(inside)
    if parts is None:
        return None
    people: list[ParsedByline] = []
    place_at = parts.start("rest")
    if parts["marker"]:
        names, cut = names_before_place(parts["rest"])
        if not names:
            return None
        people = [
            ParsedByline(_sliced(text, at + place_at + a, at + place_at + b)) for a, b in names
        ]
        place_at += cut
        sent = text[at : at + max(parts.end("paper"), 0)]
        dateline = sent + text[at + place_at : at + len(inside)]
    else:
        dateline = text[at : at + len(inside)]
    if who:
        signed = people_of(normal(who)) or tuple(
            ParsedByline(n) for n in normal(who).split(" ") if is_name(n)
        )
        if not signed:
            return None
        people += [as_printed(one, text) for one in signed]
    paper = parts["paper"]
    is_own = paper is None or re.fullmatch(OWN, paper)
    publication = None if is_own else text[at + parts.start("paper") : at + parts.end("paper")]
    return Opening(trim(dateline), match.end(), tuple(people), publication)


def is_placeless(dateline: str) -> bool:
    """Whether a dateline says no place and no day: "本报讯", "明報專訊"."""
    return bool(_PLACELESS.fullmatch(fold(dateline)))


def _sliced(text: str, start: int, end: int) -> str:
    return "".join(text[start:end].split())
