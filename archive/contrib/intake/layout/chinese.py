"""Chinese newspapers' bylines, datelines and credits, in either script.

"本报记者 李娜", "本报湛江9月22日电", "【大公報記者方俊明廣州二十五日電】", "图为湛江港。李娜 摄".
"""

import re
from dataclasses import replace

import rjieba

from archive.contrib.intake import records
from archive.contrib.intake.layout.furniture import is_button, is_row_of_links
from archive.contrib.intake.layout.lines import fold, trim
from archive.contrib.intake.outlets import any_of, is_masthead, looks_like_paper
from archive.contrib.intake.records import ParsedByline
from archive.text import scripts
from archive.text.surnames import SIGNING

HAN = f"[{scripts.HAN}]"
NAME = rf"(?:{HAN}{{2,4}}(?:[·∙•・]{HAN}{{1,8}}){{0,3}}|[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){{0,3}})"
AGENCY_NAMES = any_of("agencies in Chinese")
ARCHIVE = rf"{any_of('picture agencies in Chinese')}(?: 资料)?"
OWN = r"(?:本报|本刊|本网|本台|本社|我报)"
PAPER = rf"(?:[\w·]{{1,12}}?{any_of('last words of papers in Chinese')})"
KIND = any_of("kinds of reporters in Chinese") + "{0,3}"
_HELPS = r"参与(?:采写|采访|报道|撰写|撰稿|写作)"
ROLE = (
    rf"(?:{_HELPS}|记者|通讯员|特派员|撰稿人|撰稿|责任编辑|责编|编辑|编译|翻译|译者|作者|撰文|执笔|文字|摄影|图片"
    r"|图文|文并图|文图|照片|评论员|实习生|通讯记者|供稿|文|图|摄|译|采写|采访|特写|口述|整理|撰|著"
    r"|报道(?=:))"
)
# "（李娜参与采写）", "实习生李娜对本文亦有贡献"
_HELPED = re.compile(
    r"(?:(?P<first>[^。:!?]{2,60}[\s;])(?=(?:记者|通讯员|实习生)\S))?"
    rf"(?P<who>[^。:;!?]{{2,60}}?)(?:{_HELPS}|(?:对[本此](?:文|报道))?[亦也]?有贡献)。?"
)
_TAKER = (
    rf"(?:(?:{OWN}|{AGENCY_NAMES}|{PAPER})?{KIND}(?:记者|通讯员)?\s?(?:{NAME}|{HAN}\s{HAN})"
    rf"(?:[\s、]{{1,2}}{NAME}){{0,4}})"
)
_GIVER = r"[\w·]{1,18}(?:局|办|社|部|公司|集团|委|中心|馆|厅|院|会|府|港|校|大学|者)"
CREDITS = (
    # 拍摄, 描绘 and 蓝图 end subheads, not credits.
    re.compile(
        rf"{_TAKER}\s?[/／]?\s?(?:(?<![拍统])摄|(?<=者..)摄影|(?<=者...)摄影|(?<!描)绘|制图|供图|提供|文/图)"
        r"(?:\s?\d{2,4}年\d{1,2}月\d{1,2}日)?"
    ),
    re.compile(
        rf"{_TAKER}\s?(?:摄|摄影)\s?[(](?:{ARCHIVE}|{AGENCY_NAMES}|[^()]{{2,8}}(?:社|网|报))[)]"
    ),
    re.compile(rf"{_TAKER}(?:\s{{1,2}}|\s?[/／]\s?)(?:图|摄影|影)"),
    re.compile(rf"(?:图片?由)?{_GIVER}\s?[/／]?\s?提供(?:图片)?|[\w·]{{2,20}}\s?供[图稿片]"),
    re.compile(rf"(?:{AGENCY_NAMES}|{PAPER})(?:记者|发)?\s?[(]\s?{_TAKER}\s?(?:摄影|摄)?\s?[)]"),
    re.compile(
        r"(?:图片?来源|图源|照片|摄影|供图|来源|摄)\s?[:/]\s?[^。!?]{2,30}"
        r"|图片?\s?[:/]\s?[^。!?，,、]{2,12}"
    ),
    re.compile(rf"(?:{_TAKER}\s?/\s?)?(?:{AGENCY_NAMES}|{ARCHIVE})(?:照片|图片|供图|资料图|发)?"),
    re.compile(rf"{HAN}{{2,8}}(?:全媒体|融媒体|新媒体)(?:记者|通讯员)(?:{NAME})?\s?[/／]?\s?摄影?"),
    re.compile(rf"(?:{OWN}|{PAPER})(?:资料|照片|图片|记者摄|摄|资料图片|资料照片|档案照片)"),
)
DESK = re.compile(
    rf"(?:(?:本文|本版|网络|值班|责任|执行|栏目|文字|视觉|美术)?(?:编辑|责编|编审|审核|校对|校审"
    rf"|审校|审稿|监制|统筹|策划|核稿|整理|排版|制作|美编|终审|初审|复审|主编|值班编委|版式"
    rf"|二审|三审"
    rf"|一审)"
    rf"\s?[:：/]?\s?(?:{HAN}{{2,4}}|{HAN} {HAN}|\w{{2,20}})(?:[\s、,]{{1,2}}(?:{HAN}{{2,4}}"
    rf"(?![:：])|{HAN} {HAN})){{0,4}}[\s;,、/|]{{0,3}}){{1,8}}"
    # "（英语角 Helen 编辑）"
    r"|(?:\S{2,10} )?\S{2,12} (?:责任)?编辑"
)
_PICTURE = (
    r"(?:(?:[配附插]|压?题)?(?:图片?|照片)(?:说明|解说|文字|注释?)?|图说|图文)"
    r"(?:\s?\d{1,2}\s?[幅张張帧幀])?"
)
LABEL = re.compile(rf"(?:{_PICTURE}\s?[:：]|[\[【]{_PICTURE}[\]】])\s?(?=\S)")
SHOWN = re.compile(
    r"[上下左右本]?图\s?[①-⑳0-9一二三四]{0,2}\s?(?:[(](?:资料图|左|右)[)])?(?:为|:)|图[①-⑳]"
    r"|图[①-⑳0-9]{1,2}\s|资料图|上图|下图|左图|右图|[▲△▼↑↓]"
)
# "某报网站的报道截图。" below a picture of a page.
SHOT = re.compile(r"(?:截图|示意图|效果图)[。.]?$")
# "1月8日，游客在……": how agencies begin a caption, and many a paragraph.
DATED = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日[,，]")

# "每经记者", "校訊記者": what stands before is a paper's short name.
_SHORT_PAPER = rf"(?:(?!{KIND}(?:记者|编辑)){HAN}{{2,4}}(?=记者|编辑))"
_MARKER = re.compile(
    rf"(?P<paper>{OWN}|{AGENCY_NAMES}|{PAPER}|{_SHORT_PAPER})?(?P<kind>{KIND})(?P<role>{ROLE})[:/]?"
    rf"(?P<name>{NAME}|(?<=:){HAN}{{4}}(?![院局部处社报网校台办队]){HAN})?"
)
_ROLES = {
    **dict.fromkeys(("通讯员", "读者"), records.CONTRIBUTOR),
    **dict.fromkeys(("责任编辑", "责编", "编辑"), records.EDITOR),
    **dict.fromkeys(("编译", "翻译", "译者", "译"), records.TRANSLATOR),
    **dict.fromkeys(("摄影", "图", "摄", "图片", "照片"), records.PHOTOGRAPHER),
}
# Who wrote and took the pictures: one role for a pair of words.
_BOTH = re.compile(r"(?:撰?文|采写)\s?[/、和及]\s?(?:图片?|摄影?)|(?:图片?|摄影)\s?[/、和及]\s?文")
# "《海边日报》记者", and the blank of a name in letters: "记者 May Chew".
_TITLE_MARKS = str.maketrans("", "", "《》")
_LATIN_SPACE = re.compile(r"(?<=[A-Za-z.]) (?=[A-Z][a-z.])")
# "采访·撰文：李娜"
_TWICE = re.compile(r"(?:采访|专访|访问|策划)\s?[、/·.•]\s?(?=撰?文|撰稿|整理|采写)")
# What parts two people, or a name from its place; the slash behind a role belongs to it.
_SLASH = re.compile(
    r"(?<![文图影写稿者辑员译])/(?![文图摄著撰])|[:/](?=[^ ]{0,16}?(?:记者|通讯员))"
)
# "王伟/文 李娜/图": each with what was done behind.
_SLASHED_ROLE = re.compile(
    rf"(?<={HAN}{{2}})(?<![文图影写稿者辑员译])\s?/\s?(?=(?:图文|文图|文|图|摄影|摄|译)(?:[\s、,;]|$))"
)
_GLUED = re.compile(
    rf"(?P<paper>{OWN}|{AGENCY_NAMES}|{PAPER}|{_SHORT_PAPER})?(?P<kind>{KIND})(?P<role>记者|特派员|通讯员"
    rf"|编译)"
    r"(?P<rest>.{2,24}(?:报[道导]|电))"
)
_SPACED_NAME = re.compile(
    rf"(?:(?<=[者员])|(?<![^\s:/、,]))((?![文图摄译著]){HAN})[ \u3000]{{1,2}}({HAN}{{1,2}})"
    r"(?![^\s、，,)])"
)
_PLACE = re.compile(
    rf"(?:发自(?P<sent>{HAN}{{2,8}})|(?P<place>{HAN}{{2,8}}?)(?:摄影)?(?:综合|即时|连线|专题"
    rf"|特稿)?"
    r"(?:报[道导]|电|专电))"
)
_REPORTS = re.compile(
    r"(?:摄影|综合|联合|图文|采访|专题|即时|整理|特别|外电|独家){0,2}报[道导]|(?:综合)?外电|整合|综合"
)
_LONGEST_WORD = 30
_BEHIND_NAMES = ("文", "图", "文图", "图文", "摄", "摄影", "译", "编译", "翻译", "著")
_BULLETS = "■□●◆◇▲△○※▌◎★☆⊙—- "
# "⊙记者 李娜 ○编辑 王伟"
_BEFORE_ROLE = re.compile(r"[■□●◆◇○◎★☆⊙](?=(?:本报|见习|实习)?(?:记者|编辑|通讯员|作者|摄影))")
# "记者◎李 娜　摄影◎王伟"
_ROLE_MARK = re.compile(rf"(?<=[者影文图辑摄道])\s?[◎○●☆★·•‧∙]\s?(?={HAN})")
# "海边日报/都会·报道：李娜·图片：王伟"
_CLAUSE_DOT = re.compile(r"[·•](?=(?:报[道导]|图片?|摄影|文字?)\s?:)")
_EDITION_BEFORE = re.compile(rf"({PAPER})/{HAN}{{2,6}}(?=[·•](?:报[道导]|文))")
# "据新华社电", "综合新华社报道"
_SENT_BY = re.compile(r"^(?:据|综合){1,2}|(?<=[社网])(?:电|消息|报[道导])$")
NUMBER = r"[\d一二三四五六七八九十廿卅]{1,3}"
SENT = r"(?:专电|快讯|急电|电|讯|消息|专讯|报[道导]|综合报[道导]|综合电|特稿)"
WHEN = re.compile(rf"(?P<place>{HAN}{{0,8}}?)(?P<when>(?:{NUMBER}月)?{NUMBER}日)?{SENT}")
_TOLD_OF = re.compile(r",(?:系|为|是|现|本名|原名|笔名)")
_BIO = re.compile(rf"[(【]?(?:本文)?作者(?:系|为|是|单位|简介|介绍)?[】:：]?\s?(?P<name>{NAME})?.*")


# "【本报讯】记者王伟": the paper's own news.
_UNSENT = re.compile(rf"^{OWN}讯[)】\]]?[\s:]*")


# "读者 李娜"; "读者来信" names nobody.
_READER = re.compile(r"(?:[^\s:,。]{2,12}\s)?读者(?:\s?:\s?|\s|[)\]]\s?)(?P<who>\S.{1,12})")
# Where a foreign author is from: "[英] 李娜 著", "（美）李娜".
_NATION = re.compile(rf"[\[(【]\s?(?![文图摄译撰著]){HAN}\s?[\])】]\s?(?={HAN}|[A-Z])")


def sign(text: str) -> tuple[tuple[ParsedByline, ...], str | None] | None:
    bare = trim(fold(text))
    if bare[:3].casefold() in ("by ", "by:"):
        bare = trim(bare[3:])
        if named := bare_names(bare):
            return tuple(as_printed(one, text) for one in named), None
    bare = _NATION.sub("", bare).strip("()[]【】 ").lstrip(_BULLETS)
    if reader := _READER.fullmatch(bare):
        named = bare_names(reader["who"])
        people = tuple(replace(as_printed(one, text), role=records.CONTRIBUTOR) for one in named)
        return (people, None) if people else None
    if helped := _HELPED.fullmatch(bare):
        who = normal(helped["who"])
        people = people_of(who) or people_of(f"记者 {who}")
        first = people_of(normal(helped["first"] or ""))
        folded = (*first, *(replace(one, role=records.ADDITIONAL) for one in people))
    else:
        folded = people_of(normal(_UNSENT.sub("", bare)))
    if not folded:
        return None
    people = tuple(as_printed(byline, text) for byline in folded)
    papers = [
        one.name
        for one in people
        if one.role == records.AGENCY
        and looks_like_paper(one.name)
        and not (re.fullmatch(AGENCY_NAMES, fold(one.name)) and not is_masthead(one.name))
    ]
    named = tuple(byline for byline in people if byline.name not in papers)
    return named or people, papers[0] if papers else None


def as_printed(byline: ParsedByline, text: str) -> ParsedByline:
    """The names in the characters of the text: matching folds 記 into 记."""
    place = _printed(byline.place, text) if byline.place else None
    return ParsedByline(_printed(byline.name, text), byline.role, place)


def _printed(found: str, text: str) -> str:
    at = fold(text).find(found)
    return text[at : at + len(found)] if at >= 0 else found


def agencies(text: str) -> tuple[ParsedByline, ...]:
    bare = _SENT_BY.sub("", trim(fold(text).strip("()[]【】")))
    if not re.fullmatch(rf"{AGENCY_NAMES}(?:[\s、/]{{1,2}}{AGENCY_NAMES}){{0,4}}", bare):
        return ()
    names = re.findall(AGENCY_NAMES, bare)
    return tuple(ParsedByline(_printed(name, text), records.AGENCY) for name in names)


def bare_names(text: str) -> tuple[ParsedByline, ...]:
    """Two to four characters each, the first a usual surname: "王伟 李娜"."""
    names = normal(trim(fold(text).strip("()[]")).lstrip(_BULLETS)).split(" ")
    if len(names) > 6 or not all(is_name(name) for name in names):
        return ()
    return tuple(as_printed(ParsedByline(name), text) for name in names)


# "（邮电局 姜红）": where somebody works stands before the name.
_OF_UNIT = re.compile(
    rf"(?P<unit>[^\s,。:;!?]{{1,14}}(?:局|厂|办|社|部|公司|集团|委|中心|馆|厅|院|会|府|港|校|所|站|队|店|矿|场"
    rf"|段|处|科|班|组|大学|中学|小学|[市县区乡镇村连团营]))\s{{1,2}}(?P<name>{HAN}(?:\s?{HAN}){{1,2}})"
)


def names_of_unit(text: str) -> tuple[ParsedByline, ...]:
    """Who writes to a paper from where they work: "邮电局 姜红"."""
    match = _OF_UNIT.fullmatch(trim(fold(text)))
    name = "".join(match["name"].split()) if match else ""
    if not match or not is_name(name) or people_of(normal(match["unit"])):
        return ()
    return (as_printed(ParsedByline(name, records.CONTRIBUTOR), text),)


def is_name(text: str) -> bool:
    if re.fullmatch(rf"{HAN}{{1,8}}[·∙•・]{HAN}{{1,8}}", text):
        return True
    is_short = 2 <= len(text) <= 3 and bool(re.fullmatch(rf"{HAN}+", text))
    return is_short and text[0] in SIGNING and not names_nobody(text)


def names_before_place(rest: str) -> tuple[list[tuple[int, int]], int]:
    """Where the names are in "方俊明、盧靜怡廣州二十五日電", and where they end."""
    names: list[tuple[int, int]] = []
    at = 0
    for match in re.finditer(
        rf"(?<!{HAN}){HAN}\s{{1,2}}{HAN}{{1,2}}(?=[、,，])|[^\s、,，/]+", rest
    ):
        word, start = "".join(match[0].split()), match.start()
        if (
            re.fullmatch(rf"{HAN}{{2,4}}(?:[·∙•・]{HAN}{{1,8}})?", word)
            and match.end() < len(rest)
            and not WHEN.fullmatch(word)
        ):
            names.append((start, match.end()))
            at = match.end()
            continue
        if names and (WHEN.fullmatch(rest[start:]) and not _is_name_led(word, rest, start)):
            return names, start
        length = _name_length(word)
        if not length:
            return (names, at) if names else ([], 0)
        names.append((start, start + length))
        return names, start + length
    return names, at


def _is_name_led(word: str, rest: str, start: int) -> bool:
    """Whether the word after "、" is a name with the place behind it."""
    separator = rest[start - 1 : start]
    return separator in "、,，" and bool(_name_length(word))


def _name_length(word: str) -> int:
    """How many of the word's first characters are a name, a place following; 0 for none."""
    match = WHEN.search(word)
    head = word[: match.start("when")] if match and match["when"] else re.sub(rf"{SENT}$", "", word)
    if len(head) <= 3:
        return len(head)
    return 3 if len(head) >= 5 else 2


def normal(text: str) -> str:
    """Spaces between names only: "王　伟" is one name, "记者：王伟、李娜" three words."""
    text = _NATION.sub("", _TWICE.sub("", fold(text).translate(_TITLE_MARKS)))
    text = _LATIN_SPACE.sub("_", text)
    text = _CLAUSE_DOT.sub(" ", _EDITION_BEFORE.sub(r"\1", text) if "/" in text else text)
    text = _SPACED_NAME.sub(r"\1\2", _ROLE_MARK.sub(":", _BEFORE_ROLE.sub(" ", text)))
    text = _SLASHED_ROLE.sub(" ", text)
    text = _SLASH.sub(" ", re.sub(r"\s{0,2}([:/])\s{0,2}", r"\1", _BOTH.sub("文图", text)))
    return re.sub(r"[\s、，,;；|()【】\[\]&]+", " ", text).strip()


def people_of(text: str) -> tuple[ParsedByline, ...]:
    """ "本报记者 王伟 李娜 湛江报道" -> both, from 湛江; () if a word is neither role nor name."""
    people: list[ParsedByline] = []
    role, is_marked, place, waits = records.REPORTER, False, None, False
    # How many of the people have a place already: it stands behind them, before the next ones.
    placed = 0
    words = [word for word in text.split(" ") if not is_button(word)]
    if not words or max(map(len, words)) > _LONGEST_WORD or is_row_of_links(text):
        return ()
    # "李娜 文 王伟 图": where a role ends the line, each stands behind its name.
    is_behind = words[-1] in _BEHIND_NAMES
    for word in words:
        names = [one for one in people if one.role != records.AGENCY]
        if names and _REPORTS.fullmatch(word):
            is_marked = True
        elif names and (where := _PLACE.fullmatch(word) or WHEN.fullmatch(word)):
            is_marked = True
            if found := where.groupdict().get("sent") or where["place"]:
                people[placed:] = [_from(one, found) for one in people[placed:]]
                place, placed = found, len(people)
        elif glued := _unglued(word):
            people += glued[0]
            is_marked = True
            if glued[1]:
                people[placed:] = [_from(one, glued[1]) for one in people[placed:]]
                place, placed = glued[1], len(people)
        elif (marker := _MARKER.fullmatch(word)) and not _is_word(marker):
            named = _named(marker, _role(marker, role if waits else ""))
            role = named[-1].role if marker["name"] and named else _role(marker, role * waits)
            waits, is_marked = not marker["name"], True
            if names and waits and is_behind and word in _BEHIND_NAMES:
                people = [*people[:-1], replace(people[-1], role=role)]
            people += named
        elif re.fullmatch(rf"{AGENCY_NAMES}|{PAPER}|{HAN}{{2,6}}记者|{HAN}{{2,4}}讯", word):
            people.append(ParsedByline(word.removesuffix("记者"), records.AGENCY))
        elif re.fullmatch(NAME, word) or (is_marked and _is_long_name(word)):
            people.append(ParsedByline(word, role))
            waits = False
        else:
            return ()
    if not is_marked or all(one.role == records.AGENCY for one in people):
        return ()
    if any(names_nobody(one.name) for one in people):
        return ()
    people[placed:] = [_from(one, place) for one in people[placed:]]
    return tuple(replace(one, name=one.name.replace("_", " ")) for one in people)


def names_nobody(name: str) -> bool:
    """Whether it says what somebody is: 湛江人, 主持人. A dictionary knows people whose names end
    so (周树人), and no name is a noun with 人 behind it."""
    if not name.endswith("人"):
        return False
    parts = rjieba.tag(name)
    (first, kind), rest = parts[0], parts[1:]
    is_noun = not kind.startswith("nr") and len(first) > 1
    return is_noun and [word for word, _kind in rest] in ([], ["人"])


def _from(byline: ParsedByline, place: str | None) -> ParsedByline:
    """The person with where they write from; an agency writes from nowhere."""
    return byline if byline.role == records.AGENCY else replace(byline, place=place)


def _is_long_name(word: str) -> bool:
    """A name of five characters without a dot, as of Mongolians: 萨仁其其格."""
    return bool(re.fullmatch(rf"{HAN}{{5}}", word)) and not re.search(r"[报电讯供摄网社]", word)


def _unglued(word: str) -> tuple[list[ParsedByline], str | None] | None:
    """ "本报记者李娜广州报道": the names and the place of a word that has both."""
    match = _GLUED.fullmatch(word)
    spans, cut = names_before_place(match["rest"]) if match else ([], 0)
    if match is None or not spans:
        return None
    rest = match["rest"][cut:]
    where = _PLACE.fullmatch(rest) or WHEN.fullmatch(rest)
    if not where and not _REPORTS.fullmatch(rest):
        return None
    names = [ParsedByline(match["rest"][start:end]) for start, end in spans]
    return _named(match, records.REPORTER) + names, (where["place"] or None) if where else None


def _is_word(marker: re.Match[str]) -> bool:
    """Whether a role only begins a word, without any mark: "文化周刊", "图片默认标题"."""
    at = marker.end("role")
    if marker["role"] in ("图片", "照片") and len(marker["name"] or "") > 3:
        return marker.string[at] not in ":/"
    return bool(
        marker["name"] and marker["role"] in "文图摄译撰著" and marker.string[at] not in ":/"
    )


def _role(marker: re.Match[str], waiting: str) -> str:
    """The role that a marker gives; "图/本报记者 李娜" has the first one's."""
    if waiting and marker["role"] == "记者":
        return waiting
    role = records.ADDITIONAL if marker["role"].startswith("参与") else records.REPORTER
    return _ROLES.get(marker["role"], role)


def _named(marker: re.Match[str], role: str) -> list[ParsedByline]:
    """Another paper's writer brings the paper's name along; "本报" is the paper itself."""
    paper = marker["paper"]
    is_named = paper and re.fullmatch(rf"{AGENCY_NAMES}|{PAPER}", paper)
    is_foreign = is_named and not re.fullmatch(OWN, paper)
    foreign = [ParsedByline(paper, records.AGENCY)] if is_foreign else []
    name = marker.groupdict().get("name")
    # "文/本报记者 李娜": the name comes next.
    has_name = name and not is_post(name)
    return [*foreign, *([ParsedByline(name, role)] if has_name and name else [])]


def is_post(word: str) -> bool:
    """Whether a word says as what somebody signs, or for whom: "本报记者"."""
    return word.endswith(("记者", "通讯员", "通讯社", "记者站", "宣传部"))


def closing_author(text: str) -> str:
    """The name in "（作者李娜系湛江大学教授）"; "" for none."""
    match = _BIO.fullmatch(fold(text))
    name = match["name"] if match else None
    # "作者计然，系……": what follows says that it is a name.
    is_told = bool(name and _TOLD_OF.match(fold(text), match.end("name"))) if match else False
    return _printed(name, text) if name and (is_name(name) or is_told) else ""
