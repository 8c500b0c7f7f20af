"""Takes the lines of a translators' list (CSV) into the names, and overwrites nothing.

Columns: `en`, `zh` (one of them filled), `kind`; and, where wanted, `aliases_en`, `aliases_zh`,
`forbidden_en`, `forbidden_zh` (several forms with semicolons between), `description_en`,
`description_zh`, `source_url`, `wikidata_id`, `key`. The file is UTF-8 with a header.

A line belongs to the entry with its key, else its Wikidata id, else its names. Where the entry
says something else than the line, the entry's stays and the report says so.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from archive.entities.actions import entry_named, forms_in_use
from archive.entities.csv_files import (
    KEY,
    SUFFIXES,
    Reader,
    alias_kind,
    listed,
    read_table,
    split_kind,
)
from archive.entities.loads import Kept, LoadReport, Parsed, RowError, row_errors
from archive.entities.models import Entity, EntityName
from archive.text.language import column
from archive.text.punctuation import joined
from archive.text.spreadsheets import read_csv

# Model column -> heading.
NAMES = {column("name", language): suffix for suffix, language in SUFFIXES.items()}
FACTS = {
    **{column("description", lang): f"description_{suffix}" for suffix, lang in SUFFIXES.items()},
    "source_url": "source_url",
    "wikidata_id": "wikidata_id",
}
HEADINGS = {**NAMES, **FACTS, "key": "key", "kind": "kind", "place_type": "kind"}
COLUMNS = (
    *SUFFIXES,
    "kind",
    *(f"aliases_{suffix}" for suffix in SUFFIXES),
    *(f"forbidden_{suffix}" for suffix in SUFFIXES),
    *FACTS.values(),
    "key",
)
_WIKIDATA = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True)
class ListedForm:
    """Another form of a name, and the heading of the column that it stands in."""

    text: str
    language: str
    forbidden: bool
    heading: str


@dataclass(frozen=True)
class GlossaryRow:
    """One line: `names` by language and `facts` by model column, both without empty cells."""

    file: str
    line: int
    key: str
    kind: str
    place_type: str
    names: Mapping[str, str]
    facts: Mapping[str, str]
    forms: tuple[ListedForm, ...]

    def __str__(self) -> str:
        return " / ".join(self.names.values())


def parse_glossary(text: str, file: str, read: Reader = read_csv) -> Parsed[GlossaryRow]:
    """The good lines of a file, and an error with its way out for each cell that isn't."""
    parsed: Parsed[GlossaryRow] = Parsed()
    for line, cells in read_table(text, file, {"kind"}, set(COLUMNS), parsed.errors, read):
        errors = [RowError(file, line, *error) for error in _cell_errors(cells)]
        parsed.errors.extend(errors)
        if not errors:
            parsed.rows.append(_row(cells, file, line))
    return parsed


def _cell_errors(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not any(cells.get(suffix) for suffix in SUFFIXES):
        message = _("Give the name in one of the columns %(columns)s, or in both.")
        yield next(iter(SUFFIXES)), message % {"columns": joined(SUFFIXES)}
    if cells["kind"] not in Entity.Kind.values + Entity.PlaceType.values:
        choices = [kind for kind in Entity.Kind.values if kind != Entity.Kind.PLACE]
        choices = [*choices, *Entity.PlaceType.values]
        yield "kind", _("Write one of: %(choices)s.") % {"choices": joined(choices)}
    if cells.get("key") and not KEY.fullmatch(cells["key"]):
        yield "key", _("Write a key of small letters, figures and hyphens, such as new-york.")
    if cells.get("wikidata_id") and not _WIKIDATA.fullmatch(cells["wikidata_id"]):
        yield "wikidata_id", _("Write Q and a number, such as Q59144.")
    for suffix in SUFFIXES:
        used = {cells.get(suffix, ""), *_listed(cells, f"aliases_{suffix}")}
        for text in _listed(cells, f"forbidden_{suffix}"):
            if text in used:
                message = _("%(form)s is also listed as allowed: remove one of the two.")
                yield f"forbidden_{suffix}", message % {"form": text}


def _listed(cells: Mapping[str, str], heading: str) -> list[str]:
    return listed(cells.get(heading, ""))


def _row(cells: Mapping[str, str], file: str, line: int) -> GlossaryRow:
    forms = (
        ListedForm(text, language, what == "forbidden", f"{what}_{suffix}")
        for suffix, language in SUFFIXES.items()
        for what in ("aliases", "forbidden")
        for text in _listed(cells, f"{what}_{suffix}")
        if text != cells.get(suffix)
    )
    return GlossaryRow(
        file,
        line,
        cells.get("key", ""),
        *split_kind(cells["kind"]),
        {language: cells[suffix] for suffix, language in SUFFIXES.items() if cells.get(suffix)},
        {name: cells[heading] for name, heading in FACTS.items() if cells.get(heading)},
        tuple(forms),
    )


@dataclass(frozen=True)
class GlossaryLine:
    """What became of a line that went in: `added` says what is new in its entry or term."""

    line: int
    entity: Model
    is_new: bool
    added: tuple[str, ...]

    @property
    def added_words(self) -> str:
        return joined(self.added)


@dataclass
class GlossaryReport(LoadReport):
    lines: list[GlossaryLine] = field(default_factory=list)
    is_dry_run: bool = False


def import_glossary(rows: Iterable[GlossaryRow], *, dry_run: bool = False) -> GlossaryReport:
    """A line that fails is reported, the others go in; a dry run reports, and stores nothing."""
    return import_lines(rows, _import, HEADINGS, GlossaryReport(is_dry_run=dry_run))


class CsvLine(Protocol):
    """What a line of a file is read into."""

    @property
    def file(self) -> str: ...

    @property
    def line(self) -> int: ...


AnyLine = TypeVar("AnyLine", bound=CsvLine)


def import_lines(
    rows: Iterable[AnyLine],
    take_in: Callable[[AnyLine, GlossaryReport], None],
    headings: Mapping[str, str],
    report: GlossaryReport,
) -> GlossaryReport:
    """Take lines in, each by itself; `headings` are those of the columns that errors name."""
    with transaction.atomic():
        for row in rows:
            try:
                with transaction.atomic():
                    take_in(row, report)
            except ValidationError as error:
                report.errors.extend(row_errors(error, row.file, row.line, headings))
        transaction.set_rollback(report.is_dry_run)
    return report


def _import(row: GlossaryRow, report: GlossaryReport) -> None:
    found = entry_named(row.kind, row.names, key=row.key, wikidata_id=row.facts.get("wikidata_id"))
    entity = found or Entity(key=row.key, kind=row.kind, place_type=row.place_type)
    is_new = entity.pk is None
    change = _Change(row, entity)
    if entity.kind != row.kind:
        change.keep_value("kind", entity.get_kind_display(), row.kind)
    for language, text in row.names.items():
        if text not in forms_in_use(entity, language):
            change.take_fact(column("name", language), text)
    for name, value in row.facts.items():
        change.take_fact(name, value)
    for form in row.forms:
        change.take_form(form)
    if is_new or change.added:
        # The bare columns repeat a language's own, and would complain a second time.
        entity.full_clean(exclude=["name", "description"])
        entity.save()
    report.count(entity, is_new=is_new, changed=bool(change.added))
    report.kept.extend(change.kept)
    report.lines.append(GlossaryLine(row.line, entity, is_new, tuple(change.added)))


class _Change:
    """What one line adds to an entry, and what the entry keeps of its own."""

    def __init__(self, row: GlossaryRow, entity: Entity) -> None:
        self.row = row
        self.entity = entity
        self.added: list[str] = []
        self.kept: list[Kept] = []
        self.stored = {(name.language, name.text): name for name in entity.names.all()}

    def keep(self, heading: str, reason: str, **texts: object) -> None:
        where = self.row.file, self.row.line, self.entity.key, heading
        self.kept.append(Kept(*where, reason=reason % texts))

    def keep_value(self, heading: str, stored: object, offered: str) -> None:
        reason = _("“%(stored)s” stays, the file has “%(offered)s”")
        self.keep(heading, reason, stored=stored, offered=offered)

    def take_fact(self, name: str, value: str) -> None:
        stored = getattr(self.entity, name)
        if not stored:
            setattr(self.entity, name, value)
            self.added.append(value)
        elif stored != value:
            self.keep_value(HEADINGS[name], stored, value)

    def take_form(self, form: ListedForm) -> None:
        known = self.stored.get((form.language, form.text))
        if form.text == self.entity.name_in(form.language):
            if form.forbidden:
                reason = _("“%(form)s” is the name itself")
                self.keep(form.heading, reason, form=form.text)
        elif known is None:
            self._add(form)
        elif known.forbidden != form.forbidden:
            allowed = _("“%(form)s” is allowed here: change that on the name's own page")
            forbidden = _("“%(form)s” is forbidden here: change that on the name's own page")
            self.keep(form.heading, forbidden if known.forbidden else allowed, form=form.text)

    def _add(self, form: ListedForm) -> None:
        name = EntityName(
            text=form.text,
            language=form.language,
            kind=alias_kind(form.text, form.language),
            forbidden=form.forbidden,
            sort_order=len(self.stored),
        )
        try:
            name.clean_fields(exclude=["entity"])
        except ValidationError as error:
            raise ValidationError({form.heading: error.messages}) from error
        self.entity.names.add(name)
        self.stored[form.language, form.text] = name
        self.added.append(form.text)
