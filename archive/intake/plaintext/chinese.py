"""Chinese newspaper forms: "本报记者 李娜", "本报湛江9月22日电", "图为湛江港。李娜 摄"."""

import re

from archive.intake import records
from archive.intake.mastheads import is_masthead
from archive.intake.plaintext.grammar import Grammar, Opening, Signature, trim
from archive.intake.records import ParsedByline
from archive.text.language import CHINESE

_HAN = r"[\u3400-\u9fff]"
_NAME = rf"(?:{_HAN}{{2,4}}(?:·{_HAN}{{1,8}})*|[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){{0,3}})"
_AGENCY_NAMES = (
    r"(?:新华社|新华网|中新社|中国新闻社|中新网|人民网|中国日报网?|人民日报|法新社|路透社|美联社)"
)
_ARCHIVE = r"(?:视觉中国|人民视觉|东方IC|人民图片|影像中国|资料图片?|资料照片|图片资料)"
_OWN = r"(?:本报|本刊|本网|我报)"
_KIND = r"(?:驻\S{2,8}?|特约|特派|实习|见习|首席|高级|摄影|图片|文字|融媒体|全媒体)*"
_ROLE = (
    r"(?:记者|通讯员|特派员|撰稿人|撰稿|责任编辑|责编|编辑|编译|翻译|作者|撰文|执笔|文字|摄影|图文|"
    r"文|图|摄|译|采写)"
)
_MARKER = re.compile(
    rf"(?P<paper>{_OWN}|{_AGENCY_NAMES})?(?P<kind>{_KIND})(?P<role>{_ROLE})[:/]?"
    rf"(?P<name>{_NAME})?"
)
_ROLES = {
    "通讯员": records.CONTRIBUTOR,
    **dict.fromkeys(("责任编辑", "责编", "编辑"), records.EDITOR),
    **dict.fromkeys(("编译", "翻译", "译"), records.TRANSLATOR),
    **dict.fromkeys(("摄影", "图", "摄"), records.PHOTOGRAPHER),
}
_SPACED_NAME = re.compile(rf"(?<!\S)({_HAN})[ \u3000]+({_HAN})(?!\S)")
_PLACE = re.compile(
    rf"(?:发自(?P<sent>{_HAN}{{2,8}})|(?P<place>{_HAN}{{2,8}})(?:摄影)?(?:综合)?(?:报道|电))"
)
_REPORTS = re.compile(r"(?:摄影|综合|联合|图文)?报道")
_LONGEST_WORD = 30
_BULLETS = "■□●◆◇▲△○※▌◎★☆ "
_TAKER = rf"(?:(?:{_OWN}|{_AGENCY_NAMES})?{_KIND}(?:记者|通讯员)?\s*{_NAME}(?:[\s、]+{_NAME})*)"
_GIVER = r"[\w·]{1,18}(?:局|办|社|部|公司|集团|委|中心|馆|厅|院|会|政府|港|校|大学|者)"
_CREDITS = (
    # 拍摄, 描绘 and 蓝图 end subheads, not credits.
    re.compile(rf"{_TAKER}\s*[/／]?\s*(?:(?<![拍统])摄|(?<!描)绘|制图|供图|文/图)"),
    re.compile(rf"{_TAKER}(?:\s+|\s*[/／]\s*)(?:图|摄影)"),
    re.compile(rf"(?:图片?由)?{_GIVER}\s*[/／]?\s*提供(?:图片)?|[\w·]{{2,20}}\s*供图"),
    re.compile(rf"{_AGENCY_NAMES}发?\s*[(（]\s*{_TAKER}\s*(?:摄影|摄)\s*[)）]"),
    re.compile(r"(?:图片?来源|图源|图片?|照片|摄影|供图|来源)\s*[:：/／]\s*[^。！？]{2,30}"),
    re.compile(rf"(?:{_AGENCY_NAMES}|{_ARCHIVE})(?:照片|图片|供图|发)?"),
)
_LABEL = re.compile(r"(?:图片说明|图注|图文|图|题图|压题图片)\s*[:：]\s*(?P<text>\S.*)", re.S)
_SHOWN = re.compile(r"[上下左右本]?图\s*[①-⑳0-9一二三四]*\s*(?:为|[:：])|图[①-⑳]")
_DATELINE = re.compile(
    rf"(?P<dateline>据?(?:{_OWN}|{_AGENCY_NAMES})(?:讯|消息|{_HAN}{{2,12}}?\d{{1,2}}月\d{{1,2}}日"
    rf"(?:专电|电|讯)|(?:专电|电)(?=[\s(（:：])))\s*(?:[(（](?P<who>[^()（）]{{2,40}})[)）])?[\s:：]*(?P<text>\S.*)",
    re.DOTALL,
)


class Chinese(Grammar):
    language = CHINESE
    longest_subhead = 25
    longest_standfirst = 150
    closers = "”’」』）)】]》\"' "
    endings = tuple("。！？…：；，、.!?:;,")
    credits = _CREDITS
    credit_start = re.compile(r"[。！？][”’」]?\s*(?=\S)|\s+(?=\S)|(?=[(（\[【])")

    def sign(self, text: str) -> Signature | None:
        bare = trim(text.strip("()（）[]【】")).lstrip(_BULLETS)
        bylines = _people(_normal(bare))
        if not bylines:
            return None
        papers = [b.name for b in bylines if b.role == records.AGENCY and is_masthead(b.name)]
        named = tuple(byline for byline in bylines if byline.name not in papers)
        return Signature(named or bylines, papers[0] if papers else None)

    def agencies(self, text: str) -> tuple[ParsedByline, ...]:
        bare = trim(text.strip("()（）[]【】")).removeprefix("据")
        if not re.fullmatch(rf"{_AGENCY_NAMES}(?:[\s、/]+{_AGENCY_NAMES})*", bare):
            return ()
        return tuple(ParsedByline(name, records.AGENCY) for name in re.findall(_AGENCY_NAMES, bare))

    def unlabel(self, text: str) -> str | None:
        if match := _LABEL.fullmatch(text):
            return match["text"]
        return text if _SHOWN.match(text) else None

    def open(self, text: str) -> Opening | None:
        match = _DATELINE.fullmatch(text)
        if not match:
            return None
        who = match["who"]
        bylines = _people(_normal(who)) if who else ()
        if who and not bylines:
            return None
        return Opening(match["dateline"], match["text"], bylines)


def _normal(text: str) -> str:
    """Spaces between names only: "王　伟" is one name, "记者：王伟、李娜" three words."""
    text = _SPACED_NAME.sub(r"\1\2", text)
    return re.sub(r"[\s、，,；;]+", " ", text.replace("：", ":").replace("／", "/")).strip()


def _people(text: str) -> tuple[ParsedByline, ...]:
    """ "本报记者 王伟 李娜 湛江报道" -> both, from 湛江; () if a word is neither role nor name."""
    people: list[ParsedByline] = []
    role, marked, place = records.REPORTER, False, None
    for word in text.split(" "):
        if len(word) > _LONGEST_WORD:
            return ()
        if (where := _PLACE.fullmatch(word)) and people:
            place = where["sent"] or where["place"]
        elif _REPORTS.fullmatch(word) and people:
            continue
        elif marker := _MARKER.fullmatch(word):
            is_photo = marker["role"] == "记者" and "摄影" in marker["kind"]
            role = (
                records.PHOTOGRAPHER if is_photo else _ROLES.get(marker["role"], records.REPORTER)
            )
            marked = True
            people += _named(marker, role)
        elif re.fullmatch(_NAME, word):
            people.append(ParsedByline(word, role))
        else:
            return ()
    if not marked:
        return ()
    return tuple(
        ParsedByline(b.name, b.role, place if b.role != records.AGENCY else None) for b in people
    )


def _named(marker: re.Match[str], role: str) -> list[ParsedByline]:
    """Another paper's writer brings the paper's name along; "本报" is the paper itself."""
    paper = marker["paper"]
    foreign = (
        [ParsedByline(paper, records.AGENCY)] if paper and not re.fullmatch(_OWN, paper) else []
    )
    return [*foreign, *([ParsedByline(marker["name"], role)] if marker["name"] else [])]
