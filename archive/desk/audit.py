"""Entries of Wagtail's audit log: each thing's its own, and those for many things at once."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from wagtail.log_actions import get_active_log_context, log, registry
from wagtail.models import BaseLogEntry, ModelLogEntry


def log_each(
    instances: Sequence[Model],
    action: str,
    *,
    user: Any,
    data: dict[str, Any] | None = None,
    **fields: Any,
) -> None:
    """As `log()` does it for each, in one statement for hundreds; all of one model.

    `log()` also asks, in a query each, whether the user and the revision exist. A site's own log
    for this model is written row by row, as it may do anything.
    """
    if not instances:
        return
    if registry.get_log_model_for_instance(instances[0]) is not ModelLogEntry:
        for instance in instances:
            log(instance, action, user=user, data=data, **fields)
        return
    if not registry.action_exists(action):
        raise ValidationError(f"The log action {action!r} has not been registered.")
    context, now = get_active_log_context(), timezone.now()
    fields |= {"action": action, "timestamp": now, "data": data or {}, "uuid": context.uuid}
    entries = [
        ModelLogEntry(
            content_type=ContentType.objects.get_for_model(instance, for_concrete_model=False),
            object_id=str(instance.pk),
            label=ModelLogEntry.objects.get_instance_title(instance),
            user=user or context.user,
            **fields,
        )
        for instance in instances
    ]
    for entry in entries:
        tell_apart(entry)
    ModelLogEntry.objects.bulk_create(entries, batch_size=500)


def tell_apart(entry: BaseLogEntry) -> None:
    """Give an entry an id that no other thing's has.

    Of a request's entries, which share one, a history shows the last of each action, whatever it
    is of: all other things would seem to have none.
    """
    shared = get_active_log_context().uuid
    if shared and entry.uuid == shared:
        entry.uuid = uuid5(shared, f"{entry.content_type_id}/{entry.object_id}")
