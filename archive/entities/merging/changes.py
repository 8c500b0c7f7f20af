"""What a merge or split changed, row by row, and how it is taken back.

A row is a dict in JSON: {"op", "model", "pk", …}. Its op is "update" (`before`, `after`: changed
columns), "create" (`after`: all columns), "delete" (`before`: all columns), "redirect" (`before`,
`after`: where a name leads) or "split" (a name that was made of another, `source`). Texts and
revisions are never among them: what names a merged entry is resolved when it is read.
"""

from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from archive.entities.models import Entity
from archive.journal.rows import (
    as_json,
    insert_row,
    lacks_target,
    read_values,
    rows_of,
    values_of,
    write_values,
)

Row = dict[str, Any]


class ChangeRecord:
    """Makes one merge's or split's changes, and keeps them in their order."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def create(self, instance: models.Model) -> None:
        instance.save(force_insert=True)
        self._note("create", instance, after=values_of(instance))

    def delete(self, instance: models.Model) -> None:
        self._note("delete", instance, before=values_of(instance))
        rows_of(type(instance)).filter(pk=instance.pk).delete()

    def update(self, instance: models.Model, **values: Any) -> None:
        """Writes columns (by attname) past signals and `save()`; what is so already is left."""
        changed = {k: v for k, v in values.items() if getattr(instance, k) != v}
        if changed:
            before = {name: getattr(instance, name) for name in changed}
            self._note("update", instance, before=before, after=changed)
            write_values(instance, changed)

    def redirect(self, name: Entity, kept: Entity) -> None:
        """The name leads to another from now on, and so do those that were merged into it."""
        for one in [*Entity.with_merged.filter(merged_into=name.pk).order_by("pk"), name]:
            self._note("redirect", one, before=one.merged_into_id, after=kept.pk)
            write_values(one, {"merged_into_id": kept.pk})

    def split(self, made: Entity, source: Entity) -> None:
        self._note("split", made, source=source.pk)

    def _note(self, op: str, instance: models.Model, **values: Any) -> None:
        row = {"op": op, "model": instance._meta.label_lower, "pk": instance.pk, **values}
        self.rows.append(as_json(row))


def restore(row: Row) -> bool:
    """Takes one change back; False, and nothing done, where the row was changed since."""
    model = apps.get_model(row["model"])
    stored = rows_of(model).filter(pk=row["pk"]).first()
    try:
        with transaction.atomic():
            return _RESTORE[row["op"]](model, stored, row)
    except IntegrityError:
        return False


def _restore_created(model: Any, stored: Any, row: Row) -> bool:
    if stored is None or values_of(stored) != row["after"]:
        return stored is None
    stored.delete()
    return True


def _restore_deleted(model: Any, stored: Any, row: Row) -> bool:
    if stored is not None or lacks_target(model, row["before"]):
        return False
    insert_row(model, row["before"])
    return True


def _restore_updated(model: Any, stored: Any, row: Row) -> bool:
    if stored is None:
        return False
    now = values_of(stored)
    same = [name for name, value in row["after"].items() if now[name] == value]
    values = read_values(model, {name: row["before"][name] for name in same})
    if lacks_target(model, values):
        return False
    write_values(stored, values)
    return len(same) == len(row["after"])


def _restore_redirect(model: Any, stored: Any, row: Row) -> bool:
    """A later merge may have led the name on: a name that was its own is so again."""
    if stored is None or (row["before"] and stored.merged_into_id != row["after"]):
        return False
    before = Entity.with_merged.filter(pk=row["before"]).first()
    if before and before.canonical.pk == stored.pk:
        return False
    write_values(stored, {"merged_into_id": before.canonical.pk if before else None})
    return True


def _restore_split(model: Any, stored: Any, row: Row) -> bool:
    """The name that was made leads back, whatever names it by now; it keeps what it has."""
    source = Entity.with_merged.filter(pk=row["source"]).first()
    if stored is None or source is None:
        return stored is None
    if stored.merged_into_id or source.canonical.pk == stored.pk:
        return False
    ChangeRecord().redirect(stored, source.canonical)
    return True


_RESTORE = {
    "create": _restore_created,
    "delete": _restore_deleted,
    "update": _restore_updated,
    "redirect": _restore_redirect,
    "split": _restore_split,
}
