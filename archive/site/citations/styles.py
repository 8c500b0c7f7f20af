"""Citations in words, set by citeproc with the archive's own styles (`archive/data`).

What citeproc-py can't do is prepared here: names as GB/T 7714 writes them (Li Na, Reed T),
quotation marks inside a headline's, a headline's own question mark before a full stop, headline
capitals. Names in characters reach it whole, so no style turns them round or shortens them.

A translation is cited as a page of the archive, and behind it the original, as it was printed.
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
from types import MappingProxyType, SimpleNamespace
from typing import TYPE_CHECKING

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON
from django.utils.html import escape
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe

from archive.conf import settings
from archive.site.citations.formats import Item, csl_item
from archive.site.citations.records import CitationRecord, CitedName
from archive.text.language import CHINESE, ENGLISH, HAN_LANGUAGE, HTML_CODES, LANGUAGES
from archive.text.scripts import HAN

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# The Chicago Manual of Style, 18th edition, 8.160 and 8.162: capitals for all words but articles,
# coordinating conjunctions, "to", "as" and prepositions of up to four letters; for the first and
# the last word always. Whether "up" or "over" belongs to its verb, which would give it a capital,
# can't be told from the letters.
_ARTICLES = {"a", "an", "the"}
_CONJUNCTIONS = {"and", "but", "for", "nor", "or", "as", "to"}
_PREPOSITIONS = {
    *("amid", "anti", "at", "by", "down", "from", "in", "into", "like", "near", "of", "off", "on"),
    *("onto", "over", "past", "per", "pro", "than", "till", "upon", "up", "via", "with", "vs"),
}
_SMALL = _ARTICLES | _CONJUNCTIONS | _PREPOSITIONS
# A word may have an apostrophe or full stops in it; the parts of "sister-city" are words.
_WORD = re.compile(r"[^\W\d_](?:[\w]|['’.](?=\w))*")
# Behind these, a title begins anew.
_BEGINS = re.compile(r"[:?!.—][\s\"'“‘”’)]*$|^[\W_]*$")


def headline_capitals(title: str) -> str:
    """ "City builds on long history with US" -> "City Builds on Long History with US".

    What has a capital keeps its letters.
    """
    words = list(_WORD.finditer(title))
    pieces, end = [], 0
    for number, word in enumerate(words):
        before, text = title[end : word.start()], word.group()
        is_last = number == len(words) - 1
        begins = bool(_BEGINS.search(title[: word.start()]))
        if text.islower() and (begins or is_last or text.rstrip(".") not in _SMALL):
            text = text[0].upper() + text[1:]
        pieces += [before, text]
        end = word.end()
    return "".join([*pieces, title[end:]])


logger = logging.getLogger(__name__)
SHEETS = Path(__file__).parents[2] / "data" / "citation_styles"
# Characters of Unicode's private use: until the text is escaped, they stand for the tags.
_ITALIC, _UPRIGHT = "\ue000", "\ue001"
_DOUBLED = {"?.": "?", "!.": "!", "？.": "？", "！.": "！", "..": "."}
# A date in figures: not to be parted at the end of a line.
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[(（]\w+[)）])?")
_TO_SINGLE_QUOTES = str.maketrans("“”", "‘’")
# With their marks: by themselves these are the punctuation of GB/T 7714, in any language.
_MARKS = r"\uff01-\uffee\u3001-\u3011"
_HAN_RUN = re.compile(rf"[{_MARKS}]*[{HAN}][{HAN}{_MARKS}]*")
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
    # What says what a translation's original is, by the language of the citation's own words.
    original = MappingProxyType({ENGLISH: " Translated from: {}", CHINESE: " 译自：{}"})

    def prepare(self, item: Item, record: CitationRecord) -> Item:
        """What citeproc is given: names in words where it can't order them itself."""
        return item

    def cite(self, record: CitationRecord, accessed: date) -> SafeString:
        text = self._set(record, csl_item(record, accessed))
        if record.original:
            item = csl_item(record.original, accessed)
            if record.original.is_printed:
                # As it was printed: where it is to be read, the translation's address says.
                item = {**item, "accessed": None, "URL": ""}
            text += self.original[self.language(record)].format(self._set(record.original, item))
        return mark_safe(text)  # noqa: S308 - escaped by _set

    def _set(self, record: CitationRecord, item: Item) -> str:
        """The item as HTML; what isn't one of the style's own words is escaped."""
        # In these styles the title for readers of English; an original has its own citation.
        item = {**item, "original-title": record.english_title, "abstract": "", "note": ""}
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
        return (kept + escape(address + end)).replace(_ITALIC, "<i>").replace(_UPRIGHT, "</i>")


class GBT7714(CSLStyle):
    """China's national standard of 2025, in force since July 2026."""

    code, name, home = "gb-t-7714", "GB/T 7714—2025", CHINESE
    sheet = SHEETS / "gb-t-7714.csl"

    def language(self, record: CitationRecord) -> str:
        return record.language

    def prepare(self, item: Item, record: CitationRecord) -> Item:
        names = {
            "author": _literals(self.name_of, record.authors),
            "translator": _literals(self.name_of, record.translators),
        }
        return {**item, **names, "original-title": ""}

    def name_of(self, name: CitedName) -> str:
        """Li Na, Reed T J, Godard J-L: the family's first; initials without full stops."""
        if name.literal or name.family_first:
            return str(name)
        return f"{name.surname} {_initials(name.given, hyphen='-')}"


class GBT7714of2015(GBT7714):
    """The standard that the one of 2025 has replaced; many journals still ask for it."""

    code, name = "gb-t-7714-2015", "GB/T 7714—2015"
    sheet = SHEETS / "gb-t-7714-2015.csl"
    original = MappingProxyType({ENGLISH: " (Translated from: {})", CHINESE: " (译自: {})"})

    def name_of(self, name: CitedName) -> str:
        """LI Na, REED T J, GODARD J L."""
        if name.literal:
            return name.literal
        given = name.given if name.family_first else _initials(name.given, hyphen=" ")
        return f"{name.surname.upper()} {given}"


def _initials(given: str, hyphen: str) -> str:
    words = (word.split("-") for word in given.split())
    return " ".join(hyphen.join(part[0].upper() for part in word if part) for word in words)


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
        titles = {
            "title": _capitals(record.title, record.language).translate(_TO_SINGLE_QUOTES),
            "original-title": headline_capitals(item.get("original-title", "")),
        }
        if names["translator"] == [{"literal": record.container}]:
            # The archive's own: named once.
            item = {**item, "container-title": ""}
        return {**item, **names, **titles}


class APA7(CSLStyle):
    """The American Psychological Association's, 7th edition."""

    code, name = "apa", "APA 7"
    sheet = SHEETS / "apa.csl"
    # An address at the end has no full stop.
    original = MappingProxyType({ENGLISH: " (Translated from: {})"})


def _capitals(title: str, language: str) -> str:
    return headline_capitals(title) if language == ENGLISH else title


def _literals(
    write: Callable[[CitedName], str], names: Iterable[CitedName]
) -> list[dict[str, str]]:
    return [{"literal": write(name)} for name in names]


@lru_cache
def _sheet(path: Path, locale: str) -> CitationStylesStyle:
    # Valid by the tests; to ask the schema again takes longer than all else.
    return CitationStylesStyle(str(path), locale=locale, validate=False)


_FORMATTER = SimpleNamespace(preformat=str, Italic=lambda text: f"{_ITALIC}{text}{_UPRIGHT}")
