"""The forms of merging and splitting; what they show is asked of the database once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.snippets.widgets import AdminSnippetChooser

from archive.desk.identity.fields import Question
from archive.desk.identity.splitting import Parts
from archive.entities.models import Entity, Office
from archive.pages.models import ArticlePage
from archive.pages.querysets import UNLISTED
from archive.text.language import LABELS, LANGUAGES
from archive.ties.models import Tie

_CHOICE = "choice-"


class MergeForm(forms.Form):
    """Which entry is kept, and from which each field that differs is taken."""

    keep = forms.TypedChoiceField(
        coerce=int, widget=forms.RadioSelect, label=pgettext_lazy("names", "Keep")
    )

    def __init__(
        self, *args: Any, entities: Sequence[Entity], asked: Sequence[Question], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(entity.pk, str(entity)) for entity in entities]
        self.fields["keep"].choices = choices  # type: ignore[attr-defined]
        self.fields["keep"].initial = entities[0].pk
        for question in asked:
            self.fields[_CHOICE + question.name] = forms.TypedChoiceField(
                coerce=int, choices=choices, initial=question.suggested, label=str(question.label)
            )

    @property
    def chosen(self) -> dict[str, int]:
        """By field, the entry that it is taken from."""
        return {
            name.removeprefix(_CHOICE): pk
            for name, pk in self.cleaned_data.items()
            if name.startswith(_CHOICE)
        }


class AddForm(forms.Form):
    """One more entry to compare, picked from all."""

    id = forms.ModelChoiceField(
        queryset=Entity.objects.all(), widget=AdminSnippetChooser(Entity), required=False
    )


class Stories(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        day = obj.display_print_date()
        return f"{obj.title} ({day})" if day else str(obj.title)


class SplitForm(forms.Form):
    """The new entry's names, and what of the old one goes to it."""

    names: Any = forms.ModelMultipleChoiceField(queryset=None, label=_("Other names"))
    offices: Any = forms.ModelMultipleChoiceField(queryset=None, label=_("Offices"))
    ties: Any = forms.ModelMultipleChoiceField(queryset=None, label=_("Ties"))
    stories = Stories(
        queryset=None,
        label=_("Stories"),
        help_text=_("With a story go its tag and the mentions in its texts."),
    )

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new = {
            language: forms.CharField(
                label=pgettext_lazy("split", "New name (%(language)s)")
                % {"language": LABELS[language]},
                max_length=200,
                required=False,
            )
            for language in LANGUAGES
        }
        self.fields = {**{f"name-{lang}": field for lang, field in new.items()}, **self.fields}
        offices = Office.objects.filter(person=entity) | Office.objects.filter(place=entity)
        tagged = ArticlePage.objects.filter(entity_tags__entity=entity).defer(*UNLISTED)
        for name, rows in (
            ("names", entity.names.all()),
            ("offices", offices.select_related("place", "person")),
            ("ties", Tie.objects.of(entity).with_places()),
            ("stories", tagged.newest_first()),
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
        chosen = {
            name: [row.pk for row in self.cleaned_data[name]]
            for name in ("names", "stories", "ties", "offices")
        }
        return Parts(**chosen)
