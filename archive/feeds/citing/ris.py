"""RIS, which EndNote, Zotero, Mendeley and NoteExpress read."""

from collections.abc import Iterator
from datetime import date

from archive.feeds.citing.records import Record
from archive.text.language import HTML_CODES


def ris(record: Record, accessed: date) -> str:
    """One reference, its lines ended as the format wants them."""
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in _fields(record, accessed)]
    return "\r\n".join([*lines, "ER  - ", ""])


def _fields(record: Record, accessed: date) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS" if record.is_printed else "ELEC"
    yield from (("AU", name.sorted) for name in record.authors)
    # A translator; a reader that doesn't know A4 keeps it as a further author.
    yield from (("A4", name.sorted) for name in record.translators)
    day = record.day
    optional = {
        "TI": record.title,
        "T2": record.container,
        "OP": record.original_title,
        "PY": f"{day:%Y}" if day else "",
        "DA": f"{day:%Y/%m/%d}" if day else "",
        "ET": record.edition,
        "SE": record.section,
        "SP": record.page,
        "AB": record.abstract,
        "LA": HTML_CODES[record.language],
        "UR": record.url,
        "Y2": f"{accessed:%Y/%m/%d}",
    }
    yield from ((tag, value) for tag, value in optional.items() if value)
