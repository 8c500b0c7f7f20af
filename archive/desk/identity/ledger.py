"""Changes rows, and keeps a record by which each change can be taken back.

An entry is a dict in JSON: {"op", "model", "pk", …}. Its op is "create" (`after`: all columns),
"delete" (`before`: all columns), "update" (`before`, `after`: the changed columns), "lists" (the
same of a version's lists of rows) or "mentions" (`column`, `places`, `old`, `new`, `digest`).
Texts are large and aren't stored a second time: the places of the changed mentions and a digest
of the result tell whether they can be put back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from modeltranslation.fields import TranslationField

from archive.desk.identity.mentions import lead, lead_back

Entry = dict[str, Any]


class Ledger:
    """One merge's or split's changes, in the order in which they were made."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def create(self, instance: models.Model) -> None:
        instance.save(force_insert=True)
        self.entries.append({"op": "create", **_name(instance), "after": values_of(instance)})

    def delete(self, instance: models.Model) -> None:
        self.entries.append({"op": "delete", **_name(instance), "before": values_of(instance)})
        rows_of(type(instance)).filter(pk=instance.pk).delete()

    def update(self, instance: models.Model, **values: Any) -> None:
        """Writes columns (by attname) past signals and `save()`; what is so already is left."""
        changed = {k: v for k, v in values.items() if getattr(instance, k) != v}
        if not changed:
            return
        before = {name: getattr(instance, name) for name in changed}
        rows_of(type(instance)).filter(pk=instance.pk).update(**changed)
        for name, value in changed.items():
            setattr(instance, name, value)
        entry = {"op": "update", **_name(instance), "before": before, "after": changed}
        self.entries.append(_as_json(entry))

    def point(self, instance: models.Model, name: str, pk: int | str) -> None:
        """Lets a row name another entry; where such a row is there already, this one goes."""
        try:
            with transaction.atomic():
                self.update(instance, **{name: pk})
        except IntegrityError:
            # The savepoint took the change back, and nothing was recorded.
            instance.refresh_from_db()
            self.delete(instance)

    def rewrite_lists(
        self, model: Any, pk: Any, content: dict[str, Any], names: Iterable[str]
    ) -> None:
        """Writes a version's content, of which only these lists of rows are new."""
        before = stored(model, pk, "content")
        changed = [name for name in names if before.get(name) != content.get(name)]
        write_text(model, pk, "content", content)
        self.entries.append(
            {
                "op": "lists",
                "model": model._meta.label_lower,
                "pk": pk,
                "before": {name: before[name] for name in changed},
                "after": {name: content[name] for name in changed},
            }
        )

    def lead_mentions(self, model: Any, pk: Any, column: str, old: int, new: int) -> bool:
        """Leads the mentions inside one column's text or JSON to another entry."""
        value = stored(model, pk, column)
        changed, places = lead(value, old, new)
        if not places:
            return False
        write_text(model, pk, column, changed)
        self.entries.append(
            {
                "op": "mentions",
                "model": model._meta.label_lower,
                "pk": pk,
                "column": column,
                "places": places,
                "old": old,
                "new": new,
                "digest": digest(changed),
            }
        )
        return True


def take_back(entry: Entry) -> bool:
    """Takes one change back; False, and nothing done, where the row was changed since."""
    model = apps.get_model(entry["model"])
    if entry["op"] in _IN_TEXTS:
        return _IN_TEXTS[entry["op"]](model, entry)
    row = rows_of(model).filter(pk=entry["pk"]).first()
    try:
        with transaction.atomic():
            return _TAKE_BACK[entry["op"]](model, row, entry)
    except IntegrityError:
        return False


def _take_back_creation(model: Any, row: Any, entry: Entry) -> bool:
    if row is None or values_of(row) != entry["after"]:
        return row is None
    row.delete()
    return True


def _take_back_deletion(model: Any, row: Any, entry: Entry) -> bool:
    if row is not None:
        return False
    gone = _names_nothing(model, entry["before"])
    if not all(field.null for field in gone):
        return False
    instance = model()
    for name, value in entry["before"].items():
        setattr(instance, name, _read(model, name, value))
    for field in gone:
        setattr(instance, field.attname, None)
    # Past an own `save()`, which would change what is put back.
    models.Model.save_base(instance, raw=True, force_insert=True)
    return True


def _take_back_update(model: Any, row: Any, entry: Entry) -> bool:
    if row is None:
        return False
    now = values_of(row)
    same = [name for name, value in entry["after"].items() if now[name] == value]
    restored = {name: _read(model, name, entry["before"][name]) for name in same}
    if _names_nothing(model, restored):
        return False
    if restored:
        rows_of(model).filter(pk=row.pk).update(**restored)
    return len(same) == len(entry["after"])


def _names_nothing(model: Any, values: Mapping[str, Any]) -> list[Any]:
    """The relations among these columns whose row was deleted since: a database that looks only
    when the transaction ends would refuse all of it."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.is_relation
        and (pk := values.get(field.attname)) is not None
        and not rows_of(field.related_model).filter(pk=pk).exists()
    ]


_TAKE_BACK = {
    "create": _take_back_creation,
    "delete": _take_back_deletion,
    "update": _take_back_update,
}


def _take_back_mentions(model: Any, entry: Entry) -> bool:
    value = stored(model, entry["pk"], entry["column"])
    if value is None and entry["column"] == "content":
        return True
    if value is None or digest(value) != entry["digest"]:
        return False
    back = lead_back(value, entry["places"], entry["old"])
    write_text(model, entry["pk"], entry["column"], back)
    return True


def _take_back_lists(model: Any, entry: Entry) -> bool:
    content = stored(model, entry["pk"], "content")
    if content is None:
        # A version that was thrown away since: nobody can come back to it.
        return True
    same = {name for name, rows in entry["after"].items() if content.get(name) == rows}
    back = {name: entry["before"][name] for name in same}
    write_text(model, entry["pk"], "content", {**content, **back})
    return len(same) == len(entry["after"])


_IN_TEXTS = {"mentions": _take_back_mentions, "lists": _take_back_lists}


def rows_of(model: Any) -> models.QuerySet[Any]:
    """Rows as the database has them, whatever the model's managers add or leave out."""
    # modeltranslation patches managers so that they rewrite names: columns are named here.
    rows: models.QuerySet[Any] = models.QuerySet(model)
    return rows


def values_of(instance: models.Model) -> dict[str, Any]:
    """All columns as JSON has them, by attname; not the bare ones, which mean another language
    each time that they are read."""
    bare = {name for f in instance._meta.fields if (name := _bare_name(f))}
    fields = [field for field in instance._meta.fields if field.name not in bare]
    return _as_json({f.attname: _plain(f.value_from_object(instance)) for f in fields})


def stored(model: Any, pk: Any, column: str) -> Any:
    """A column's text, or JSON; None where the row is gone."""
    value = rows_of(model).filter(pk=pk).values_list(column, flat=True).first()
    return _plain(value)


def write_text(model: Any, pk: Any, column: str, value: Any) -> None:
    field = model._meta.get_field(column)
    is_stream = hasattr(field, "stream_block")
    prepared = field.stream_block.to_python(value) if is_stream else value
    rows_of(model).filter(pk=pk).update(**{column: prepared})


def digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32]


def changed_rows(entries: Iterable[Entry], label: str) -> set[Any]:
    """The keys of one model's rows that the entries speak of."""
    return {entry["pk"] for entry in entries if entry["model"] == label}


def _plain(value: Any) -> Any:
    """A StreamField's value as JSON; others as they are."""
    raw = getattr(value, "get_prep_value", None)
    return raw() if raw else value


def _bare_name(field: Any) -> str:
    """Of a language's column, the name of the field that it belongs to; "" for other columns."""
    return field.translated_field.name if isinstance(field, TranslationField) else ""


def _read(model: Any, name: str, value: Any) -> Any:
    field = next(field for field in model._meta.fields if field.attname == name)
    return field.to_python(value) if not field.is_relation else value


def _name(instance: models.Model) -> dict[str, Any]:
    return {"model": instance._meta.label_lower, "pk": instance.pk}


def _as_json(values: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return result
