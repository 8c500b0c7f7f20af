"""The rows of a story or a translation that come and go with its revisions.

modelcluster asks for each row that a version names and writes each row by itself: 40 queries for
a story with 20 tags, 150 for a translation of 150 segments. Wagtail reads and scans the whole
page for its reference index once more for each of these rows. Here all is done together.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

from django.db import models, transaction
from django.utils.functional import cached_property
from modelcluster.fields import ChildObjectsDescriptor, ParentalKey
from modelcluster.models import get_all_child_relations, model_from_serializable_data
from wagtail.models import COMMENTS_RELATION_NAME, Orderable, ReferenceIndex

# By model, the primary keys that exist of those that the version being restored names.
_known: ContextVar[Mapping[type, set[Any]] | None] = ContextVar("known_rows", default=None)
_saving: ContextVar[bool] = ContextVar("saving_with_references", default=False)


@contextmanager
def looked_up_once(model: type, content: Mapping[str, Any]) -> Iterator[None]:
    """Within it, the parts of `content`, a version of `model`, are restored with few queries.

    One query for each model that the parts name rows of.
    """
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for relation in get_all_child_relations(model):
        part: Any = relation.related_model
        if issubclass(part, PartOfRevision):
            rows = content.get(relation.get_accessor_name()) or ()
            for field in part.named_fields():
                wanted[field.related_model].update(row.get(field.name) for row in rows)
    known = {
        other: set(other._base_manager.filter(pk__in=pks).values_list("pk", flat=True))
        for other, keys in wanted.items()
        if (pks := keys - {None})
    }
    token = _known.set(known)
    try:
        yield
    finally:
        _known.reset(token)


def is_as_stored(thing: Any) -> bool:
    """Whether its parts are those in the database: not a form's, nor a version's."""
    return bool(thing.pk and not getattr(thing, "_cluster_related_objects", None))


def given_parts(thing: Any, name: str) -> list[Any]:
    """The parts that are a form's, a version's or a program's; [] where all are as stored."""
    return list(getattr(thing, "_cluster_related_objects", {}).get(name, ()))


def _exists(model: Any, pk: Any) -> bool:
    known = (_known.get() or {}).get(model)
    return pk in known if known is not None else model._base_manager.filter(pk=pk).exists()


class PartsDescriptor(ChildObjectsDescriptor):
    """Writes an object's parts in bulk: what has changed, and nothing else."""

    @cached_property
    def child_object_manager_cls(self) -> Any:
        name, key = self.rel.get_accessor_name(), self.rel.field.name

        class PartsManager(super().child_object_manager_cls):  # type: ignore[misc]
            def commit(self) -> None:
                wanted = getattr(self.instance, "_cluster_related_objects", {}).pop(name, None)
                if wanted is None:
                    return
                stored = {row.pk: row for row in self.get_live_queryset()}
                for row in wanted:
                    setattr(row, key, self.instance)
                gone = stored.keys() - {row.pk for row in wanted}
                if gone:
                    self.model._base_manager.filter(pk__in=gone).delete()
                changed = [row for row in wanted if _values(row) != _values(stored.get(row.pk))]
                _write(self.model, changed)

        return PartsManager


def _values(row: Any | None) -> list[Any] | None:
    return row and [getattr(row, field.attname) for field in row._meta.concrete_fields]


def _write(model: Any, rows: list[Any]) -> None:
    known = [row for row in rows if row.pk is not None]
    names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    # What was deleted since the version was made comes back under its old key.
    model._base_manager.bulk_create(
        known, update_conflicts=True, unique_fields=[model._meta.pk.name], update_fields=names
    )
    model._base_manager.bulk_create(row for row in rows if row.pk is None)


class PartsKey(ParentalKey):
    """A ParentalKey whose rows are written in bulk; they must have no signals of their own."""

    related_accessor_class = PartsDescriptor

    def deconstruct(self) -> Any:
        # To the database, and so to migrations, it is a ParentalKey.
        name, _path, args, kwargs = super().deconstruct()
        return name, "modelcluster.fields.ParentalKey", args, kwargs


class PartOfRevision(Orderable):
    """A row with a `PartsKey`.

    When a revision is restored, modelcluster reads the whole parent again for each row, and
    fails over a row that names something protected which is gone since. Here the parent is left
    alone; such a row goes too, or does without what is gone if it may.
    """

    class Meta(Orderable.Meta):
        abstract = True

    @classmethod
    def named_fields(cls) -> list[Any]:
        """The foreign keys but that of the parent."""
        return [
            field
            for field in cls._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey)
        ]

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Self | None:
        values = dict(data)
        for field in cls._meta.concrete_fields:
            if isinstance(field, ParentalKey):
                values.pop(field.name, None)
        for field in cls.named_fields():
            pk = values.get(field.name)
            if pk is not None and not _exists(field.related_model, pk):
                if not field.null:
                    return None
                values[field.name] = None
        return model_from_serializable_data(cls, values, check_fks=False)


class IndexReferencesOnceMixin(models.Model):
    """For a model with child relations: one update of Wagtail's reference index a save."""

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
