"""Keeps Wagtail's reference index right with one update a save.

Wagtail reads and scans the whole page again for each child row that its save writes: 20 times
for a story with 20 tags, and 20 times more when it is published.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models
from wagtail.models import COMMENTS_RELATION_NAME


class IndexReferencesOnceMixin(models.Model):
    """For a page model with child relations."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        update_fields = kwargs.get("update_fields")
        with _updated_once(self, update_fields):
            return super().save(*args, **kwargs)


@contextmanager
def _updated_once(page: Any, update_fields: Iterable[str] | None) -> Iterator[None]:
    # These modules ask for models as soon as they are imported.
    from wagtail import signal_handlers, tasks

    if getattr(signal_handlers.reference_index_auto_update_disabled, "value", False):
        yield
        return
    with signal_handlers.disable_reference_index_auto_update():
        yield
    if update_fields is None or any(_may_refer(page, name) for name in update_fields):
        tasks.update_reference_index_task.enqueue(
            page._meta.app_label, page._meta.model_name, str(page.pk)
        )


def _may_refer(page: Any, name: str) -> bool:
    # Each draft saves the page's comments; those only refer to their authors.
    if name == COMMENTS_RELATION_NAME:
        return False
    field = page._meta.get_field(name)
    if hasattr(field, "extract_references"):
        return True
    ignored = (field, field.related_model)
    return field.is_relation and not any(
        getattr(part, "wagtail_reference_index_ignore", False) for part in ignored
    )
