"""The files that reference managers read: BibTeX, RIS and CSL-JSON."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.site.citations.records import CitationRecord, CitedName
from archive.text.dates import MONTHS
from archive.text.language import ENGLISH_NAMES

# What TeX would take for a command; the text itself is UTF-8.
_TEX_ESCAPES = {ord(mark): f"\\{mark}" for mark in "&%$#_"} | {
    # BibTeX counts braces, those with a backslash too.
    ord("{"): r"\textbraceleft{}",
    ord("}"): r"\textbraceright{}",
    ord("\\"): r"\textbackslash{}",
    ord("~"): r"\textasciitilde{}",
    ord("^"): r"\textasciicircum{}",
}
# As Babel, the package of TeX, names them.
_LANGIDS = {code: name.split()[0].lower() for code, name in ENGLISH_NAMES.items()}


def bibtex(record: CitationRecord, accessed: date) -> str:
    """One entry: an @article of a newspaper, or @misc for a page of the archive."""
    fields = {
        "author": _bibtex_names(record.authors),
        # The second braces keep the headline's capitals.
        "title": f"{{{_for_tex(record.title)}}}",
        "journal" if record.is_printed else "howpublished": _for_tex(record.container),
        "entrysubtype": "newspaper" if record.is_printed else "",
        "edition": _for_tex(record.edition),
        "pages": _for_tex(record.page),
        "date": record.day.isoformat() if record.day else "",
        "year": str(record.day.year) if record.day else "",
        "translator": _bibtex_names(record.translators),
        **(_original_fields(record.original) if record.original else {}),
        "abstract": _for_tex(record.abstract),
        "langid": _LANGIDS[record.language],
        # Left as it is: \url takes an address for what it is.
        "url": record.url,
        "urldate": accessed.isoformat(),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    if record.day:
        # One of BibTeX's own abbreviations, so without braces.
        lines.append(f"  month = {MONTHS[record.day.month - 1][:3].lower()},\n")
    kind = "article" if record.is_printed else "misc"
    return f"@{kind}{{{record.key},\n{''.join(lines)}}}\n"


def _original_fields(original: CitationRecord) -> dict[str, str]:
    """BibLaTeX's fields, and a note for what none of them holds: edition and page."""
    return {
        "origtitle": f"{{{_for_tex(original.title)}}}",
        "origlanguage": _LANGIDS[original.language],
        "origdate": original.day.isoformat() if original.day else "",
        "origpublisher": _for_tex(original.container),
        "note": _for_tex(f"Translation of: {publication_of(original)}"),
    }


def publication_of(record: CitationRecord) -> str:
    """In one line, in the story's own language: "City …. China Daily (USA), 2015-09-22, 17"."""
    edition = f" ({record.edition})" if record.edition else ""
    day = record.day.isoformat() if record.day else ""
    place = ", ".join(filter(None, (f"{record.container}{edition}", day, record.page)))
    return f"{record.title}. {place}"


def _bibtex_names(names: Iterable[CitedName]) -> str:
    # A name in braces isn't taken apart.
    return " and ".join(
        f"{{{_for_tex(name.literal)}}}" if name.literal else _for_tex(name.sorted) for name in names
    )


def _for_tex(text: str) -> str:
    return " ".join(text.split()).translate(_TEX_ESCAPES)


Item = dict[str, Any]


def csl_item(record: CitationRecord, accessed: date) -> Item:
    """The record as an item of CSL 1.0.2's data schema; what isn't known is left out."""
    original = record.original
    item: Item = {
        "id": record.key,
        "type": "article-newspaper" if record.is_printed else "webpage",
        "title": record.title,
        "container-title": record.container,
        "author": _csl_names(record.authors),
        "translator": _csl_names(record.translators),
        "contributor": _csl_names(record.helpers),
        "original-title": original.title if original else "",
        "original-publisher": original.container if original else "",
        "original-date": _csl_date(original.day) if original else None,
        "note": f"Translation of: {publication_of(original)}" if original else "",
        "edition": record.edition,
        "section": record.section,
        "page": record.page,
        "issued": _csl_date(record.day),
        "accessed": _csl_date(accessed),
        "language": record.html_language,
        "URL": record.url,
        "abstract": record.abstract,
    }
    return {name: value for name, value in item.items() if value}


def csl_json(record: CitationRecord, accessed: date) -> str:
    return json.dumps([csl_item(record, accessed)], ensure_ascii=False, indent=2) + "\n"


def _csl_names(names: Iterable[CitedName]) -> list[dict[str, str]]:
    return [_csl_name(name) for name in names]


def _csl_name(name: CitedName) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    particle = {"non-dropping-particle": name.particle} if name.particle else {}
    return {"family": name.family, "given": name.given, **particle}


def _csl_date(day: date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def ris(record: CitationRecord, accessed: date) -> str:
    """One reference, its lines ended as the format wants them."""
    day = record.day
    fields = [
        ("TY", "NEWS" if record.is_printed else "ELEC"),
        *(("AU", name.sorted) for name in record.authors),
        # A translator; a reader that doesn't know A4 keeps it as a further author.
        *(("A4", name.sorted) for name in record.translators),
    ]
    optional = {
        "TI": record.title,
        "T2": record.container,
        "OP": publication_of(record.original) if record.original else "",
        "PY": f"{day:%Y}" if day else "",
        "DA": f"{day:%Y/%m/%d}" if day else "",
        "ET": record.edition,
        "SE": record.section,
        "SP": record.page,
        "AB": record.abstract,
        "LA": record.html_language,
        "UR": record.url,
        "Y2": f"{accessed:%Y/%m/%d}",
    }
    fields += [(tag, value) for tag, value in optional.items() if value]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields]
    return "\r\n".join([*lines, "ER  - ", ""])


@dataclass(frozen=True)
class CitationFormat:
    """A file that reference managers read."""

    code: str
    name: str
    mime_type: str
    extension: str
    write: Callable[[CitationRecord, date], str]


FORMS = (
    CitationFormat("bibtex", "BibTeX", "application/x-bibtex", "bib", bibtex),
    CitationFormat("ris", "RIS", "application/x-research-info-systems", "ris", ris),
    CitationFormat(
        "csl-json", "CSL-JSON", "application/vnd.citationstyles.csl+json", "json", csl_json
    ),
)
