"""A machine's draft beside the segment, for those who ask for one."""

from typing import Any

from archive.desk.editor.widgets import input_value
from archive.desk.machinery.drafts import MachineDraft, kept_draft
from archive.desk.machinery.engines import get_engine
from archive.text.segmentation import RICH, SourceSegment


def aid(translation: Any, row: Any, user: Any) -> dict[str, Any]:
    """The engine, and the draft that is kept for the segment; {} where drafts are off."""
    engine = get_engine()
    if engine is None:
        return {}
    draft = kept_draft(translation, row.source)
    if draft is None and row.is_machine_draft:
        return {}  # It stands in the segment itself.
    return {
        "engine": engine.name,
        "draft": draft,
        "markup": row.source.markup,
        "content": _content(row.source, draft) if draft else "",
    }


def _content(source: SourceSegment, draft: MachineDraft) -> str:
    """A rich draft as JSON for the segment's editor, with its links; "" for a plain one."""
    return input_value(draft.text, source) if source.markup == RICH else ""
