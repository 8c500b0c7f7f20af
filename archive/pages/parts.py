"""The rows of a story or a translation: how versions restore them, and how they are indexed once.

Wagtail reads and scans the whole page again for each child row that its save writes: 20 times
for a story with 20 tags, and 20 times more when it is published.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from wagtail.models import COMMENTS_RELATION_NAME, Orderable

# What was found to exist while one version is restored, by model and primary key.
_known: ContextVar[dict[tuple[type, Any], bool] | None] = ContextVar("known_rows", default=None)


@contextmanager
def looked_up_once() -> Iterator[None]:
    """Within it, each row that the parts of a version name is asked for once, not once a part."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def _exists(model: Any, pk: Any) -> bool:
    known = _known.get()
    if known is not None and (model, pk) in known:
        return known[model, pk]
    found = bool(model._base_manager.filter(pk=pk).exists())
    if known is not None:
        known[model, pk] = found
    return found


class PartOfRevision(Orderable):
    """A row with a ParentalKey.

    When a revision is restored, modelcluster reads the whole parent again for each row, and
    fails over a row that names something protected which is gone since. Here the parent is left
    alone; such a row goes too, or does without what is gone if it may.
    """

    class Meta(Orderable.Meta):
        abstract = True

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Self | None:
        values = dict(data)
        for field in cls._meta.concrete_fields:
            if isinstance(field, ParentalKey):
                values.pop(field.name, None)
            elif field.many_to_one and values.get(field.name) is not None:
                if _exists(field.related_model, values[field.name]):
                    continue
                if not field.null:
                    return None
                values[field.name] = None
        return model_from_serializable_data(cls, values, check_fks=False)


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
