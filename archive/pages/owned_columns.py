"""Two owners, one row: the page writes its source language, never the other one.

By construction: a page's revisions don't hold the target columns, restoring a revision takes
them from the row, and a full save of an existing page leaves them out of the UPDATE.
"""

from typing import Any

from django.db import models

from archive.text.language import LANGUAGES, column, other


class OwnedColumnsMixin(models.Model):
    """For a page model with `source_language` and modeltranslation columns.

    `translated_fields` names the fields (bare) whose target column belongs to the translation.
    """

    translated_fields: tuple[str, ...] = ()
    # What else the translation's desk writes on the page's row.
    desk_fields: tuple[str, ...] = ()

    class Meta:
        abstract = True

    @property
    def target_language(self) -> str:
        return other(self.source_language)

    def target_columns(self) -> list[str]:
        """The columns that only a published translation writes."""
        names = [column(field, self.target_language) for field in self.translated_fields]
        return [*names, *self.desk_fields]

    def unowned_columns(self) -> set[str]:
        """Target columns, and modeltranslation's bare columns, which nothing reads."""
        return {*self.target_columns(), *self.translated_fields}

    def serializable_data(self) -> dict[str, Any]:
        data = super().serializable_data()
        return {name: value for name, value in data.items() if name not in self.unowned_columns()}

    def with_content_json(self, content: dict[str, Any]) -> Any:
        # An old or foreign revision may still hold them; the row is the only truth.
        owned = {k: v for k, v in content.items() if k not in self.unowned_columns()}
        page = super().with_content_json(owned)
        page.source_language = self.source_language
        for name in self.target_columns():
            setattr(page, name, getattr(self, name))
        return page

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if self.pk and not self._state.adding and kwargs.get("update_fields") is None:
            kwargs["update_fields"] = self._owned_update_fields()
        return super().save(*args, **kwargs)

    def _owned_update_fields(self) -> list[str]:
        unowned = self.unowned_columns()
        deferred = self.get_deferred_fields()
        fields = [
            field.name
            for field in self._meta.concrete_fields
            if not field.primary_key and field.name not in unowned and field.attname not in deferred
        ]
        # modelcluster commits the child relations that `update_fields` names.
        children = [relation.get_accessor_name() for relation in self._child_relations()]
        return fields + children

    @classmethod
    def _child_relations(cls) -> list[Any]:
        from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations

        return [*get_all_child_relations(cls), *get_all_child_m2m_relations(cls)]


def all_columns(fields: tuple[str, ...]) -> list[str]:
    """Bare and language columns of the fields, for defer()."""
    return [name for f in fields for name in (f, *(column(f, lang) for lang in LANGUAGES))]
