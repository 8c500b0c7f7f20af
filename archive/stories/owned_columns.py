"""Two owners, one row: the page writes its source language, never the other one.

By construction: a page's revisions don't hold the target columns, restoring a revision takes
them from the row, and a full save of an existing page leaves them out of the UPDATE.
"""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations

from archive.stories.archive_page import ArchivePage
from archive.stories.parts import looked_up_once
from archive.text.language import column, other


class OwnedColumnsMixin(ArchivePage):
    """For a page model with `source_language` and modeltranslation columns.

    `translated_fields` names the fields (bare) whose target column belongs to the translation.
    """

    translated_fields: tuple[str, ...] = ()
    # What else the translation's desk writes on the page's row.
    desk_fields: tuple[str, ...] = ()
    source_language: Any
    # The source language as the row has it; None where it isn't known.
    _row_language: str | None = None

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        # Django 6 hands over one argument more than 5.2.
        instance = super().from_db(*args, **kwargs)
        instance._row_language = instance.__dict__.get("source_language")
        return instance

    @property
    def target_language(self) -> str:
        return other(self.source_language)

    @property
    def changes_language(self) -> bool:
        """Whether the source language isn't the row's any more; also while that is saved."""
        return self._row_language not in (None, self.source_language)

    def target_columns(self) -> list[str]:
        """The columns that only a published translation writes."""
        names = [column(field, self.target_language) for field in self.translated_fields]
        return [*names, *self.desk_fields]

    def unowned_columns(self) -> set[str]:
        """Target columns, and modeltranslation's bare columns, which nothing reads."""
        return {*self.target_columns(), *self.translated_fields}

    def serializable_data(self) -> dict[str, Any]:
        return self._owned(super().serializable_data())

    def _owned(self, content: dict[str, Any]) -> dict[str, Any]:
        unowned = self.unowned_columns()
        return {name: value for name, value in content.items() if name not in unowned}

    def with_content_json(self, content: dict[str, Any]) -> Any:
        # An old or foreign revision may still hold them; the row is the only truth.
        owned = self._owned(content)
        with looked_up_once(type(self), owned):
            page = super().with_content_json(owned)
        page.source_language = page._row_language = self.source_language
        for name in self.target_columns():
            setattr(page, name, getattr(self, name))
        return page

    def save(self, *args: Any, **kwargs: Any) -> Any:
        switches_language = False
        if self.pk and not self._state.adding and kwargs.get("update_fields") is None:
            switches_language = self.changes_language
            if switches_language:
                self._switch_language()
            kwargs["update_fields"] = self._owned_update_fields(switches_language)
        result = super().save(*args, **kwargs)
        if "source_language" in self.__dict__:
            self._row_language = self.source_language
        return result

    def _switch_language(self) -> None:
        """The other language becomes the source: nothing is lost, nor passes for a translation.

        Raises ValidationError once a translation has been begun.
        """
        row = type(self)._base_manager.get(pk=self.pk)
        if not row.language_is_open:
            message = _(
                "Translation has started: the language of the story can't be changed any more."
            )
            raise ValidationError({"source_language": message})
        if not row.latest_revision_id:
            # What the row holds in its old language is in no version yet.
            self.latest_revision = row.save_revision(clean=False)
        self.blank_target_columns()

    def blank_target_columns(self) -> None:
        for name in self.target_columns():
            setattr(self, name, self._default(name))

    def _default(self, name: str) -> Any:
        field: Any = self._meta.get_field(name)
        return field.get_default()

    @property
    def language_is_open(self) -> bool:
        """Whether the source language may still change: nothing is published or translated yet."""
        if self.first_published_at or self.live:
            return False
        return all(getattr(self, name) == self._default(name) for name in self.desk_fields)

    def _owned_update_fields(self, switches_language: bool) -> list[str]:
        unowned = set(self.translated_fields) if switches_language else self.unowned_columns()
        deferred = self.get_deferred_fields()
        fields = [
            field.name
            for field in self._meta.concrete_fields
            if not field.primary_key and field.name not in unowned and field.attname not in deferred
        ]
        # modelcluster commits the child relations that `update_fields` names.
        children = [*get_all_child_relations(self), *get_all_child_m2m_relations(self)]
        return [*fields, *(relation.get_accessor_name() for relation in children)]
