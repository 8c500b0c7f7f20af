"""English newspaper forms: "By Li Na in Zhanjiang", "ZHANJIANG, Guangdong - …"."""

import re
from dataclasses import replace

from archive.intake import records
from archive.intake.mastheads import is_masthead
from archive.intake.plaintext.grammar import Grammar, Opening, Signature, trim
from archive.intake.records import ParsedByline
from archive.text.language import ENGLISH

_AGENCY = (
    r"(?:Xinhua(?: News Agency)?|China News Service|CNS|Agence France-Presse|AFP|AP|"
    r"Associated Press|The Associated Press|Reuters|Bloomberg|EPA|Kyodo(?: News)?|TASS|Agencies|"
    r"China Daily(?: [A-Z]\w+){0,3}|chinadaily\.com\.cn|People['’]s Daily|Global Times)"
)
_ARCHIVE = (
    r"(?:Getty Images|CFP|VCG|Visual China(?: Group)?|IC(?: Photo)?|ImagineChina|Imaginechina|"
    r"Asianewsphoto|China Foto Press|Zuma Press|For China Daily)"
)
_ORGANISATION = rf"(?:{_AGENCY}|{_ARCHIVE})"
_WORD = r"(?:[A-Z][\w’'.-]*|d[aeiu]|de[lr]?|van|von|bin|al|la|le)"
_NAME = rf"[A-Z][\w’'.-]*(?: {_WORD}){{0,4}}"
_NAMES = rf"{_NAME}(?:(?:, | and | & |, and ){_NAME})*"
_PHRASE = r"(?:[^.!?|]|(?<=\b[A-Z])\.|\.(?=\w)){2,60}"
_PICTURE = r"(?:file )?(?:photo(?:graph)?s?|pictures?|images?|graphics?|illustrations?)"
_CREDITS = (
    re.compile(
        rf"(?:{_PICTURE}\s+)?(?:provided|supplied|contributed)\s+(?:to|by)\s+{_PHRASE}", re.I
    ),
    re.compile(rf"(?:{_PICTURE}\s+)?courtesy\s+of\s+{_PHRASE}", re.I),
    # "Pictures by the sea" is a subhead, "Pictures by Li Na" a credit.
    re.compile(rf"{_PICTURE}\s*(?:\b(?:by|via)\s+|[:/]\s*)(?-i:[A-Z]){_PHRASE}", re.I),
    re.compile(rf"{_NAMES}\s*[/|]\s*(?:{_NAMES}|[\w.-]+\.\w+)"),
    re.compile(rf"{_NAMES},? (?:[Ff]or|FOR) (?:China Daily|CHINA DAILY)"),
    re.compile(rf"{_ORGANISATION}(?:\s*(?:[/,]|via|and)\s*{_ORGANISATION})*(?: photo)?", re.I),
    re.compile(r"file (?:photo|picture)", re.I),
)
_ROLES = {
    "photo": records.PHOTOGRAPHER,
    "picture": records.PHOTOGRAPHER,
    "edit": records.EDITOR,
    "translat": records.TRANSLATOR,
}
_BY = re.compile(
    r"(?:(?P<what>photo(?:graph)?s|photography|pictures|text|words|story|written|reported|compiled|"
    r"edited|translated)\s+)?by:?\s+(?P<who>.+)",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"(?P<who>.+?) (?:also )?contributed to (?:this|the) (?:story|report|article)\.?"
)
_AFFILIATION = re.compile(
    r"(?P<who>.+?)(?:\s*[(\[](?P<bracketed>[^()\[\]]+)[)\]]|,?\s+for\s+(?P<employer>[^,]+)|"
    rf"\s*[,/|]\s*(?P<agency>{_AGENCY}))"
)
_STAFF = re.compile(
    r"(?:china daily )?(?:staff )?(?:writer|reporter|correspondent)s?", re.IGNORECASE
)
# What an author's name can hold.
_LONGEST_NAME = 160
_GROUP = re.compile(r",?\s+and\s+|\s*[;&]\s*|,\s*(?=(?:(?!\sand\s)[^,;&])*\sin\s)")
_AGENCIES = re.compile(rf"{_AGENCY}(?:\s*(?:[-–/,]|and)\s*{_AGENCY})*", re.IGNORECASE)
_DATELINE = re.compile(
    r"(?P<dateline>[A-Z][A-Z'’.-]{2,}(?: [A-Z][A-Z'’.-]+)*(?:\s*/\s*[A-Z][A-Z'’. -]+)*"
    r"(?:, [A-Z][\w.’' ]{1,30}){0,3}?)\s*(?:\((?P<agency>[^()]{2,30})\))?"
    r"(?:\s+[-–—]{1,2}\s+|\s*[–—]\s*|\s*--\s*)(?P<text>\S.*)",
    re.DOTALL,
)


class English(Grammar):
    language = ENGLISH
    longest_subhead = 80
    longest_standfirst = 300
    closers = "\"'”’)]» "
    endings = (".", "!", "?", "…", ":", ";", ",", "—", "–")
    credits = _CREDITS
    credit_start = re.compile(r"[.!?][\"'”’)]?\s+(?=\S)|\s*(?=[(\[])")

    def sign(self, text: str) -> Signature | None:
        if match := _CONTRIBUTED.fullmatch(text):
            bylines = _people(match["who"], records.CONTRIBUTOR)
            return Signature(bylines) if bylines else None
        match = _BY.fullmatch(text)
        if not match:
            return None
        who, employer, what = match["who"], None, (match["what"] or "").casefold()
        if part := _AFFILIATION.fullmatch(who):
            who = part["who"]
            employer = trim(part["bracketed"] or part["employer"] or part["agency"])
        role = next(
            (role for start, role in _ROLES.items() if what.startswith(start)), records.REPORTER
        )
        bylines = _people(who, role)
        if not bylines:
            return None
        if employer and not is_masthead(employer):
            return Signature((*bylines, ParsedByline(employer, records.AGENCY)))
        return Signature(bylines, employer)

    def agencies(self, text: str) -> tuple[ParsedByline, ...]:
        bare = trim(text.strip("()[]"))
        if not _AGENCIES.fullmatch(bare):
            return ()
        names = re.findall(_AGENCY, bare, re.IGNORECASE)
        return tuple(ParsedByline(name, records.AGENCY) for name in names)

    def unlabel(self, text: str) -> str | None:
        label, colon, caption = text.partition(":")
        labels = ("caption", "photo caption")
        return trim(caption) if colon and label.casefold() in labels else None

    def open(self, text: str) -> Opening | None:
        match = _DATELINE.fullmatch(text)
        if not match:
            return None
        agency = match["agency"]
        bylines = (ParsedByline(trim(agency), records.AGENCY),) if agency else ()
        return Opening(trim(match["dateline"]), match["text"], bylines)


def _people(text: str, role: str) -> tuple[ParsedByline, ...]:
    """ "Li Na and Wang Wei in Beijing" -> both, from Beijing; () if a part is no name."""
    people: list[ParsedByline] = []
    waiting = 0  # names whose place is still to come
    for group in _GROUP.split(text):
        names, _in, place = group.partition(" in ")
        place = trim(place.strip(",")) or ""
        for name in re.split(r",\s*", trim(names)):
            if _STAFF.fullmatch(name):
                continue  # the role says it
            if len(name) > _LONGEST_NAME or not re.fullmatch(_NAME, name):
                return ()
            people.append(
                ParsedByline(name, records.AGENCY if re.fullmatch(_AGENCY, name) else role)
            )
            waiting += 1
        if place:
            if not waiting or not re.match(r"[A-Z]", place):
                return ()
            people[-waiting:] = [replace(byline, place=place) for byline in people[-waiting:]]
            waiting = 0
    return tuple(people)
