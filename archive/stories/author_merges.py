"""Authors that are one person: merged, and parted again, in the list of authors.

A merge rewrites no byline: readers, feeds and forms resolve `Author.merged_into`. So a merge is
undone without a trace, and a story's old versions keep their authors.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from wagtail.log_actions import log
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from archive.stories.models import Author
from archive.text.labels import row_key
from archive.text.punctuation import joined

MERGED, PARTED = "archive.merge_authors", "archive.part_authors"
MAY_CHANGE = "archive.change_author"


@transaction.atomic
def merge_authors(kept: Author, lost: Sequence[Author], *, user: Any = None) -> int:
    """Lets these authors, and what was merged into them, stand for `kept`; gives how many."""
    kept = kept.canonical
    others = {one.pk: one for one in lost if one.canonical != kept}
    rows = Author.objects.filter(pk__in=others) | Author.objects.filter(merged_into__in=others)
    for one in rows.distinct():
        one.merged_into = kept
        one.save(update_fields=["merged_into"])
    names = joined(others.values())
    if others:
        log(kept, MERGED, user=user, data={"names": names})
    return len(others)


@transaction.atomic
def part_authors(kept: Author, *, user: Any = None) -> int:
    """Makes authors of their own again of all that were merged into this one."""
    rows = list(Author.objects.filter(merged_into=kept))
    for one in rows:
        one.merged_into = None
        one.save(update_fields=["merged_into"])
    if rows:
        log(kept, PARTED, user=user, data={"names": joined(rows)})
    return len(rows)


class AuthorMergeForm(forms.Form):
    kept: Any = forms.ModelChoiceField(
        queryset=Author.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        label=gettext_lazy("Author to keep"),
        help_text=gettext_lazy("Bylines of the others show this name from now on."),
    )

    def __init__(self, *args: Any, ids: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = Author.objects.filter(pk__in=ids).order_by("pk")
        self.fields["kept"].queryset = chosen  # type: ignore[attr-defined]
        self.initial.setdefault("kept", chosen.first())


class AuthorsBulkAction(SnippetBulkAction):
    models = [Author]

    def check_perm(self, snippet: Any) -> bool:
        return bool(self.request.user.has_perm(MAY_CHANGE))

    def get_execution_context(self) -> dict[str, Any]:
        return {"self": self, "user": self.request.user}


class MergeAuthors(AuthorsBulkAction):
    display_name = pgettext_lazy("authors", "Merge")
    aria_label = gettext_lazy("Merge the selected authors")
    action_type = "merge"
    action_priority = 20
    template_name = "archive/admin/stories/merge_authors.html"
    form_class = AuthorMergeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        ids = [pk for pk in map(row_key, self.request.GET.getlist("id")) if pk is not None]
        return {**super().get_form_kwargs(), "ids": ids}

    @classmethod
    def execute_action(cls, objects: Any, **kwargs: Any) -> tuple[int, int]:
        kept = kwargs["self"].cleaned_form.cleaned_data["kept"]
        return merge_authors(kept, objects, user=kwargs["user"]), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "%(count)d author was merged into another.",
            "%(count)d authors were merged into another.",
            num_parent_objects,
        ) % {"count": num_parent_objects}


class PartAuthors(AuthorsBulkAction):
    display_name = pgettext_lazy("authors", "Undo merges")
    aria_label = gettext_lazy("Part what was merged into the selected authors")
    action_type = "part"
    action_priority = 30
    template_name = "archive/admin/stories/part_authors.html"

    @classmethod
    def execute_action(cls, objects: Any, **kwargs: Any) -> tuple[int, int]:
        return sum(part_authors(one, user=kwargs["user"]) for one in objects), 0

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "has_work": any(one["item"].merged.all() for one in context["items"])}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "%(count)d author stands alone again.",
            "%(count)d authors stand alone again.",
            num_parent_objects,
        ) % {"count": num_parent_objects}


AUTHOR_ACTIONS = (MergeAuthors, PartAuthors)
