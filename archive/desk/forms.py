"""The translator's form: a field a segment, named by the segment's key.

Keys rather than numbers: if the source gains a paragraph while a translator types, each posted
text still lands on its own segment.
"""

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from archive.desk import segments
from archive.desk.panels import SEGMENT_FIELDS
from archive.desk.segments import FIELDS
from archive.pages.blocks import TEXT_FEATURES
from archive.pages.forms import is_publishing
from archive.pages.freshness import RefuseStaleMixin
from archive.text import richtext
from archive.text.segmentation import PLAIN, RICH, SourceSegment

TARGET, LEFT_OUT, NOTE = "target", "left-out", "note"
# The digest of the source text that the translator saw, and "the source changed, but this holds".
SEEN, STILL_RIGHT = "seen", "still-right"


def field_name(part: str, key: str) -> str:
    """The input's name; a key's slashes would break the CSS selectors of Wagtail's widgets."""
    return f"{SEGMENT_FIELDS}{part}--{key.replace('/', '__')}"


def key_of(name: str) -> str:
    """The segment's key in the name of its target's input; "" for any other input."""
    prefix = field_name(TARGET, "")
    return name.removeprefix(prefix).replace("__", "/") if name.startswith(prefix) else ""


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
        self.rows, self.set_aside = segments.lay_out(self.instance)
        # A segment found by its words still has its old block's key.
        self.shown = {row.source.key for row in self.rows} | {
            row.segment.key for row in self.rows if row.segment
        }
        for row in self.rows:
            self._add_fields(row)
        if self.is_bound:
            self._complete_data()

    def segment_rows(self) -> list[FormRow]:
        return [self._form_row(row) for row in self.rows]

    def _form_row(self, row: segments.Row) -> FormRow:
        def bound(part: str) -> forms.BoundField:
            return self[field_name(part, row.source.key)]

        return FormRow(
            row,
            bound(TARGET),
            bound(LEFT_OUT),
            bound(NOTE),
            bound(SEEN),
            bound(STILL_RIGHT) if row.is_stale else None,
        )

    def _add_fields(self, row: segments.Row) -> None:
        key = row.source.key
        self.fields[field_name(TARGET, key)] = forms.CharField(
            required=False,
            label=_("Translation"),
            widget=self._widget(row.source),
            max_length=self._max_length(key),
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
            required=False, widget=forms.HiddenInput, max_length=_column_length("source_digest")
        )
        if row.is_stale:
            self.fields[field_name(STILL_RIGHT, key)] = forms.BooleanField(
                required=False, label=_("Still right: the change makes no difference here")
            )
        self.initial[field_name(SEEN, key)] = row.source.digest
        self.initial[field_name(TARGET, key)] = row.target
        self.initial[field_name(LEFT_OUT, key)] = row.left_out
        self.initial[field_name(NOTE, key)] = row.note

    def _max_length(self, key: str) -> int | None:
        """As many characters as the story's column holds; a body has no limit."""
        return self.instance.article._meta.get_field(key).max_length if key in FIELDS else None

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
        posted = {part: field_name(part, old_key) for part in (TARGET, LEFT_OUT, NOTE, SEEN)}
        if posted[TARGET] not in self.data:
            return {}
        new_key = row.source.key
        return {field_name(p, new_key): self.data[n] for p, n in posted.items() if n in self.data}

    def _as_stored(self, row: segments.Row) -> dict[str, str]:
        key = row.source.key
        target = self._widget(row.source).format_value(row.target)
        values = {field_name(TARGET, key): target or "", field_name(NOTE, key): row.note}
        return values | ({field_name(LEFT_OUT, key): "on"} if row.left_out else {})

    def _widget(self, source: SourceSegment) -> forms.Widget:
        # Wagtail's rich text editors can't be imported before all models are.
        from wagtail.admin.rich_text import get_rich_text_editor_widget

        if source.markup == RICH:
            features = (
                [*TEXT_FEATURES, "ul", "ol"] if source.kind in ("text", "orphan") else TEXT_FEATURES
            )
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
        if is_publishing(self.data):
            self._refuse_open_errors(cleaned)
        return cleaned

    def _refuse_open_errors(self, cleaned: dict[str, Any]) -> None:
        from archive.desk.qa.refusing import refusals
        from archive.desk.qa.stories import Typed

        typed = {
            key: Typed(
                cleaned.get(field_name(TARGET, key)) or "",
                bool(cleaned.get(field_name(LEFT_OUT, key))),
                row.joined,
            )
            for row in self.rows
            if (key := row.source.key)
        }
        for key, messages in refusals(self.instance, self.rows, typed).items():
            self.add_error(field_name(TARGET, key), messages)

    def _check_row(self, row: segments.Row, cleaned: dict[str, Any]) -> None:
        key = row.source.key
        has_text = bool(cleaned.get(field_name(TARGET, key)))
        left_out = bool(cleaned.get(field_name(LEFT_OUT, key)))
        lacks_decision = is_publishing(self.data) and not has_text and not left_out
        if key == "headline" and (left_out or lacks_decision):
            part = LEFT_OUT if left_out else TARGET
            self.add_error(field_name(part, key), _("A story can't appear without its headline."))
        elif lacks_decision:
            message = _("Translate this segment, or mark it as left out, before publication.")
            self.add_error(field_name(TARGET, key), message)

    def _post_clean(self) -> None:
        super()._post_clean()
        self.instance.has_new_words = self.has_changed()
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
        self._take_posted(segment, source)
        return segment

    def _take_posted(self, segment: Any, source: SourceSegment) -> None:
        target, left_out, note, still_right = (
            self.cleaned_data.get(field_name(part, source.key))
            for part in (TARGET, LEFT_OUT, NOTE, STILL_RIGHT)
        )
        changed = left_out != segment.left_out or not self._same_words(target, segment, source)
        segment.target, segment.left_out, segment.note = target, left_out, note
        if still_right or changed or not segment.source_digest:
            self._note_source(segment, source)
        if changed:
            done = target or left_out
            segment.state = segment.State.TRANSLATED if done else segment.State.INITIAL
            segment.translated_by, segment.translated_at = self.for_user, timezone.now()

    def _same_words(self, target: str, segment: Any, source: SourceSegment) -> bool:
        """An untouched text comes back from the browser with other keys and white space."""
        widget = self._widget(source)
        posted = {"stored": widget.format_value(segment.target) or ""}
        stored = widget.value_from_datadict(posted, MultiValueDict(), "stored")
        return _folded(target) == _folded(stored)

    def _note_source(self, segment: Any, source: SourceSegment) -> None:
        # The source may have changed while the translator typed: what counts is what they saw.
        seen = self.cleaned_data.get(field_name(SEEN, source.key)) or source.digest
        if seen == source.digest:
            segment.source_text = source.text
        segment.source_digest = seen

    def _kept_aside(self) -> list[Any]:
        """Words whose source is gone stay: the stored ones, and those typed meanwhile."""
        stored = {segment.key: segment for segment in self.set_aside}
        typed = [
            self._orphan(stored.get(key), key, value)
            for name, value in self.data.items()
            if (key := key_of(name)) and key not in self.shown
        ]
        new = [segment for segment in typed if segment and segment.key not in stored]
        return [*self.set_aside, *new]

    def _orphan(self, segment: Any | None, key: str, value: str) -> Any | None:
        """The segment for a text whose source is gone; None where nothing was typed."""
        from archive.desk.models import Segment

        # No form has such keys, and no database can hold a NUL.
        if len(key) > _column_length("key") or "\x00" in key + value:
            return None
        orphan = segment or Segment(key=key, kind="orphan", markup=_markup_of(value))
        widget = self._widget(SourceSegment(key, orphan.kind, "", orphan.markup))
        text = widget.value_from_datadict({key: value}, self.files, key)
        if richtext.is_blank(text):
            return segment
        orphan.target = text
        return orphan


def _column_length(name: str) -> int:
    from archive.desk.models import Segment

    return int(Segment._meta.get_field(name).max_length)


def _folded(text: str) -> str:
    return " ".join(richtext.without_block_keys(text).split())


def _markup_of(value: str) -> str:
    """The rich text editor posts its own JSON; a plain input what was typed."""
    try:
        return RICH if "blocks" in json.loads(value) else PLAIN
    except (ValueError, TypeError):
        return PLAIN
