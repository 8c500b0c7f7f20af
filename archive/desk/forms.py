"""The translator's form: a field a segment, named by the segment's key.

Keys rather than numbers: if the source gains a paragraph while a translator types, each posted
text still lands on its own segment.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from archive.desk import segments
from archive.desk.panels import SEGMENT_FIELDS
from archive.pages.blocks import TEXT_FEATURES
from archive.pages.forms import PUBLISHING_ACTIONS
from archive.pages.freshness import RefuseStaleMixin
from archive.text import richtext
from archive.text.segmentation import RICH, SourceSegment

TARGET, LEFT_OUT, NOTE = "target", "left-out", "note"
# The digest of the source text that the translator saw, and "the source changed, but this holds".
SEEN, STILL_RIGHT = "seen", "still-right"


def field_name(part: str, key: str) -> str:
    return f"{SEGMENT_FIELDS}{part}--{key}"


def key_of(name: str) -> str:
    """The segment's key in the name of its target's input; "" for any other input."""
    prefix = field_name(TARGET, "")
    return name.removeprefix(prefix) if name.startswith(prefix) else ""


@dataclass(frozen=True)
class FormRow:
    """What the panel shows of one segment."""

    row: segments.Row
    target: forms.BoundField
    left_out: forms.BoundField
    note: forms.BoundField
    seen: forms.BoundField
    still_right: forms.BoundField | None


class TranslationForm(RefuseStaleMixin, WagtailAdminModelForm):
    """Builds its segment fields from the story as published now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = segments.rows(self.instance)
        self.set_aside = segments.set_aside(self.instance)
        for row in self.rows:
            self._add_fields(row)

    @property
    def is_publishing(self) -> bool:
        return any(name in self.data for name in PUBLISHING_ACTIONS)

    def segment_rows(self) -> list[FormRow]:
        return [self._form_row(row) for row in self.rows]

    def _form_row(self, row: segments.Row) -> FormRow:
        parts = (self[field_name(part, row.source.key)] for part in (TARGET, LEFT_OUT, NOTE, SEEN))
        confirmed = field_name(STILL_RIGHT, row.source.key)
        return FormRow(row, *parts, self[confirmed] if row.is_stale else None)

    def _add_fields(self, row: segments.Row) -> None:
        key = row.source.key
        self.fields[field_name(TARGET, key)] = forms.CharField(
            required=False,
            label=_("Translation"),
            widget=self._widget(row.source),
            max_length=255 if key == "headline" else None,
        )
        self.fields[field_name(LEFT_OUT, key)] = forms.BooleanField(
            required=False, label=_("Leave out")
        )
        self.fields[field_name(NOTE, key)] = forms.CharField(
            required=False,
            label=_("Note"),
            widget=forms.TextInput(attrs={"placeholder": _("Why, for colleagues")}),
        )
        self.fields[field_name(SEEN, key)] = forms.CharField(
            required=False, widget=forms.HiddenInput
        )
        if row.is_stale:
            self.fields[field_name(STILL_RIGHT, key)] = forms.BooleanField(
                required=False, label=_("Still right: the change makes no difference here")
            )
        self.initial[field_name(SEEN, key)] = row.source.digest
        self.initial[field_name(TARGET, key)] = row.target
        self.initial[field_name(LEFT_OUT, key)] = row.left_out
        self.initial[field_name(NOTE, key)] = row.note

    def _widget(self, source: SourceSegment) -> forms.Widget:
        # Wagtail's rich text editors can't be imported before all models are.
        from wagtail.admin.rich_text import get_rich_text_editor_widget

        if source.markup == RICH:
            features = [*TEXT_FEATURES, "ul", "ol"] if source.kind == "text" else TEXT_FEATURES
            return get_rich_text_editor_widget("default", features=features)
        return AdminAutoHeightTextInput(attrs={"lang": self.instance.language, "rows": 1})

    def clean(self) -> Any:
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        for row in self.rows:
            name = field_name(TARGET, row.source.key)
            if richtext.is_blank(cleaned.get(name)):
                cleaned[name] = ""
            self._check_row(row, cleaned)
        return cleaned

    def _check_row(self, row: segments.Row, cleaned: dict[str, Any]) -> None:
        key = row.source.key
        has_text = bool(cleaned.get(field_name(TARGET, key)))
        left_out = bool(cleaned.get(field_name(LEFT_OUT, key)))
        if key == "headline" and left_out:
            self.add_error(field_name(LEFT_OUT, key), _("A story can't appear without its headline."))
        if self.is_publishing and not has_text and not left_out:
            message = _("Translate this segment, or mark it as left out, before publication.")
            self.add_error(field_name(TARGET, key), message)

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            self.instance.segments = [*self._current_segments(), *self._kept_aside()]

    def _current_segments(self) -> list[Any]:
        return [self._segment(row, order) for order, row in enumerate(self.rows)]

    def _segment(self, row: segments.Row, order: int) -> Any:
        from archive.desk.models import Segment

        source = row.source
        segment = row.segment or Segment()
        segment.sort_order = order
        segment.key, segment.kind, segment.markup = source.key, source.kind, source.markup
        if field_name(TARGET, source.key) in self.data:
            self._take_posted(segment, source)
        # Else the form was loaded before the source had this segment: it stays as it is.
        return segment

    def _take_posted(self, segment: Any, source: SourceSegment) -> None:
        target, left_out, note, still_right = (
            self.cleaned_data.get(field_name(part, source.key))
            for part in (TARGET, LEFT_OUT, NOTE, STILL_RIGHT)
        )
        changed = (target, left_out) != (segment.target, segment.left_out)
        segment.target, segment.left_out, segment.note = target, left_out, note
        if still_right or changed or not segment.source_digest:
            self._note_source(segment, source)
        if changed:
            done = target or left_out
            segment.state = segment.State.TRANSLATED if done else segment.State.INITIAL
            segment.translated_by, segment.translated_at = self.for_user, timezone.now()

    def _note_source(self, segment: Any, source: SourceSegment) -> None:
        # The source may have changed while the translator typed: what counts is what they saw.
        seen = self.cleaned_data.get(field_name(SEEN, source.key)) or source.digest
        if seen == source.digest:
            segment.source_text = source.text
        segment.source_digest = seen

    def _kept_aside(self) -> list[Any]:
        """Words whose source is gone stay: the stored ones, and those typed meanwhile."""
        shown = {row.source.key for row in self.rows}
        kept = {segment.key: segment for segment in self.set_aside}
        for name, value in self.data.items():
            key = key_of(name)
            if key and key not in shown and not richtext.is_blank(value):
                kept[key] = self._orphan(kept.get(key), key, name)
        return list(kept.values())

    def _orphan(self, segment: Any | None, key: str, name: str) -> Any:
        from archive.desk.models import Segment

        stored = Segment.objects.filter(translation=self.instance.pk, key=key).first()
        orphan = segment or stored or Segment(key=key, kind="orphan")
        widget = self._widget(SourceSegment(key, orphan.kind, "", orphan.markup))
        value = widget.value_from_datadict(self.data, self.files, name)
        if not richtext.is_blank(value):
            orphan.target = value
        return orphan
