"""Lines that say where and when a story was printed, and by whom: citations and web stamps.

"(China Daily 09/22/2015 page17)", "By Li Na in Beijing | China Daily | Updated: 2019-05-06 09:12",
"2014年09月15日 16:04　来源：中国新闻网". A line is cut at its dates, page numbers and bars; it is
a citation if every piece is something that such lines hold.
"""

import re
from dataclasses import dataclass, field

from archive.contrib.intake.layout import bylines, furniture
from archive.contrib.intake.layout.lines import Line, fold, is_chinese, trim
from archive.contrib.intake.layout.stamps import PageMark, Stamp, find_pages, find_stamps
from archive.contrib.intake.outlets import any_of, is_masthead, is_outlet, looks_like_paper
from archive.contrib.intake.records import ParsedByline

_LONGEST = 300
# "A version of this article appears in print on March 4, 1997, on Page A14 …"
_APPEARED = re.compile(
    r"(?:a version of )?(?:this|the) (?:article|story|column) (?:was |is )?(?:first |originally )?"
    r"(?:appear|publish|print)",
    re.IGNORECASE,
)
# A database's "Prairie Star; Salina, Kan. [Salina, Kan]. 14 Sep 2006: B.4."
_LISTED = re.compile(r":\s?(?P<letter>[A-Z]{0,2})\.?(?P<number>\d{1,3})\.?")
# "Walters, Nora; Hay, Peter. ": who signs, before the paper.
_AUTHOR = r"[A-Z][\w’'-]+, [A-Z][\w’'-]+(?: [A-Z]\.?)?"
_AUTHORS = re.compile(rf"{_AUTHOR}(?:; {_AUTHOR})*\.?\s+(?=[A-Z])")
# "Walters, Nora B. The Prairie Star (1904-1982)"
_YEARS = re.compile(r"\s?[(]\d{4}\s?[-–]\s?(?:\d{4}|current[^()]*)?[)]", re.IGNORECASE)
_APPEARED_IN = re.compile(
    r" (?:of|in) (?P<name>(?:the )?[A-Z][\w’'&.-]*(?: (?:[A-Z][\w’'&.-]*|of|and|de)){0,5}?)"
    r"(?:['’]s)?(?= print| on | with | under | as |,|\.?$)"
)
# A list of works: “"A Bridge." Western Courier, 5 Mar. 1936, p. 14. Courier Digital Archive, …”.
_REFERENCE = re.compile(
    r"[\"“].{4,200}?[.,!?][\"”] (?P<name>[A-Z][^,.\[\"”]{2,60}?)(?: ?\[[^\[\]]{2,40}\])?, "
    # "李娜.江豚回来了[N].江南时讯,2020-09-14(006)."
    r"|.{4,120}\[N\]\s?\.\s?(?P<name2>[^,.\[\]]{2,20}),\s?(?=(?:19|20)\d\d)"
)
_ISSUE_PAGE = re.compile(r"\s?\((?P<page>[A-Z]?\d{1,3})\)")
# A library's "The Star. [volume] (Ogden, Utah) 1902-1911, April 19, 1908, Page 3, Image 3",
# "The Beacon (Darwin, NT : 1921 - 1954), Saturday 14 March 1931, page 7", and a database's
# "Daily Tidings (OR) - Wednesday, May 3, 2006".
_CATALOGUED = re.compile(
    r"(?P<name>[A-Z][A-Za-z .'’&-]{2,60}?)\.? (?:\[volume\] )?[(](?P<place>[^()]{2,50})[)]"
    r"(?: \d{4}-(?:\d{4}|current))?(?:,? |, | - |$)"
)
_PLACE_OR_YEARS = re.compile(r"[A-Z]{2}|.+\d{4}\s?-\s?(?:\d{4}|current)|[A-Z][\w .]+, [A-Z][\w .]+")
# A database's "报章 | A12 | 经济观察 | By 李娜".
_LISTED_PAGE = re.compile(
    r"(?:报[章纸]\s*\|\s*)?(?P<page>[A-Z]{1,2}\d{1,3})\s*\|\s*(?P<section>[^|\d]{2,12}?)"
    r"(?:\s*\|\s*(?P<column>(?!By\s|\s)[^|\d]{2,12}?))?"
    r"(?:\s*\|\s*By\s(?P<name>[^|\d]{2,30}))?"
)
# "Print E-mail China Daily, August 11, 2015"
_BUTTONS = re.compile(r"(?:(?:print|e-?mail|share|save|comments?) ){1,4}(?=[A-Z])", re.IGNORECASE)
# Between the pieces of a line. A label or "By" starts a piece without any mark.
_CUT = re.compile(
    r"\s*[|>]+\s*|\s{2,}|\s(?:--|[—–•·●*/])\s|\s*[()\[\]【】《》;]\s*|\t|(?<=\S)\s{0,2}(?="
    r"(?:Source|From|Author|Editor|Web [Ee]ditor|Publication|Section"
    r"|(?<!文章)(?<!稿件)(?<!本文)(?<!信息)(?<!新闻)来源|作者|编辑|责任编辑"
    r"|责编|记者|通讯员|"
    r"稿源|字号|版次|版面|参与互动|查看)\s?[:：])|\s(?=By [A-Z]"
    r"|(?:(?:19|20)\d\d年)?总?第?\d{1,5}期|(?:本报|特约)?(?:记者|通讯员)\s)"
)
# What every cut has, and few sentences.
_MAY_CUT = re.compile(r"[|>()\[\]【】《》;\t:：期]|\s\s|\s(?:--|[—–•·●*/])|\sBy |[者员]\s")
# A line that is cut into pieces by bars, dots or wide gaps is made for the eye, not a sentence.
_MADE = re.compile(r"[|｜丨]|\s(?:--|[—–•·●*/])\s|\s{3,}|\u3000|\S\s{2}\S+\s{2}\S")
_TITLE_WORD = re.compile(r"[A-Z&\d]|(?:of|the|and|for|in|de|la)$")
_LONGEST_TITLE = 40
_EDGES = ' \t\u00a0\u3000,.:;·•*-–—_/、，。：；|"“”'
_NOISE = furniture.any_of("between")
_SOURCE = re.compile(
    r"(?:(?:source|from|publication|newspaper)\s?:|(?:文章|稿件|新闻|信息|本文)?(?:来源|稿源|源自"
    r"|来自|报纸|报刊)\s?[:/]|据\s?:?(?=.{2,12}$))"
    r"\s*(?P<name>\S.*)",
    re.IGNORECASE,
)
# "Source: …", "资料来源：…" as a line of its own: whose words, or whose figures, these are. Whose
# report it is says "文章来源".
_ORIGIN = re.compile(
    r"[(\[【]?(?:(?:[a-z]+ ){0,2}sources?|(?:(?!文章|稿件|本文)[\u3400-\u9fff]{2,4})?[来來]源)"
    r"\s?[:/]\s*(?P<name>[^|]*?)[.。)\]】]*",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(?:section|栏目|版面|版次|频道)\s?:\s*(?P<name>\S.{0,30})", re.IGNORECASE)
_PAGE_CODE = re.compile(
    r"(?P<page>[A-H]{1,2}\d{1,3}|\d{1,2}[A-H])\s?版?\s?[:/]?\s*(?P<section>\D{0,16})"
)
_PRINTED_IN = re.compile(
    r"(?:as |first |originally )?(?:published|printed|appeared) in |\s(?:on|at)$", re.IGNORECASE
)
_EDITION = re.compile(any_of("editions"))
# A sentence without a digit, bracket, bar or colon cites nothing.
_MAY_CITE = re.compile(r"[\d〇○一二三四五六七八九()\[\]【】《|:>]")
_BRACKETED = re.compile(r"[(\[【](?P<inside>[^()\[\]【】]*)[)\]】]\.?")
# "6      THE DAVIDSONIAN, APRIL 19, 1991": the number at a page's edge.
_LONGEST_SECTION, _LONGEST_HAN_SECTION = 24, 6
_EDGE_PAGE = re.compile(r"(?P<first>\d{1,3})\s{3,}.*|.*\s{3,}(?P<last>\d{1,3})")
_GLUED_PAGE = re.compile(r"P[A-Z]")
_BARE_NUMBER = re.compile(r"[1-9]\d?")
_BARE_PAGE = re.compile(r"[A-Z]?\d{1,3}[A-Z]?")
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
    # The pieces that sign, as printed.
    signed: list[str] = field(default_factory=list)
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
    if furniture.is_menu(text):
        return None
    stamps = list(find_stamps(text))
    pages = list(find_pages(text, is_dated=bool(stamps)))
    if told := _read_told(line, stamps, pages):
        return told
    bracketed = bool(_BRACKETED.fullmatch(text.strip()))
    found = Citation(stamps=stamps, page=pages[0].page if pages else None)
    if stamps and not pages and (edge := _EDGE_PAGE.fullmatch(text)):
        found.page = (edge["first"] or edge["last"]).lstrip("0") or None
    cut = (line.text[start:end].strip(_EDGES) for start, end in _cut(text, stamps, pages))
    pieces = [printed for one in cut if (printed := _PRINTED_IN.sub("", one))]
    is_prose = line.ends_sentence and not (stamps or pages or bracketed)
    if is_prose and not any(map(_is_labelled, pieces)):
        return None  # Nothing else of a sentence tells where it was in print.
    unknown = _read_pieces(pieces, found, bool(stamps or pages))
    found.is_printed = bool(stamps) and (bracketed or bool(pages) or _is_listed(line, found))
    _take_paper(unknown, line, found)
    _take_section(unknown, line, found, pages)
    _take_signer(unknown, line, found)
    if found.section and re.search(rf"{re.escape(found.section)}\s?[(（]\s?\d*\s?[)）]", line.text):
        found.left.append(found.section)  # "评论(26)" counts comments.
        found.section = None
    if buttons := _BUTTONS.match(found.publication or ""):
        found.publication = (found.publication or "")[buttons.end() :]
        found.left.append(buttons[0].strip())
    if unknown and not _may_leave(unknown, line, found, bracketed=bracketed):
        return None
    found.left += unknown
    found.left += [line.text[one.start : one.end] for one in stamps if one.day is None]
    if stamps:
        return found
    found.is_name_only = not (found.page or found.is_labelled or found.section)
    if found.is_name_only and (not found.publication or found.signatures):
        return None
    if found.is_name_only and bracketed:
        return found if is_masthead(found.publication or "") else None
    return found if not found.is_name_only or not line.ends_sentence else None


def tells_origin(line: Line) -> bool:
    """Whether it is a "Source: …" that names nobody who prints stories, as below a table."""
    match = _ORIGIN.fullmatch(line.folded.strip())
    if match is None:
        return False
    cited = read_citation(line)
    name = (cited and (cited.publication or cited.source)) or match["name"]
    is_dated = cited and (cited.stamps or cited.page)
    return not (is_outlet(name) or bylines.agencies(name) or is_dated)


def read_signed(text: str) -> Citation | None:
    """What a byline with a day in it says: "Li Na | Harbour Times | May 6, 2019"."""
    every = (read_citation(Line(0, printed)) for printed in (text, f"By {text}"))
    return next((one for one in every if one and one.signatures and one.stamps), None)


def _read_told(line: Line, stamps: list[Stamp], pages: list[PageMark]) -> Citation | None:
    """The citation of a line that has one of these forms: a sentence on where the story was in
    print, a reprint's source, a database's list, a numbered section, a paper with its place.
    """
    text = line.folded
    if _APPEARED.match(text.lstrip("*•· ([")):
        return _read_appeared(line, stamps, pages)
    if stamps and (listed := _LISTED.fullmatch(text[stamps[-1].end :])) and ";" in text:
        led = _AUTHORS.match(text)
        start = led.end() if led and ";" in text[led.end() :] else 0
        name = trim(_YEARS.sub("", line.text[start : text.index(";", start)]))
        page = f"{listed['letter']}{listed['number']}"
        names = _turned(line.text[:start]) if start else []
        return Citation(
            publication=name, stamps=stamps, page=page, signatures=names, is_printed=True
        )
    if stamps and (named := _REFERENCE.search(text) or _catalogued(text)):
        is_second = bool(named.groupdict().get("name2"))
        name = line.text[slice(*named.span("name2" if is_second else "name"))]
        own = pages[0].page if pages else None
        if behind := _ISSUE_PAGE.match(text, stamps[0].end):
            own = behind["page"].lstrip("0")
        return Citation(publication=name, stamps=stamps[:1], page=own, is_printed=True)
    if row := _LISTED_PAGE.fullmatch(text):
        section = line.text[slice(*row.span("section"))]
        name = line.text[slice(*row.span("name"))].strip() if row["name"] else ""
        signed = bylines.sign(name) if name else None
        names = list(signed.bylines) if signed else [ParsedByline(name)] * bool(name)
        left = [line.text[slice(*row.span("column"))]] if row["column"] else []
        return Citation(
            page=row["page"], section=section, signatures=names, left=left, is_labelled=True
        )
    is_paper = line.text.endswith(")") and looks_like_paper(line.text)
    return Citation(publication=line.text, is_name_only=True) if is_paper else None


def _turned(text: str) -> list[ParsedByline]:
    """The people of "Walters, Nora; Hay, Peter."."""
    names = (one.partition(", ") for one in text.strip(". ").split("; "))
    return [ParsedByline(f"{first.strip()} {last.strip()}") for last, _comma, first in names]


def _catalogued(text: str) -> re.Match[str] | None:
    """A paper's name with its place or years, as libraries and databases print it."""
    match = _CATALOGUED.match(text)
    return match if match and _PLACE_OR_YEARS.fullmatch(match["place"]) else None


def _read_appeared(line: Line, stamps: list[Stamp], pages: list[PageMark]) -> Citation | None:
    """ "This article appeared on page A12 of the Harbor Chronicle": a day, a page or a paper."""
    paper = next(
        (one["name"] for one in _APPEARED_IN.finditer(line.text) if _is_title(one["name"])), ""
    )
    if not (stamps or pages or paper):
        return None
    return Citation(
        publication=re.sub(r"^the ", "", paper) or None,
        stamps=stamps,
        page=pages[0].page if pages else None,
        left=[line.text],
        is_labelled=True,
        is_printed=bool(stamps),
    )


def _is_title(name: str) -> bool:
    return looks_like_paper(re.sub(r"^the ", "", name))


def _cut(text: str, stamps: list[Stamp], pages: list[PageMark]) -> list[tuple[int, int]]:
    """Where the pieces between dates, page numbers and separators are."""
    taken = sorted(
        [(one.start, one.end) for one in stamps] + [(one.start, one.end) for one in pages]
    )
    pieces, at = [], 0
    for start, end in (*taken, (len(text), len(text))):
        if start > at:
            last = at
            for cut in _CUT.finditer(text, at, start) if _MAY_CUT.search(text) else ():
                pieces.append((last, cut.start()))
                last = cut.end()
            pieces.append((last, start))
        at = max(at, end)
    return pieces


def _is_labelled(piece: str) -> bool:
    """Whether words of it are those of a source, a section or a page."""
    return any(
        furniture.names_section(one.removeprefix("In "))
        or any(form.fullmatch(fold(one)) for form in (_SOURCE, _SECTION, _PAGE_CODE))
        for one in (piece, *_parts(piece, is_dated=False))
    )


def _read_pieces(pieces: list[str], found: Citation, is_dated: bool) -> list[str]:
    """Reads each piece into `found`; returns those that no citation has."""
    unknown = []
    for printed in pieces:
        if not _read_piece(printed, found, is_dated=is_dated):
            parts = _parts(printed, is_dated=is_dated)
            unknown += [
                part
                for part in parts
                if len(parts) < 2 or not _read_piece(part, found, is_dated=is_dated)
            ]
    return unknown


def _parts(piece: str, *, is_dated: bool) -> list[str]:
    """A Chinese piece's words, a dated English one's between commas."""
    if is_chinese(piece):
        return piece.split()
    parts = [part.strip(_EDGES) for part in re.split(r",\s*", piece)] if is_dated else [piece]
    return [part for part in parts if part]


def _read_piece(printed: str, found: Citation, *, is_dated: bool) -> bool:
    """Whether a citation may hold the piece; what it says goes into `found`."""
    text = fold(printed)
    is_cited = is_dated and found.stamps and found.publication and found.publication.isascii()
    if is_cited and not found.page and _BARE_NUMBER.fullmatch(text):
        found.page = text.lstrip("0")  # "The Western Argus · 14 Mar 2015 · 5"
        return True
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
    if (agencies := bylines.agencies(printed)) and not is_masthead(printed):
        found.source = found.source or agencies[0].name
        return True
    if _read_section(printed, found):
        return True
    if looks_like_paper(text) and not (found.publication and is_dated is False):
        _add_paper(printed, found)
        return True
    if found.publication and _EDITION.fullmatch(text):
        found.publication = f"{found.publication} {printed}".strip()
        return True
    if _read_page(printed, text, found, is_dated=is_dated):
        return True
    if signature := bylines.sign(printed):
        found.signatures += signature.bylines
        found.signed.append(printed)
        found.publication = found.publication or signature.publication
        return True
    if furniture.read_furniture(printed):
        found.left.append(printed)
        return True
    return is_dated and _read_dated_piece(printed, text, found)


def _read_section(printed: str, found: Citation) -> bool:
    """ "In Business": the name of a usual section, which takes the place of another."""
    section = printed.removeprefix("In ")
    if not furniture.names_section(section) or is_masthead(printed):
        return False
    found.left += [found.section] if found.section else []
    found.section = section
    return True


def _read_page(printed: str, text: str, found: Citation, *, is_dated: bool) -> bool:
    """ "A12 香港新聞": a page beside a section."""
    match = _PAGE_CODE.fullmatch(text)
    is_dated = is_dated or found.publication is not None
    if match and (is_dated or furniture.is_section(match["section"])):
        found.page = found.page or match["page"]
        found.section = found.section or trim(printed[match.start("section") :]) or None
        return True
    return False


def _read_dated_piece(printed: str, text: str, found: Citation) -> bool:
    """What only a line with a date or page number may hold."""
    if _EDITION.fullmatch(text) and not furniture.read_furniture(text):
        found.publication = printed
        return True
    if not found.page and (people := bylines.bare_names(printed)):
        found.signatures += people
        found.signed.append(printed)
        return True
    if found.publication and found.stamps and not found.page and _BARE_PAGE.fullmatch(text):
        found.page = text.lstrip("0")  # "The Western Argus · 14 Mar 2015 · 5"
        return True
    parts = [trim(part) for part in printed.split(",")]
    return len(parts) > 1 and all(
        not part or _read_piece(part, found, is_dated=True) for part in parts
    )


def _is_listed(line: Line, found: Citation) -> bool:
    """Whether a database lists the print: "南島日報 | A12 | 港聞 | By 林慧珊 | 2011-04-09"."""
    return bool(found.publication and found.page) and line.folded.count("|") > 1


def _take_section(unknown: list[str], line: Line, found: Citation, pages: list[PageMark]) -> None:
    """The words right behind a page's number name its section: "page 17, Harbor Life".

    So do those beside a number that all of a line consists of: "CITY, Page 5", "第12版　影像".
    """
    if not unknown or found.section:
        return
    name = unknown[-1]
    if not found.stamps:
        is_name = len(name) <= (_LONGEST_HAN_SECTION if is_chinese(name) else _LONGEST_SECTION)
        is_alone = len(unknown) == len(pages) == 1 and not furniture.is_jump(line.text)
        is_name = is_name and not any(map(str.isdigit, name))  # "Page: 1 2 Next"
        # "Laserphoto PX2" is a picture's number.
        is_name = is_name and not any(_GLUED_PAGE.match(line.text, one.start) for one in pages)
        if is_alone and is_name and _names_section(name):
            found.section = unknown.pop()
        return
    is_apart = re.search(rf"(?:\s{{3,}}|[|｜]\s?){re.escape(name)}\s*$", line.text)
    if is_apart and len(unknown) == 1 and name.isupper() and len(name) <= _LONGEST_SECTION:
        found.section = unknown.pop()
        return
    if not (pages and (found.publication or _MADE.search(line.text))):
        return
    name, behind = unknown[-1], line.text[pages[0].end :].lstrip(f"{_EDGES},，")
    if behind.startswith(name) and len(name) <= _LONGEST_SECTION and _names_section(name):
        found.section = unknown.pop()


def _names_section(name: str) -> bool:
    """Whether words by a page's number may name its section."""
    if is_chinese(name):
        return not bylines.bare_names(name)
    return all(_TITLE_WORD.match(word) for word in name.split())


def _take_signer(unknown: list[str], line: Line, found: Citation) -> None:
    """Names beside a section's: "OPINION | Li Na"."""
    people = [one for name in unknown for one in bylines.bare_names(name)]
    if found.section and not found.publication and len(people) >= len(unknown) > 0:
        is_made = _MADE.search(line.text) and all(map(bylines.bare_names, unknown))
        if is_made:
            found.signatures += people
            found.signed += unknown
            unknown.clear()


def _take_paper(unknown: list[str], line: Line, found: Citation) -> None:
    """The words that begin a printed line name the paper, whatever their last one is."""
    name = unknown[0] if unknown else ""
    text = line.text.lstrip(_EDGES).removeprefix("原创").lstrip(_EDGES)
    # "By Li Na / Harbor Life, Aug 18, 2014, page 5": what follows who signs begins the line, too.
    before = text.partition(name)[0].rstrip(_EDGES) if name and found.signatures else ""
    is_signed = bool(before and bylines.sign(before))
    if is_signed:
        text = text[text.index(name, len(before)) :]
    rest, is_original = text[len(name) :], "原创" in line.text[:4]
    is_led = not found.publication and found.stamps and (is_original or text.startswith(name))
    if ":" in fold(name):
        return  # "Photo: Li Na" says what the name is.
    # Three capitals may be a person's, but who signs has no page: "Harbour Towns Echo, … page 2".
    is_person = bylines.bare_names(name) and not (is_signed or found.page)
    if not is_led or is_person:
        return
    is_title = (
        all(_TITLE_WORD.match(word) for word in name.split()) or name.isupper()
        if not is_chinese(name)
        else len(name) <= 12
    )
    if not (
        0 < len(name) <= _LONGEST_TITLE
        and is_title
        and bool(found.page or _MADE.match(rest) or is_original)
    ):
        return
    # Who wrote it stands before the account: "原创 李娜 海边日常".
    found.publication = unknown.pop(-1 if is_original else 0)


def _read_source(name: str, found: Citation) -> bool:
    """ "Source: Xinhua" ; a paper's name is the publication."""
    if len(name) > 40 or (is_chinese(name) and re.search(r"[\s，。,:：]", name)):
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
    if found.stamps and found.publication and size <= 20 and not line.ends_sentence:
        return True
    is_labelled = any(stamp.at or stamp.kind != "plain" for stamp in found.stamps)
    share = size / max(1, len(line.text))
    if found.stamps and _MADE.search(line.text) and not line.ends_sentence:
        return size <= 80 and len(unknown) <= 3
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

    def said(name: str) -> str | None:
        return next((value for one in citations if (value := getattr(one, name))), None)

    return Citation(said("publication"), said("source"), page=said("page"), section=said("section"))


def rank(citation: Citation) -> tuple[bool, bool, bool]:
    """Sorts the paper's own citation first, then a site's stamps, then names alone."""
    return (not citation.is_printed, citation.is_name_only, not citation.stamps)
