"""Assessments with their sums, for reports."""

from typing import Any

from django.db.models import Count, QuerySet, Sum

from archive.contrib.assessment.models import QualityCard
from archive.contrib.assessment.scores import Score


def cards() -> QuerySet[QualityCard]:
    """With their translations' stories, numbers of errors and penalty points; the newest first."""
    found = QualityCard.objects.select_related("translation__article", "translator")
    # The stories' texts are long, and nobody reads them here.
    found = found.only(
        *("size", "assessed_at", "translator", "translation__language"),
        *("translation__article__title", "translation__article__source_language"),
    )
    totals = {"errors": Count("marks"), "points": Sum("marks__severity", default=0)}
    return found.annotate(**totals).order_by("-assessed_at", "-pk")


def score_of(card: Any) -> Score:
    """Of a card of `cards`."""
    language = card.translation.article.source_language
    return Score(1, card.errors, card.points, card.size, language)
