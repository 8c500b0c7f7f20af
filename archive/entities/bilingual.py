"""A field's text for a reader, honest about the language that it is in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model

from archive.text.language import column, other


@dataclass(frozen=True)
class Text:
    """A text and the language it is in, for the `lang` attribute; falsy when there is none."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def text_in(instance: Model, field: str, language: str) -> Text:
    """The field in the reader's language, or else in the other one."""
    if text := getattr(instance, column(field, language)):
        return Text(text, language)
    elsewhere = other(language)
    if text := getattr(instance, column(field, elsewhere)):
        return Text(text, elsewhere)
    return Text("", language)
