"""Spans of time between partial dates, as the sources give them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from archive.text.dates import parse_partial


def first_day(text: str) -> date:
    """The first day that a partial date may mean: "1980" -> 1 January 1980."""
    when = parse_partial(text)
    return date(when.year, when.month or 1, when.day or 1)


def last_day(text: str) -> date:
    """The last day that a partial date may mean: "1980-02" -> 29 February 1980."""
    when = parse_partial(text)
    month = when.month or 12
    return date(when.year, month, when.day or calendar.monthrange(when.year, month)[1])


@dataclass(frozen=True)
class Period:
    """From the start to the end, both days included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @classmethod
    def known(cls, *, since: str, until: str, as_of: str) -> Period:
        """The span that three partial dates vouch for. "As of" a day vouches for that day, and
        joins it to `since` or `until`; without it, an open end is taken at its word."""
        start = since or as_of
        end = until or as_of
        return cls(first_day(start) if start else date.min, last_day(end) if end else date.max)


def check_order(**bounds: str) -> None:
    """Raises ValidationError on the second of two partial dates when it lies before the first."""
    (_first, start), (field, end) = bounds.items()
    try:
        backwards = bool(start and end) and last_day(end) < first_day(start)
    except ValueError:
        return  # the field's own validator says so
    if backwards:
        raise ValidationError({field: _("This is before the start date.")})
