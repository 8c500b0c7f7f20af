"""Makes changes and keeps them, so that they can be taken back.

A change is a dict in JSON: {"op", "model", "pk", …}. Its op is "create" (`after`: all columns),
"update" (`before`, `after`: the changed columns), "delete" (`before`: all columns) or "keep"
(`before`: columns that come back whatever they are by then); others are a kind's own.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from archive.journal.models import JournalEntry
from archive.journal.rows import (
    Values,
    as_json,
    insert_row,
    lacks_target,
    read_values,
    rows_of,
    stored_values,
    values_of,
    write_values,
)

Change = dict[str, Any]


class Recording:
    """Changes in the order in which they are made, and the entry that they become."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.facts: Values = {}
        self._entry: JournalEntry | None = None

    @property
    def entry(self) -> JournalEntry:
        """Once it is stored."""
        assert self._entry is not None  # noqa: S101
        return self._entry

    def create(self, instance: models.Model) -> None:
        instance.save(force_insert=True)
        self.note("create", instance, after=values_of(instance))

    def delete(self, instance: models.Model) -> None:
        self.note("delete", instance, before=values_of(instance))
        rows_of(type(instance)).filter(pk=instance.pk).delete()

    def update(self, instance: models.Model, **values: Any) -> None:
        """Writes columns (by attname) past signals and `save()`; what is so already is left."""
        changed = {k: v for k, v in values.items() if getattr(instance, k) != v}
        if changed:
            before = {name: getattr(instance, name) for name in changed}
            self.note("update", instance, before=before, after=changed)
            write_values(instance, changed)

    def keep(self, instance: models.Model, names: Collection[str] = ()) -> None:
        """These columns, or all, are to be as they are now, whoever changes them hereafter."""
        before = stored_values(instance, names) if names else values_of(instance)
        self.note("keep", instance, before=before)

    def note(self, op: str, instance: models.Model, **values: Any) -> None:
        change = {"op": op, "model": instance._meta.label_lower, "pk": instance.pk, **values}
        self.changes.append(as_json(change))


@contextmanager
def recording(kind: str, about: models.Model, label: str, *, user: Any) -> Iterator[Recording]:
    """What is changed through it within, in a transaction, is an entry of the journal then; nothing
    is none."""
    record = Recording()
    yield record
    if record.changes:
        record._entry = JournalEntry.objects.create(
            kind=kind,
            about=about,
            label=label[:500],
            changes=record.changes,
            facts=record.facts,
            made_by=user,
        )


def revert(change: Change) -> bool:
    """Takes one change back; False, and nothing done, where the row was changed since."""
    model = apps.get_model(change["model"])
    stored = rows_of(model).filter(pk=change["pk"]).first()
    try:
        with transaction.atomic():
            return _REVERT[change["op"]](model, stored, change)
    except IntegrityError:
        return False


def _revert_create(model: Any, stored: Any, change: Change) -> bool:
    if stored is None or values_of(stored) != change["after"]:
        return stored is None
    stored.delete()
    return True


def _revert_delete(model: Any, stored: Any, change: Change) -> bool:
    if stored is not None or lacks_target(model, change["before"]):
        return False
    insert_row(model, change["before"])
    return True


def _revert_update(model: Any, stored: Any, change: Change) -> bool:
    if stored is None:
        return False
    now = values_of(stored)
    same = [name for name, value in change["after"].items() if now[name] == value]
    values = read_values(model, {name: change["before"][name] for name in same})
    if lacks_target(model, values):
        return False
    write_values(stored, values)
    return len(same) == len(change["after"])


def _revert_keep(model: Any, stored: Any, change: Change) -> bool:
    if stored is None or lacks_target(model, change["before"]):
        return False
    write_values(stored, read_values(model, change["before"]))
    return True


_REVERT = {
    "create": _revert_create,
    "delete": _revert_delete,
    "update": _revert_update,
    "keep": _revert_keep,
}
