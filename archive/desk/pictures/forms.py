"""The form for a picture's texts in some languages; it overwrites nothing that it didn't show."""

from itertools import product
from typing import Any

from django import forms
from django.utils.text import capfirst
from wagtail.admin.widgets import AdminAutoHeightTextInput

from archive.text.language import column, other
from archive.wagtail_admin import KeepsSavedMixin


class PictureTextsForm(KeepsSavedMixin, forms.Form):
    """A field for each text and language."""

    def __init__(self, image: Any, languages: list[str], data: Any = None) -> None:
        self.instance = image
        super().__init__(data)
        # By field, the other language and what the picture says in it.
        self.originals: dict[str, tuple[str, str]] = {}
        for language, name in product(languages, image.translated_fields):
            key, there = column(name, language), other(language)
            self.initial[key] = getattr(image, key)
            self.fields[key] = self._field(name, language)
            self.originals[key] = there, getattr(image, column(name, there))

    def _field(self, name: str, language: str) -> forms.CharField:
        field = self.instance._meta.get_field(name)
        return forms.CharField(
            required=False,
            max_length=field.max_length,
            label=capfirst(self.instance.label_in(name, language)),
            help_text=field.help_text,
            widget=AdminAutoHeightTextInput(attrs={"lang": language}),
        )

    @property
    def texts(self) -> list[dict[str, Any]]:
        """Each text's field, and the text in the other language."""
        return [
            {"field": self[key], "lang": language, "original": text}
            for key, (language, text) in self.originals.items()
        ]

    def save(self) -> list[str]:
        """Write the changed texts into the image; returns the names of those. Does not save it."""
        typed = {key: self.plain(key, self.cleaned_data[key]) for key in self.originals}
        written = [key for key in typed if typed[key] != self.plain(key, self.initial[key])]
        for key in written:
            setattr(self.instance, key, typed[key])
        return written
