"""What refers to stories that a person may not see: in a form it isn't shown, and stays; in a
history, and between versions, it has no title."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from modelcluster.queryset import FakeQuerySet
from wagtail.admin.compare import ForeignObjectComparison

from archive.stories.models.article import ArticlePage


class HidesStoriesMixin:
    """For a Wagtail model form: leaves out the rows, and the fields, that name such a story."""

    # Formsets by name, each with its field that names a story; and fields of the form's own.
    rows_of_stories: ClassVar[Mapping[str, str]] = {}
    story_fields: ClassVar[tuple[str, ...]] = ()
    # The form's.
    instance: Any
    fields: dict[str, Any]
    formsets: dict[str, Any]
    for_user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unshown_drafts: dict[str, list[Any]] = {}
        rows = {
            name: [(row, getattr(row, f"{field}_id")) for row in self.formsets[name].queryset]
            for name, field in self.rows_of_stories.items()
            if name in self.formsets
        }
        own = {name: getattr(self.instance, f"{name}_id") for name in self.story_fields}
        named = {story for found in rows.values() for _row, story in found} | set(own.values())
        named.discard(None)
        if not named or self.for_user is None:
            return
        shown = ArticlePage.objects.shown_to(self.for_user).filter(pk__in=named)
        hidden = named.difference(shown.values_list("pk", flat=True))
        for name, found in rows.items():
            unshown = [row for row, story in found if story in hidden]
            if not unshown:
                continue
            formset = self.formsets[name]
            others = [row for row, story in found if story not in hidden]
            formset.queryset = FakeQuerySet(formset.model, others)
            formset.min_num = max(0, formset.min_num - len(unshown))
            if drafts := [row for row in unshown if row.pk is None]:
                self.unshown_drafts[name] = drafts
        for name, story in own.items():
            if story in hidden:
                self.fields.pop(name, None)

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit=commit)  # type: ignore[misc]
        # A formset drops all rows without a key and brings those that were posted.
        for name, rows in self.unshown_drafts.items():
            getattr(saved, name).add(*rows)
        if commit and self.unshown_drafts:
            saved.save()
        return saved


def public_title(key: int) -> str:
    """A story's title where readers have it; else its number, which tells nobody anything."""
    titles = ArticlePage.objects.shown_to_public().filter(pk=key).values_list("title", flat=True)
    number = _("story no. %(number)d, which isn’t public") % {"number": key}
    return titles.first() or number


def with_public_title(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of an entry of a history that names a story by its key: with its title.

    Whoever may read this history needn't know that story, and a title that is no longer for
    readers isn't kept in the entry.
    """
    key = data.get("story")
    return {**data, "story": public_title(key) if isinstance(key, int) else _("another story")}


class StoryComparison(ForeignObjectComparison):
    """Two versions name stories, by what readers call them: one needn't be the person's to see."""

    def get_objects(self) -> tuple[str | None, str | None]:
        old, new = (public_title(key) if key else None for key in (self.val_a, self.val_b))
        return old, new
