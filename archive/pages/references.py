"""Keeps Wagtail's reference index right with one update a save.

Wagtail reads and scans the whole page again for each child row that its save writes: 20 times
for a story with 20 tags, and 20 times more when it is published.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from wagtail.models import COMMENTS_RELATION_NAME

_saving: ContextVar[bool] = ContextVar("saving_with_references", default=False)


class IndexReferencesOnceMixin(models.Model):
    """For a model with child relations."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        # These modules ask for models as soon as they are imported.
        from wagtail.signal_handlers import reference_index_auto_update_disabled
        from wagtail.tasks import update_reference_index_task

        disabled = getattr(reference_index_auto_update_disabled, "value", False)
        if disabled and not _saving.get():
            return super().save(*args, **kwargs)
        with _one_save():
            result = super().save(*args, **kwargs)
        names = kwargs.get("update_fields")
        if names is None or any(_may_refer(self, name) for name in names):
            label, model = self._meta.app_label, self._meta.model_name
            update_reference_index_task.enqueue(label, model, str(self.pk))
        return result


@contextmanager
def _one_save() -> Iterator[None]:
    """No row that is written meanwhile updates the index; also inside another such save."""
    from wagtail.signal_handlers import disable_reference_index_auto_update

    if _saving.get():
        yield
        return
    token = _saving.set(True)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        _saving.reset(token)


def _may_refer(instance: Any, name: str) -> bool:
    # Each draft saves the page's comments; those only refer to their authors.
    if name == COMMENTS_RELATION_NAME:
        return False
    field = instance._meta.get_field(name)
    if hasattr(field, "extract_references"):
        return True
    ignored = (field, field.related_model)
    return field.is_relation and not any(
        getattr(part, "wagtail_reference_index_ignore", False) for part in ignored
    )
