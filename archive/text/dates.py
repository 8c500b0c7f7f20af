"""Partial dates ("1980", "1980-01", "1980-01-28"): newspapers often give no more."""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import dateformat, formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from archive.text.language import CHINESE, ENGLISH

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
# In English, and by each name that papers print, in small letters, the number.
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
MONTHS_BY_NAME = {
    **{name.lower(): number for number, name in enumerate(MONTHS, 1)},
    **{name[:3].lower(): number for number, name in enumerate(MONTHS, 1)},
    "sept": 9,
}


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date known to the year, the month or the day; unknown parts are 0."""

    year: int
    month: int = 0
    day: int = 0


def parse_partial(text: str) -> PartialDate:
    """Read "YYYY", "YYYY-MM" or "YYYY-MM-DD"; raises ValueError for anything else."""
    match = _FORM.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a date such as 1980, 1980-01 or 1980-01-28")
    year, month, day = (int(part or 0) for part in match.groups())
    # Raises ValueError for the 31st of February, and for a month or day written 00.
    date(year, *(int(part or 1) for part in match.groups()[1:]))
    return PartialDate(year, month, day)


def validate_partial(text: str) -> None:
    """A field validator for partial dates."""
    try:
        parse_partial(text)
    except ValueError as error:
        raise ValidationError(
            _("“%(value)s” is not a date. Write 1980, 1980-01 or 1980-01-28."),
            code="partial_date",
            params={"value": text},
        ) from error


def display_partial(text: str, language: str) -> str:
    """A partial date as the language's newspapers print it; "" stays ""."""
    return display_date(parse_partial(text), language) if text else ""


def display_day(day: date, language: str) -> str:
    """A day of any year as the language's newspapers print it: 22 September, 9月22日."""
    if language == CHINESE:
        return f"{day.month}月{day.day}日"
    if language == ENGLISH:
        return f"{day.day} {MONTHS[day.month - 1]}"
    with override(language):
        return dateformat.format(day, formats.get_format("MONTH_DAY_FORMAT", language))


def display_date(day: date | PartialDate, language: str) -> str:
    """A date as the language's newspapers print it: 22 September 2015, 2015年9月22日.

    In languages other than English and Chinese, as Django writes it: 22 septembre 2015.
    """
    if language == CHINESE:
        parts = ((day.year, "年"), (day.month, "月"), (day.day, "日"))
        return "".join(f"{number}{unit}" for number, unit in parts if number)
    if language == ENGLISH:
        month = MONTHS[day.month - 1] if day.month else ""
        return " ".join(filter(None, (str(day.day or ""), month, str(day.year))))
    if not day.month:
        return f"{day.year}年" if language == "ja" else str(day.year)
    form = formats.get_format("DATE_FORMAT" if day.day else "YEAR_MONTH_FORMAT", language)
    with override(language):
        return dateformat.format(date(day.year, day.month, day.day or 1), form)
