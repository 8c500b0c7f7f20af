"""Loads rows of names into the archive, and keeps what editors changed since."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from archive.entities.csv_files import EXPORT_COLUMNS, SUFFIXES, Alias, EntityRow, version_of
from archive.entities.loads import (
    ChangedValue,
    Kept,
    LoadReport,
    Merge,
    Value,
    digest,
    merge,
    row_errors,
)
from archive.entities.models import Entity, EntityName
from archive.text.language import LANGUAGES, column
from archive.text.punctuation import joined


def load_entities(
    rows: Iterable[EntityRow], *, dry_run: bool = False, overwrite: bool = False, user: Any = None
) -> LoadReport:
    """Creates and updates entries by key; a row that fails is reported, the others go in. What an
    editor changed since the last load, or since the file was exported, stays, unless `overwrite`. A
    dry run reports, and stores nothing."""
    report = LoadReport(user=user)
    with transaction.atomic() if dry_run else nullcontext():
        for row in rows:
            try:
                with transaction.atomic():
                    _load(row, report, overwrite)
            except ValidationError as error:
                report.errors.extend(row_errors(error, row.file, row.line, EXPORT_COLUMNS))
        if dry_run:
            transaction.set_rollback(True)
    return report


def entry_named(
    kind: str, names: Mapping[str, str], *, key: str = "", wikidata_id: str | None = ""
) -> Entity | None:
    """The entry that a line of a list is about, by its key, else its Wikidata id, else its names.

    `names` are by language. Raises ValidationError where that can't be told.
    """
    if key:
        return Entity.objects.filter(key=key).first()
    if wikidata_id and (same := Entity.objects.filter(wikidata_id=wikidata_id).first()):
        return same
    named = Q()
    for language, text in names.items():
        others = EntityName.objects.filter(language=language, text=text, forbidden=False)
        named |= Q(**{column("name", language): text}) | Q(pk__in=others.values("entity"))
    found = list(Entity.objects.filter(named).order_by("key"))
    # With each of the line's names, or none in that language.
    alike = [
        entity
        for entity in found
        if entity.kind == kind
        and all(
            not (name := entity.name_in(language))
            or text in (name, *forms_in_use(entity, language))
            for language, text in names.items()
        )
    ]
    if len(alike) == 1:
        return alike[0]
    if not found:
        return None
    message = _(
        "There is an entry of this name already: add a column “key” with %(keys)s to mean that "
        "one, or with a key of its own for another."
    )
    keys = joined(entity.key for entity in alike or found)
    raise ValidationError({"key": message % {"keys": keys}})


def forms_in_use(entity: Entity, language: str) -> list[str]:
    return [
        name.text for name in entity.names.all() if name.language == language and not name.forbidden
    ]


def _load(row: EntityRow, report: LoadReport, overwrite: bool) -> None:
    if row.key:
        entity = Entity.with_merged.filter(key=row.key).first() or Entity(key=row.key)
    else:
        names = {code: str(row.values.get(column("name", code)) or "") for code in LANGUAGES}
        kind, number = str(row.values["kind"]), str(row.values.get("wikidata_id") or "")
        listed = {code: name for code, name in names.items() if name}
        entity = entry_named(kind, listed, wikidata_id=number) or Entity()
    if entity.merged_into_id:
        message = _("This entry was merged into “%(key)s”: use that key, or remove the line.")
        raise ValidationError({"key": message % {"key": entity.canonical.key}})
    stored_names = {_name_key(name): name for name in entity.names.all()}
    is_new = entity.pk is None
    # A new entry's defaults are nobody's choice.
    stored = {} if is_new else {name: getattr(entity, name) for name in row.values}
    current = stored | {key: name.kind for key, name in stored_names.items()}
    merged = _merge(row, entity, current, overwrite)
    if is_new or merged.writes or merged.digests != entity.source_digests:
        _write(entity, stored_names, merged)
    row = replace(row, key=entity.key)
    for key in merged.kept:
        texts = _as_text(current.get(key)), _as_text(row.values.get(key))
        heading = EXPORT_COLUMNS.get(key, key)
        report.kept.append(Kept(row.file, row.line, row.key, heading, *texts))
    report.count(entity, is_new=is_new, changed=merged.writes)
    report.changes += _changes(row, current, merged, is_new)


def _merge(row: EntityRow, entity: Entity, current: Mapping[str, Value], overwrite: bool) -> Merge:
    """An unchanged entry's export says what its editor saw: all that differs is meant."""
    incoming = {**row.values, **{_name_key(alias): alias.kind for alias in row.aliases}}
    lists = tuple(f"name:{language}:" for language in row.alias_languages)
    was_seen = bool(row.version and entity.pk and row.version == version_of(entity))
    if not (was_seen or overwrite):
        return merge(current, incoming, entity.source_digests, lists)
    # A CSV doesn't tell what kind of form it is: a known one's stays.
    kinds = {key: current[key] for key in incoming if key.startswith("name:") and key in current}
    seen = {key: digest(value) for key, value in current.items()}
    merged = merge(current, {**incoming, **kinds}, seen, lists if was_seen else ())
    # Written by a person: the next load of the original must not take it for its own.
    merged.digests = {k: v for k, v in entity.source_digests.items() if k not in merged.dropped}
    return merged


def _changes(
    row: EntityRow, current: Mapping[str, Value], merged: Merge, is_new: bool
) -> Iterator[ChangedValue]:
    if is_new:
        names = (str(row.values.get(column("name", language)) or "") for language in LANGUAGES)
        yield ChangedValue(row.line, row.key, "", "", " / ".join(filter(None, names)))
        return
    for key, value in merged.changes.items():
        if key.startswith("name:"):
            yield ChangedValue(row.line, row.key, *_as_form(key, added=key not in current))
        else:
            texts = _as_text(current.get(key)), _as_text(value)
            yield ChangedValue(row.line, row.key, EXPORT_COLUMNS.get(key, key), *texts)
    for key in merged.dropped:
        yield ChangedValue(row.line, row.key, *_as_form(key, added=False))


def _as_form(key: str, *, added: bool) -> tuple[str, str, str]:
    _prefix, language, text = key.split(":", 2)
    suffix = next(short for short, code in SUFFIXES.items() if code == language)
    return (f"aliases_{suffix}", "", text) if added else (f"aliases_{suffix}", text, "")


def _as_text(value: Value) -> str:
    return {None: "", True: "yes", False: "no"}.get(value, str(value))  # type: ignore[arg-type]


def _write(entity: Entity, names: dict[str, EntityName], merged: Merge) -> None:
    """Validates and saves; raises ValidationError and leaves the stored row as it was."""
    for key, value in merged.changes.items():
        if not key.startswith("name:"):
            setattr(entity, key, value)
            continue
        _prefix, language, text = key.split(":", 2)
        name = names.get(key) or EntityName(
            language=language, text=text, sort_order=len(entity.names.all())
        )
        name.kind = str(value)
        name.clean_fields(exclude=["entity"])
        # Also a stored one: what isn't added to the cluster isn't saved with it.
        entity.names.add(name)
    for key in merged.dropped:
        entity.names.remove(names[key])
    entity.source_digests = merged.digests
    entity.full_clean()
    entity.save()


def _name_key(name: EntityName | Alias) -> str:
    """Under which a name's digest is kept: "name:zh-hans:广州湾"."""
    return f"name:{name.language}:{name.text}"
