"""The translator's form: its fields, named by the segments' keys, become changes of segments.

Keys rather than numbers: if the source gains a paragraph while a translator types, each posted
text still lands on its own segment.
"""

import json
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms import WagtailAdminModelForm

from archive.desk.editor.autosave import SegmentConflict
from archive.desk.editor.widgets import target_widget
from archive.desk.publish_guard import segment_errors
from archive.desk.saving import (
    DraftSegments,
    SegmentChange,
    column_length,
    max_length_of,
    says,
    version_of,
)
from archive.desk.segments import Row, align_segments, version_of_source
from archive.stories.forms import HANDING_IN, is_publishing
from archive.text import richtext
from archive.text.punctuation import joined
from archive.text.segmentation import PLAIN, RICH, SourceSegment
from archive.wagtail_admin import NoteField

SEGMENT_FIELDS = "segment-"

TARGET, LEFT_OUT, JOINED, NOTE = "target", "left-out", "joined", "note"
# The digest of the source text that the translator saw, and "the source changed, but this holds".
SEEN, STILL_RIGHT = "seen", "still-right"
STILL_RIGHT_LABEL = gettext_lazy("Still correct: the change makes no difference here")
# The version of the segment that the translator started from.
BASE = "base"
# Somebody was told that segments are drafts still, and goes on all the same.
DRAFTS_KNOWN = "drafts-known"
# The version of the source that the form came with: see `version_of_source`.
SOURCE_KNOWN = "source-known"
PARTS = (TARGET, LEFT_OUT, JOINED, NOTE, SEEN, BASE)


def field_name(part: str, key: str) -> str:
    """The input's name; a key's slashes would break the CSS selectors of Wagtail's widgets."""
    return f"{SEGMENT_FIELDS}{part}--{key.replace('/', '__')}"


def key_of(name: str) -> str:
    """The segment's key in the name of its target's input; "" for any other input."""
    prefix = field_name(TARGET, "")
    return name.removeprefix(prefix).replace("__", "/") if name.startswith(prefix) else ""


class TranslationForm(WagtailAdminModelForm):
    """Builds its segment fields from the story as published now; see `archive.desk.saving`.

    Where two people changed one segment, its row shows both texts and nothing is saved.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A form that shows an old version is saved over the newest one.
        newest = getattr(self.instance, "newest", None)
        self.draft = DraftSegments(newest or self.instance)
        self.rows = self.draft.rows if newest is None else align_segments(self.instance)[0]
        # With the words of an old version its segments get their standing back.
        self.restored = {r.source.key: r.segment for r in self.rows if newest and r.segment}
        self.set_aside = list(self.draft.set_aside)
        self.stored = dict(self.draft.segments)
        self.conflicts: dict[str, SegmentConflict] = {}
        # Keys of what was posted and isn't stored so.
        self.unsaved: set[str] = set()
        # Keys of what others have changed, where nothing was changed here.
        self.followed: list[str] = []
        # How many drafts somebody is asked about.
        self.drafts_in_question = 0
        # A segment found by its words still has its old block's key.
        old_keys = {row.segment.key for row in self.rows if row.segment}
        self.shown = {row.source.key for row in self.rows} | old_keys
        for row in self.rows:
            self._add_fields(row)
        if self.is_bound:
            self._complete_data()

    @property
    def media(self) -> forms.Media:
        # The rows' widgets are of two or three kinds; merging each one's files takes its time.
        kinds = {type(field.widget): field.widget for field in self.fields.values()}
        return sum((widget.media for widget in kinds.values()), forms.Media())

    def input_of(self, part: str, key: str) -> forms.BoundField | None:
        """The input for a part of a segment; None where the segment has none."""
        name = field_name(part, key)
        return self[name] if name in self.fields else None

    def _add_fields(self, row: Row) -> None:
        key, base = row.source.key, version_of(self.stored.get(row.source.key))
        target = forms.CharField(
            required=False,
            label=_("Translation"),
            widget=target_widget(row.source, self.instance.language),
            max_length=max_length_of(self.instance, key),
        )
        fields: dict[str, tuple[forms.Field, Any]] = {
            TARGET: (target, row.target),
            LEFT_OUT: (self._samples[LEFT_OUT], row.left_out),
            NOTE: (self._samples[NOTE], row.note),
            SEEN: (self._samples[SEEN], row.source.digest),
            BASE: (NoteField(initial=base), base),
        }
        if key in self.draft.joinable:
            fields[JOINED] = self._samples[JOINED], row.joined or row.is_parted
        if row.is_stale:
            fields[STILL_RIGHT] = self._samples[STILL_RIGHT], False
        for part, (field, initial) in fields.items():
            # One for each row: Wagtail marks a field whose check it puts off.
            self.fields[field_name(part, key)] = copy(field)
            self.initial[field_name(part, key)] = initial

    @cached_property
    def _samples(self) -> dict[str, forms.Field]:
        """What is alike in all rows, to be copied: making a field takes longer."""
        longest = column_length("source_digest")
        boxes = {
            LEFT_OUT: _("Omit"),
            JOINED: _("Translated together with the previous paragraph"),
            STILL_RIGHT: str(STILL_RIGHT_LABEL),
        }
        return {
            **{part: forms.BooleanField(required=False, label=boxes[part]) for part in boxes},
            NOTE: forms.CharField(required=False, label=_("Note")),
            SEEN: forms.CharField(required=False, widget=forms.HiddenInput, max_length=longest),
        }

    def _complete_data(self) -> None:
        """Fill in the segments that the source gained since the translator loaded the form.

        Left empty, they would come back empty from a form shown once more, and wipe out the stored.
        """
        data = self.data.copy()
        for row in self.rows:
            if field_name(TARGET, row.source.key) not in data:
                data.update(self._typed_under_old_key(row) or self._as_stored(row))
        self.data = data

    def _typed_under_old_key(self, row: Row) -> dict[str, str]:
        """What was typed for a block that an editor has replaced by one of the same words."""
        old_key = row.segment.key if row.segment else ""
        posted = {part: field_name(part, old_key) for part in PARTS}
        if posted[TARGET] not in self.data:
            return {}
        new_key = row.source.key
        return {field_name(p, new_key): self.data[n] for p, n in posted.items() if n in self.data}

    def _as_stored(self, row: Row) -> dict[str, str]:
        key = row.source.key
        target = target_widget(row.source, self.instance.language).format_value(row.target)
        base = version_of(self.stored.get(key))
        texts = {TARGET: target or "", NOTE: row.note, BASE: base}
        ticked = {LEFT_OUT: row.left_out, JOINED: row.joined or row.is_parted}
        boxes = {part: "on" for part, is_ticked in ticked.items() if is_ticked}
        return {field_name(part, key): value for part, value in {**texts, **boxes}.items()}

    def clean(self) -> Any:
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        for row in self.rows:
            name = field_name(TARGET, row.source.key)
            if name not in self.errors:
                self._take(row.source, self._change(row.source, cleaned))
        for change, markup in self._lost_changes():
            self.draft.store_aside(change, markup)
        if is_publishing(self.data):
            for key, messages in segment_errors(self.instance, self.draft.rows).items():
                if key not in self.conflicts:
                    self.add_error(field_name(TARGET, key), messages)
            self._ask_for_unseen()
            self._ask_for_drafts()
        return cleaned

    def _ask_for_unseen(self) -> None:
        """Refuse once to publish or approve what the form hasn't shown: words that others have
        stored since, and a source that was changed since. It is shown with the refusal."""
        if any(self.data.get(f"action-{name}") for name in HANDING_IN):
            # Whoever reviews it sees all of it.
            return
        rows = self.draft.rows
        numbers = {row.source.key: number for number, row in enumerate(rows, 1)}
        unseen = [numbers[key] for key in self.followed]
        is_known = self.data.get(SOURCE_KNOWN) == version_of_source(row.source for row in rows)
        stale = [] if is_known else [numbers[row.source.key] for row in rows if row.is_stale]
        text = _("Others have changed these segments since this form was opened: %(numbers)s.")
        self._ask_about(text, unseen)
        text = _(
            "The story was changed since this form was opened. The source of these segments isn’t "
            "the one that was translated: %(numbers)s."
        )
        self._ask_about(text, stale)

    def _ask_about(self, text: str, numbers: list[int]) -> None:
        if numbers:
            listed = {"numbers": joined([str(number) for number in numbers])}
            self.add_error(None, f"{text % listed} {_('Look at them, then go on.')}")

    def _ask_for_drafts(self) -> None:
        """Refuse once to hand on what nobody has confirmed; an approval is a review of it."""
        is_approval = bool(self.data.get("action-workflow-action"))
        drafts = sum(row.is_draft for row in self.draft.rows)
        if self.errors or is_approval or not drafts or self.data.get(DRAFTS_KNOWN):
            return
        self.drafts_in_question = drafts
        text = ngettext(
            "%(count)s segment is a draft that nobody has confirmed.",
            "%(count)s segments are drafts that nobody has confirmed.",
            drafts,
        )
        self.add_error(None, text % {"count": drafts})

    def _take(self, source: SourceSegment, change: SegmentChange) -> None:
        # A preview shows what was typed, whatever a colleague has saved meanwhile.
        is_preview = not getattr(self.instance, "is_being_saved", False)
        outcome = self.draft.take(change, user=self.for_user, overwrite=is_preview)
        if outcome.kind == "unchanged" and not says(outcome.segment, change, source):
            # Nothing was changed here: the form goes on with what is stored.
            self.followed.append(source.key)
            for part in (TARGET, LEFT_OUT, JOINED, NOTE, BASE):
                self.data.pop(field_name(part, source.key), None)
            self.data.update(self._as_stored(self.draft.row(source.key)))
        elif outcome.kind != "unchanged" or outcome.version != change.base:
            self.unsaved.add(source.key)
        if outcome.kind == "refused":
            part = LEFT_OUT if change.left_out else TARGET
            self.add_error(field_name(part, source.key), outcome.message)
        if outcome.kind == "conflict":
            self.draft.close_sitting(self.for_user)
            conflict = self.conflicts[source.key] = SegmentConflict(
                source, outcome.segment, change.target, self.for_user
            )
            message = _("%(author)s saved another text while you were editing. Both are kept.")
            if conflict.is_own:
                message = _("You saved another text in another window. Both are kept.")
            self.add_error(field_name(TARGET, source.key), message % {"author": conflict.author})

    def _change(self, source: SourceSegment, values: Any) -> SegmentChange:
        def posted(part: str) -> Any:
            return values.get(field_name(part, source.key)) or ""

        key = source.key
        target = "" if richtext.is_blank(posted(TARGET)) else posted(TARGET)
        for known in (self.stored.get(key), self.restored.get(key)):
            target = self._text_if_same(source, known, target)
        change = SegmentChange(
            key,
            target=target,
            base=posted(BASE),
            left_out=bool(posted(LEFT_OUT)),
            joined=bool(posted(JOINED)),
            note=posted(NOTE),
            seen=posted(SEEN),
            still_right=bool(posted(STILL_RIGHT)),
        )
        restored = self.restored.get(key)
        return replace(change, former=restored) if says(restored, change, source) else change

    def _text_if_same(self, source: SourceSegment, known: Any, target: str) -> str:
        """An untouched text may come back from the browser as the editor writes it."""
        if source.markup != RICH or known is None:
            return target
        folded = richtext.folded(target)
        if folded == richtext.folded(known.target):
            return target
        widget = target_widget(source, self.instance.language)
        data = {"known": widget.format_value(known.target) or ""}
        text = widget.value_from_datadict(data, MultiValueDict(), "known")
        return known.target if folded == richtext.folded(text) else target

    def _lost_changes(self) -> Iterator[tuple[SegmentChange, str]]:
        """What was typed for paragraphs that the story has lost meanwhile, and its markup."""
        for name, value in self.data.items():
            key = key_of(name)
            # No form has such keys, and no database can hold a NUL.
            is_storable = len(key) <= column_length("key") and "\x00" not in key + value
            if key and key not in self.shown and is_storable:
                markup = _markup_of(value)
                orphan = SourceSegment(key, "orphan", "", markup)
                widget = target_widget(orphan, self.instance.language)
                text = widget.value_from_datadict(self.data, self.files, name)
                source = SourceSegment(key, "orphan", "", PLAIN)
                yield self._change(source, {**self.data.dict(), name: text}), markup

    def _post_clean(self) -> None:
        super()._post_clean()
        self.instance.has_new_words = self.has_changed()
        if not self.errors:
            self.instance.segments = self.draft.in_order()
            self.instance.laid_out = self.draft.rows


def _markup_of(value: str) -> str:
    """The rich text editor posts its own JSON; a plain input what was typed."""
    try:
        return RICH if "blocks" in json.loads(value) else PLAIN
    except (ValueError, TypeError):
        return PLAIN
