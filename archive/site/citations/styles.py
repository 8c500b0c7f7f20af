"""Citations in words, set by citeproc with the archive's own styles (`archive/data`).

What citeproc-py can't do is prepared here: names as GB/T 7714 writes them (LI Na, REED T),
quotation marks inside a headline's, a headline's own question mark before a full stop. Names in
characters reach it whole, so no style turns them round or shortens them.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import SimpleNamespace

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from archive.site.citations.formats import Item, csl_item
from archive.site.citations.records import CitationRecord, CitedName
from archive.text.language import CHINESE, HTML_CODES

STYLES = Path(__file__).parents[2] / "data" / "citation_styles"
GB_T, CHICAGO, APA = "gb-t-7714", "chicago-note", "apa"
# Characters of Unicode's private use: until the text is escaped, they stand for the tags.
_ITALIC, _UPRIGHT = "\ue000", "\ue001"
_DOUBLED = {"?.": "?", "!.": "!", "？.": "？", "！.": "！", "..": "."}
# A date in figures: not to be parted at the end of a line.
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:\(\w+\))?")
_TO_SINGLE_QUOTES = str.maketrans("“”", "‘’")
_CHINESE_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\uff01-\uffee\u3001-\u3011]+")
# The parser's objects keep state between one element and the next.
_one_at_a_time = Lock()


@dataclass(frozen=True)
class PlainCitation:
    """`html` has the newspaper's name in italics where the style asks for it."""

    style: str
    name: str
    html: SafeString


def plain_citations(record: CitationRecord, accessed: date, reader: str) -> list[PlainCitation]:
    """The record in each style, first the one that readers of the language use most."""
    in_gb_t = PlainCitation(GB_T, "GB/T 7714—2015", cited(record, accessed, GB_T))
    others = [
        PlainCitation(CHICAGO, "Chicago 18", _chinese_marked(cited(record, accessed, CHICAGO))),
        PlainCitation(APA, "APA 7", _chinese_marked(cited(record, accessed, APA))),
    ]
    return [in_gb_t, *others] if reader == CHINESE else [*others, in_gb_t]


def _chinese_marked(html: SafeString) -> SafeString:
    """An English citation's Chinese, said to be such to whoever reads it aloud."""
    code = HTML_CODES[CHINESE]
    marked = _CHINESE_RUN.sub(rf'<span lang="{code}">\g<0></span>', html)
    return mark_safe(marked)  # noqa: S308 - escaped before


def cited(record: CitationRecord, accessed: date, style: str) -> SafeString:
    item = _prepared(csl_item(record, accessed), record, style)
    # Chicago and APA are English styles, whatever they cite.
    locale = "zh-CN" if style == GB_T and record.language == CHINESE else "en-US"
    with _one_at_a_time:
        source = CiteProcJSON([item])
        bibliography = CitationStylesBibliography(_style(style, locale), source, _FORMATTER)
        bibliography.register(Citation([CitationItem(item["id"])]))
        text, address, end = str(bibliography.bibliography()[0]).partition(record.url)
    for doubled, single in _DOUBLED.items():
        text = text.replace(doubled, single)
    kept = _DAY.sub(r'<span class="unbroken">\g<0></span>', escape(text))
    marked = (kept + escape(address + end)).replace(_ITALIC, "<i>").replace(_UPRIGHT, "</i>")
    return mark_safe(marked)  # noqa: S308 - escaped on the line before


def _prepared(item: Item, record: CitationRecord, style: str) -> Item:
    prepared = {**item, "original-title": record.english_title}
    prepared.pop("abstract", None)
    if style == GB_T:
        prepared.pop("original-title")
        prepared["author"] = _literals(_gb_t_name, record.authors)
        prepared["translator"] = _literals(_gb_t_name, record.translators)
    elif style == CHICAGO:
        # In reading order.
        prepared["author"] = _literals(str, record.authors)
        prepared["translator"] = _literals(str, record.translators)
        prepared["title"] = record.title.translate(_TO_SINGLE_QUOTES)
    return {name: value for name, value in prepared.items() if value}


def _literals(
    write: Callable[[CitedName], str], names: Iterable[CitedName]
) -> list[dict[str, str]]:
    return [{"literal": write(name)} for name in names]


def _gb_t_name(name: CitedName) -> str:
    """LI Na, REED T: the family's first, in capitals; initials without full stops."""
    if name.literal:
        return name.literal
    given = name.given
    if not name.family_first:
        given = " ".join(word[0].upper() for word in given.replace("-", " ").split())
    return f"{name.family.upper()} {given}"


@lru_cache
def _style(name: str, locale: str) -> CitationStylesStyle:
    # Valid by the tests; to ask the schema again takes longer than all else.
    return CitationStylesStyle(str(STYLES / f"{name}.csl"), locale=locale, validate=False)


_FORMATTER = SimpleNamespace(preformat=str, Italic=lambda text: f"{_ITALIC}{text}{_UPRIGHT}")
