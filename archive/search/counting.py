"""Runs a search that thousands of stories answer: with sets of stories in place of rows.

Ranking is coarser here, as a word in thousands of stories says little about any one of them: those
with the words in the headline come first, then those that are about them, then the others; and
of these the newest first.
"""

from collections.abc import Iterable, Sequence

from django.db import connection

from archive.search import bitmaps, ordering
from archive.search.bitmaps import Bits
from archive.search.common import MANY, by_language
from archive.search.engines.base import Choice, Question, Restriction, SQLEngine, Wanted
from archive.search.query import PAGE
from archive.search.results import MOST_VALUES, NEWEST, Results
from archive.search.sets import Levels, Sets
from archive.text.language import LANGUAGES


def find(engine: SQLEngine, question: Question) -> Results | None:
    """The page of results; None where few stories match: then rows do better."""
    sets = Sets.load(engine, question)
    if sets is None:
        return None
    matched = _matched(sets, question.texts)
    if matched is None:
        return None
    narrowed = _narrowed(sets, matched, question)
    stories = narrowed[LANGUAGES[0]][0] | narrowed[LANGUAGES[1]][0]
    results = Results(total=stories.bit_count())
    _count(sets, narrowed, stories, question, results)
    results.order_facets()
    results.found = ordering.page_of(sets, narrowed, stories, question)
    return results


def _matched(sets: Sets, texts: Sequence[Sequence[Wanted]]) -> list[Levels] | None:
    """Of each group the stories that match it; none where few match all of them."""
    if not all(any(sets.may_be_many(wanted) for wanted in group) for group in texts):
        return None
    groups = [sets.union(group) for group in texts]
    if not groups:
        return groups
    both = [{language: group[language][0] for language in LANGUAGES} for group in groups]
    number = sum(_all_of(one[language] for one in both).bit_count() for language in LANGUAGES)
    # The index itself reads all of a common character's terms: then sets are better all the same.
    is_slow = any(wanted.phrase.is_open for group in texts for wanted in group)
    return groups if number >= MANY or is_slow else None


def _all_of(sets: Iterable[Bits]) -> Bits:
    found = -1
    for one in sets:
        found &= one
    return found


def _narrowed(sets: Sets, matched: list[Levels], question: Question) -> Levels:
    """What is left after all restrictions and filters, the levels of all words added up."""
    levels: Levels = {}
    allowed = _allowed(sets, question)
    for language in LANGUAGES:
        is_wanted = question.filters.language in ("", language)
        held = sets.facet(f"*:{language}") & allowed if is_wanted else 0
        for restriction in question.restrictions:
            held &= _restricted(sets, restriction, language)
        levels[language] = _added([group[language] for group in matched], held)
    return levels


def _added(groups: list[list[Bits]], held: Bits) -> list[Bits]:
    """Sets by the sum of the groups' levels: [all, those of 1 and more, of 2 and more, …]."""
    exactly = [held]
    for anywhere, about, headline in groups:
        following = [0] * (len(exactly) + 2)
        for level, one in enumerate(exactly):
            following[level] |= one & anywhere & ~about & ~headline
            following[level + 1] |= one & about & ~headline
            following[level + 2] |= one & headline
        exactly = following
    found, above = [], 0
    for one in reversed(exactly):
        above |= one
        found.append(above)
    return found[::-1]


def _allowed(sets: Sets, question: Question) -> Bits:
    """Stories that the filters leave, in either language."""
    filters, allowed = question.filters, -1
    for name in ("year", "section", "publication"):
        if (value := getattr(filters, name)) is not None:
            allowed &= sets.facet(f"{name}:{value}")
    if filters.picture:
        allowed &= sets.facet("picture:1")
    for entity in filters.entities:
        allowed &= sets.tagged(entity)
    for path in question.hidden:
        allowed &= ~_under(path)
    return allowed


def _under(path: str) -> Bits:
    sql = (
        "SELECT p.id FROM wagtailcore_page p JOIN archive_articlepage a ON a.page_ptr_id = p.id "
        "WHERE p.path LIKE %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"{path}%"])
        return bitmaps.from_ids(row[0] for row in cursor.fetchall())


def _restricted(sets: Sets, restriction: Restriction, language: str) -> Bits:
    if restriction.is_excluded:
        return ~_any(_chosen(sets, one, of) for one in restriction.choices for of in LANGUAGES)
    return _any(_chosen(sets, one, language) for one in restriction.choices)


def _any(sets: Iterable[Bits]) -> Bits:
    found = 0
    for one in sets:
        found |= one
    return found


def _chosen(sets: Sets, choice: Choice, language: str) -> Bits:
    if not choice.field:
        return sets.union(choice.wanted)[language][0]
    if choice.field == PAGE:
        return sets.facet(f"page:{choice.value}")
    return sets.dated(choice)


def _count(
    sets: Sets, narrowed: Levels, stories: Bits, question: Question, results: Results
) -> None:
    """The facets' numbers, each of whole stories."""
    for language in LANGUAGES:
        if number := narrowed[language][0].bit_count():
            results.facets["language"].append((language, number))
    for name in ("year", "section", "publication", "picture"):
        for value in sets.values(name):
            if number := (sets.facet(f"{name}:{value}") & stories).bit_count():
                results.facets[name].append((value, number))
    for name in ("place", "person"):
        results.facets[name] = _most_tagged(sets, name, stories, question.filters.entities)


def _most_tagged(
    sets: Sets, name: str, stories: Bits, chosen: Sequence[int]
) -> list[tuple[str, int]]:
    """The values that most of the stories are tagged with, and the chosen ones.

    In the order of how often each is found at all: none after can be among the most found.
    """
    found: list[tuple[str, int]] = []
    highest: list[int] = []
    held = bitmaps.as_bytes(stories)
    for value, most in sets.ranked(name):
        if len(highest) >= MOST_VALUES and most < highest[MOST_VALUES - 1]:
            break
        if number := sets.count_tagged(name, value, stories, held):
            found.append((value, number))
            highest = sorted([*highest, number], reverse=True)[:MOST_VALUES]
    known = {value for value, _number in found}
    for value in (str(entity) for entity in chosen if str(entity) not in known):
        if number := sets.count_tagged(name, value, stories, held):
            found.append((value, number))
    return found


__all__ = ["NEWEST", "by_language", "find"]
