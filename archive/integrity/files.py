"""The site's tables, the fields that name files of its media, and what storages can tell."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.db import connection, models


def tables() -> dict[str, type[models.Model]]:
    """The model of each table of all installed apps, in the order of the tables' names."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return dict(sorted(found.items()))


def file_fields(among: Iterable[type[models.Model]]) -> list[models.FileField]:
    return [
        field
        for model in among
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.FileField)
    ]


def names_in(field: models.FileField) -> list[str]:
    """The files that the field's rows name. Its manager may hide some: so the SQL is here."""
    quote = connection.ops.quote_name
    column, table = quote(str(field.column)), quote(field.model._meta.db_table)
    with connection.cursor() as cursor:
        sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> '' ORDER BY {column}"  # noqa: S608
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


def can(storage: Any, name: str) -> bool:
    """Whether the storage has this method of Django's storages; not all have each."""
    return getattr(storage.__class__, name) is not getattr(Storage, name)
