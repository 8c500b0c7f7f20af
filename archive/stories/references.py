"""Keeps Wagtail's reference index right with one update a save.

Wagtail reads and scans the whole page again for each child row that its save writes: 20 times
for a story with 20 tags, and 20 times more when it is published.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models, transaction
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, ReferenceIndex

_saving: ContextVar[bool] = ContextVar("saving_with_references", default=False)


class IndexReferencesOnceMixin(models.Model):
    """For a model with child relations."""

    # Whether the object, where it isn't new, holds all that its row does: it was just read.
    is_as_stored = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        # These modules ask for models as soon as they are imported.
        from wagtail.signal_handlers import reference_index_auto_update_disabled
        from wagtail.tasks import update_reference_index_task

        disabled = getattr(reference_index_auto_update_disabled, "value", False)
        if disabled and not _saving.get():
            return super().save(*args, **kwargs)
        is_known = self._state.adding or self.is_as_stored
        self.is_as_stored = False
        # The child rows that this object has at hand; a new one has no others.
        parts = dict(getattr(self, "_cluster_related_objects", {}))
        if self._state.adding:
            for relation in get_all_child_relations(self):
                parts.setdefault(relation.get_accessor_name(), [])
        with _one_save():
            result = super().save(*args, **kwargs)
        names = kwargs.get("update_fields")
        if names is None or any(_may_refer(self, name) for name in names):
            if is_known:
                self._index_references(parts)
            else:
                label, model = self._meta.app_label, self._meta.model_name
                update_reference_index_task.enqueue(label, model, str(self.pk))
        return result

    def with_content_json(self, content: dict[str, Any]) -> Any:
        restored = super().with_content_json(content)  # type: ignore[misc]
        restored.is_as_stored = True
        return restored

    @transaction.atomic(savepoint=False)
    def _index_references(self, parts: dict[str, Any]) -> None:
        """What Wagtail's task does, of the rows that were just written: nothing is read again."""
        uncommitted = getattr(self, "_cluster_related_objects", {})
        self._cluster_related_objects = parts
        try:
            ReferenceIndex.create_or_update_for_object(self)
        finally:
            self._cluster_related_objects = uncommitted


@contextmanager
def _one_save() -> Iterator[None]:
    """No row that is written meanwhile updates the index; also inside another such save."""
    # It asks for models as soon as it is imported.
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
