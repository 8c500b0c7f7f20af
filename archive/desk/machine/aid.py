"""A machine's draft beside the segment, for those who ask for one."""

from typing import Any

from archive.desk.machine.drafting import kept_draft
from archive.desk.machine.engines import get_engine


def aid(translation: Any, row: Any, user: Any) -> dict[str, Any]:
    """The engine, and the draft that is kept for the segment; {} where drafts are off."""
    engine = get_engine()
    if engine is None:
        return {}
    draft = kept_draft(translation, row.source)
    if draft is None and row.is_machine_draft:
        return {}  # It stands in the segment itself.
    return {"engine": engine.name, "draft": draft, "markup": row.source.markup}
