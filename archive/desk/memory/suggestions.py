"""Finds what was translated before: the same text, and texts like it. Five queries at any size.

Texts like it are found in three steps: units that share a fingerprint; of these the ones that
share the most and the rarest; of these the ones that are really like it, letter by letter.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from typing import Any, TypeVar

from django.db.models import Count
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from archive.conf import settings
from archive.desk.memory.adaptation import Adapted, Doubt, adapt, joined
from archive.desk.memory.fingerprints import units_with
from archive.desk.memory.sentences import join, split
from archive.desk.memory.units import as_remembered, text_of
from archive.desk.models import MemoryUnit
from archive.desk.querysets import CONFIRMED, MemoryUnitQuerySet
from archive.desk.segments import Row, has_words, rows
from archive.entities.glossary.termbase import load_glossary
from archive.entities.glossary.terms import Glossary
from archive.inserts import in_batches
from archive.qa.base import Piece
from archive.text.differences import Difference, differences
from archive.text.fingerprints import fingerprints
from archive.text.language import UNSPACED, column, other
from archive.text.segmentation import digest, plain_text

Key = TypeVar("Key", int, str)

MOST = 5
# So many are compared letter by letter.
_CANDIDATES = 400
# Texts that are asked for at once: SQLite takes at most 500 parts of a union.
AT_ONCE = 40
# So many of the same text are looked at, the newest.
_SAME_TEXTS = 500
# Of a longer paragraph only the first are looked up one by one.
_MOST_SENTENCES = 30
# A text that is put together from sentences is of use from so much of it on, in percent.
_LEAST_TOGETHER = 33
# Whoever has a whole text so like this one needs none that is put together.
_NEARLY_THE_SAME = 95


@dataclass(frozen=True)
class MemorySuggestion:
    """A text that was translated before; `times`: how often the memory has this translation.

    `unit` is None for one from the draft that is being written, and one of several sentences.
    """

    score: int
    source: str
    target: str
    same_story: bool = False
    unit: MemoryUnit | None = None
    times: int = 1
    # Of one that is put together: how many of how many sentences the memory has.
    sentences: tuple[int, int] | None = None

    @property
    def is_exact(self) -> bool:
        return self.score == 100

    @property
    def is_unpublished(self) -> bool:
        """Whether it is a draft's: it never stands before published text that is as like."""
        return self.unit.is_unpublished if self.unit else self.sentences is None

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


def suggest(
    text: str,
    language: str,
    *,
    article_id: int | None = None,
    limit: int = MOST,
    threshold: int | None = None,
    with_drafts: bool = True,
) -> list[MemorySuggestion]:
    """The best suggestions for a text in `language`, each translation once.

    The likest come first; of equally like ones what is published, then the story's own, then the
    newest. Without drafts, none is what somebody has confirmed and readers haven't got.
    """
    (found,) = suggest_each(
        [text],
        language,
        article_id=article_id,
        limit=limit,
        threshold=threshold,
        with_drafts=with_drafts,
    )
    return found


def suggest_each(
    texts: Sequence[str],
    language: str,
    *,
    article_id: int | None = None,
    limit: int = MOST,
    threshold: int | None = None,
    with_drafts: bool = True,
) -> list[list[MemorySuggestion]]:
    """The best suggestions for each of some texts, in as many queries as for one."""
    least = threshold or settings.MEMORY_THRESHOLD
    units = MemoryUnit.objects.all() if with_drafts else MemoryUnit.objects.lasting()
    return [
        found
        for some in in_batches(texts, AT_ONCE if least < 100 else _SAME_TEXTS)
        for found in _suggest_some(units, some, language, article_id, limit, least)
    ]


def _suggest_some(
    units: MemoryUnitQuerySet,
    texts: list[str],
    language: str,
    article_id: int | None,
    limit: int,
    least: int,
) -> list[list[MemorySuggestion]]:
    scores = _same(units, texts, language, article_id)
    # Whoever wants the same text only needn't wait for the others.
    if least < 100:
        for own, like in zip(scores, likes(texts, language, least, units), strict=True):
            own |= like
    return _best(scores, language, article_id, limit)


def merged(suggestions: Iterable[MemorySuggestion], limit: int) -> list[MemorySuggestion]:
    """Suggestions of several places in one order, each translation once."""
    best: dict[str, MemorySuggestion] = {}
    for suggestion in sorted(
        suggestions,
        key=lambda s: (
            -s.score,
            s.is_unpublished,
            not s.same_story,
            -(s.unit.pk if s.unit else 0),
        ),
    ):
        best.setdefault(digest(suggestion.target), suggestion)
    return list(best.values())[:limit]


def _same(
    units: MemoryUnitQuerySet, texts: list[str], language: str, article_id: int | None
) -> list[dict[int, int]]:
    """A unit for each translation of just this text, one that is published if there is one, the
    story's own if there is one; of each."""
    own, target = column("digest", language), column("digest", other(language))
    digests = [digest(text) for text in texts]
    found = units.filter(**{f"{own}__in": digests}).order_by("-pk")
    chosen: defaultdict[str, dict[str, tuple[bool, bool, int]]] = defaultdict(dict)
    values = found.values_list("pk", own, target, "article_id", "provenance")
    for pk, source, translation, of_article, provenance in values[: _SAME_TEXTS + len(texts) * 20]:
        one = (provenance != CONFIRMED, of_article == article_id, pk)
        chosen[source][translation] = max(chosen[source].get(translation, one), one)
    return [{pk: 100 for _published, _own, pk in chosen[one].values()} for one in digests]


def likes(
    texts: Sequence[str],
    language: str,
    threshold: int,
    of_units: MemoryUnitQuerySet | None = None,
) -> list[dict[int, int]]:
    """{id: score} of units that are like each text without being the same; two queries."""
    numbers = [fingerprints(text, language) for text in texts]
    units = units_with(sorted({number for some in numbers for number in some}))
    likely = [_likely({number: units.get(number, []) for number in some}) for some in numbers]
    wanted = {pk for some in likely for pk in some}
    source = column("text", language)
    every = MemoryUnit.objects.all() if of_units is None else of_units
    sources = dict(every.filter(pk__in=wanted).values_list("pk", source))
    found = []
    for text, some in zip(texts, likely, strict=True):
        others = {pk: sources[pk] for pk in some if pk in sources}
        scored = ranked(text, others, threshold)
        found.append({pk: score for pk, score in scored if score < 100})
    return found


def _likely(units: Mapping[int, list[int]]) -> list[int]:
    """The units that share the most and the rarest of a text's fingerprints."""
    weights: defaultdict[int, float] = defaultdict(float)
    for having in units.values():
        for pk in having:
            # What few texts have says more.
            weights[pk] += 1 / len(having)
    return nlargest(_CANDIDATES, weights, key=weights.__getitem__)


def _best(
    scores: list[dict[int, int]], language: str, article_id: int | None, limit: int
) -> list[list[MemorySuggestion]]:
    """The first of each text's units by score, with how often the memory has their translations."""
    # Some will turn out to have the same translation.
    first = [sorted(one, key=lambda pk: (-one[pk], -pk))[: limit * 10] for one in scores]
    units = MemoryUnit.objects.in_bulk({pk for some in first for pk in some})
    name = column("digest", other(language))
    best = [
        merged(
            (
                MemorySuggestion(
                    of_text[pk],
                    text_of(units[pk], language),
                    text_of(units[pk], other(language)),
                    same_story=article_id is not None and units[pk].article_id == article_id,
                    unit=units[pk],
                )
                for pk in some
                if pk in units
            ),
            limit,
        )
        for some, of_text in zip(first, scores, strict=True)
    ]
    digests = {getattr(one.unit, name) for some in best for one in some}
    used = MemoryUnit.objects.paragraphs().lasting()
    same = used.filter(**{f"{name}__in": digests}).values_list(name)
    counts = dict(same.annotate(times=Count("pk")))
    return [
        [replace(one, times=counts.get(getattr(one.unit, name), 1)) for one in some]
        for some in best
    ]


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
    sentences = split(text)[:_MOST_SENTENCES]
    asked = [text, *sentences] if len(sentences) > 1 else [text]
    # One more, for the one that may be there already, and one for what the segment has itself.
    stored, *of_sentences = suggest_each(
        asked, language, article_id=translation.article_id, limit=MOST + 2
    )
    stored, *of_sentences = (
        [one for one in some if not _is_of(row, translation, one)]
        for some in (stored, *of_sentences)
    )
    present = fold(plain_text(row.target, row.source.markup))
    found = merged([*_from_draft(translation, row), *stored], MOST + 1)
    names = load_glossary() if found or any(of_sentences) else Glossary()

    def shown(one: MemorySuggestion) -> ShownSuggestion:
        adapted = Adapted(one.target)
        if not one.is_exact:
            adapted = adapt(one.source, one.target, text, language=language, names=names)
        return ShownSuggestion(one, adapted, one.differences_from(text))

    def says(one: ShownSuggestion) -> bool:
        # Adapted, it may be what stands there.
        return bool(present) and fold(one.adapted.target) == present

    known = [*map(shown, found)]
    listed = [one for one in known if not says(one)][:MOST]
    put_together = assemble(text, sentences, of_sentences, language, names)
    is_near = any(one.score >= _NEARLY_THE_SAME for one in found)
    if put_together and not is_near:
        known.append(put_together)
        if not says(put_together):
            listed = [*listed[: MOST - 1], put_together]
            listed.sort(key=lambda one: -one.suggestion.score)
    taken = next(filter(says, known), None)
    return {
        "suggestions": listed,
        "taken": taken,
        # Or a person has written the same.
        "is_inserted": bool(row.segment and row.segment.origin in row.segment.OF_MEMORY),
        "has_differences": any(not one.suggestion.is_exact for one in (*listed, taken) if one),
        "source_language": language,
        "target_language": translation.language,
    }


def _is_of(row: Row, translation: Any, one: MemorySuggestion) -> bool:
    """Whether it is what somebody has confirmed in this very segment."""
    unit = one.unit if one.is_unpublished else None
    place = unit and (unit.article_id, unit.key)
    return place == (translation.article_id, row.source.key)


def assemble(
    text: str,
    sentences: Sequence[str],
    found: Sequence[Sequence[MemorySuggestion]],
    language: str,
    names: Glossary,
) -> ShownSuggestion | None:
    """One translation of the best ones of a text's sentences, in `language`; None of too few.

    A sentence that the memory hasn't stays as it is, as something to be translated.
    """
    best = [(one, next(iter(some), None)) for one, some in zip(sentences, found, strict=False)]
    size = sum(map(len, sentences))
    score = sum(one.score * len(sentence) for sentence, one in best if one) // max(size, 1)
    if len(found) < 2 or score < _LEAST_TOGETHER:
        return None
    adapted = joined(
        [
            Adapted(sentence, doubts=(Doubt(sentence, sentence),))
            if one is None
            else adapt(one.source, one.target, sentence, language=language, names=names)
            if not one.is_exact
            else Adapted(one.target)
            for sentence, one in best
        ],
        "" if other(language) in UNSPACED else " ",
    )
    # The same words in another place aren't the same text.
    suggestion = MemorySuggestion(
        min(score, 99),
        join([one.source for _sentence, one in best if one], language),
        adapted.target,
        sentences=(sum(bool(one) for _sentence, one in best), len(best)),
    )
    return ShownSuggestion(suggestion, adapted, suggestion.differences_from(text))


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
