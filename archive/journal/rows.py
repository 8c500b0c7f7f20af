"""A row of the database as JSON, and back again: what an undo keeps of it.

Columns go by their attnames. Moments keep their microseconds, which Django's own encoder cuts.
"""

import json
from collections.abc import Collection, Mapping
from datetime import date, time
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modeltranslation.fields import TranslationField

Values = dict[str, Any]


class RowEncoder(DjangoJSONEncoder):
    """Columns' values as `read_values` takes them back."""

    def default(self, o: Any) -> Any:
        """A date, a moment and a time of day whole."""
        return o.isoformat() if isinstance(o, date | time) else super().default(o)


def rows_of(model: Any) -> models.QuerySet[Any]:
    """Rows as the database has them, whatever the model's managers add or leave out."""
    # modeltranslation patches managers so that they rewrite names: columns are named here.
    rows: models.QuerySet[Any] = models.QuerySet(model)
    return rows


def values_of(instance: models.Model) -> Values:
    """All columns, but not the bare ones of a translated field, which mean another language each
    time that they are read."""
    fields: list[Any] = list(instance._meta.concrete_fields)
    bare = {f.translated_field.name for f in fields if isinstance(f, TranslationField)}
    own = [field for field in fields if field.name not in bare]
    return as_json({f.attname: f.get_prep_value(f.value_from_object(instance)) for f in own})


def stored_values(instance: models.Model, names: Collection[str]) -> Values:
    """Some columns as the database has them by now."""
    return as_json(rows_of(type(instance)).filter(pk=instance.pk).values(*names).get())


def as_json(values: Mapping[str, Any]) -> Values:
    """Columns' values as a JSONField gives them back."""
    result: Values = json.loads(json.dumps(values, cls=RowEncoder))
    return result


def read_values(model: Any, values: Mapping[str, Any]) -> Values:
    """What `values_of` gave, as the model's fields have it."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in values.items()}


def write_values(instance: models.Model, values: Mapping[str, Any]) -> None:
    """Write columns past signals and `save()`; the instance has them too."""
    if values:
        rows_of(type(instance)).filter(pk=instance.pk).update(**values)
    for name, value in values.items():
        setattr(instance, name, value)


def insert_row(model: Any, values: Mapping[str, Any]) -> None:
    """The row that `values_of` gave all columns of, with its key, past signals and `save()`."""
    instance = model()
    for name, value in read_values(model, values).items():
        setattr(instance, name, value)
    models.Model.save_base(instance, raw=True, force_insert=True)


def lacks_target(model: Any, values: Mapping[str, Any]) -> bool:
    """Whether a relation among these columns names a row that was deleted since: a database that
    looks only when the transaction ends would refuse all of it."""
    return any(
        not rows_of(field.related_model).filter(pk=values[field.attname]).exists()
        for field in model._meta.concrete_fields
        if field.is_relation and values.get(field.attname) is not None
    )
