"""How a translator's form meets what colleagues saved meanwhile: segment by segment."""

import json
from copy import copy
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from archive.desk import segments
from archive.desk.clashes import Clash
from archive.desk.field_names import (
    BASE,
    JOINED,
    LEFT_OUT,
    NOTE,
    SEEN,
    STILL_RIGHT,
    TARGET,
    field_name,
    key_of,
)
from archive.desk.rules import column_length, objection
from archive.pages.forms import is_publishing
from archive.text import richtext
from archive.text.segmentation import PLAIN, RICH, SourceSegment


class MergeBySegment:
    """For the translator's form, which has a `row` for each segment as published now.

    `stored` is what the newest draft holds of each, whatever version the form shows.
    """

    rows: list[segments.Row]
    set_aside: list[Any]
    stored: dict[str, Any]
    shown: set[str]
    joinable: set[str]
    clashes: dict[str, Clash]
    instance: Any
    data: Any
    files: Any
    cleaned_data: dict[str, Any]
    errors: Any
    for_user: Any

    def add_error(self, field: str, error: Any) -> None:
        super().add_error(field, error)  # type: ignore[misc]

    def _widget(self, source: SourceSegment) -> Any:
        raise AttributeError

    def _look_at_newest(self) -> None:
        """A form that brings back an old version is saved over the newest one."""
        newest, rows = getattr(self.instance, "newest", None), self.rows
        if newest is not None:
            rows, self.set_aside = segments.align_segments(newest)
        self.stored = {row.source.key: row.segment for row in rows}

    def _check_row(self, row: segments.Row, cleaned: dict[str, Any]) -> None:
        if field_name(TARGET, row.source.key) in self.errors:
            return
        change = self._change(row)
        verdict = self._judge(row, change)
        if verdict == "clash" and getattr(self.instance, "is_being_saved", False):
            self._show_clash(row, change)
            return
        stored = self.stored.get(row.source.key)
        wanted = stored if verdict == "kept" else change
        if message := objection(row, change, self.joinable):
            part = LEFT_OUT if change.left_out else TARGET
            self.add_error(field_name(part, row.source.key), message)
        elif is_publishing(self.data) and not self._is_decided(row, wanted, verdict):
            message = _("Translate this segment, or mark it as left out, before publication.")
            if row.source.key == "headline":
                message = _("A story can't appear without its headline.")
            self.add_error(field_name(TARGET, row.source.key), message)

    def _is_decided(self, row: segments.Row, wanted: Any, verdict: str) -> bool:
        if wanted is None:
            return False
        stored = segments.Row(row.source, self.stored.get(row.source.key))
        if verdict in ("same", "kept") and stored.is_machine_draft:
            return False
        return bool(wanted.target or wanted.left_out or wanted.joined)

    def _judge(self, row: segments.Row, change: Any) -> str:
        from archive.desk.saving import judge

        stored = self.stored.get(row.source.key)
        verdict = judge(stored, change, row.source)
        if verdict == "taken" and stored and self._reads_alike(stored, change, row.source):
            return "same"
        if verdict == "clash" and not getattr(self.instance, "is_being_saved", False):
            return "taken"
        return verdict

    def _reads_alike(self, stored: Any, change: Any, source: SourceSegment) -> bool:
        """An untouched text may come back from the browser as the editor writes it."""
        if source.markup != RICH:
            return False
        widget = self._widget(source)
        posted = {"stored": widget.format_value(stored.target) or ""}
        text = widget.value_from_datadict(posted, MultiValueDict(), "stored")
        same_text = richtext.folded(change.target) == richtext.folded(text)
        return same_text and (change.left_out, change.joined, change.note) == (
            stored.left_out,
            stored.joined,
            stored.note,
        )

    def _show_clash(self, row: segments.Row, change: Any) -> None:
        clash = Clash(row.source, self.stored.get(row.source.key), change.target)
        self.clashes[row.source.key] = clash
        message = _("%(author)s saved another text here while you were writing. Both are kept.")
        self.add_error(field_name(TARGET, row.source.key), message % {"author": clash.author})

    def _change(self, row: segments.Row) -> Any:
        """What the form wants this segment to be."""
        from archive.desk.saving import Change

        key = row.source.key

        def posted(part: str) -> Any:
            return self.cleaned_data.get(field_name(part, key))

        return Change(
            key,
            target=posted(TARGET) or "",
            base=posted(BASE) or "",
            left_out=bool(posted(LEFT_OUT)),
            joined=bool(posted(JOINED)),
            note=posted(NOTE) or "",
            seen=posted(SEEN) or "",
            still_right=bool(posted(STILL_RIGHT)),
        )

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        self.instance.has_new_words = self.has_changed()  # type: ignore[attr-defined]
        if not self.errors:
            self.instance.segments = [*self._current_segments(), *self._kept_aside()]

    def _current_segments(self) -> list[Any]:
        return [self._segment(row, order) for order, row in enumerate(self.rows)]

    def _segment(self, row: segments.Row, order: int) -> Any:
        from archive.desk.models import Segment
        from archive.desk.saving import apply_change

        source, change = row.source, self._change(row)
        segment = self.stored.get(source.key)
        verdict = self._judge(row, change)
        if segment is None or verdict == "taken" or (verdict == "same" and change.still_right):
            segment = segment or Segment()
            apply_change(segment, change, source, user=self.for_user)
        segment.sort_order = order
        segment.key, segment.kind, segment.markup = source.key, source.kind, source.markup
        return segment

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()  # type: ignore[misc]
        now = {segment.key: segment for segment in self.instance.segments.all()}
        from archive.desk.saving import version_of

        keys = [row.source.key for row in self.rows]
        return updates + [(field_name(BASE, key), version_of(now.get(key))) for key in keys]

    def _kept_aside(self) -> list[Any]:
        """Words whose source is gone stay: the stored ones, and those typed meanwhile."""
        stored = {segment.key: segment for segment in self.set_aside}
        typed = [
            self._orphan(stored.get(key), key, value)
            for name, value in self.data.items()
            if (key := key_of(name)) and key not in self.shown
        ]
        new = [one for one in typed if one and one is not stored.get(one.key)]
        return [*self.set_aside, *new]

    def _orphan(self, segment: Any | None, key: str, value: str) -> Any | None:
        """The segment for a text whose source is gone; None where nothing was typed."""
        from archive.desk.models import Segment

        # No form has such keys, and no database can hold a NUL.
        if len(key) > column_length("key") or "\x00" in key + value:
            return None
        orphan = segment or Segment(key=key, kind="orphan", markup=_markup_of(value))
        widget = self._widget(SourceSegment(key, orphan.kind, "", orphan.markup))
        text = widget.value_from_datadict({key: value}, self.files, key)
        if richtext.is_blank(text):
            return segment
        if segment and self._is_newer(segment, key):
            # A colleague's words stay; what was typed here, too, unless it is what was loaded.
            if self._is_as_loaded(segment, key, text):
                return segment
            orphan = Segment(key=key, kind="orphan", markup=_markup_of(value))
        orphan.target = text
        return orphan

    def _is_newer(self, segment: Any, key: str) -> bool:
        from archive.desk.saving import version_of

        base = self.data.get(field_name(BASE, key))
        return base is not None and base != version_of(segment)

    def _is_as_loaded(self, segment: Any, key: str, text: str) -> bool:
        from archive.desk.saving import version_of

        loaded = copy(segment)
        loaded.target = text
        loaded.note = self.data.get(field_name(NOTE, key), "")
        return version_of(loaded) == self.data.get(field_name(BASE, key))


def _markup_of(value: str) -> str:
    """The rich text editor posts its own JSON; a plain input what was typed."""
    try:
        return RICH if "blocks" in json.loads(value) else PLAIN
    except (ValueError, TypeError):
        return PLAIN
