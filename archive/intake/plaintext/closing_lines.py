"""The lines that close a story: its citation, and how to reach its writer.

"(China Daily 09/22/2015 page17)", "（人民日报 2015年09月22日 第17版）";
"Contact the writer at x@y", "联系作者：x@y".
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from archive.intake.mastheads import is_masthead
from archive.intake.plaintext.grammar import trim

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_PAGE_LABEL = r"[A-Z]{0,2}\d{1,3}(?:\s*[-–,&]\s*[A-Z]{0,2}\d{1,3})?"
_HAN_DIGITS = ["", *"一二三四五六七八九"]

_ENGLISH = re.compile(
    rf"""(?:source|from)?:?\s*
    (?P<publication>[^\d():|]{{0,60}}?)[\s,]*
    (?:
        (?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/(?P<year>\d{{4}})
      | (?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}})
      | (?P<month_first>{_MONTH})\s*(?P<day_after>\d{{1,2}}),?\s+(?P<year_us>\d{{4}})
      | (?P<day_first>\d{{1,2}})\s+(?P<month_after>{_MONTH}),?\s+(?P<year_uk>\d{{4}})
    )[\s,]*
    (?:(?P<edition>[^\d():|]{{0,40}}?)[\s,]*
    (?P<page_word>pages?|pp?\.?)\s*(?P<page>{_PAGE_LABEL}))?""",
    re.VERBOSE | re.IGNORECASE,
)
_CHINESE = re.compile(
    r"""(?:据|来源|原载|摘自|刊于)?\s*:?\s*
    (?P<mark>《)?\s*(?P<publication>[^\d()《》:|。!?]{0,24}?)\s*》?[\s,]*\(?\s*
    (?P<year>\d{4})\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*日?[\s,]*
    (?:\(?\s*(?:星期|周)[一二三四五六日天]\s*\)?)?[\s,]*
    (?:(?P<page>头|第?\s*(?:[A-Z]{0,2}\d{1,3}|[一二三四五六七八九]?十?[一二三四五六七八九]?))\s*版)?
    [\s:,]*(?P<rest>[^\d()。!?]{0,12}?)\s*""",
    re.VERBOSE,
)
_PAPER = re.compile(
    r"\b(?:daily|times|post|news|journal|weekly|edition|usa|herald|gazette|press|xinhua)\b|[报刊网社]",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(（\[【](?P<inside>.*)[)）\]】][.。]?", re.DOTALL)
_TRAILING = re.compile(r"(?P<text>.*\S)\s*(?P<citation>[(（][^()（）]*[)）])", re.DOTALL)

_ADDRESS = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_WHO = r"(?:writer|reporter|author|editor|correspondent)s?"
_CONTACT = rf"(?:you (?:can|may) )?(?:to )?(?:contact|reach|e-?mail)(?: the| this)? {_WHO}"
_CONTACT_HAN = (
    r"(?:本报|作者|记者|编辑|责任编辑|通讯员|读者|投稿|可|请|与|电子)*"
    r"(?:联系|邮箱|邮件|电邮|信箱){1,2}(?:方式|地址|作者|记者|编辑|我们)*"
)
_VIA = r"(?:\s*(?:at|on|via|through|by|is|e-?mail|:|：|为|是))*"
_JOIN = r"(?:[\s,;/、，；&和或]|\band\b|\bor\b)+"
_CALL = re.compile(
    rf"(?P<label>(?:{_CONTACT}|{_CONTACT_HAN}|e-?mail|contact){_VIA})\s*"
    rf"(?P<addresses>{_ADDRESS}(?:{_JOIN}{_ADDRESS})*)\s*[.。]?",
    re.IGNORECASE,
)
_BARE = re.compile(rf"[(（\[<]?{_ADDRESS}(?:{_JOIN}{_ADDRESS})*[)）\]>]?[.。]?", re.IGNORECASE)
_SIGNED = re.compile(
    rf"(?P<before>(?:by |\S{{0,8}}记者|文[/／]).{{2,80}}?)[\s,，(（<]+"
    rf"(?P<addresses>{_ADDRESS}(?:{_JOIN}{_ADDRESS})*)[)）>]?",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(rf"{_CONTACT}\s+(?:at|on|via|through)\s+(?P<how>[^.]{{3,60}})\.?", re.I)


@dataclass(frozen=True)
class CitationLine:
    """Where a story was printed; `rest` holds words of the line that have no field."""

    publication: str | None
    published: date | None
    page: str | None
    rest: str = ""
    warnings: tuple[str, ...] = ()


def read_citation(line: str) -> CitationLine | None:
    """The citation that a whole line is, or None."""
    folded = trim(unicodedata.normalize("NFKC", line))
    bracketed = _BRACKETED.fullmatch(folded)
    inside = trim(bracketed["inside"]) if bracketed else folded
    if bracketed and names_paper(inside):
        return CitationLine(inside, None, None)
    # 《人民日报》(2015年09月22日 17版) has brackets of its own.
    inside = inside.rstrip(") ")
    return _english(inside, sure=bool(bracketed)) or _chinese(inside, sure=bool(bracketed))


def split_citation(line: str) -> tuple[str, CitationLine] | None:
    """A paragraph and the citation in brackets that ends it, or None."""
    match = _TRAILING.fullmatch(line)
    if not match:
        return None
    inside = trim(unicodedata.normalize("NFKC", match["citation"]))[1:-1]
    citation = _english(inside, sure=False) or _chinese(inside, sure=False)
    return (trim(match["text"]), citation) if citation else None


def names_paper(text: str) -> bool:
    """Whether the text is the name of a paper that we know, perhaps with its edition."""
    return len(text) <= 40 and is_masthead(text) and not re.search(r"[\d.。!?]", text)


def _english(text: str, *, sure: bool) -> CitationLine | None:
    match = _ENGLISH.fullmatch(text)
    if not match or not (match["page"] or _may_cite(match["publication"], sure)):
        return None
    names = (trim(part or "") for part in (match["publication"], match["edition"]))
    publication = " ".join(name for name in names if name) or None
    numbers, warnings = _english_date(match)
    return _cited(publication, numbers, _label(match["page"]), "", warnings)


def _english_date(match: re.Match[str]) -> tuple[tuple[str, str, str], tuple[str, ...]]:
    """Year, month and day as digits, and a warning when the order is unusual."""
    if match["iso"]:
        year, month, day = match["iso"].split("-")
        return (year, month, day), ()
    if match["month_first"]:
        return (match["year_us"], _month(match["month_first"]), match["day_after"]), ()
    if match["day_first"]:
        return (match["year_uk"], _month(match["month_after"]), match["day_first"]), ()
    month, day = match["first"], match["second"]
    if int(month) <= 12 or int(day) > 12:
        return (match["year"], month, day), ()
    warning = _("The date of the citation was read as day/month/year: check it.")
    return (match["year"], day, month), (warning,)


def _chinese(text: str, *, sure: bool) -> CitationLine | None:
    match = _CHINESE.fullmatch(text)
    if not match:
        return None
    publication = trim(match["publication"])
    if not (match["page"] or match["mark"] or _may_cite(publication, sure)):
        return None
    page = _han_page(match["page"]) if match["page"] else None
    numbers = (match["year"], match["month"], match["day"])
    return _cited(publication or None, numbers, page, trim(match["rest"]), ())


def _may_cite(publication: str, bracketed: bool) -> bool:
    return names_paper(trim(publication)) or (bracketed and bool(_PAPER.search(publication)))


def _cited(
    publication: str | None,
    numbers: tuple[str, str, str],
    page: str | None,
    rest: str,
    warnings: tuple[str, ...],
) -> CitationLine:
    try:
        published = date(*(int(number) for number in numbers))
    except ValueError:
        printed = "-".join(numbers)
        warning = _("The date of the citation does not exist: %(date)s.") % {"date": printed}
        rest = f"{printed} {rest}".strip()
        return CitationLine(publication, None, page, rest, (*warnings, warning))
    return CitationLine(publication, published, page, rest, warnings)


def _month(name: str) -> str:
    return str(_MONTHS.index(name[:3].casefold()) + 1)


def _label(page: str | None) -> str | None:
    """A page label as our records write it: "03" is 3, "b8" is B8."""
    if page is None:
        return None
    label = re.sub(r"\s+", "", page).upper()
    return label.lstrip("0") or label if label.isdecimal() else label


def _han_page(page: str) -> str | None:
    label = page.removeprefix("第").strip()
    if label == "头":
        return "1"
    if re.search(r"\d", label):
        return _label(label)
    tens, ten, units = label.rpartition("十")
    number = _HAN_DIGITS.index(units)
    if ten:
        number += 10 * (_HAN_DIGITS.index(tens) if tens else 1)
    return str(number)


@dataclass(frozen=True)
class ContactLine:
    """How to reach a writer; `before` is the byline on the same line, `rest` what follows."""

    addresses: tuple[str, ...]
    before: str = ""
    rest: str = ""


def read_contact(line: str) -> ContactLine | None:
    """The contact that a line gives, or None; an address within a sentence is no contact."""
    if _BARE.fullmatch(line):
        return ContactLine(_addresses(line))
    bare = line.strip("()（）[]【】")
    if match := _CALL.match(bare):
        return ContactLine(_addresses(match["addresses"]), rest=trim(bare[match.end() :]))
    if match := _SIGNED.fullmatch(line):
        return ContactLine(_addresses(match["addresses"]), before=trim(match["before"]))
    if match := _OTHERWISE.fullmatch(bare):
        return ContactLine((trim(match["how"]),))
    return None


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(address.rstrip(".") for address in re.findall(_ADDRESS, text))
