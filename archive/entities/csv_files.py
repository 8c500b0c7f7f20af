"""Names as CSV files, in and out, and as the tables that OpenRefine and Wikidata take.

Reading is a pure parse: text in, rows and errors out. What the rows do to the archive is in
`actions`. A file is UTF-8 with a header; lists inside a cell use semicolons. Columns may be
missing: a field that isn't in the file is never touched.

A cell that a spreadsheet would run as a formula gets an apostrophe in front, which reading the
file back takes off again. The last column, `version`, is a digest of what the entry said: whoever
edits the file and takes it in again changes what nobody else has changed meanwhile.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from django.utils.translation import gettext as _

from archive.entities.loads import Parsed, RowError, Value, digest
from archive.entities.models import Entity, EntityName
from archive.sandbox.pool import LimitError, run_limited
from archive.text.language import (
    BY_SHORT_CODE,
    CHINESE,
    ENGLISH,
    HAS_CHINESE,
    LANGUAGES,
    SHORT_CODES,
    column,
)
from archive.text.normalisation import to_simplified
from archive.text.punctuation import joined
from archive.text.spreadsheets import TableError, all_rows, read_csv, restored, write_csv

LIST_SEPARATOR = ";"
# Chinese keyboards write the other semicolon.
_SEPARATORS = re.compile(f"[{LIST_SEPARATOR}；\n]")
# A file's own words for its languages.
SUFFIXES = BY_SHORT_CODE

# Model column -> heading in the files, in the order of an export.
EXPORT_COLUMNS = {
    "key": "key",
    "kind": "kind",
    "place_type": "place_type",
    **{column("name", language): f"name_{suffix}" for suffix, language in SUFFIXES.items()},
    **{f"aliases_{suffix}": f"aliases_{suffix}" for suffix in SUFFIXES},
    **{column("description", lang): f"description_{suffix}" for suffix, lang in SUFFIXES.items()},
    **{column("region", language): f"region_{suffix}" for suffix, language in SUFFIXES.items()},
    "country": "country",
    "latitude": "lat",
    "longitude": "lon",
    "coordinates_source": "coordinates_source",
    "geonames_id": "geonames_id",
    "wikidata_id": "wikidata_id",
    **({"pinyin": "pinyin"} if HAS_CHINESE else {}),
    "source_url": "source_url",
    "verified": "verified",
    "version": "version",
}
_ALIASES = {f"aliases_{suffix}": language for suffix, language in SUFFIXES.items()}
_ENGLISH_NAME = f"name_{SHORT_CODES.get(ENGLISH)}"
_SPECIAL = {"key", "kind", "place_type", "version", *_ALIASES}
# Breaks would end a TSV line.
_BREAKS = re.compile(r"[\t\r\n]+")
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DEGREES = re.compile(r"[+-]?(?:[0-9]{1,3}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_ABBREVIATION = re.compile(r"[A-Z]{2,8}")


@dataclass(frozen=True)
class Alias:
    text: str
    language: str
    kind: str


@dataclass(frozen=True)
class EntityRow:
    """One entry: `values` by model column, only those that the file has.

    A `key` of "" is made from the English name.
    """

    file: str
    line: int
    key: str
    values: Mapping[str, Value]
    aliases: tuple[Alias, ...]
    # The languages whose aliases the file lists.
    alias_languages: tuple[str, ...] = ()
    # What the entry said when the file was exported: a digest, or "".
    version: str = ""


# Tells a table's rows and their lines.
Reader = Callable[[str], Iterator[tuple[int, list[str]]]]


def read_upload(text: str) -> Iterator[tuple[int, list[str]]]:
    """As `read_csv`, of a file that a browser sends: in a process with limits.

    Raises LimitError, too.
    """
    rows, error = run_limited(all_rows, text)
    yield from rows
    if error:
        raise error


def parse_entities(text: str, file: str, read: Reader = read_csv) -> Parsed[EntityRow]:
    """The entries of a file, and an error for each cell that can't be read."""
    parsed: Parsed[EntityRow] = Parsed()
    first_lines: dict[str, int] = {}
    known = set(EXPORT_COLUMNS.values())
    for line, cells in read_table(text, file, {"kind"}, known, parsed.errors, read):
        errors = list(_cell_errors(cells))
        key = cells.get("key", "")
        first = first_lines.setdefault(key, line) if key else line
        if first != line:
            message = _("The same key is on line %(line)s: remove one of the two.")
            errors.append(("key", message % {"line": first}))
        if errors:
            parsed.errors.extend(RowError(file, line, *error) for error in errors)
        else:
            parsed.rows.append(_row(cells, file, line))
    return parsed


def read_table(
    text: str,
    file: str,
    required: set[str],
    known: set[str],
    errors: list[RowError],
    read: Reader = read_csv,
) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row; complaints about the table's form go to `errors`."""
    rows = read(text)
    try:
        _line, names = next(rows, (1, []))
        for name in sorted(required - {*names}):
            message = _("This column is missing: add it to the header.")
            errors.append(RowError(file, 1, name, message))
        for name in sorted({*names} - known):
            message = _("No such column: correct its name in the header, or remove it.")
            errors.append(RowError(file, 1, name, message))
        for line, cells in rows if required <= {*names} else ():
            if len(cells) != len(names):
                message = _("The number of cells differs from the header: quote texts with commas.")
                errors.append(RowError(file, line, "", message))
            elif any("\x00" in cell for cell in cells):
                message = _("The text contains a character that can't be stored.")
                errors.append(RowError(file, line, "", message))
            else:
                yield line, dict(zip(names, map(restored, cells), strict=True))
    except TableError as error:
        message = _("From here on the file can’t be read: a quotation mark may not be closed.")
        errors.append(RowError(file, error.line, "", message))
    except LimitError as error:
        errors.append(RowError(file, 1, "", str(error)))


def _cell_errors(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not cells.get("key") and not cells.get(_ENGLISH_NAME):
        yield "key", _("Give a key or the English name, of which the key is made.")
    if cells.get("key") and not KEY.fullmatch(cells["key"]):
        yield "key", _("Write a key of small letters, figures and hyphens, such as new-york.")
    if cells["kind"] not in Entity.Kind.values + Entity.PlaceType.values:
        choices = joined(Entity.PlaceType.values + Entity.Kind.values)
        yield "kind", _("Write one of: %(choices)s.") % {"choices": choices}
    for heading, convert in _CONVERTERS.items():
        try:
            convert(cells.get(heading, ""))
        except ValueError as error:
            yield heading, str(error)


def _row(cells: Mapping[str, str], file: str, line: int) -> EntityRow:
    values: dict[str, Value] = {
        name: _CONVERTERS.get(heading, str)(cells[heading])
        for name, heading in EXPORT_COLUMNS.items()
        if heading in cells and name not in _SPECIAL
    }
    values["kind"], place_type = split_kind(cells["kind"])
    values["place_type"] = place_type or cells.get("place_type", "")
    if "lat" in cells and "coordinates_source" not in cells:
        source = Entity.CoordinatesSource.GEONAMES.value
        values["coordinates_source"] = source if values.get("geonames_id") else ""
    languages = tuple(lang for suffix, lang in SUFFIXES.items() if f"aliases_{suffix}" in cells)
    aliases = tuple(
        Alias(text, language, alias_kind(text, language))
        for suffix, language in SUFFIXES.items()
        for text in listed(cells.get(f"aliases_{suffix}", ""))
        if text != cells.get(f"name_{suffix}")
    )
    version = cells.get("version", "")
    return EntityRow(file, line, cells.get("key", ""), values, aliases, languages, version)


def split_kind(text: str) -> tuple[str, str]:
    """The kind and the type of place: the latter may stand where the kind is asked for."""
    if text in Entity.PlaceType.values:
        return Entity.Kind.PLACE.value, text
    return text, ""


def listed(cell: str) -> list[str]:
    """The texts of a cell that holds a list, each once."""
    return list(dict.fromkeys(filter(None, map(str.strip, _SEPARATORS.split(cell)))))


def alias_kind(text: str, language: str) -> str:
    """What a form's spelling gives away: traditional characters, or an abbreviation. Whether a
    spelling is an old name or another romanisation can't be told from it."""
    if language == CHINESE and to_simplified(text) != text:
        return EntityName.Kind.TRADITIONAL.value
    if language == ENGLISH and _ABBREVIATION.fullmatch(text):
        return EntityName.Kind.ABBREVIATION.value
    return EntityName.Kind.ALIAS.value


def _decimal(text: str) -> float | None:
    # float() takes "nan" and "inf" as well, and 1_0.
    if text and not _DEGREES.fullmatch(text):
        raise ValueError(_("Write degrees as a number with a point, such as 21.2339."))
    return float(text) if text else None


def _whole(text: str) -> int | None:
    if text and not text.isdecimal():
        raise ValueError(_("Write a whole number, or leave the cell empty."))
    return int(text) if text else None


def _yes_no(text: str) -> bool:
    answers = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if text and text.lower() not in answers:
        raise ValueError(_("Write yes or no."))
    return answers.get(text.lower(), False)


_CONVERTERS: dict[str, Callable[[str], Value]] = {
    "lat": _decimal,
    "lon": _decimal,
    "geonames_id": _whole,
    "verified": _yes_no,
}


def export_values(entity: Entity) -> dict[str, Any]:
    """An entry's cells by column of `EXPORT_COLUMNS`, in its order; names are prefetched."""
    written = {
        name: LIST_SEPARATOR.join(entity.aliases_in(language))
        for name, language in _ALIASES.items()
    }
    written["version"] = version_of(entity)
    return {
        name: written[name] if name in written else getattr(entity, name) for name in EXPORT_COLUMNS
    }


def version_of(entity: Entity) -> str:
    """A digest of all that the CSV says of the entry."""
    parts: list[Value] = [
        getattr(entity, name) or None
        for name in EXPORT_COLUMNS
        if name not in _ALIASES and name != "version"
    ]
    forms = sorted(f"{name.language}:{name.text}" for name in entity.names.all())
    return digest("\0".join([*map(str, parts), *forms]))


def write_entities(out: TextIO, entities: Iterable[Entity]) -> int:
    """The same table as the list's download; how many entries were written."""
    rows = (export_values(entity).values() for entity in entities)
    return write_csv(out, EXPORT_COLUMNS.values(), rows)


def write_openrefine(out: TextIO, entities: Iterable[Entity]) -> int:
    """TSV for OpenRefine: reconcile `name_en` or `name_zh` with Wikidata, by the other columns.
    Their headings name the Wikidata properties that OpenRefine asks for: P17, P625, P1566."""
    cells = _OPENREFINE.values()
    rows = ([_BREAKS.sub(" ", cell(entity)) for cell in cells] for entity in entities)
    return write_csv(out, _OPENREFINE, rows, delimiter="\t", lineterminator="\n")


def write_quickstatements(out: TextIO, entities: Iterable[Entity]) -> int:
    """QuickStatements (version 1) for entries with a Wikidata id: labels, aliases, GeoNames id.
    Nobody else's judgement is sent: no descriptions, no classes. How many entries are in it."""
    written = 0
    for entity in (one for one in entities if one.wikidata_id):
        out.writelines(f"{entity.wikidata_id}\t{line}\n" for line in _statements(entity))
        written += 1
    return written


def _statements(entity: Entity) -> Iterable[str]:
    for language in LANGUAGES:
        if name := entity.name_in(language):
            yield f"L{language}\t{_quoted(name)}"
        for other in entity.names.all():
            if other.language == language and not other.forbidden:
                yield f"A{language}\t{_quoted(other.text)}"
    if entity.geonames_id:
        yield f"P1566\t{_quoted(str(entity.geonames_id))}"


def _quoted(text: str) -> str:
    return '"' + _BREAKS.sub(" ", text).replace('"', "'") + '"'


def _text(name: str) -> Callable[[Entity], str]:
    return lambda entity: str(getattr(entity, name) or "")


def _aliases(language: str) -> Callable[[Entity], str]:
    return lambda entity: "|".join(entity.aliases_in(language))


_OPENREFINE: dict[str, Callable[[Entity], str]] = {
    "key": _text("key"),
    "kind": lambda entity: entity.place_type or entity.kind,
    **{
        f"{field}_{suffix}": _text(column(field, language))
        for field in ("name", "description")
        for suffix, language in SUFFIXES.items()
    },
    **{f"aliases_{suffix}": _aliases(language) for suffix, language in SUFFIXES.items()},
    "Wikidata": _text("wikidata_id"),
    "P17": lambda entity: entity.country,
    "P625": lambda one: "" if one.latitude is None else f"{one.latitude},{one.longitude}",
    "P1566": _text("geonames_id"),
}
FORMATS: dict[str, Callable[[TextIO, Iterable[Entity]], int]] = {
    "csv": write_entities,
    "openrefine": write_openrefine,
    "quickstatements": write_quickstatements,
}
