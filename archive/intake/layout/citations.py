"""Lines that say where and when a story was printed, and by whom: citations and web stamps.

"(China Daily 09/22/2015 page17)", "By Li Na in Beijing | China Daily | Updated: 2019-05-06 09:12",
"2014年09月15日 16:04　来源：中国新闻网". A line is cut at its dates, page numbers and bars; it is
a citation if every piece is something that such lines hold.
"""

import re
from dataclasses import dataclass, field, replace

from archive.intake.layout import bylines, furniture
from archive.intake.layout.lines import Line, fold, is_chinese, trim
from archive.intake.layout.stamps import PageMark, Stamp, find_pages, find_stamps
from archive.intake.mastheads import is_masthead, looks_like_paper
from archive.intake.records import ParsedByline

_LONGEST = 300
# Between the pieces of a line. A label or "By" starts a piece without any mark.
_CUT = re.compile(
    r"\s*[|丨>]+\s*|\s{2,}|\s*[()\[\]【】《》;]\s*|\t|(?<=\S)\s{0,2}(?="
    r"(?:Source|From|Author|Editor|Web [Ee]ditor|Publication|Section|来源|作者|编辑|责任编辑"
    r"|责编|记者|通讯员|"
    r"稿源|字号|版次|版面|参与互动|查看)\s?[:：])|\s(?=By [A-Z]|(?:本报|特约)?(?:记者|通讯员)\s)"
)
_EDGES = ' \t\u00a0\u3000,.:;·•-–—_/、，。：；|"“”'
_NOISE = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|(?:星期"
    r"|周)[一二三四五六日天]"
    r"|\(?(?:beijing|local) time\)?|gmt ?[+-]?\d*(?::?00)?|hkt|北京时间|\d{1,6}|at|on|in|and|版"
    r"|上|date|time|日期"
    r"|时间|first|last|published|posted|updated|发布|更新|发布时间|据|见报|原载|摘自|刊于|转自"
    r"|来源|稿源|source|作者|print(?: edition)?)",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:(?:source|from|publication|newspaper)\s?:|(?:文章|稿件|新闻|信息)?(?:来源|稿源|源自"
    r"|来自|报纸|报刊)\s?:|据\s?:?)"
    r"\s*(?P<name>\S.*)",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(?:section|栏目|版面|版次|频道)\s?:\s*(?P<name>\S.{0,30})", re.IGNORECASE)
_PAGE_CODE = re.compile(r"(?P<page>[A-H]{1,2}\d{1,3})\s?版?\s?[:：]?\s*(?P<section>\D{0,16})")
_AFTER_PAGE = re.compile(r"\D{1,12}")
_EDITION = re.compile(
    r"(?:USA?|UK|Europe(?:an)?(?: Weekly)?|Africa(?:n)?(?: Weekly)?|Asia(?: Weekly)?|HK|Hong Kong"
    r"|Overseas|Global|[A-Z]\w+ [Ee]dition|海外版|香港版|国际版|欧洲版|美国版|.{1,6}版)"
)
# A sentence without a digit, bracket, bar or colon cites nothing.
_MAY_CITE = re.compile(r"[\d〇○一二三四五六七八九()\[\]【】《|:>]")
_BRACKETED = re.compile(r"[(\[【](?P<inside>[^()\[\]【】]*)[)\]】]\.?")
_OPENERS = {")": "(", "]": "[", "】": "【"}


@dataclass
class Citation:
    """What a line says about the printing. `left` holds its words that have no field."""

    publication: str | None = None
    # Only named as the source of the text, such as an agency's.
    source: str | None = None
    stamps: list[Stamp] = field(default_factory=list)
    page: str | None = None
    section: str | None = None
    signatures: list[ParsedByline] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    # "Source: …", "来源：…": the words say what they are.
    is_labelled: bool = False
    # In brackets or with a page: the paper's own citation and no web page's stamp.
    is_printed: bool = False
    # A paper's name alone on a line: it may be a kicker or a subhead, too.
    is_name_only: bool = False


def read_citation(line: Line) -> Citation | None:
    """The citation that a whole line is, or None."""
    text = line.folded
    if len(text) > _LONGEST or (line.ends_sentence and not _MAY_CITE.search(text)):
        return None
    stamps, pages = list(find_stamps(text)), list(find_pages(text))
    bracketed = bool(_BRACKETED.fullmatch(text.strip()))
    found = Citation(stamps=stamps, page=pages[0].page if pages else None)
    unknown = _read_pieces(line, _cut(text, stamps, pages), found, bool(stamps or pages))
    found.is_printed = bool(stamps) and (bracketed or bool(pages))
    if unknown and not _may_leave(unknown, line, found, bracketed=bracketed):
        return None
    found.left += unknown
    found.left += [stamp.printed for stamp in stamps if stamp.day is None]
    if stamps:
        return found
    found.is_name_only = not (pages or found.is_labelled or found.section)
    if found.is_name_only and not (found.publication and not found.signatures):
        return None
    if found.is_name_only and bracketed:
        return found if is_masthead(found.publication or "") else None
    return found if not found.is_name_only or not line.ends_sentence else None


def _cut(text: str, stamps: list[Stamp], pages: list[PageMark]) -> list[tuple[int, int]]:
    """Where the pieces between dates, page numbers and separators are."""
    taken = sorted(
        [(one.start, one.end) for one in stamps] + [(one.start, one.end) for one in pages]
    )
    pieces, at = [], 0
    for start, end in (*taken, (len(text), len(text))):
        if start > at:
            last = at
            for cut in _CUT.finditer(text, at, start):
                pieces.append((last, cut.start()))
                last = cut.end()
            pieces.append((last, start))
        at = max(at, end)
    return pieces


def _read_pieces(
    line: Line, pieces: list[tuple[int, int]], found: Citation, is_dated: bool
) -> list[str]:
    """Reads each piece into `found`; returns those that no citation has."""
    unknown = []
    for start, end in pieces:
        printed = line.text[start:end].strip(_EDGES)
        if printed and not _read_piece(printed, found, is_dated=is_dated):
            parts = printed.split() if is_chinese(printed) else []
            for part in parts if len(parts) > 1 else [printed]:
                if len(parts) < 2 or not _read_piece(part, found, is_dated=is_dated):
                    unknown.append(part)
    return unknown


def _read_piece(printed: str, found: Citation, *, is_dated: bool) -> bool:
    """Whether a citation may hold the piece; what it says goes into `found`."""
    text = fold(printed)
    if _NOISE.fullmatch(text):
        return True
    if match := _SECTION.fullmatch(text):
        found.section = printed[match.start("name") :]
        return True
    if match := _SOURCE.fullmatch(text):
        return _read_source(trim(printed[match.start("name") :]), found)
    if editors := bylines.desk_editors(printed):
        found.left.append(editors)
        return True
    agencies = bylines.agencies(printed)
    if agencies and not is_masthead(printed):
        found.source = found.source or agencies[0].name
        return True
    if looks_like_paper(text) and not (found.publication and is_dated is False):
        _add_paper(printed, found)
        return True
    if found.publication and _EDITION.fullmatch(text):
        found.publication = f"{found.publication} {printed}".strip()
        return True
    if signature := bylines.sign(printed):
        found.signatures += signature.bylines
        found.publication = found.publication or signature.publication
        return True
    if is_dated and (match := _PAGE_CODE.fullmatch(text)):
        found.page = found.page or match["page"]
        found.section = found.section or trim(printed[match.start("section") :]) or None
        return True
    if furniture.is_furniture(printed):
        found.left.append(printed)
        return True
    if is_dated:
        return _read_dated_piece(printed, text, found)
    return False


def _read_dated_piece(printed: str, text: str, found: Citation) -> bool:
    """What only a line with a date or page number may hold."""
    if found.page and is_chinese(printed) and _AFTER_PAGE.fullmatch(text) and not found.section:
        found.section = printed
        return True
    if _EDITION.fullmatch(text) and not furniture.is_furniture(text):
        found.publication = printed
        return True
    if people := bylines.bare_names(printed):
        found.signatures += people
        return True
    parts = [trim(part) for part in printed.split(",")]
    return len(parts) > 1 and all(
        not part or _read_piece(part, found, is_dated=True) for part in parts
    )


def _read_source(name: str, found: Citation) -> bool:
    """ "Source: Xinhua" ; a paper's name is the publication."""
    if len(name) > 40 or (is_chinese(name) and re.search(r"\s", name)):
        return False
    found.is_labelled = True
    if is_masthead(name) or looks_like_paper(fold(name)):
        _add_paper(name, found)
    else:
        found.source = found.source or name
    return True


def _add_paper(name: str, found: Citation) -> None:
    if found.publication is None:
        found.publication = name
    elif name not in found.publication:
        found.left.append(name)


def _may_leave(unknown: list[str], line: Line, found: Citation, *, bracketed: bool) -> bool:
    """Whether the line is a citation although it has words that citations don't have."""
    if line.ends_sentence and not bracketed:
        return False
    size = sum(map(len, unknown))
    if found.stamps and size <= 20 and re.search(r"\s{3,}", line.text):
        return True
    is_labelled = any(stamp.at or stamp.kind != "plain" for stamp in found.stamps)
    share = size / max(1, len(line.text))
    if found.stamps and re.search(r"[|｜]", line.text) and not line.ends_sentence:
        return True
    return is_labelled and (size <= 12 or share < 0.45) and size <= 40


def split_citation(line: Line) -> tuple[Line, Line, Citation] | None:
    """A paragraph and the citation in brackets that ends it, or None."""
    text = line.folded.rstrip()
    start = text.rfind(_OPENERS.get(text[-1:], "\0"))
    if start <= 0 or len(text) - start > _LONGEST:
        return None
    tail = line.part(start)
    citation = read_citation(tail)
    if citation is None or not citation.stamps or not (citation.publication or citation.page):
        return None
    return line.part(0, start), tail, citation


def merged(citations: list[Citation]) -> Citation:
    """The story's own citation: what several lines, the best first, say of it together."""
    best = Citation()
    for citation in citations:
        best = replace(
            best,
            publication=best.publication or citation.publication,
            source=best.source or citation.source,
            page=best.page or citation.page,
            section=best.section or citation.section,
        )
    return best


def rank(citation: Citation) -> tuple[bool, bool, bool]:
    """Sorts the paper's own citation first, then a site's stamps, then names alone."""
    return (not citation.is_printed, citation.is_name_only, not citation.stamps)
