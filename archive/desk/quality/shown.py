"""What the translator's screen shows of an assessment: to reviewers at once, to others once the
review is over."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.desk.models import ErrorMark, QualityCard, Translation
from archive.desk.quality.actions import may_assess
from archive.desk.quality.scores import Score


@dataclass(frozen=True)
class Assessment:
    """A score, and how many errors are marked in each segment, by its key."""

    score: Score
    by_key: Mapping[str, int]


def assessment_of(translation: Translation) -> Assessment | None:
    """None where nobody has assessed it; one query."""
    found = QualityCard.objects.filter(translation=translation.pk)
    rows = list(found.values_list("size", "marks__key", "marks__severity"))
    if not rows:
        return None
    marks = [(key, severity) for _size, key, severity in rows if key is not None]
    points = sum(severity for _key, severity in marks)
    score = Score(1, len(marks), points, rows[0][0], translation.article.source_language)
    return Assessment(score, Counter(key for key, _severity in marks))


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


def form_choices() -> dict[str, list[tuple[Any, Any]]]:
    """Of the form that marks an error; a digit chooses one in a closed list, too."""
    return {
        "categories": [
            (value, f"{number} {label}")
            for number, (value, label) in enumerate(ErrorMark.Category.choices, 1)
        ],
        "severities": [(value, f"{value} {label}") for value, label in ErrorMark.Severity.choices],
    }
