"""The translator's form: a field a segment, named by the segment's key.

Keys rather than numbers: if the source gains a paragraph while a translator types, each posted
text still lands on its own segment.
"""

from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from archive.desk import segments
from archive.desk.clashes import Clash
from archive.desk.field_names import (
    BASE,
    JOINED,
    LEFT_OUT,
    NOTE,
    PARTS,
    SEEN,
    STILL_RIGHT,
    TARGET,
    field_name,
    key_of,
)
from archive.desk.merging import MergeBySegment
from archive.desk.rules import column_length, max_length_of
from archive.pages.forms import is_publishing
from archive.pages.freshness import NoteField
from archive.text import richtext
from archive.text.segmentation import RICH, SourceSegment

__all__ = [
    "BASE",
    "JOINED",
    "LEFT_OUT",
    "NOTE",
    "SEEN",
    "STILL_RIGHT",
    "TARGET",
    "TranslationForm",
    "field_name",
    "key_of",
]


@dataclass(frozen=True)
class FormRow:
    """What the panel shows of one segment."""

    row: segments.Row
    target: forms.BoundField
    left_out: forms.BoundField
    joined: forms.BoundField | None
    note: forms.BoundField
    seen: forms.BoundField
    base: forms.BoundField
    still_right: forms.BoundField | None
    clash: Clash | None


class TranslationForm(MergeBySegment, WagtailAdminModelForm):
    """Builds its segment fields from the story as published now, and merges by segment.

    Each row names the version of its segment that it started from. What nobody else changed is
    taken; what the translator left alone stays as others saved it; where both changed one
    segment, the row shows both texts and nothing is saved: see `MergeBySegment`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.set_aside = segments.align_segments(self.instance)
        self._look_at_newest()
        self.joinable = segments.joinable(self.instance.article)
        self.clashes: dict[str, Clash] = {}
        # A segment found by its words still has its old block's key.
        self.shown = {row.source.key for row in self.rows} | {
            row.segment.key for row in self.rows if row.segment
        }
        for row in self.rows:
            self._add_fields(row)
        if self.is_bound:
            self._complete_data()

    @property
    def media(self) -> forms.Media:
        # The rows' widgets are of two or three kinds; merging each one's files takes its time.
        kinds = {type(field.widget): field.widget for field in self.fields.values()}
        return sum((widget.media for widget in kinds.values()), forms.Media())

    def segment_rows(self) -> list[FormRow]:
        return [self._form_row(row) for row in self.rows]

    def _form_row(self, row: segments.Row) -> FormRow:
        key = row.source.key

        def bound(part: str) -> forms.BoundField:
            return self[field_name(part, key)]

        return FormRow(
            row,
            bound(TARGET),
            bound(LEFT_OUT),
            bound(JOINED) if key in self.joinable else None,
            bound(NOTE),
            bound(SEEN),
            bound(BASE),
            bound(STILL_RIGHT) if row.is_stale else None,
            self.clashes.get(key),
        )

    def _add_fields(self, row: segments.Row) -> None:
        key, samples = row.source.key, self._samples
        fields: dict[str, tuple[forms.Field, Any]] = {
            TARGET: (self._target_field(row.source), row.target),
            LEFT_OUT: (samples[LEFT_OUT], row.left_out),
            NOTE: (samples[NOTE], row.note),
            SEEN: (samples[SEEN], row.source.digest),
            BASE: (NoteField(initial=self._base(key)), self._base(key)),
        }
        if key in self.joinable:
            fields[JOINED] = samples[JOINED], row.joined
        if row.is_stale:
            fields[STILL_RIGHT] = samples[STILL_RIGHT], False
        for part, (field, initial) in fields.items():
            # One for each row: Wagtail marks a field whose check it puts off.
            self.fields[field_name(part, key)] = copy(field)
            self.initial[field_name(part, key)] = initial

    @cached_property
    def _samples(self) -> dict[str, forms.Field]:
        """What is alike in all rows, to be copied: making a field takes longer."""
        longest = column_length("source_digest")
        boxes = {
            LEFT_OUT: _("Leave out"),
            JOINED: _("Translated together with the paragraph before"),
            STILL_RIGHT: _("Still right: the change makes no difference here"),
        }
        return {
            **{part: forms.BooleanField(required=False, label=boxes[part]) for part in boxes},
            NOTE: forms.CharField(required=False, label=_("Note")),
            SEEN: forms.CharField(required=False, widget=forms.HiddenInput, max_length=longest),
        }

    def _target_field(self, source: SourceSegment) -> forms.Field:
        return forms.CharField(
            required=False,
            label=_("Translation"),
            widget=self._widget(source),
            max_length=max_length_of(self.instance, source.key),
        )

    def _base(self, key: str) -> str:
        from archive.desk.saving import version_of

        return version_of(self.stored.get(key))

    def _complete_data(self) -> None:
        """Fill in the segments that weren't in the form when the translator loaded it.

        The source gained them meanwhile. Left empty, they would come back empty from a form that
        is shown once more, and wipe out what is stored.
        """
        data = self.data.copy()
        for row in self.rows:
            if field_name(TARGET, row.source.key) not in data:
                data.update(self._typed_under_old_key(row) or self._as_stored(row))
        self.data = data

    def _typed_under_old_key(self, row: segments.Row) -> dict[str, str]:
        """What was typed for a block that an editor has replaced by one of the same words."""
        old_key = row.segment.key if row.segment else ""
        posted = {part: field_name(part, old_key) for part in PARTS}
        if posted[TARGET] not in self.data:
            return {}
        new_key = row.source.key
        return {field_name(p, new_key): self.data[n] for p, n in posted.items() if n in self.data}

    def _as_stored(self, row: segments.Row) -> dict[str, str]:
        key = row.source.key
        target = self._widget(row.source).format_value(row.target)
        texts = {TARGET: target or "", NOTE: row.note, BASE: self._base(key)}
        boxes = {part: "on" for part in (LEFT_OUT, JOINED) if getattr(row, part.replace("-", "_"))}
        return {field_name(part, key): value for part, value in {**texts, **boxes}.items()}

    def _widget(self, source: SourceSegment) -> forms.Widget:
        from archive.desk.widgets import editor

        if source.markup == RICH:
            return editor(source.kind)
        return AdminAutoHeightTextInput(attrs={"lang": self.instance.language, "rows": 1})

    def clean(self) -> Any:
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        for row in self.rows:
            name = field_name(TARGET, row.source.key)
            if richtext.is_blank(cleaned.get(name)):
                cleaned[name] = ""
            self._check_row(row, cleaned)
        if is_publishing(self.data):
            self._refuse_open_errors()
        return cleaned

    def _refuse_open_errors(self) -> None:
        """Of what would be published: a colleague's newer text where this form left it alone."""
        from archive.desk.qa.refusing import refusals
        from archive.desk.qa.stories import Typed

        typed = {}
        for row in self.rows:
            change, stored = self._change(row), self.stored.get(row.source.key)
            said = stored if stored and self._judge(row, change) == "kept" else change
            typed[row.source.key] = Typed(said.target, said.left_out, said.joined)
        for key, messages in refusals(self.instance, self.rows, typed).items():
            self.add_error(field_name(TARGET, key), messages)
