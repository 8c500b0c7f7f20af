"""Asks the engine for drafts and stores them: for one segment, or for all that nobody has touched.

A draft is stored in the translation's history, so that asking twice costs nothing and everybody
can see which words a machine proposed, to whom, and when.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import log, registry

from archive.desk.editor.widgets import input_value
from archive.desk.machinery.engines import EngineError, MachineEngine, get_engine
from archive.desk.machinery.markup import BrokenMarkupError, protect, restore
from archive.desk.models import Segment, Translation
from archive.desk.saving import SegmentChange, max_length_of, save_segments, version_of
from archive.desk.segments import Row, rows, source_segments
from archive.text import richtext
from archive.text.segmentation import RICH, SourceSegment

DRAFTED, FILLED = "archive.machine_draft", "archive.machine_fill"


@dataclass(frozen=True)
class MachineDraft:
    """A machine's words for a segment, as its target would hold them."""

    text: str
    engine: str


@dataclass
class FillReport:
    """Keys of the segments that were filled, and of those whose draft was of no use."""

    filled: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def stored_draft(translation: Translation, source: SourceSegment) -> MachineDraft | None:
    """The last draft for these very words of the source."""
    found = registry.get_logs_for_instance(translation).filter(
        action=DRAFTED, data__key=source.key, data__digest=source.digest
    )
    entry = found.order_by("-timestamp", "-pk").first()
    return MachineDraft(entry.data["draft"], entry.data["engine"]) if entry else None


def draft_segment(
    translation: Translation, source: SourceSegment, engine: MachineEngine, *, user: Any
) -> MachineDraft:
    """A draft for one segment, the stored one if there is any; raises EngineError."""
    if stored := stored_draft(translation, source):
        return stored
    [text] = _drafts(translation, [source], engine)
    if text is None:
        message = _("%(engine)s lost a link or another tag. Its draft isn't used.")
        raise EngineError(message % {"engine": engine.name})
    data = {"key": source.key, "digest": source.digest, "engine": engine.name, "draft": text}
    log(translation, DRAFTED, user=user, data=data)
    return MachineDraft(text, engine.name)


def untouched(translation: Translation) -> list[Row]:
    """The draft's rows that nobody has done anything with."""
    draft = translation.get_latest_revision_as_object()
    draft.article = translation.article
    return [row for row in rows(draft) if version_of(row.segment) == ""]


def fill_untouched(translation: Translation, engine: MachineEngine, *, user: Any) -> FillReport:
    """Put drafts where nobody has touched anything; raises EngineError, and then stores none.

    Whoever begins a segment while the engine is at work keeps it: see `save_segments`.
    """
    sources = [row.source for row in untouched(translation)]
    drafts = _drafts(translation, sources, engine)
    changes = [
        SegmentChange(source.key, text, seen=source.digest, origin=Segment.Origin.MACHINE)
        for source, text in zip(sources, drafts, strict=True)
        if text is not None
    ]
    outcomes = save_segments(translation, changes, user=user)
    report = FillReport(
        filled=[outcome.key for outcome in outcomes if outcome.kind == "saved"],
        refused=[s.key for s, text in zip(sources, drafts, strict=True) if text is None],
    )
    if report.filled:
        data = {"engine": engine.name, "segments": report.filled}
        log(translation, FILLED, user=user, data=data)
    return report


def machine_section(translation: Any, row: Row, user: Any) -> dict[str, Any]:
    """The sidebar's engine, and the draft stored for the segment; {} where drafts are off."""
    engine = get_engine()
    if engine is None:
        return {}
    source = row.source
    draft = stored_draft(translation, source)
    if draft is None and row.is_unseen:
        return {}  # It stands in the segment itself.
    return {
        "engine": engine.name,
        "draft": draft,
        "markup": source.markup,
        # A rich draft as JSON for the segment's editor, with its links.
        "content": input_value(draft.text, source) if draft and source.markup == RICH else "",
    }


def story_as_context(translation: Translation) -> str:
    """The whole story as plain text in its source language, a line a segment."""
    return "\n".join(source.plain_text for source in source_segments(translation.article))


def _drafts(
    translation: Translation, sources: Sequence[SourceSegment], engine: MachineEngine
) -> list[str | None]:
    """A draft for each source; None where it can't be used."""
    if not sources:
        return []
    answers = engine.translate(
        [protect(source) for source in sources],
        translation.article.source_language,
        translation.language,
        story_as_context(translation),
    )
    pairs = zip(sources, answers, strict=True)
    return [_usable(translation, source, answer) for source, answer in pairs]


def _usable(translation: Translation, source: SourceSegment, answer: str) -> str | None:
    try:
        text = restore(answer, source)
    except BrokenMarkupError:
        return None
    longest = max_length_of(translation, source.key)
    is_blank = richtext.is_blank(text) if source.markup == RICH else not text
    return None if is_blank or (longest and len(text) > longest) else text
