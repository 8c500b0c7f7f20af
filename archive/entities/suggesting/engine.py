"""From a story's passages to suggestions: pure, offline, the same in both languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from archive.entities.glossary import Glossary, Hit, Term
from archive.entities.story_names import find_in_story
from archive.entities.suggesting.base import (
    ABOUT,
    MENTIONED,
    Passage,
    Question,
    Spot,
    Suggestion,
    Suggestions,
)
from archive.entities.suggesting.sentences import sentence_at
from archive.text.language import LANGUAGES


def suggest(glossary: Glossary, passages: Sequence[Passage], day: date | None) -> Suggestions:
    """What the passages name; `day` is the story's date, for offices. Nothing is created."""
    found: defaultdict[int, list[Spot]] = defaultdict(list)
    terms: dict[int, Term] = {}
    asked: defaultdict[tuple[int, ...], list[tuple[Hit, Passage]]] = defaultdict(list)
    for passage, hits in _hits(glossary, passages):
        for hit in hits:
            terms.update({term.entity_id: term for term in hit.terms})
            if len(hit.terms) > 1:
                asked[tuple(term.entity_id for term in hit.terms)].append((hit, passage))
            else:
                found[hit.terms[0].entity_id].append(_spot(passage, hit))
    first = passages[0].key if passages else ""
    ranked = [_suggestion(terms[pk], spots, first) for pk, spots in found.items()]
    return Suggestions(
        tuple(sorted(ranked, key=lambda one: -one.score)),
        tuple(_question(places, [terms[pk] for pk in ids], first) for ids, places in asked.items()),
    )


def _hits(glossary: Glossary, passages: Sequence[Passage]) -> Iterable[tuple[Passage, list[Hit]]]:
    for language in LANGUAGES:
        own = [passage for passage in passages if passage.language == language]
        texts = [passage.text for passage in own]
        yield from zip(own, find_in_story(glossary, texts, language), strict=True)


def _spot(passage: Passage, hit: Hit) -> Spot:
    sentence = sentence_at(passage.text, hit.start, hit.end)
    return Spot(passage.key, hit.start, hit.end, passage.text[hit.start : hit.end], sentence)


def _suggestion(term: Term, spots: list[Spot], first: str) -> Suggestion:
    score = len(spots) + (5 if any(spot.passage == first for spot in spots) else 0)
    names = {language: term.canonical(language) for language in LANGUAGES}
    return Suggestion(
        entity_id=term.entity_id,
        key=term.key,
        kind=term.kind,
        names={language: name for language, name in names.items() if name},
        role=ABOUT if score >= 5 else MENTIONED,
        score=float(score),
        spots=tuple(spots),
    )


def _question(places: list[tuple[Hit, Passage]], terms: list[Term], first: str) -> Question:
    spots = [_spot(passage, hit) for hit, passage in places]
    candidates = tuple(replace(_suggestion(term, spots, first), role=MENTIONED) for term in terms)
    return Question(spots[0].text, places[0][1].language, tuple(spots), candidates)
