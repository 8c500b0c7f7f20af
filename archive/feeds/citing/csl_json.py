"""CSL-JSON, the form that citation processors and most reference managers exchange."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from archive.feeds.citing.names import Name
from archive.feeds.citing.records import Record
from archive.text.language import HTML_CODES

Item = dict[str, Any]


def csl_item(record: Record, accessed: date) -> Item:
    """The record as an item of CSL 1.0.2's data schema; what isn't known is left out."""
    item: Item = {
        "id": record.key,
        "type": "article-newspaper" if record.is_printed else "webpage",
        "title": record.title,
        "container-title": record.container,
        "author": _names(record.authors),
        "translator": _names(record.translators),
        "original-title": record.original_title,
        "edition": record.edition,
        "section": record.section,
        "page": record.page,
        "issued": _date(record.day),
        "accessed": _date(accessed),
        "language": HTML_CODES[record.language],
        "URL": record.url,
        "abstract": record.abstract,
    }
    return {name: value for name, value in item.items() if value}


def csl_json(record: Record, accessed: date) -> str:
    return json.dumps([csl_item(record, accessed)], ensure_ascii=False, indent=2) + "\n"


def _names(names: Iterable[Name]) -> list[dict[str, str]]:
    return [
        {"literal": name.literal} if name.literal else {"family": name.family, "given": name.given}
        for name in names
    ]


def _date(day: date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
