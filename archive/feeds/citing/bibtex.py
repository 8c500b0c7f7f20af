"""BibTeX, in the fields that both BibTeX and biblatex know."""

from collections.abc import Iterable
from datetime import date

from archive.feeds.citing.names import Name
from archive.feeds.citing.records import Record
from archive.text.language import CHINESE, ENGLISH

# What TeX would take for a command; the text itself is UTF-8.
_ESCAPES = {ord(mark): f"\\{mark}" for mark in "&%$#_"} | {
    # BibTeX counts braces, those with a backslash too.
    ord("{"): r"\textbraceleft{}",
    ord("}"): r"\textbraceright{}",
    ord("\\"): r"\textbackslash{}",
    ord("~"): r"\textasciitilde{}",
    ord("^"): r"\textasciicircum{}",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LANGIDS = {ENGLISH: "english", CHINESE: "chinese"}


def bibtex(record: Record, accessed: date) -> str:
    """One entry: an @article of a newspaper, or @misc for what was never printed."""
    fields = {
        "author": _names(record.authors),
        # The second braces keep the headline's capitals.
        "title": f"{{{_escaped(record.title)}}}",
        "journal" if record.is_printed else "howpublished": _escaped(record.container),
        **_print_fields(record),
        "translator": _names(record.translators),
        "origtitle": _escaped(record.original_title),
        "abstract": _escaped(record.abstract),
        "langid": _LANGIDS[record.language],
        # Left as it is: \url takes an address for what it is.
        "url": record.url,
        "urldate": accessed.isoformat(),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    if record.day:
        # One of BibTeX's own abbreviations, so without braces.
        lines.append(f"  month = {_MONTHS[record.day.month - 1]},\n")
    kind = "article" if record.is_printed else "misc"
    return f"@{kind}{{{record.key},\n{''.join(lines)}}}\n"


def _print_fields(record: Record) -> dict[str, str]:
    if not record.is_printed:
        return {}
    return {
        "entrysubtype": "newspaper",
        "edition": _escaped(record.edition),
        "date": record.day.isoformat() if record.day else "",
        "year": str(record.day.year) if record.day else "",
        "pages": _escaped(record.page),
    }


def _names(names: Iterable[Name]) -> str:
    # A name in braces isn't taken apart.
    return " and ".join(
        f"{{{_escaped(name.literal)}}}" if name.literal else _escaped(name.sorted) for name in names
    )


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_ESCAPES)
