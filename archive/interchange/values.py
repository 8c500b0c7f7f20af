"""Dataclasses as JSON, and back, and as a JSON Schema: their fields and types say it all."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from archive.text.stored_messages import message as _

T = TypeVar("T")
Json = Any
_PLAIN: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


class RecordError(ValueError):
    """A value that isn't what its field holds; the message names the field."""

    def __init__(self, field: str, reason: object) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


def values_of(row: object, kind: type[Any]) -> dict[str, Any]:
    """What the row, or another dataclass, has in the fields of that one, by their names; what it
    lacks is as the dataclass has it."""
    found = {one.name: getattr(row, one.name, None) for one in fields(kind)}
    return {
        one.name: one.default if found[one.name] is None else found[one.name]
        for one in fields(kind)
    }


def as_json(value: Any) -> Json:
    """Without the fields that say nothing."""
    if is_dataclass(value):
        found = {one.name: as_json(getattr(value, one.name)) for one in fields(value)}
        return {
            name: one for name, one in found.items() if one not in ("", None, False, [], {}, ())
        }
    if isinstance(value, Mapping):
        return {str(name): as_json(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(one) for one in value]
    return value


def from_json(kind: type[T], value: Json, field: str = "") -> T:
    """The dataclass; raises RecordError for what a field can't hold. Unknown names are no error:
    a later version may have them."""
    if not isinstance(value, Mapping):
        raise RecordError(field, _("an object is missing"))
    given: dict[str, Any] = {}
    hints = get_type_hints(kind)
    for one in fields(kind):  # type: ignore[arg-type]
        name = f"{field}.{one.name}" if field else one.name
        if one.name in value:
            given[one.name] = _read(hints[one.name], value[one.name], name)
        elif not _has_default(one):
            raise RecordError(name, _("it is missing"))
    return kind(**given)


def schema_of(kind: type[Any]) -> dict[str, Json]:
    """The JSON Schema (2020-12) of what `as_json` gives of the dataclass."""
    hints = get_type_hints(kind)
    required = [one.name for one in fields(kind) if not _has_default(one)]
    found: dict[str, Json] = {
        "type": "object",
        "properties": {one.name: _schema(hints[one.name]) for one in fields(kind)},
    }
    return {**found, "required": required} if required else found


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _read(kind: Any, value: Json, field: str) -> Any:
    if is_dataclass(kind):
        return from_json(kind, value, field)  # type: ignore[arg-type]
    if kind is Any:
        return value
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (types.UnionType, Union):
        own = next(one for one in parts if one is not type(None))
        return None if value is None else _read(own, value, field)
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise RecordError(field, _("a list is missing"))
        return tuple(_read(parts[0], one, f"{field}.{at}") for at, one in enumerate(value))
    if origin is not None:
        if not isinstance(value, Mapping):
            raise RecordError(field, _("an object is missing"))
        return {str(name): _read(parts[1], one, f"{field}.{name}") for name, one in value.items()}
    if kind is float and not isinstance(value, bool):
        # YAML takes 1e-05 for a word.
        try:
            return float(value)
        except (TypeError, ValueError):
            pass
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        reason = _("%(value)s is no value of the type %(type)s")
        raise RecordError(field, reason % {"value": repr(value)[:80], "type": _PLAIN[kind]})
    return value


def _schema(kind: Any) -> dict[str, Json]:
    if is_dataclass(kind):
        return schema_of(kind)  # type: ignore[arg-type]
    if kind is Any:
        return {}
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (types.UnionType, Union):
        own = _schema(next(one for one in parts if one is not type(None)))
        return {**own, "type": [own["type"], "null"]}
    if origin is tuple:
        return {"type": "array", "items": _schema(parts[0])}
    if origin is not None:
        return {"type": "object", "additionalProperties": _schema(parts[1])}
    return {"type": _PLAIN[kind]}
