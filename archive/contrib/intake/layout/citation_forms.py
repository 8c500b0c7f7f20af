"""What a citation holds, and the lines that are one in a form of their own."""

import re
from dataclasses import dataclass, field

from archive.contrib.intake.layout import furniture
from archive.contrib.intake.layout.lines import Line, trim
from archive.contrib.intake.layout.stamps import PageMark, Stamp
from archive.contrib.intake.outlets import looks_like_paper
from archive.contrib.intake.records import ParsedByline

# "A version of this article appears in print on March 4, 1997, on Page A14 …"
_APPEARED = re.compile(
    r"(?:a version of )?(?:this|the) (?:article|story|column) (?:was |is )?(?:first |originally )?"
    r"(?:appear|publish|print)",
    re.IGNORECASE,
)
# A database's "Prairie Star; Salina, Kan. [Salina, Kan]. 14 Sep 2006: B.4."
_LISTED = re.compile(r":\s?(?P<letter>[A-Z]{0,2})\.?(?P<number>\d{1,3})\.?")
# "Walters, Nora B. The Prairie Star (1904-1982)"
_YEARS = re.compile(r"\s?[(]\d{4}\s?[-–]\s?(?:\d{4}|current[^()]*)?[)]", re.IGNORECASE)
_INVERTED = re.compile(
    r"([A-Z][\w’'-]+), ([A-Z][\w’'-]+(?: [A-Z]\.)?)\.? (?=The |[A-Z][a-z]+ [A-Z])"
)
_APPEARED_IN = re.compile(
    r" (?:of|in) (?P<name>(?:the )?[A-Z][\w’'&.-]*(?: (?:[A-Z][\w’'&.-]*|of|and|de)){0,5}?)"
    r"(?:['’]s)?(?= print| on |,|\.?$)"
)
# A list of works: “"A Bridge." Western Courier, 5 Mar. 1936, p. 14. Courier Digital Archive, …”.
_REFERENCE = re.compile(r"[\"“].{4,200}?[.,!?][\"”] (?P<name>[A-Z][^,.\"”]{2,60}), ")
# A library's "The Star. [volume] (Ogden, Utah) 1902-1911, April 19, 1908, Page 3, Image 3",
# "The Beacon (Darwin, NT : 1921 - 1954), Saturday 14 March 1931, page 7", and a database's
# "Daily Tidings (OR) - Wednesday, May 3, 2006".
_CATALOGUED = re.compile(
    r"(?P<name>[A-Z][A-Za-z .'’&-]{2,60}?)\.? (?:\[volume\] )?[(](?P<place>[^()]{2,50})[)]"
    r"(?: \d{4}-(?:\d{4}|current))?(?:,? |, | - |$)"
)
_PLACE_OR_YEARS = re.compile(r"[A-Z]{2}|.+\d{4}\s?-\s?(?:\d{4}|current)|[A-Z][\w .]+, [A-Z][\w .]+")
# "A08：本市·社会"
_PAGE_AND_NAME = re.compile(r"(?P<page>[A-Z]\d{2,3})版?\s?:\s?(?P<section>\D{2,12})")
# "08 | 城事"
_NUMBERED_SECTION = re.compile(
    r"(?P<page>\d{1,3})\s?[|/]\s?(?P<section>\S{2,12})|(?P<before>\S{2,12})\s{2,}(?P<last>\d{1,3})"
)
# "B04 上一版 下一版"
_CODE_AND_BUTTONS = re.compile(r"(?P<page>[A-Z]{1,2}\d{1,3}|\d{1,3})版?(?:\s+[上下]一[版期])+")
# A database's "报章 | A12 | 经济观察 | By 李娜".
_LISTED_PAGE = re.compile(
    r"(?:报[章纸]\s*\|\s*)?(?P<page>[A-Z]{1,2}\d{1,3})\s*\|\s*(?P<section>[^|\d]{2,12}?)"
    r"(?:\s*\|\s*By\s(?P<name>[^|\d]{2,30}))?"
)
# "（原载《海边晚报》副刊）"
_TAKEN_FROM = re.compile(
    r"[(\[]?(?:原载|摘自|刊于|转自|选自|据)于?《(?P<name>[^》]{2,20})》[^。]{0,24}[)\]]?"
)


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


def read_told(line: Line, stamps: list[Stamp], pages: list[PageMark]) -> Citation | None:
    """The citation of a line that has one of these forms: a sentence on where the story was in
    print, a reprint's source, a database's list, a numbered section, a paper with its place.
    """
    text = line.folded
    if _APPEARED.match(text.lstrip("*•· ([")):
        return _read_appeared(line, stamps, pages)
    if match := _TAKEN_FROM.fullmatch(text):
        name = line.text[slice(*match.span("name"))]
        return Citation(publication=name, is_labelled=True, left=[line.text])
    if stamps and (listed := _LISTED.fullmatch(text[stamps[-1].end :])) and ";" in text:
        name = trim(_YEARS.sub("", line.text[: text.index(";")]))
        page = f"{listed['letter']}{listed['number']}"
        found = Citation(publication=name, stamps=stamps, page=page, is_printed=True)
        if author := _INVERTED.match(name):
            found.publication = name[author.end() :]
            found.signatures.append(ParsedByline(f"{author[2]} {author[1]}"))
        return found
    if stamps and (named := _REFERENCE.match(text) or _catalogued(text)):
        name = line.text[slice(*named.span("name"))]
        own = pages[0].page if pages else None
        return Citation(publication=name, stamps=stamps[:1], page=own, is_printed=True)
    if coded := _PAGE_AND_NAME.fullmatch(text):
        section = line.text[slice(*coded.span("section"))]
        return Citation(page=coded["page"], section=section, is_labelled=True)
    if beside := _CODE_AND_BUTTONS.fullmatch(text):
        left = [line.text[beside.end("page") :].strip()]
        return Citation(page=beside["page"].lstrip("0"), is_labelled=True, left=left)
    if row := _LISTED_PAGE.fullmatch(text):
        section = line.text[slice(*row.span("section"))]
        names = [ParsedByline(line.text[slice(*row.span("name"))].strip())] if row["name"] else []
        return Citation(page=row["page"], section=section, signatures=names, is_labelled=True)
    if numbered := _NUMBERED_SECTION.fullmatch(text):
        name = "section" if numbered["section"] else "before"
        section = line.text[slice(*numbered.span(name))]
        page = (numbered["page"] or numbered["last"]).lstrip("0")
        if furniture.is_section(section) and page:
            return Citation(page=page, section=section)
    is_paper = line.text.endswith(")") and looks_like_paper(line.text)
    return Citation(publication=line.text, is_name_only=True) if is_paper else None


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
