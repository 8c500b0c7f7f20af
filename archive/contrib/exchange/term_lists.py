"""Takes the lines of a list of terms (CSV) in, and overwrites nothing.

Columns, as the export has them: `en` and `zh` (both filled), and, where wanted, `part_of_speech`,
`aliases_en`, `aliases_zh`, `forbidden_en`, `forbidden_zh` (several forms with semicolons between),
`definition_en`, `definition_zh`, `note`. The file is UTF-8 with a header.

A line belongs to the term that has both its words. What the term lacks is added. Where it says
something else than the line, the term's stays and the report says so.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from archive.contrib.exchange.name_lists import GlossaryLine, GlossaryReport, import_lines
from archive.entities.csv_files import LIST_SEPARATOR, Reader, listed, read_table
from archive.entities.loads import Kept, Parsed, RowError
from archive.entities.terms.models import COLUMNS, FORMS, WORDS, GlossaryTerm
from archive.text.punctuation import joined
from archive.text.spreadsheets import read_csv


@dataclass(frozen=True)
class TermRow:
    """One line: `values` by model column, without empty cells."""

    file: str
    line: int
    values: Mapping[str, str]


def parse_terms(text: str, file: str, read: Reader = read_csv) -> Parsed[TermRow]:
    """The good lines of a file, and an error for each cell that can't be read."""
    parsed: Parsed[TermRow] = Parsed()
    required, known = set(WORDS.values()), set(COLUMNS.values())
    for line, cells in read_table(text, file, required, known, parsed.errors, read):
        errors = [RowError(file, line, *error) for error in _cell_errors(cells)]
        parsed.errors.extend(errors)
        if not errors:
            values = {name: cells.get(heading, "") for name, heading in COLUMNS.items()}
            parsed.rows.append(TermRow(file, line, {n: text for n, text in values.items() if text}))
    return parsed


def _cell_errors(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    choices = GlossaryTerm.PartOfSpeech.values
    if cells.get("part_of_speech") and cells["part_of_speech"] not in choices:
        yield "part_of_speech", _("Write one of: %(choices)s.") % {"choices": joined(choices)}


def import_terms(
    rows: Iterable[TermRow], *, dry_run: bool = False, user: Any = None
) -> GlossaryReport:
    """A line that fails is reported, the others go in; a dry run reports, and stores nothing."""
    return import_lines(rows, _import, COLUMNS, GlossaryReport(is_dry_run=dry_run, user=user))


def _import(row: TermRow, report: GlossaryReport) -> None:
    given = GlossaryTerm(**row.values)
    term = given.same().first()
    is_new, added = term is None, list[str]()
    if term is None:
        term = given
        term.author = report.user
    else:
        added = list(_add(row, term, report))
    if is_new or added:
        # The bare columns repeat a language's own, and would complain a second time.
        term.full_clean(exclude=["term", "definition", "variants", "forbidden"])
        term.save()
    report.count(term, is_new=is_new, changed=bool(added))
    report.lines.append(GlossaryLine(row.line, term, is_new, tuple(added)))


def _add(row: TermRow, term: GlossaryTerm, report: GlossaryReport) -> Iterator[str]:
    """Put what the term lacks into it; gives each text that was added."""
    for name, value in row.values.items():
        stored = getattr(term, name) or ""
        if name in FORMS:
            new = [form for form in listed(value) if form not in listed(stored)]
            setattr(term, name, LIST_SEPARATOR.join([*listed(stored), *new]))
            yield from new
        elif not stored:
            setattr(term, name, value)
            yield value
        elif stored != value and name not in WORDS:
            reason = _("“%(stored)s” stays, the file has “%(offered)s”")
            reason %= {"stored": stored, "offered": value}
            report.kept.append(Kept(row.file, row.line, str(term), COLUMNS[name], reason=reason))
