"""The form for a picture's texts in some languages; it overwrites nothing that it didn't show."""

from itertools import product
from typing import Any

from django import forms
from django.db.models import Field
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from archive.text.language import column, other

_SEEN = "seen-"


def _plain(text: str | None) -> str:
    """As it is stored: browsers send their own line ends."""
    return "\n".join((text or "").splitlines()).strip()


class PictureTextsForm(forms.Form):
    """A field for each text and language, with the text that it was opened with beside it.

    Of a text that a colleague has changed meanwhile, the form says theirs and keeps what was typed;
    sent again, it replaces theirs.
    """

    def __init__(self, image: Any, languages: list[str], data: Any = None) -> None:
        super().__init__(data)
        self.image = image
        # By field, the other language and what the picture says in it.
        self.originals: dict[str, tuple[str, str]] = {}
        for language, name in product(languages, image.translated_fields):
            key, stored = column(name, language), self._stored(column(name, language))
            self.fields[key] = self._field(name, language, stored)
            self.fields[_SEEN + key] = forms.CharField(
                required=False, initial=stored, widget=forms.HiddenInput({"autocomplete": "off"})
            )
            there = other(language)
            self.originals[key] = there, self._stored(column(name, there))

    def _stored(self, key: str) -> str:
        return _plain(getattr(self.image, key))

    def _field(self, name: str, language: str, stored: str) -> forms.CharField:
        field: Field[Any, Any] = self.image._meta.get_field(name)
        return forms.CharField(
            required=False,
            initial=stored,
            max_length=field.max_length,
            label=capfirst(self.image.label_in(name, language)),
            help_text=field.help_text,
            widget=AdminAutoHeightTextInput(attrs={"lang": language}),
        )

    @property
    def texts(self) -> list[dict[str, Any]]:
        """Each text's field, its hidden one, and the text in the other language."""
        return [
            {"field": self[key], "seen": self[_SEEN + key], "lang": language, "original": text}
            for key, (language, text) in self.originals.items()
        ]

    def clean(self) -> dict[str, Any]:
        typed = {key: _plain(self.cleaned_data.get(key)) for key in self.originals}
        self.changed = {key: text for key, text in typed.items() if self._is_changed(key, text)}
        for key in [one for one in self.changed if one not in self.errors]:
            stored = self._stored(key)
            if stored not in (_plain(self.cleaned_data.get(_SEEN + key)), typed[key]):
                text = stored or _("(empty)")
                message = _("A colleague saved another text: “%(text)s”. Save again to replace it.")
                self.add_error(key, message % {"text": text})
                # What was typed stays in the form; what was seen is theirs from now on.
                self.data = {name: self.data[name] for name in self.data} | {_SEEN + key: stored}
        return self.cleaned_data

    def _is_changed(self, key: str, text: str) -> bool:
        """What nobody typed in here is left as it is, whatever that is by now."""
        return text != _plain(self.cleaned_data.get(_SEEN + key))

    def save(self) -> list[str]:
        """Write the changed texts into the image; returns the names of those. Does not save it."""
        written = [key for key, text in self.changed.items() if text != self._stored(key)]
        for key in written:
            setattr(self.image, key, self.changed[key])
        return written
