"""The names of a story's pairs in both languages, found once and shared by the checks of names."""

from __future__ import annotations

import weakref
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from archive.entities.glossary.terms import Hit, Term, find_in_story
from archive.qa.base import Pair, Span, Story
from archive.text.normalisation import fold
from archive.text.richtext import linked_ids

# Headlines are written anew rather than translated.
FREE_KINDS = ("headline", "standfirst", "subhead", "title")
# What may be left off or put on: 湛江市 is 湛江.
_SUFFIXES = "省市州县区"
_SHORTEST_WITH_SUFFIX = 3


@dataclass(frozen=True)
class PairNames:
    """What stands in one pair; `first` are the entities that running text names here first."""

    pair: Pair
    source: list[Hit]
    target: list[Hit]
    first: set[int] = field(default_factory=set)

    @property
    def taken(self) -> list[Span]:
        return [(hit.start, hit.end) for hit in self.target]

    def has(self, term: Term) -> bool:
        """Whether the target has any form of the name, in either language."""
        target = fold(self.pair.target).text
        return any(form in target for form in ways_to_write(term))

    def count(self, term: Term) -> int:
        """How often the target has the name in full."""
        return sum(term in hit.terms and hit.form.kind != "short" for hit in self.target)


def ways_to_write(term: Term) -> set[str]:
    """All forms in both languages, folded; a place's also without 省, 市 and the like."""
    forms = {fold(form.text).text for form in term.forms}
    if term.kind == "place":
        long = (form for form in forms if len(form) >= _SHORTEST_WITH_SUFFIX)
        forms |= {form[:-1] for form in long if form[-1] in _SUFFIXES}
    return forms


class StoryNames:
    """By key, the names of each pair; ambiguous ones are settled by the story's own mentions."""

    def __init__(self, story: Story) -> None:
        self.linked = story.glossary.present(
            pk for pair in story.pairs for pk in linked_ids(pair.source_markup, "entity")
        )
        source, target = (
            find_in_story(story.glossary, texts, language)
            for texts, language in (
                ([pair.source for pair in story.pairs], story.source_language),
                ([pair.target for pair in story.pairs], story.target_language),
            )
        )
        self.pairs: dict[str, PairNames] = {}
        self.people: dict[int, Term] = {}
        met: set[int] = set()
        for pair, there, here in zip(story.pairs, source, target, strict=True):
            terms = {term.entity_id: term for hit in there for term in self.meant(hit)}
            is_free = pair.kind in FREE_KINDS
            first = set() if is_free else terms.keys() - met
            self.pairs[pair.key] = PairNames(pair, there, here, first)
            met |= first
            self.people |= {pk: term for pk, term in terms.items() if term.kind == "person"}

    def meant(self, hit: Hit) -> tuple[Term, ...]:
        """The terms that a hit can mean: those that the story links to, or else all."""
        linked = tuple(term for term in hit.terms if term.entity_id in self.linked)
        return linked or hit.terms

    def uses(self, term: Term) -> list[tuple[str, Hit]]:
        """Where the target names this entity in full: keys and hits, in the story's order."""
        return self._uses.get(term.entity_id, [])

    @cached_property
    def _uses(self) -> dict[int, list[tuple[str, Hit]]]:
        found: defaultdict[int, list[tuple[str, Hit]]] = defaultdict(list)
        for key, names in self.pairs.items():
            for hit in names.target:
                if hit.form.kind != "short" and len(self.meant(hit)) == 1:
                    found[self.meant(hit)[0].entity_id].append((key, hit))
        return found


_last: tuple[weakref.ref[Story], StoryNames] | None = None


def names_of(story: Story) -> StoryNames:
    """The story's names; the last story's are kept, so that each check needn't find them."""
    global _last
    kept = _last
    if kept and kept[0]() is story:
        return kept[1]
    names = StoryNames(story)
    _last = (weakref.ref(story), names)
    return names
