"""The field of bodies, which stores Chinese as Chinese."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import get_script_prefix
from django.utils.translation import get_language
from modeltranslation.fields import TranslationField
from wagtail.blocks.base import BlockWidget
from wagtail.fields import StreamField

# By language and prefix of the addresses: what a form tells the browser of the blocks.
Described = dict[tuple[str | None, str], tuple[Any, Any]]


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


class KeptBlockWidget(BlockWidget):
    """Describes the blocks to the browser once a process: a seventh of the time of a form.

    Only for blocks whose forms are the same for everybody, as a body's are.
    """

    def __init__(self, block_def: Any, kept: Described) -> None:
        super().__init__(block_def)
        self.kept = kept

    def __deepcopy__(self, memo: Any) -> "KeptBlockWidget":
        # One for each form, as Django wants it; what is kept is everybody's.
        return type(self)(self.block_def, self.kept)

    def _build_block_json(self) -> None:
        key = get_language(), get_script_prefix()
        if key not in self.kept:
            super()._build_block_json()
            self.kept[key] = self._js_context, self._block_json
        self._js_context, self._block_json = self.kept[key]


class BodyField(UnrecordedStreamField):
    """A StreamField for modeltranslation: name it in MODELTRANSLATION_CUSTOM_FIELDS.

    modeltranslation keeps the bare column beside one column a language and fills it with
    whatever language is active, which would store every story twice. Nothing reads it, so
    it stays empty.
    """

    @cached_property
    def _described(self) -> Described:
        return {}

    def formfield(self, **kwargs: Any) -> Any:
        widget = KeptBlockWidget(self.stream_block, self._described)
        return super().formfield(**{"widget": widget, **kwargs})

    def extract_references(self, value: Any) -> Iterable[tuple[Any, ...]]:
        # The bare field reads as one of the languages: its links would count twice.
        return super().extract_references(value) if isinstance(self, TranslationField) else ()

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if isinstance(self, TranslationField):
            return super().pre_save(model_instance, add)
        return self.stream_block.normalize([])
