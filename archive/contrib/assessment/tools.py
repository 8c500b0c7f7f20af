"""What the translator's screen shows of an assessment: to reviewers at once, to others once the
review is over."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.contrib.assessment.actions import may_assess
from archive.contrib.assessment.models import ErrorMark, QualityCard
from archive.contrib.assessment.scores import Score
from archive.desk.editor.shortcuts import Shortcut
from archive.desk.editor.tools import DeskTool, RowMark, ToolParts
from archive.desk.models import Translation
from archive.desk.reviews import Review


@dataclass(frozen=True)
class Assessment:
    """A score, how many errors are marked in each segment, by its key, and since when."""

    score: Score
    by_key: Mapping[str, int]
    assessed_at: datetime


def assessment_of(translation: Translation) -> Assessment | None:
    """None where nobody has assessed it; one query."""
    found = QualityCard.objects.filter(translation=translation.pk)
    rows = list(found.values_list("size", "assessed_at", "marks__key", "marks__severity"))
    if not rows:
        return None
    size, assessed_at, *_mark = rows[0]
    marks = [(key, severity) for *_card, key, severity in rows if key is not None]
    points = sum(severity for _key, severity in marks)
    score = Score(1, len(marks), points, size, translation.article.source_language)
    return Assessment(score, Counter(key for key, _severity in marks), assessed_at)


def quality_section(translation: Any, row: Any, user: Any) -> dict[str, Any]:
    """The errors marked in this segment, and the score; one query, three where it is assessed."""
    is_assessor = may_assess(user, translation)
    card = QualityCard.objects.filter(translation=translation.pk).first()
    if not is_assessor and (card is None or translation.workflow_in_progress):
        return {}
    marks = list(card.marks.select_related("author")) if card else []
    here = [mark for mark in marks if mark.key == row.source.key]
    if not (is_assessor or here):
        return {}
    points = sum(mark.severity for mark in marks)
    language = translation.article.source_language
    return {
        "is_assessor": is_assessor,
        "score": Score(1, len(marks), points, card.size, language) if card else None,
        "marks": here,
    }


class ErrorTool(DeskTool):
    """The score above the rows, the number of errors in each, and reviewers' form for another."""

    scripts = ("archive_assessment/desk-errors.js",)
    styles = ("archive_assessment/desk-errors.css",)
    shortcuts = (
        Shortcut(
            "markError",
            "Ctrl+Alt+KeyE",
            gettext_lazy("Mark an error in the segment, or in the selected words (reviewers)"),
        ),
    )

    def parts_for(self, user: Any, translation: Any, review: Review | None) -> ToolParts:
        is_assessor = may_assess(user, translation)
        # A reviewer may be halfway.
        is_told = not review or review.is_returned or is_assessor
        found = assessment_of(translation) if is_told else None
        counts = found.by_key if found else {}
        mark = RowMark("errors", _("Marked errors"), _("With marked errors"), counts)
        values = {"score": found.score, "assessed_at": found.assessed_at} if found else {}
        above = _rendered("score_line", **values) if values else ""
        form = _rendered("error_form", pk=translation.pk, **form_choices()) if is_assessor else ""
        return ToolParts(above, form, (mark,))


def _rendered(name: str, **values: Any) -> str:
    return render_to_string(f"archive_assessment/admin/{name}.html", values)


def form_choices() -> dict[str, list[tuple[Any, Any]]]:
    """Of the form that marks an error; a digit chooses one in a closed list, too."""
    return {
        "categories": [
            (value, f"{number} {label}")
            for number, (value, label) in enumerate(ErrorMark.Category.choices, 1)
        ],
        "severities": [(value, f"{value} {label}") for value, label in ErrorMark.Severity.choices],
    }
