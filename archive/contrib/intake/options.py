"""What a person says of sources that don't say it themselves: publication, date, section."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from archive.contrib.intake.record_json import stored
from archive.contrib.intake.record_warnings import without_settled
from archive.contrib.intake.records import FieldReading, ParsedArticle
from archive.text.language import LANGUAGES

NAME, MTIME = "name", "mtime"
# How surely a file's name, and its last change, give the day of printing.
_OF_NAME, _OF_MTIME = 0.95, 0.5
# 2015-09-22, 2015_9_22, 20150922, 2015年9月22日; the year first: in no other order is it sure.
_NAMED_DAY = re.compile(
    r"(?<!\d)((?:17|18|19|20)\d\d)(?:[-_. 年](\d\d?)[-_. 月](\d\d?)|(\d\d)(\d\d))(?!\d)"
)


@dataclass(frozen=True)
class FilingOptions:
    """`date_from` is NAME (of the file), MTIME (when it was last changed) or ""."""

    publication: str = ""
    section: str = ""
    date_from: str = ""
    language: str = ""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "FilingOptions":
        """From what a batch has stored; what isn't known is left out."""
        names = cls.__dataclass_fields__
        given = {name: value for name, value in stored.items() if name in names and value}
        if given.get("language") not in LANGUAGES:
            given.pop("language", None)
        return cls(**given)

    def stored(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}


NO_OPTIONS = FilingOptions()


def fill_in(
    article: ParsedArticle, options: FilingOptions, changed_at: datetime | None = None
) -> ParsedArticle:
    """The record with what it lacks of these; what the source says stands.

    `changed_at` is when the file was last changed, where that is known.
    """
    given: dict[str, tuple[Any, float]] = {
        "publication": (options.publication, 1),
        "section": (options.section, 1),
    }
    if options.date_from == NAME:
        given["published"] = (day_in(article.source), _OF_NAME)
    elif options.date_from == MTIME and changed_at:
        given["published"] = (changed_at.date(), _OF_MTIME)
    lacking = {name: one for name, one in given.items() if one[0] and not getattr(article, name)}
    readings = {name: FieldReading(sure) for name, (_value, sure) in lacking.items()}
    values = {name: value for name, (value, _sure) in lacking.items()}
    if not values:
        return article
    filled = replace(article, **values, fields={**article.fields, **readings})
    return replace(filled, warnings=tuple(without_settled(stored(filled))))


def day_in(name: str) -> date | None:
    """ "zj20150922-4.txt" -> 22 September 2015; the first one that there is."""
    for found in _NAMED_DAY.finditer(name):
        try:
            year, *rest = filter(None, found.groups())
            return date(int(year), int(rest[0]), int(rest[1]))
        except ValueError:
            continue
    return None
