"""The rows of a story or a translation that come and go with its revisions."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from wagtail.models import Orderable

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
