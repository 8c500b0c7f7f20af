"""Writes names as tables: the CSV that is read back, and what OpenRefine and Wikidata take.

A cell that a spreadsheet would run as a formula gets an apostrophe in front, which reading the
file back takes off again. The CSV's last column, `version`, is a digest of what the entry said:
whoever edits the file and takes it in again changes what nobody else has changed meanwhile.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from archive.entities.csv_import import EXPORT_COLUMNS, LIST_SEPARATOR, SUFFIXES
from archive.entities.loads import Value, digest
from archive.entities.models import Entity
from archive.text.language import CHINESE, ENGLISH, column

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_ALIASES = {f"aliases_{suffix}": language for suffix, language in SUFFIXES.items()}
# Breaks would end a TSV line.
_BREAKS = re.compile(r"[\t\r\n]+")


def guarded(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def export_values(entity: Entity) -> dict[str, Any]:
    """An entry's cells by column of `EXPORT_COLUMNS`, in its order; names are prefetched."""
    written = {
        name: LIST_SEPARATOR.join(entity.aliases_in(language))
        for name, language in _ALIASES.items()
    }
    written["version"] = version_of(entity)
    return {
        name: guarded(written[name] if name in written else getattr(entity, name))
        for name in EXPORT_COLUMNS
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


def write_csv(out: TextIO, entities: Iterable[Entity]) -> int:
    """The same table as the list's download; how many entries were written."""
    rows = (export_values(entity).values() for entity in entities)
    return _write(csv.writer(out), EXPORT_COLUMNS.values(), rows)


def _write(writer: Any, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> int:
    writer.writerow(header)
    written = 0
    for cells in rows:
        writer.writerow(cells)
        written += 1
    return written


def write_openrefine(out: TextIO, entities: Iterable[Entity]) -> int:
    """TSV for OpenRefine: reconcile `name_en` or `name_zh` with Wikidata, by the other columns.
    Their headings name the Wikidata properties that OpenRefine asks for: P17, P625, P1566."""
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    rows = (
        [guarded(_BREAKS.sub(" ", cell(entity))) for cell in _OPENREFINE.values()]
        for entity in entities
    )
    return _write(writer, _OPENREFINE, rows)


def write_quickstatements(out: TextIO, entities: Iterable[Entity]) -> int:
    """QuickStatements (version 1) for entries with a Wikidata id: labels, aliases, GeoNames id.
    Nobody else's judgement is sent: no descriptions, no classes. How many entries are in it."""
    written = 0
    for entity in entities:
        if not entity.wikidata_id:
            continue
        for line in _statements(entity):
            out.write(f"{entity.wikidata_id}\t{line}\n")
        written += 1
    return written


def _statements(entity: Entity) -> Iterable[str]:
    for language, code in ((ENGLISH, "en"), (CHINESE, "zh-hans")):
        if name := entity.name_in(language):
            yield f"L{code}\t{_quoted(name)}"
        for other in entity.names.all():
            if other.language == language and not other.forbidden:
                yield f"A{code}\t{_quoted(other.text)}"
    if entity.geonames_id:
        yield f"P1566\t{_quoted(str(entity.geonames_id))}"


def _quoted(text: str) -> str:
    return '"' + _BREAKS.sub(" ", text).replace('"', "'") + '"'


def _text(name: str) -> Callable[[Entity], str]:
    return lambda entity: str(getattr(entity, name) or "")


_OPENREFINE: dict[str, Callable[[Entity], str]] = {
    "key": _text("key"),
    "kind": lambda entity: entity.place_type or entity.kind,
    "name_en": _text(column("name", ENGLISH)),
    "name_zh": _text(column("name", CHINESE)),
    "description_en": _text(column("description", ENGLISH)),
    "description_zh": _text(column("description", CHINESE)),
    "aliases_en": lambda entity: "|".join(entity.aliases_in(ENGLISH)),
    "aliases_zh": lambda entity: "|".join(entity.aliases_in(CHINESE)),
    "Wikidata": _text("wikidata_id"),
    "P17": lambda entity: entity.country,
    "P625": lambda one: "" if one.latitude is None else f"{one.latitude},{one.longitude}",
    "P1566": _text("geonames_id"),
}
FORMATS: dict[str, Callable[[TextIO, Iterable[Entity]], int]] = {
    "csv": write_csv,
    "openrefine": write_openrefine,
    "quickstatements": write_quickstatements,
}
