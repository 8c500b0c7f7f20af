"""Dated things in the order of time, under their decades."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any


@dataclass(frozen=True)
class Entry:
    """Something that happened: `date` is partial ("1980", "1980-01-28"), `what` its template's."""

    date: str
    what: str
    about: Any

    @property
    def decade(self) -> int:
        return int(self.date[:4]) // 10 * 10


def by_decade(entries: Iterable[Entry]) -> list[tuple[int, list[Entry]]]:
    """The earliest first; what is known to the year only comes before that year's months."""
    in_order = sorted(entries, key=lambda entry: entry.date)
    return [(decade, list(found)) for decade, found in groupby(in_order, lambda e: e.decade)]
