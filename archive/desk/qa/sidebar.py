"""The findings in a segment, beside it; and those of a whole story, for a panel."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive.desk.findings import Judged, judge, story_of
from archive.desk.models import CheckWaiver, Translation
from archive.desk.segments import Row, rows
from archive.qa.base import Piece, pieces
from archive.qa.runner import check_pair


@dataclass(frozen=True)
class Shown:
    """What is shown of all findings of one check in one segment."""

    judged: list[Judged]
    # The row's place on the screen, from 1; 0 where that isn't asked for.
    row: int = 0

    @property
    def first(self) -> Judged:
        return self.judged[0]

    @property
    def waiver(self) -> CheckWaiver | None:
        return self.first.waiver

    @property
    def is_error(self) -> bool:
        return self.first.is_error

    @property
    def messages(self) -> list[str]:
        return [one.finding.message for one in self.judged]

    @property
    def source(self) -> list[Piece]:
        spans = tuple(span for one in self.judged for span in one.finding.source_spans)
        return pieces(self.first.pair.source, spans)

    @property
    def target(self) -> list[Piece]:
        spans = tuple(span for one in self.judged for span in one.finding.target_spans)
        return pieces(self.first.pair.target, spans)


def _shown(judged: list[Judged], row: int = 0) -> list[Shown]:
    """One for each check; errors come first."""
    grouped: dict[str, list[Judged]] = {}
    for one in judged:
        grouped.setdefault(one.finding.check_id, []).append(one)
    return sorted((Shown(group, row) for group in grouped.values()), key=lambda s: not s.is_error)


def aid(translation: Any, row: Any, user: Any) -> dict[str, Any]:
    """The findings in one segment of this draft; two queries, four when the names have changed."""
    story = story_of(translation)
    pair = next((pair for pair in story.pairs if pair.key == row.source.key), None)
    shown = _shown(judge(translation, story, check_pair(pair, story))) if pair else []
    if not shown:
        return {}
    return {
        "open": [one for one in shown if one.waiver is None],
        "waived": [one for one in shown if one.waiver],
        "source_language": story.source_language,
        "target_language": story.target_language,
    }


def story_findings(
    translation: Translation,
    draft: Translation | None = None,
    laid_out: Sequence[Row] | None = None,
) -> dict[str, Any]:
    """The context of `archive/admin/findings_panel.html`: what is open in the newest draft.

    Pass the draft if it is at hand, and no query is made for it; and its rows if they are.
    """
    version = translation.get_latest_revision_as_object() if draft is None else draft
    laid_out = rows(version) if laid_out is None else laid_out
    places = {row.source.key: number for number, row in enumerate(laid_out, 1)}
    by_key: dict[str, list[Judged]] = {}
    for one in judge(translation, story_of(version, laid_out)):
        by_key.setdefault(one.finding.key, []).append(one)
    shown = [one for key, judged in by_key.items() for one in _shown(judged, places[key])]
    is_open = [one for one in shown if one.waiver is None]
    return {
        "findings": is_open,
        "error_count": sum(one.is_error for one in is_open),
        "warning_count": sum(not one.is_error for one in is_open),
        "waived_count": len(shown) - len(is_open),
        "target_language": translation.language,
        "edit_url": translation.get_edit_url(),
    }
