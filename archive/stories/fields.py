"""The field of bodies, which stores Chinese as Chinese."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modeltranslation.fields import TranslationField
from wagtail.fields import StreamField


class ReadableJSONEncoder(DjangoJSONEncoder):
    """Writes Han as UTF-8 (3 bytes) rather than as \\uXXXX (6 bytes)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})


class UnrecordedStreamField(StreamField):
    """A StreamField whose blocks no migration knows of: their change needs none."""

    @cached_property
    def json_field(self) -> models.JSONField:
        return models.JSONField(encoder=ReadableJSONEncoder)

    def deconstruct(self) -> Any:
        name, path, _blocks, options = super().deconstruct()
        return name, path, [[]], {key: options[key] for key in options if key != "block_lookup"}


class BodyField(UnrecordedStreamField):
    """A StreamField for modeltranslation: name it in MODELTRANSLATION_CUSTOM_FIELDS.

    modeltranslation keeps the bare column beside one column a language and fills it with
    whatever language is active, which would store every story twice. Nothing reads it, so
    it stays empty.
    """

    def extract_references(self, value: Any) -> Iterable[tuple[Any, ...]]:
        # The bare field reads as one of the languages: its links would count twice.
        return super().extract_references(value) if isinstance(self, TranslationField) else ()

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if isinstance(self, TranslationField):
            return super().pre_save(model_instance, add)
        return self.stream_block.normalize([])
