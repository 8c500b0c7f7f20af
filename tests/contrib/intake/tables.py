"""All that a database says of its stories, without keys, moments and ids that differ by chance."""

import json
import re
from collections import Counter
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from wagtail.models import Revision

from archive.site.caching.versions import Change

# Sessions, when commands ran; what caches are told, whose keys are compared by `touched`.
_NOT_COMPARED = {
    "sessions.session",
    "archive.change",
    "archive.attempt",
    "archive.commandrun",
    "contenttypes.contenttype",
}
# How short a title is among those that were indexed last, whichever these are.
_WEIGHTS = {"title_norm"}
# Numbers that are another row's key, in a column that is no foreign key.
_KEYS = {"object_id", "to_object_id", "story", "revision", "unit_id", "article_id"}
_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.:+Z]*")
_CHILD = re.compile(r"\.\d+\.")
_DEPTH = 2


def contents() -> dict[str, Counter[str]]:
    """By table, its rows and how often each is there."""
    _known.cache_clear()
    found = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        if model._meta.managed and not model._meta.proxy and label not in _NOT_COMPARED:
            rows = model._base_manager.all()
            found[label] = Counter(json.dumps(_row(one, _DEPTH), sort_keys=True) for one in rows)
    return found


def touched() -> set[str]:
    """Which pages, lists and names caches are told of."""
    return set(Change.objects.values_list("key", flat=True))


def _row(thing: models.Model, depth: int) -> dict[str, Any]:
    return {
        field.name: _value(thing, field, depth)
        for field in thing._meta.local_concrete_fields
        if field.name not in _WEIGHTS and not isinstance(field, models.AutoField)
    }


def _value(thing: models.Model, field: Any, depth: int) -> Any:
    value = getattr(thing, field.attname)
    if value is None:
        return None
    if isinstance(field, models.ForeignKey):
        return _known(field.related_model, value, depth - 1) if depth else "row"
    if isinstance(field, models.DateTimeField | models.UUIDField):
        return type(field).__name__
    if field.name in _KEYS:
        return "key"
    if isinstance(thing, Revision) and field.name == "content":
        return _without_keys(value)
    if isinstance(value, dict | list):
        return _without_keys(value)
    return _text(str(field.get_prep_value(value)))


@cache
def _known(model: type[models.Model], pk: Any, depth: int) -> Any:
    found = model._base_manager.filter(pk=pk).first()
    return [model._meta.label_lower, _row(found, depth) if found else None]


def _without_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {_text(name): _without_keys(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_keys(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return "number"
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> str:
    return _CHILD.sub(".n.", _MOMENT.sub("moment", _UUID.sub("uuid", text)))
