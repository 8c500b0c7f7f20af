"""English newspapers' bylines, datelines and credits: "By Li Na in Zhanjiang", "BEIJING - …"."""

import re
from dataclasses import replace

from archive.contrib.intake import records
from archive.contrib.intake.layout.chinese import HAN
from archive.contrib.intake.layout.lines import trim, unbracketed
from archive.contrib.intake.outlets import any_of, is_masthead, known_outlet, looks_like_paper
from archive.contrib.intake.records import ParsedByline

AGENCY = any_of("agencies in English")
_ARCHIVE = any_of("picture agencies in English")
_ORGANISATION = rf"(?:{AGENCY}|{_ARCHIVE})"
UPPER = "A-ZÀ-ÖØ-Þ"
_WORD = rf"(?:[{UPPER}][\w’'?.·∙-]*|d[aeiu]|de[lr]?|van|von|bin|al|la|le)"
_NAME = rf"[{UPPER}][\w’'?.·∙-]*(?: {_WORD}){{0,4}}"
_NAMES = rf"{_NAME}(?:(?:, and | and | & |, ){_NAME}){{0,12}}"
# "By Li Na and 赵晓明": a colleague's name in its own characters.
_NAME_IN_HAN = rf"{HAN}{{2,4}}(?:[·∙•・]{HAN}{{1,8}}){{0,3}}"
# At least two words: "CHINA / National" is a section.
_FULL_NAMES = rf"(?=[^\s/|]+ [^\s/|])(?!(?:[^\s/|]+ ){{8}}){_NAMES}"
_PHRASE = r"(?:[^.!?|]|(?<=\b[A-Z])\.|\.(?=\w)){1,60}"
_PICTURE = r"(?:file |handout )?(?:photo(?:graph)?s?|pictures?|images?|graphics?|illustrations?)"
CREDITS = (
    re.compile(
        rf"(?:{_PICTURE}\s+)?(?:provided|supplied|contributed)\s+(?:to|by)\s+{_PHRASE}", re.I
    ),
    re.compile(rf"(?:{_PICTURE}\s+)?courtesy\s+of\s+{_PHRASE}", re.I),
    # "Pictures by the sea" is a subhead, "Pictures by Li Na" a credit.
    re.compile(
        rf"(?:[\w’'-]+ ){{0,3}}{_PICTURE}\s*(?:\b(?:by:?|via|from|credit:?)\s+|[:/]\s*)"
        rf"(?-i:[{UPPER}]|(?=[a-z]+\.com|[a-z]{{2,12}}$)){_PHRASE}",
        re.I,
    ),
    re.compile(
        rf"(?:(?:credit|source)s?(?: photo)?\s*:|image source[,:])\s*(?-i:[{UPPER}]){_PHRASE}",
        re.I,
    ),
    re.compile(
        rf"{_FULL_NAMES}\s*[/|]\s*(?:{_NAMES}|[\w.-]{{1,40}}\.\w{{2,6}})"
        rf"(?: (?:photo|via {AGENCY}))?"
    ),
    re.compile(
        rf"{_FULL_NAMES}\s*/?,? ?(?:for|FOR) (?:China Daily|CHINA DAILY|[A-Z]\w+ (?:Times|Post"
        rf"|Daily|News|Herald))"),
    re.compile(
        rf"{_ORGANISATION}(?:\s*(?:[/,]|via|and)\s*{_ORGANISATION}){{0,4}}(?: file)?(?: photo)?",
        re.I,
    ),
    re.compile(rf"{_ORGANISATION}(?: photo)?\s*[/,]\s*{_NAMES}(?:/file photo)?", re.I),
    re.compile(
        rf"(?:{_NAME}\s)?(?:(?:file|handout|courtesy|stock|submitted|contributed) (?:photo"
        rf"|picture"
        r"|image)|handout|photos? (?:provided|submitted))",
        re.I,
    ),
    re.compile(rf"{_FULL_NAMES} (?:photo|PHOTO)"),
    # "(ABC Rural: Li Na)", "(Supplied: the museum)"
    re.compile(rf"(?:ABC|AAP)[\w ]{{0,30}}:\s?{_FULL_NAMES}|Supplied(?:\s?:\s?{_PHRASE})?"),
    re.compile(
        rf"{_FULL_NAMES}\s*[/|,–—-]\s*(?:[\w’']+ ){{0,3}}(?i:photo(?:grapher|journalist| editor))"
    ),
)  # fmt: skip
# Who looked after the page; nobody of them signs the story.
_DESK_LABEL = (
    r"(?:web |copy |page |duty |managing |chief |executive )?"
    r"(?:editors?|proofreaders?|edited by|editing by)"
)
# "Zhang M. L. and Liu Yang. Proofreader: Chen Bo."
_LISTED = rf"(?:(?-i:[{UPPER}])[\w’'-]*|{HAN}+|and)"
DESK = re.compile(
    r"reporting by .{2,160}; ?(?:writing|editing|additional reporting) by .{2,120}"
    rf"|{_DESK_LABEL}\s?:?\s?[{UPPER}][^.!?]{{1,80}}"
    rf"|{_DESK_LABEL}\s?:\s?{_LISTED}(?:[\s,;/|&:.]+{_LISTED}){{0,30}}"
    r"|(?:editor|web editor|edited)\s?:.{0,80}",
    re.IGNORECASE,
)
_ROLES = {
    "photo": records.PHOTOGRAPHER,
    "picture": records.PHOTOGRAPHER,
    "edit": records.EDITOR,
    "tr": records.TRANSLATOR,
}
_BY = re.compile(
    r"(?:(?P<what>(?:photo(?:graph)?s|pictures|images) (?:and|&) (?P<too>text|words|story)"
    r"|photo(?:graph)?s|photography|pictures|(?:text|words|story|stories)(?: (?:and|&) "
    r"(?:photo(?:graph)?s|pictures|images))?|tr\.|written|reported|compiled|posted|interviewed"
    r"|opinion|column|analysis|commentary|essay|review"
    r"|interview"
    r"|reporting|edited|translat(?:ed|ion)(?: (?:from|into) (?:the )?\w+)?)\s+)?"
    r"by(?::\s*|\s+)(?P<who>\S.*)"
    r"|(?:author(?:s|\(s\))?|byline|text|words|(?P<deed>photo(?:graph)?s?|photography"
    r"|pictures?|translat(?:ors?|ion))"
    r"|(?:staff )?(?:reporter|writer|correspondent|interviewer|interview)s?)\s?:\s*"
    r"(?P<labelled>\S.*)",
    re.IGNORECASE,
)
# "Text by Li Na, photos by Wang Wei": each clause signs.
_CLAUSE = re.compile(
    r"(?<!\band)(?<!&)\s*[,;|]?\s+(?=(?:photo(?:graph)?s?|photography|pictures|images|text|written"
    r"|words|edited"
    r"|translated)\s?(?:by\b|:))",
    re.IGNORECASE,
)
_GLUED_BY = re.compile(r"^By(?=[A-Z][a-z]+ [A-Z])")
_BY_AGAIN = re.compile(r"by\s+", re.IGNORECASE)
# A database's "Okafor, Nneka".
_INVERTED = re.compile(r"([A-Z][\w’'-]+), ([A-Z][\w’'-]+(?: [A-Z]\.)?)")
# "Robert Downing, Jr.": of the name, whatever stands between.
_GENERATION = re.compile(r",\s+(?=(?:Jr|Sr|JR|SR|II|III|IV)\b)")
_DEGREES = re.compile(
    r"(?:,?\s+(?:Ph\.?\s?D|M\.?D|D\.?Phil|M\.?Phil|Ed\.?D|J\.?D|LL\.?[BDM]|M\.?B\.?A|[BM]\.?Sc"
    r"|[BM]\.A|R\.N|Esq)\.?(?=[,;\s]|$))+"
)
_CONTRIBUTED = re.compile(
    r"(?P<who>.{2,120}?) (?:also )?contributed (?=reporting|to )(?:reporting)?"
    r"(?: ?to (?:this|the) (?:story|report|article))?"
    rf"(?: from (?P<place>[{UPPER}][^.]{{2,60}}))?\.?"
)
# What a desk says below a story: "…; Additional reporting by Li Na in Harbin; Editing by …".
_HELPED = re.compile(
    r"(?:with )?additional reporting(?: by|\s?:) (?P<who>[^;.]{2,120}?)"
    r"(?=\s?(?:[;.)]|$|,? (?:writing|editing)))",
    re.IGNORECASE,
)
# "By Tom Reed, with Li Na in Beijing": who stands first has written it.
_WITH = re.compile(
    r"(?P<first>by\s.{2,160}?),? with (?:(?:additional )?reporting (?:by|from) )?(?P<who>.{2,160})",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    rf"(?P<who>[{UPPER}].{{2,120}}?) reports?"
    rf"(?: (?:from|in) (?P<place>[{UPPER}][^.]{{2,60}}))?\.?"
)
_AFFILIATION = re.compile(
    r"(?P<who>[^(\[]{2,200}?)(?:\s*[(\[](?P<bracketed>[^()\[\]]+)[)\]]|,?\s+for\s+"
    r"(?P<employer>[^,]+)|"
    rf"\s*[,/|]\s*(?P<agency>{AGENCY}))",
    re.IGNORECASE,
)
_POST = any_of("posts in English")
# What stands below a name in its place: "Associated Press Writer", "OF THE COURIER STAFF".
_CAPITAL_WORD = rf"(?-i:[{UPPER}])[\w.&’'-]*"
_POST_LINE = re.compile(
    rf"(?:(?:by|from) )?(?:(?:{_CAPITAL_WORD}|our|a|an|the|own|staff|special|chief|senior|news) )"
    rf"{{0,5}}{_POST}(?: (?:in|of|for|at)(?: the)? {_CAPITAL_WORD}(?: {_CAPITAL_WORD}){{0,4}})?"
    rf"|(?:(?:of|for)(?: the)? )?(?:{_CAPITAL_WORD} ){{1,5}}staff"
    r"|(?:by )?(?:staff|wire|news|agency)(?: (?:and|&) (?:staff|wire|news|agency))?"
    r"(?: services?)? reports?"
    r"|(?:compiled )?(?:from|by) (?:(?:staff|wire|news|agency|services?|reports?|and) ?){2,6}"
    rf"|(?:special(?:ly)? (?:to|for)|of|for|from)(?: the)?(?: {_CAPITAL_WORD}){{1,5}}",
    re.IGNORECASE,
)
_STAFF = re.compile(rf"\b(?:{_POST}|staff|special(?:ly)? (?:to|for))\b", re.IGNORECASE)
# Where a post or a paper may begin behind a name.
_TAIL = re.compile(
    r"\s*[,/|]\s*|\s+[-–—]{1,2}\s+|\s+(?=(?:of|for|our|special|staff|senior|chief|contributing|AP"
    r"|associated press|reuters|bloomberg|correspondent)\b)"
    # "LI NA East Harbor bureau"
    r"|(?<=(?-i:[A-Z]{2}))\s+(?=(?-i:(?:[A-Z][a-z]+ ){1,3}[Bb]ureau)$)"
    # "Li Na HEALTH REPORTER", "Li Na Health Reporter"
    rf"|(?<=(?-i:[a-z]))\s+(?=(?-i:(?:[A-Z]{{3,}} )+[A-Z]{{5,}}|[A-Z][a-z]+ [A-Z][a-z]+)$)"
    rf"(?=(?:\w+ ){{1,4}}{_POST}$)",
    re.IGNORECASE,
)
_EMPLOYED = re.compile(
    r"(?:of|from|(?:special(?:ly)? )?(?:for|to))(?: the(?= [a-z]))?\s+", re.IGNORECASE
)
_LEADING_STAFF = re.compile(
    rf"(?:(?:{AGENCY}|our|staff|special|senior|chief|the|{_CAPITAL_WORD})\s+){{0,3}}"
    rf"(?:writers?|reporters?|correspondents?|editors?):?\s+(?=[{UPPER}])",
    re.IGNORECASE,
)
_STAMP_WORD = re.compile(
    r",?\s+(?:(?:updated|published|posted)|(?:at|on) \d[\d:./-]{0,9}(?: ?[ap]\.?m\.?)?)$",
    re.IGNORECASE,
)
# "By Li Na @lina City Reporter": the name is before it.
_HANDLE = re.compile(r",?\s+@\w{2,30}")
# What begins a post, not a name: "Senior Political Correspondent".
_POST_WORD = re.compile(
    r"(?:our|an?|the|own|staff|special|chief|senior|news|wire|political|sports?|business|foreign"
    r"|city|agency)\b",
    re.IGNORECASE,
)
# What an author's name can hold.
_LONGEST_NAME = 160
_GROUP = re.compile(r",?\s+(?:and|AND)\s+|\s*[;&]\s*|,\s*(?=(?:(?!\sand\s)[^,;&])*\sin\s)")
# "[By Telegraph.—Press Association.]", "(Per Press Association.)", "…—Copyright.]"
_BY_WIRE = re.compile(
    r"^(?:(?:by|per) (?:(?:electric|special|submarine) )?(?:telegraph|cable|wire(?:less)?|mail)\b"
    r"[.,]?\s?[—–-]+\s?|per )|[.—–-]+(?:by (?:electric )?telegraph|copyright)\.?(?=[.—–-]|$)",
    re.IGNORECASE,
)
_AGENCIES = re.compile(rf"{AGENCY}(?:\s*(?:[-–/,]|and)\s*{AGENCY}){{0,4}}", re.IGNORECASE)


def sign(text: str) -> tuple[tuple[ParsedByline, ...], str | None] | None:
    """The names of a line that says that it is a byline, and the paper that it names."""
    bare = _HANDLE.sub(",", _GLUED_BY.sub("By ", unbracketed(text), count=1)).rstrip(",")
    if _HELPED.match(bare) and (people := helped(bare)):
        return people, None
    if match := _CONTRIBUTED.fullmatch(bare):
        place = f" in {match['place']}" if match["place"] else ""
        people = _helpers(f"{_LEADING_STAFF.sub('', match['who'])}{place}")
        return (people, None) if people else None
    if (match := _WITH.fullmatch(bare)) and (people := _helpers(match["who"])):
        first = sign(match["first"])
        return ((*first[0], *people), first[1]) if first else None
    if (match := _REPORTS.fullmatch(bare)) and not is_post(bare):
        place = f" in {match['place']}" if match["place"] else ""
        people = _people(f"{match['who']}{place}", records.REPORTER)
        # "A00 reports" may be anything.
        is_named = all(" " in one.name or one.role == records.AGENCY for one in people)
        return (people, None) if people and is_named else None
    signed = [_sign_clause(clause) for clause in _CLAUSE.split(bare) if clause]
    if not signed or None in signed:
        return None
    papers = [one[1] for one in signed if one and one[1]]
    names = tuple(byline for one in signed if one for byline in one[0])
    return names, papers[0] if papers else None


def helped(text: str) -> tuple[ParsedByline, ...]:
    """Who helped to report, by the line in which the desk names who wrote and edited."""
    match = _HELPED.search(text)
    return _helpers(match["who"]) if match else ()


def _helpers(text: str) -> tuple[ParsedByline, ...]:
    """Full names, and agencies."""
    people = _people(text, records.ADDITIONAL)
    return tuple(one for one in people if " " in one.name or one.role == records.AGENCY)


def _sign_clause(text: str) -> tuple[tuple[ParsedByline, ...], str | None] | None:
    match = _BY.fullmatch(text)
    if not match:
        who, tail = _without_tail(text) if _STAFF.search(text) else (text, "")
        names = bare_names(who) if _STAFF.search(tail) and is_post(tail) else ()
        return (names, None) if names else None
    what = (match["too"] or match["what"] or match["deed"] or "").casefold()
    role = next(
        (role for start, role in _ROLES.items() if what.startswith(start)), records.REPORTER
    )
    who = trim(match["who"] or match["labelled"])
    if match["labelled"] and any(map(_NO_NAME.fullmatch, who.split())):
        return None  # "Text: A A A Print"
    inverted = _INVERTED.fullmatch(who) if match["labelled"] else None
    return _signed(f"{inverted[2]} {inverted[1]}" if inverted else who, role)


def _without_tail(text: str) -> tuple[str, str]:
    """Names, and the post or the paper behind them: "Li Na, Staff Writer"; "" for none."""
    for match in _TAIL.finditer(text):
        tail = trim(text[match.end() :])
        named = is_post(tail) or looks_like_paper(tail) or agencies(tail)
        # "Li Na | China Features": no second name has such words.
        first = re.split(r" in ", tail, maxsplit=1, flags=re.IGNORECASE)[0]
        is_outlet = match[0].strip() in ("|", "/") and not _is_full_name(first)
        if match.start() and (named or (is_outlet and " " in tail)):
            who = text[: match.start()]
            # "Li Na Scotland correspondent": of three words the last is what she covers.
            is_beat = tail.casefold() == "correspondent" and len(who.split()) == 3
            return (who.rpartition(" ")[0] if is_beat else who), tail
    return text, ""


def _signed(who: str, role: str) -> tuple[tuple[ParsedByline, ...], str | None] | None:
    employer = ""
    if people := agencies(who):
        return people, None
    if who.isupper() and " " not in who:
        return None  # "THE BRIDGE THAT CAME / BY BARGE"
    printed = who
    who = _BY_AGAIN.sub("", who, count=1) if who[:3].casefold() == "by " else who
    who = _GENERATION.sub(" ", _DEGREES.sub("", _LEADING_STAFF.sub("", who)))
    who = who.replace(", in ", " in ")
    who = _STAMP_WORD.sub("", who)
    if part := _AFFILIATION.fullmatch(who):
        employer = trim(part["bracketed"] or part["employer"] or part["agency"])
        who, employer = part["who"].rstrip(" |/,"), employer.removeprefix("the ")
    else:
        who, employer = _without_tail(who)
    if _DEGREES.fullmatch(f" {employer}"):
        employer = ""  # "Li Na (PhD)"
    if ":" in employer:  # "By Li Na (Photo: Wu Gang)"
        others, people = _sign_clause(employer), _people(who, role)
        return ((*people, *others[0]), others[1]) if others and people else None
    if employer and is_post(employer):
        paper = _EMPLOYED.sub("", employer, count=1)
        employer = paper if paper != employer and looks_like_paper(paper) else ""
    if is_post(f"by {printed}") and (" " not in who or _POST_WORD.match(who)):
        return None
    people = _people(re.sub(r"\s*[/|]\s*", " and ", who), role)
    if not people:
        return None
    if employer and not looks_like_paper(employer) and not is_masthead(employer):
        return (*people, ParsedByline(employer, records.AGENCY)), None
    return people, employer or None


def agencies(text: str) -> tuple[ParsedByline, ...]:
    bare = _BY_WIRE.sub("", unbracketed(text)).rstrip(".—–- ")
    if not _AGENCIES.fullmatch(bare):
        return ()
    names = re.findall(AGENCY, bare, re.IGNORECASE)
    return tuple(ParsedByline(name, records.AGENCY) for name in names)


def bare_names(text: str) -> tuple[ParsedByline, ...]:
    """Names in a line of their own; each has two to five words, all with capitals."""
    bare = _CALLED.sub("", trim(text))
    if len(bare) > _LONGEST_NAME or re.search(r"[\d:!?]", bare.replace("?a", "")):
        return ()
    signed = _signed(bare, records.REPORTER)
    people = signed[0] if signed else ()
    own = [one for one in people if one.role != records.AGENCY]
    if (
        len(people) > len(own)
        and not looks_like_paper(people[-1].name)
        and not agencies(people[-1].name)
    ):
        return ()
    return people if own and all(_is_full_name(one.name) for one in own) else ()


# A pupil's class, and how a reader wants to be called: "Li Na (5B)", "Li Na (Ms)".
_CALLED = re.compile(
    r"\s?[(](?:\d{1,2}[A-Z]?|(?:Form|Grade|Year) \d{1,2}|M[dmrs]{1,2}s?|Dr)\.?[)]$"
)


def is_post(text: str) -> bool:
    """Whether a line only says whom a writer works for: "City Staff Writer", "Special to …"."""
    bare = text.strip("()[] ,.")
    is_person = bare[:5] in ("From ", "FROM ") and bare_names(bare[5:])
    return len(text) <= 80 and not is_person and bool(_POST_LINE.fullmatch(bare))


def employer(text: str) -> str:
    """The paper of "Of the Harbor Sentinel"; "" for a post without any."""
    name = _EMPLOYED.sub("", text.strip("()[] ,."), count=1)
    return name if name != text and looks_like_paper(name) else ""


def _is_full_name(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 5 and not any(map(_NO_NAME.fullmatch, words))


_COMPANY = re.compile(
    r"(?:[\w.&’'-]+,? ){1,6}(?:limited|ltd|inc|corp(?:oration)?|llc|plc|holdings|company)\.?",
    re.IGNORECASE,
)


def names_company(text: str) -> bool:
    """Whether a line is but a company's name: "Harbor Media Limited"."""
    return text[:1].isupper() and bool(_COMPANY.fullmatch(text))


# Words that no person's name has.
_NO_NAME = re.compile(
    r"the|an?|of|to|for|with|at|from|as|is|are|in|on|by|or|not|this|that|our|your|you|we|more|how"
    r"|why|what|when|where|who|daily|times|news|world|china|beijing|shanghai|home|day|city|new"
    r"|people|life|time|years?|state|national|international|south|north|east|west|edition"
    r"|newspaper|online|print|section|pages?|plus|staff|reports?|reporter|correspondent|special"
    r"|issue|magazine|column|editorial|photos?|video|read|later|text|story|shut|shar(?:e|ing)"
    r"|cop(?:y|ied)|links?|print|e-?mail|click|menu|search|log|about|today['’]?s?|papers?|media"
    r"|group|comments?|politics|tweet|like|follow|download|voice|network|bureau|desk|agency"
    r"|services?|newspapers|tribune|herald|gazette|chronicle|inquirer|courier|journal|publishing"
    r"|university|department|ministry|council|club|association|office|affairs|foreign|committee"
    r"|government|japan|korea|singapore|malaysia|taiwan|listen|live|hide|show|captions?|index"
    r"|headlines|latest|football|named|limited|ltd\.?|inc\.?|corp(?:oration)?\.?|llc|plc|holdings"
    r"|company",
    re.IGNORECASE,
)


def _is_place_behind(name: str, word: str) -> bool:
    """ "Li Na, Zhanjiang": nobody signs with one word behind a full name."""
    return (
        " " in name
        and " " not in word
        and name.isupper() == word.isupper()
        and not looks_like_paper(name)
    )


def _people(text: str, role: str) -> tuple[ParsedByline, ...]:
    """ "Li Na and Wang Wei in Beijing" -> both, from Beijing; () if a part is no name."""
    people: list[ParsedByline] = []
    waiting = 0  # names whose place is still to come
    for group in _GROUP.split(text):
        names, _in, place = group.partition(" in ") if " in " in group else group.partition(" IN ")
        place = trim(place.strip(","))
        parts = re.split(r",\s*", trim(names))
        if not place and len(parts) > 1 and _is_place_behind(parts[0], parts[-1]):
            place = parts.pop()
        for name in parts:
            name = trim(name)
            if is_post(name) or (people and (looks_like_paper(name) or known_outlet(name))):
                continue  # the role says it, or whom they work for
            if len(name) > _LONGEST_NAME or not re.fullmatch(rf"{_NAME}|{_NAME_IN_HAN}", name):
                return ()
            people.append(
                ParsedByline(name, records.AGENCY if re.fullmatch(AGENCY, name) else role)
            )
            waiting += 1
        if place:
            if not waiting or not re.match(rf"[{UPPER}]", place):
                return ()
            people[-waiting:] = [replace(byline, place=place) for byline in people[-waiting:]]
            waiting = 0
    return tuple(people)
