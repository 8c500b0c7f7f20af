"""Citations in words, set by citeproc with the archive's own styles (`archive/data`).

What citeproc-py can't do is prepared here: names as GB/T 7714 writes them (LI Na, REED T),
quotation marks inside a headline's, a headline's own question mark before a full stop. Names in
characters reach it whole, so no style turns them round or shortens them.
"""

import logging
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import TYPE_CHECKING

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON
from django.utils.html import escape
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe

from archive.conf import settings
from archive.site.citations.formats import Item, csl_item
from archive.site.citations.records import CitationRecord, CitedName
from archive.text.language import CHINESE, ENGLISH, HAN_LANGUAGE, HTML_CODES, KANA, LANGUAGES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

logger = logging.getLogger(__name__)
SHEETS = Path(__file__).parents[2] / "data" / "citation_styles"
# Characters of Unicode's private use: until the text is escaped, they stand for the tags.
_ITALIC, _UPRIGHT = "\ue000", "\ue001"
_DOUBLED = {"?.": "?", "!.": "!", "？.": "？", "！.": "！", "..": "."}
# A date in figures: not to be parted at the end of a line.
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:\(\w+\))?")
_TO_SINGLE_QUOTES = str.maketrans("“”", "‘’")
_HAN_RUN = re.compile(rf"[\u3400-\u9fff\uf900-\ufaff\uff01-\uffee\u3001-\u3011{KANA}]+")
# The parser's objects keep state between one element and the next.
_one_at_a_time = Lock()


class CitationError(Exception):
    """A style can't cite a story; the log says why, and the page leaves the style out."""


class CitationStyle(ABC):
    """A way to cite a story in words. A site lists its own in ARCHIVE_CITATION_STYLES.

    `code` is the style's id on the page. Readers of the language `home` find it first; an archive
    that hasn't that language leaves the style out, unless it is English.
    """

    code: str
    name: "StrOrPromise"
    home = ENGLISH

    def language(self, record: CitationRecord) -> str:
        """The language of the citation's own words."""
        return ENGLISH

    @abstractmethod
    def cite(self, record: CitationRecord, accessed: date) -> SafeString:
        """The citation as HTML, the address as plain text. Raises CitationError."""


@dataclass(frozen=True)
class PlainCitation:
    """`html` has the newspaper's name in italics where the style asks for it."""

    style: str
    name: "StrOrPromise"
    language: str
    html: SafeString


def plain_citations(record: CitationRecord, accessed: date, reader: str) -> list[PlainCitation]:
    """The record in each style, first those that readers of the language use most."""
    styles: list[CitationStyle] = [import_string(path)() for path in settings.CITATION_STYLES]
    known = [style for style in styles if style.home in (ENGLISH, *LANGUAGES)]
    found = []
    for style in sorted(known, key=lambda one: one.home != reader):
        language = style.language(record)
        try:
            html = style.cite(record, accessed)
        except CitationError:
            logger.exception("%s can't cite %s", style.code, record.url)
            continue
        html = html if language == HAN_LANGUAGE else _han_marked(html)
        found.append(PlainCitation(style.code, style.name, language, html))
    return found


def _han_marked(html: SafeString) -> SafeString:
    """An English citation's Chinese or Japanese, said to be such to whoever reads it aloud."""
    if not HAN_LANGUAGE:
        return html
    code = HTML_CODES[HAN_LANGUAGE]
    marked = _HAN_RUN.sub(rf'<span lang="{code}">\g<0></span>', html)
    return mark_safe(marked)  # noqa: S308 - escaped before


class CSLStyle(CitationStyle):
    """Set by citeproc after a style sheet in CSL 1.0: `sheet` is its file."""

    sheet: Path

    def prepare(self, item: Item, record: CitationRecord) -> Item:
        """What citeproc is given: names in words where it can't order them itself."""
        return item

    def cite(self, record: CitationRecord, accessed: date) -> SafeString:
        item: Item = {**csl_item(record, accessed), "original-title": record.english_title}
        item.pop("abstract", None)
        item = {name: value for name, value in self.prepare(item, record).items() if value}
        locale = "zh-CN" if self.language(record) == CHINESE else "en-US"
        with _one_at_a_time:
            source = CiteProcJSON([item])
            sheet = _sheet(self.sheet, locale)
            bibliography = CitationStylesBibliography(sheet, source, _FORMATTER)
            bibliography.register(Citation([CitationItem(item["id"])]))
            text, address, end = str(bibliography.bibliography()[0]).partition(record.url)
        for doubled, single in _DOUBLED.items():
            text = text.replace(doubled, single)
        kept = _DAY.sub(r'<span class="unbroken">\g<0></span>', escape(text))
        marked = (kept + escape(address + end)).replace(_ITALIC, "<i>").replace(_UPRIGHT, "</i>")
        return mark_safe(marked)  # noqa: S308 - escaped on the line before


class GBT7714(CSLStyle):
    """China's national standard of 2015."""

    code, name, home = "gb-t-7714", "GB/T 7714—2015", CHINESE
    sheet = SHEETS / "gb-t-7714.csl"

    def language(self, record: CitationRecord) -> str:
        return record.language

    def prepare(self, item: Item, record: CitationRecord) -> Item:
        names = {
            "author": _literals(_gb_t_name, record.authors),
            "translator": _literals(_gb_t_name, record.translators),
        }
        return {**item, **names, "original-title": ""}


class ChicagoNote(CSLStyle):
    """A note after the Chicago Manual of Style, 18th edition."""

    code, name = "chicago-note", "Chicago 18"
    sheet = SHEETS / "chicago-note.csl"

    def prepare(self, item: Item, record: CitationRecord) -> Item:
        # In reading order.
        names = {
            "author": _literals(str, record.authors),
            "translator": _literals(str, record.translators),
        }
        return {**item, **names, "title": record.title.translate(_TO_SINGLE_QUOTES)}


class APA7(CSLStyle):
    """The American Psychological Association's, 7th edition."""

    code, name = "apa", "APA 7"
    sheet = SHEETS / "apa.csl"


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
def _sheet(path: Path, locale: str) -> CitationStylesStyle:
    # Valid by the tests; to ask the schema again takes longer than all else.
    return CitationStylesStyle(str(path), locale=locale, validate=False)


_FORMATTER = SimpleNamespace(preformat=str, Italic=lambda text: f"{_ITALIC}{text}{_UPRIGHT}")
