"""Fields: bodies that store Chinese as Chinese, and Chinese that Wagtail's search can complete."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modeltranslation.fields import TranslationField
from wagtail.fields import StreamField
from wagtail.search import index

from archive.text.normalisation import HAN


class ReadableJSONEncoder(DjangoJSONEncoder):
    """Writes Han as UTF-8 (3 bytes) rather than as \\uXXXX (6 bytes)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})


class BodyField(StreamField):
    """A StreamField for modeltranslation: name it in MODELTRANSLATION_CUSTOM_FIELDS.

    modeltranslation keeps the bare column beside one column a language and fills it with
    whatever language is active, which would store every story twice. Nothing reads it, so
    it stays empty.
    """

    @cached_property
    def json_field(self) -> models.JSONField:
        return models.JSONField(encoder=ReadableJSONEncoder)

    def deconstruct(self) -> Any:
        # No database knows of blocks, and a change of theirs needs no migration.
        name, path, _blocks, options = super().deconstruct()
        return name, path, [[]], {key: options[key] for key in options if key != "block_lookup"}

    def extract_references(self, value: Any) -> Iterable[tuple[Any, ...]]:
        # The bare field reads as one of the languages: its links would count twice.
        return super().extract_references(value) if isinstance(self, TranslationField) else ()

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if isinstance(self, TranslationField):
            return super().pre_save(model_instance, add)
        return self.stream_block.normalize([])


# So much of a longer query is compared; more would swell the index.
LONGEST = 8
_RUN = re.compile(f"[{HAN}]{{2,}}")


class HanAutocompleteField(index.AutocompleteField):
    """Indexes Chinese text from each of its characters on: search engines take a run for a word,
    and complete a word only from its beginning."""

    def get_value(self, obj: Any) -> Any:
        value = super().get_value(obj)
        return " ".join([value, *beginnings(value)]) if value else value


def beginnings(text: str) -> list[str]:
    """Each run of Chinese from each of its characters on.

    >>> beginnings("湛江港 opens")
    ['湛江港', '江港']
    """
    found = [
        run[at : at + LONGEST] for run in _RUN.findall(text) for at in range(max(1, len(run) - 1))
    ]
    return list(dict.fromkeys(found))
