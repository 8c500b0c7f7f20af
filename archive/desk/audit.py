"""Entries of Wagtail's audit log: each thing's its own, and those for many things at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from wagtail.log_actions import get_active_log_context, log, registry
from wagtail.models import BaseLogEntry, ModelLogEntry, PageLogEntry

# How each of Wagtail's own logs names the thing that an entry is about.
_ABOUT = {
    ModelLogEntry: lambda thing: {"object_id": str(thing.pk)},
    PageLogEntry: lambda thing: {"page": thing},
}


@dataclass(frozen=True)
class Deed:
    """What was done to a thing: an entry to be written; `fields` as `log()` takes them."""

    thing: Any
    action: str
    data: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)


def log_each(
    instances: Sequence[Model],
    action: str,
    *,
    user: Any,
    data: dict[str, Any] | None = None,
    **fields: Any,
) -> None:
    """As `log()` does it for each, in one statement for hundreds; all of one model."""
    log_deeds([Deed(one, action, data or {}, fields) for one in instances], user=user)


def log_deeds(deeds: Iterable[Deed], *, user: Any) -> None:
    """As `log()` for each, in their order: a statement for hundreds of pages, one for hundreds of
    other things.

    `log()` also asks, in a query each, whether the user and the revision exist. A site's own log
    for a model is written row by row, as it may do anything.
    """
    context, entries = get_active_log_context(), list[BaseLogEntry]()
    for deed in deeds:
        model = registry.get_log_model_for_instance(deed.thing)
        if model not in _ABOUT:
            log(deed.thing, deed.action, user=user, data=deed.data, **deed.fields)
            continue
        if not registry.action_exists(deed.action):
            raise ValidationError(f"The log action {deed.action!r} has not been registered.")
        entry = model(
            content_type=ContentType.objects.get_for_model(deed.thing, for_concrete_model=False),
            label=model.objects.get_instance_title(deed.thing),
            action=deed.action,
            timestamp=timezone.now(),
            data=deed.data,
            uuid=context.uuid,
            user=user or context.user,
            **_ABOUT[model](deed.thing),
            **deed.fields,
        )
        tell_apart(entry)
        entries.append(entry)
    for model in _ABOUT:
        some = [one for one in entries if type(one) is model]
        model.objects.bulk_create(some, batch_size=500)


def tell_apart(entry: BaseLogEntry) -> None:
    """Give an entry an id that no other thing's and no other version's has.

    Of a request's entries, which share one, a history shows the last of each action, whatever it
    is of: all other things would seem to have none, and of two versions the first wouldn't be
    found.
    """
    shared = get_active_log_context().uuid
    if shared and entry.uuid == shared:
        version = getattr(entry, "revision_id", None) or ""
        told = f"{entry.content_type_id}/{getattr(entry, 'object_id', '')}/{version}"
        entry.uuid = uuid5(shared, told)
