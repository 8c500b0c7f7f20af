"""Finds what was translated before: the same text, and texts like it. Five queries at any size.

Texts like it are found in three steps: units that share a fingerprint; of these the ones that
share the most and the rarest; of these the ones that are really like it, letter by letter.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from heapq import nlargest
from typing import Any, TypeVar

from django.db.models import Count
from django.urls import reverse
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from archive.conf import settings
from archive.desk.memory.adaptation import Adapted, adapt
from archive.desk.memory.fingerprints import units_with
from archive.desk.memory.units import as_remembered, text_of
from archive.desk.models import MemoryUnit
from archive.desk.segments import Row, has_words, rows
from archive.entities.glossary.termbase import load_glossary
from archive.entities.glossary.terms import Glossary
from archive.qa.base import Piece
from archive.text.differences import Difference, differences
from archive.text.fingerprints import fingerprints
from archive.text.language import column, other
from archive.text.segmentation import digest, plain_text

Key = TypeVar("Key", int, str)

MOST = 5
# So many are compared letter by letter.
_CANDIDATES = 400
# So many of the same text are looked at, the newest.
_SAME_TEXTS = 500


@dataclass(frozen=True)
class MemorySuggestion:
    """A text that was translated before; `times`: how often the memory has this translation.

    `unit` is None for one from the draft that is being written.
    """

    score: int
    source: str
    target: str
    same_story: bool = False
    unit: MemoryUnit | None = None
    times: int = 1

    @property
    def is_exact(self) -> bool:
        return self.score == 100

    def differences_from(self, text: str) -> list[Difference]:
        """From the text that was translated to this one."""
        return differences(self.source, text)


@dataclass(frozen=True)
class ShownSuggestion:
    """A suggestion as the sidebar offers it: fitted to the source where it isn't just this one."""

    suggestion: MemorySuggestion
    adapted: Adapted
    differences: list[Difference]

    @property
    def pieces(self) -> list[Piece]:
        """The target, what was adapted in it as spots."""
        target, found, at = self.adapted.target, list[Piece](), 0
        for start, end in self.adapted.spans:
            found += [Piece(target[at:start]), Piece(target[start:end], is_spot=True)]
            at = end
        return [*found, Piece(target[at:])]

    @property
    def changes_json(self) -> str:
        return json.dumps(self.adapted.changes)

    @property
    def doubts_json(self) -> str:
        """[words, the same as the target has them] for each."""
        return json.dumps([(one.words, one.in_target) for one in self.adapted.doubts])


def suggest(
    text: str,
    language: str,
    *,
    article_id: int | None = None,
    limit: int = MOST,
    threshold: int | None = None,
) -> list[MemorySuggestion]:
    """The best suggestions for a text in `language`, each translation once.

    The likest come first; of equally like ones those of the story itself, then the newest.
    """
    least = threshold or settings.MEMORY_THRESHOLD
    scores = dict.fromkeys(_same(text, language, article_id), 100)
    # Whoever wants the same text only needn't wait for the others.
    if least < 100:
        scores |= dict(_like(text, language, least))
    return _best(scores, language, article_id, limit)


def merged(suggestions: Iterable[MemorySuggestion], limit: int) -> list[MemorySuggestion]:
    """Suggestions of several places in one order, each translation once."""
    best: dict[str, MemorySuggestion] = {}
    for suggestion in sorted(
        suggestions, key=lambda s: (-s.score, not s.same_story, -(s.unit.pk if s.unit else 0))
    ):
        best.setdefault(digest(suggestion.target), suggestion)
    return list(best.values())[:limit]


def _same(text: str, language: str, article_id: int | None) -> list[int]:
    """A unit for each translation of just this text, the story's own if there is one."""
    target = column("digest", other(language))
    found = MemoryUnit.objects.filter(**{column("digest", language): digest(text)}).order_by("-pk")
    chosen: dict[str, int] = {}
    for pk, translation, of_article in found.values_list("pk", target, "article_id")[:_SAME_TEXTS]:
        if translation not in chosen or of_article == article_id:
            chosen[translation] = pk
    return list(chosen.values())


def _like(text: str, language: str, threshold: int) -> list[tuple[int, int]]:
    """(id, score) of units that are like this text without being the same."""
    weights: defaultdict[int, float] = defaultdict(float)
    for units in units_with(fingerprints(text, language)).values():
        for pk in units:
            # What few texts have says more.
            weights[pk] += 1 / len(units)
    likely = nlargest(_CANDIDATES, weights, key=weights.__getitem__)
    source = column("text", language)
    texts = dict(MemoryUnit.objects.filter(pk__in=likely).values_list("pk", source))
    return [(pk, score) for pk, score in ranked(text, texts, threshold) if score < 100]


def _best(
    scores: dict[int, int], language: str, article_id: int | None, limit: int
) -> list[MemorySuggestion]:
    """The first of the units by score, with how often the memory has their translations."""
    # Some will turn out to have the same translation.
    first = sorted(scores, key=lambda pk: (-scores[pk], -pk))[: limit * 10]
    units = MemoryUnit.objects.in_bulk(first)
    found = [
        MemorySuggestion(
            scores[pk],
            text_of(unit, language),
            text_of(unit, other(language)),
            same_story=article_id is not None and unit.article_id == article_id,
            unit=unit,
        )
        for pk, unit in units.items()
    ]
    best = merged(found, limit)
    name = column("digest", other(language))
    digests = [getattr(one.unit, name) for one in best]
    same = MemoryUnit.objects.filter(**{f"{name}__in": digests}).values_list(name)
    counts = dict(same.annotate(times=Count("pk")))
    return [replace(one, times=counts[key]) for one, key in zip(best, digests, strict=True)]


def ranked(text: str, others: Mapping[Key, str], threshold: int) -> list[tuple[Key, int]]:
    """The others that are at least so like, the likest first, with their scores.

    What counts is the share of characters that needn't be typed anew (Levenshtein).
    """
    folded = {key: fold(other) for key, other in others.items()}
    found = process.extract(
        fold(text),
        folded,
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=threshold / 100,
        limit=None,
    )
    return [(key, 100 if ratio == 1 else int(ratio * 100)) for _other, ratio, key in found]


def fold(text: str) -> str:
    return " ".join(text.split())


def memory_section(translation: Any, row: Row, user: Any) -> dict[str, Any]:
    """The memory in the segment's sidebar: at most MOST suggestions, from it and from the draft.

    Nothing that the segment says already. The number of queries doesn't depend on the memory.
    """
    language = other(translation.language)
    text = as_remembered(translation.article, row.source.plain_text)
    # One more, for the one that may be there already.
    stored = suggest(text, language, article_id=translation.article_id, limit=MOST + 1)
    present = fold(plain_text(row.target, row.source.markup))
    found = merged([*_from_draft(translation, row), *stored], MOST + 1)
    suggestions = [one for one in found if fold(one.target) != present][:MOST]
    is_fitting = any(not one.is_exact for one in suggestions)
    names = load_glossary() if suggestions else Glossary()

    def shown(one: MemorySuggestion) -> ShownSuggestion:
        adapted = Adapted(one.target)
        if not one.is_exact:
            adapted = adapt(one.source, one.target, text, language=language, names=names)
        return ShownSuggestion(one, adapted, one.differences_from(text))

    return {
        "suggestions": [shown(one) for one in suggestions],
        "has_differences": is_fitting,
        "source_language": language,
        "target_language": translation.language,
        "search_url": reverse("archive_memory:search"),
    }


def _from_draft(translation: Any, row: Row) -> list[MemorySuggestion]:
    """What the draft has for the same text, or one like it, elsewhere in the story."""
    others = {
        one.source.key: one
        for one in rows(translation.get_latest_revision_as_object())
        if has_words(one) and not one.is_stale and one.source.key != row.source.key
    }
    sources = {key: one.source.plain_text for key, one in others.items()}
    return [
        MemorySuggestion(
            score,
            sources[key],
            plain_text(others[key].target, others[key].source.markup),
            same_story=True,
        )
        for key, score in ranked(row.source.plain_text, sources, settings.MEMORY_THRESHOLD)
    ]
