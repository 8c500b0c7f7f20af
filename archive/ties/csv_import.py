"""Reads ties between places from a CSV file: a pure parse, as in `archive.entities.csv_files`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from archive.entities.csv_files import SUFFIXES, read_table
from archive.entities.loads import Parsed, RowError, Value
from archive.text.dates import validate_partial
from archive.text.language import FIRST, SECOND, SHORT_CODES, column
from archive.text.punctuation import joined
from archive.ties.models import Tie

# Model column -> heading in the files.
COLUMNS = {
    "kind": "kind",
    "since": "since",
    "until": "until",
    "status": "status",
    "confidence": "confidence",
    **{column("description", lang): f"description_{name}" for name, lang in SUFFIXES.items()},
    "place_a": "from_key",
    "place_b": "to_key",
    "source_url": "source_url",
}
_SENTENCES = {"evidence": FIRST, f"evidence_{SHORT_CODES[SECOND]}": SECOND}
_REQUIRED = {"from_key", "to_key", "kind"}
# A visit that was only announced says so in its evidence, in these words.
_PLANNED = "(planned"


@dataclass(frozen=True)
class TieRow:
    """One tie: `values` by model column; `sentences` of its evidence by language."""

    file: str
    line: int
    keys: tuple[str, str]
    kind: str
    values: Mapping[str, Value]
    source_url: str
    sentences: Mapping[str, str]


def parse_ties(text: str, file: str) -> Parsed[TieRow]:
    """The ties of a file, and an error for each cell that can't be read."""
    parsed: Parsed[TieRow] = Parsed()
    first_lines: dict[tuple[str, ...], int] = {}
    known = {*COLUMNS.values(), *_SENTENCES}
    for line, cells in read_table(text, file, _REQUIRED, known, parsed.errors):
        errors = list(_cell_errors(cells))
        identity = (*sorted((cells["from_key"], cells["to_key"])), cells["kind"])
        if identity in first_lines:
            message = _("The same tie is on line %(line)s: take out one of the two.")
            errors.append(("kind", message % {"line": first_lines[identity]}))
        first_lines.setdefault(identity, line)
        if errors:
            parsed.errors.extend(RowError(file, line, *error) for error in errors)
        else:
            parsed.rows.append(_row(cells, file, line))
    return parsed


def _cell_errors(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for heading in ("from_key", "to_key"):
        if not cells[heading]:
            yield heading, _("Write the key of a place.")
    for heading, choices in (
        ("kind", Tie.Kind.values),
        ("status", ["", *Tie.Status.values]),
        ("confidence", ["", *Tie.Confidence.values]),
    ):
        if heading in cells and cells[heading] not in choices:
            some = joined(filter(None, choices))
            yield heading, _("Write one of: %(choices)s.") % {"choices": some}
    for heading in ("since", "until"):
        try:
            if cells.get(heading):
                validate_partial(cells[heading])
        except ValidationError as error:
            yield heading, error.messages[0]
    has_evidence = any(cells.get(heading) for heading in _SENTENCES)
    if has_evidence and not cells.get("source_url"):
        yield "source_url", _("Name the page that the evidence was read on.")
    if cells.get("source_url") and not has_evidence:
        yield "evidence", _("Say in one sentence what the source says of the tie.")


def _row(cells: Mapping[str, str], file: str, line: int) -> TieRow:
    values: dict[str, Value] = {
        name: cells[heading]
        for name, heading in COLUMNS.items()
        if heading in cells and name not in ("kind", "place_a", "place_b", "source_url")
    }
    # Only what the file says: a list of ties doesn't tell which are still in force.
    is_exchange = cells["kind"] == Tie.Kind.FRIENDLY_EXCHANGE
    is_planned = is_exchange and _PLANNED in cells.get("evidence", "")
    status = Tie.Status.PLANNED if is_planned else Tie.Status.UNKNOWN
    values["status"] = cells.get("status") or status.value
    return TieRow(
        file=file,
        line=line,
        keys=(cells["from_key"], cells["to_key"]),
        kind=cells["kind"],
        values=values,
        source_url=cells.get("source_url", ""),
        sentences={
            language: cells[heading]
            for heading, language in _SENTENCES.items()
            if cells.get(heading)
        },
    )
