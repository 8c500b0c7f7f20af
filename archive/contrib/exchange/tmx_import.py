"""Takes TMX files into the memory: what is bad in them is reported, the rest goes in.

Taking a file in again adds nothing: a pair of texts that the memory has, from wherever, stays one.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import BinaryIO

from django.utils.translation import gettext as _
from opencc import OpenCC

from archive.contrib.exchange.tmx import (
    KIND,
    MOST_CHARACTERS,
    PRINT_DATE,
    STORY,
    TmxError,
    TmxUnit,
    all_units,
    is_traditional,
    language_of,
    read_tmx,
)
from archive.desk.memory.units import add_new, make_unit
from archive.desk.models import MemoryUnit
from archive.inserts import in_batches
from archive.sandbox.pool import LimitError, run_limited
from archive.text.language import CHINESE, HAS_CHINESE, LANGUAGES, language_name, other
from archive.text.punctuation import joined

_UNITS = 500
# So many are named one by one; the rest is counted.
MOST_PROBLEMS = 200
_WORD = re.compile(r"\w")
_converter = cache(OpenCC)


class BadUnitError(Exception):
    """The unit can't go in; the message says why."""


@dataclass
class Problem:
    """A unit that didn't go in: its number in the file (from 1), its line, its id there."""

    number: int
    line: int
    tuid: str
    reason: str


@dataclass
class TmxReport:
    """What became of a file. `error` says why it couldn't be read to its end, if so."""

    file: str
    tool: str = ""
    units: int = 0
    added: int = 0
    already_there: int = 0
    # Whose Chinese was in traditional characters.
    converted: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)
    error: str = ""

    @property
    def is_clean(self) -> bool:
        return not (self.error or self.skipped)

    @property
    def summary(self) -> list[str]:
        """Sentences for people."""
        counts = _(
            "%(added)d new, %(already_there)d already there, %(skipped)d skipped, of "
            "%(units)d units."
        )
        note = _("Converted from traditional to simplified characters: %(converted)d.")
        return [text % vars(self) for text in ([counts, note] if self.converted else [counts])]


# Tells a file's units.
Reader = Callable[[BinaryIO], Iterable[TmxUnit]]


def read_upload(stream: BinaryIO) -> Iterator[TmxUnit]:
    """As `read_tmx`, of a file that a browser sends: in a process with limits."""
    try:
        units, error = run_limited(all_units, stream.read())
    except LimitError as limit:
        raise TmxError(str(limit)) from limit
    yield from units
    if error:
        raise error


def import_tmx(stream: BinaryIO, name: str, read: Reader = read_tmx) -> TmxReport:
    """Take a file in, some hundred units at a time, each time whole or not at all."""
    report = TmxReport(name)
    for units in in_batches(_usable(read(stream), report), _UNITS):
        added = add_new(units)
        report.added += added
        report.already_there += len(units) - added
    return report


def _usable(units: Iterable[TmxUnit], report: TmxReport) -> Iterator[MemoryUnit]:
    try:
        for unit in units:
            report.units += 1
            report.tool = report.tool or unit.tool[:100]
            try:
                yield _as_memory(unit, report)
            except BadUnitError as error:
                report.skipped += 1
                if len(report.problems) < MOST_PROBLEMS:
                    problem = Problem(unit.number, unit.line, unit.tuid, str(error))
                    report.problems.append(problem)
    except TmxError as error:
        report.error = str(error)


def _as_memory(unit: TmxUnit, report: TmxReport) -> MemoryUnit:
    texts, was_traditional = _texts(unit)
    report.converted += was_traditional
    written_in = language_of(unit.source_language) or next(iter(texts))
    return make_unit(
        written_in,
        texts[written_in],
        texts[other(written_in)],
        provenance=MemoryUnit.Provenance.TMX,
        kind=unit.props.get(KIND, "")[:20],
        label=unit.props.get(STORY, "")[:255],
        print_date=_day(unit.props.get(PRINT_DATE, "")),
        file_name=report.file[-255:],
        file_tool=unit.tool[:100],
        file_date=_moment(unit.date),
    )


def _texts(unit: TmxUnit) -> tuple[dict[str, str], bool]:
    """{language: text} in the unit's order, and whether its Chinese was in the traditional script.

    Simplified Chinese comes before traditional, of other variants the first.
    """
    if unit.is_too_long:
        message = _("A text has more than %(number)d characters.")
        raise BadUnitError(message % {"number": MOST_CHARACTERS})
    found = [(language_of(code), code, text) for code, text in unit.texts if _WORD.search(text)]
    texts: dict[str, str] = {}
    for language, _code, text in found:
        if language:
            texts.setdefault(language, text)
    if len(texts) < len(LANGUAGES):
        codes = joined(code[:20] for code, _text in unit.texts[:10]) or "–"
        reason = _("It has no %(language)s text; its languages: %(codes)s.")
        lacking = next(language for language in LANGUAGES if language not in texts)
        raise BadUnitError(reason % {"language": language_name(lacking), "codes": codes})
    if not HAS_CHINESE:
        return texts, False
    simplified = [t for one, code, t in found if one == CHINESE and not is_traditional(code)]
    texts[CHINESE] = simplified[0] if simplified else _converter("t2s").convert(texts[CHINESE])
    return texts, not simplified


def _moment(text: str) -> datetime | None:
    """TMX's own form, 20150922T080000Z; None for anything else."""
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
