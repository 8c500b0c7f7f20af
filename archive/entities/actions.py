"""Loads rows of names into the archive, and keeps what editors changed since."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from archive.entities.csv_import import EXPORT_COLUMNS, Alias, EntityRow
from archive.entities.models import Entity, EntityName
from archive.entities.provenance import Merge, merge
from archive.entities.reports import Kept, LoadReport, row_errors


def load_entities(rows: Iterable[EntityRow]) -> LoadReport:
    """Creates and updates entries by key; a row that fails is reported, the others go in."""
    report = LoadReport()
    for row in rows:
        try:
            with transaction.atomic():
                _load(row, report)
        except ValidationError as error:
            report.errors.extend(row_errors(error, row.file, row.line, EXPORT_COLUMNS))
    return report


def _load(row: EntityRow, report: LoadReport) -> None:
    entity = Entity.objects.filter(key=row.key).first() or Entity(key=row.key)
    names = {_name_key(name): name for name in entity.names.all()}
    is_new = entity.pk is None
    # A new entry's defaults are nobody's choice.
    stored = {} if is_new else {name: getattr(entity, name) for name in row.values}
    merged = merge(
        stored | {key: name.kind for key, name in names.items()},
        {**row.values, **{_name_key(alias): alias.kind for alias in row.aliases}},
        entity.source_digests,
        lists=tuple(f"name:{language}:" for language in row.alias_languages),
    )
    if is_new or merged.writes or merged.digests != entity.source_digests:
        _write(entity, names, merged)
    report.kept.extend(Kept(row.file, row.line, row.key, _heading(key)) for key in merged.kept)
    report.count(entity, is_new=is_new, changed=merged.writes)


def _write(entity: Entity, names: dict[str, EntityName], merged: Merge) -> None:
    """Validates and saves; raises ValidationError and leaves the stored row as it was."""
    for key, value in merged.changes.items():
        if key.startswith("name:"):
            _write_name(entity, names.get(key), key, str(value))
        else:
            setattr(entity, key, value)
    for key in merged.dropped:
        entity.names.remove(names[key])
    entity.source_digests = merged.digests
    entity.full_clean()
    entity.save()


def _write_name(entity: Entity, name: EntityName | None, key: str, kind: str) -> None:
    if name is None:
        _prefix, language, text = key.split(":", 2)
        name = EntityName(language=language, text=text, sort_order=len(entity.names.all()))
    name.kind = kind
    name.clean_fields(exclude=["entity"])
    # Also for a stored one: what isn't added to the cluster isn't saved with it.
    entity.names.add(name)


def _name_key(name: EntityName | Alias) -> str:
    """Under which a name's digest is kept: "name:zh-hans:广州湾"."""
    return f"name:{name.language}:{name.text}"


def _heading(key: str) -> str:
    return EXPORT_COLUMNS.get(key, key)
