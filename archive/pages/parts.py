"""The rows of a story or a translation that come and go with its revisions."""

from typing import Any, Self

from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from wagtail.models import Orderable


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
                if field.related_model._base_manager.filter(pk=values[field.name]).exists():
                    continue
                if not field.null:
                    return None
                values[field.name] = None
        return model_from_serializable_data(cls, values, check_fks=False)
