"""The forms of merging and splitting; what they show is asked of the database once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.snippets.widgets import AdminSnippetChooser

from archive.entities.merging.actions import Parts
from archive.entities.merging.fields import FieldQuestion, questions
from archive.entities.models import Entity, Office
from archive.text.language import LABELS, LANGUAGES

_CHOICE = "choice-"


class MergeForm(forms.Form):
    """Which entry is kept, and from which each field that differs is taken: from that one, unless
    somebody says otherwise."""

    keep = forms.TypedChoiceField(
        coerce=int, widget=forms.RadioSelect, label=pgettext_lazy("names", "Keep")
    )

    def __init__(self, *args: Any, entities: Sequence[Entity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions(entities)
        choices = [(entity.pk, str(entity)) for entity in entities]
        self.fields["keep"].choices = choices  # type: ignore[attr-defined]
        self.fields["keep"].initial = entities[0].pk
        for question in self.questions:
            self.fields[_CHOICE + question.name] = forms.TypedChoiceField(
                coerce=int,
                choices=[("", ""), *choices],
                empty_value=None,
                required=False,
                label=str(question.label),
            )

    @property
    def rows(self) -> list[tuple[FieldQuestion, forms.BoundField]]:
        return [(question, self[_CHOICE + question.name]) for question in self.questions]

    @property
    def chosen(self) -> dict[str, int]:
        """By field, the entry that it is taken from."""
        return {
            name.removeprefix(_CHOICE): pk
            for name, pk in self.cleaned_data.items()
            if name.startswith(_CHOICE) and pk is not None
        }


class AddForm(forms.Form):
    """One more entry to compare, picked from all."""

    id = forms.ModelChoiceField(queryset=Entity.objects.all(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Made here, it speaks the language of whoever looks.
        self.fields["id"].widget = AdminSnippetChooser(Entity)


class StoriesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        day = obj.display_print_date()
        return f"{obj.title} ({day})" if day else str(obj.title)


class SplitForm(forms.Form):
    """The new entry's names, and what of the old one goes to it."""

    names: Any = forms.ModelMultipleChoiceField(queryset=None, label=_("Other names"))
    offices: Any = forms.ModelMultipleChoiceField(queryset=None, label=_("Offices"))
    ties: Any = forms.ModelMultipleChoiceField(queryset=None, label=_("Ties"))
    stories = StoriesField(
        queryset=None,
        label=_("Stories"),
        help_text=_("With a story goes its tag; mentions in its texts then mean the new name."),
    )

    def __init__(self, *args: Any, entity: Entity, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = pgettext_lazy("split", "New name (%(language)s)")
        for language in LANGUAGES:
            self.fields[f"name-{language}"] = forms.CharField(
                label=label % {"language": LABELS[language]}, max_length=200, required=False
            )
        self.order_fields([f"name-{language}" for language in LANGUAGES])
        same = Entity.with_merged.same_as([entity.pk]).values("pk")
        of_kept = Q(person=entity) | Q(place__in=same, person__merged_into=None)
        offices = Office.objects.filter(of_kept)
        # The rooms above are reached by their models' names: this one doesn't know them.
        tagged = apps.get_model("archive", "ArticlePage").objects.tagged_with(entity)
        # No drafts of other people: their tags stay with the old entry.
        tagged = tagged.shown_to(user)
        ties = apps.get_model("archive", "Tie").objects.of(entity)
        for name, rows in (
            ("names", entity.names.all()),
            ("offices", offices.select_related("place", "person")),
            ("ties", ties.with_places()),
            ("stories", tagged.without_bodies().newest_first()),
        ):
            field: Any = self.fields[name]
            field.queryset, field.required = rows, False
            field.widget = forms.CheckboxSelectMultiple()
            field.widget.choices = field.choices

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(self.texts.values()):
            self.add_error(f"name-{LANGUAGES[0]}", _("Give the name in at least one language."))
        return cleaned

    @property
    def texts(self) -> dict[str, str]:
        return {language: self.cleaned_data.get(f"name-{language}", "") for language in LANGUAGES}

    @property
    def parts(self) -> Parts:
        kinds = ("names", "stories", "ties", "offices")
        return Parts(**{kind: [row.pk for row in self.cleaned_data[kind]] for kind in kinds})
