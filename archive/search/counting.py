"""Runs a search with sets of stories: what is left is counted there, however many stories it is.

What few documents match is read from the index, with their scores. What thousands match comes out
of sets as well, and its ranking is coarser, as a word in thousands of stories says little about any
one of them: those with the words in the headline come first, then those that are about them, then
the others; and of these the newest first.
"""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce
from operator import and_

from django.db import connection

from archive.search import bitmaps, ordering
from archive.search.bitmaps import Bits
from archive.search.common import MANY, by_language
from archive.search.common import tagged as tagged_with
from archive.search.engines.base import Choice, Expression, Question, Restriction, SQLEngine
from archive.search.query import PAGE
from archive.search.results import MOST_VALUES, NEWEST, RELEVANCE, Results
from archive.search.rows import where
from archive.search.sets import Levels, Sets
from archive.text.language import LANGUAGES

TAGS = ("place", "person")
# So few stories' tags may be read; each has about so many.
_FEW, _TAGS_A_STORY = 1000, 8


def find(engine: SQLEngine, question: Question) -> Results | None:
    """The page of results; None where no sets are kept: in an archive of a few thousand stories."""
    sets = Sets.load(engine, question)
    if sets is None:
        return None
    matched, left = _parted(sets, question.texts)
    scores = _scored(engine, question, left) if left else None
    if scores is not None:
        matched.append({one: [bitmaps.from_ids(found), 0, 0] for one, found in scores.items()})
    narrowed = _narrowed(sets, matched, question)
    stories = narrowed[LANGUAGES[0]][0] | narrowed[LANGUAGES[1]][0]
    results = Results(total=stories.bit_count())
    _count(sets, narrowed, stories, question, results)
    results.order_facets()
    if scores is not None and question.sort == RELEVANCE:
        results.found = ordering.best_of(scores, narrowed, question)
    else:
        results.found = ordering.page_of(sets, narrowed, stories, question)
    return results


def _scored(
    engine: SQLEngine, question: Question, texts: Expression
) -> dict[str, dict[int, float]]:
    """By language, the stories that match the texts, with their scores."""
    match = engine.match(texts, scored=question.sort == RELEVANCE)
    # What a row says by itself spares reading more; all else is left to the sets.
    condition, params = where(engine, (), replace(question.filters, entities=()), ())
    sql = (
        f"SELECT d.article_id, d.language, m.score FROM ({match.sql}) m "
        f"CROSS JOIN archive_searchdocument d WHERE d.id = m.id AND {condition}"
    )
    found: dict[str, dict[int, float]] = {language: {} for language in LANGUAGES}
    with connection.cursor() as cursor:
        cursor.execute(sql, [*match.params, *params])
        for pk, language, score in cursor.fetchall():
            found[language][pk] = score
    return found


def _parted(sets: Sets, texts: Expression) -> tuple[list[Levels], Expression]:
    """Of each group that the sets answer the stories that match it; and the groups that are left.

    None is left where thousands match all.
    """
    common = [group for group in texts if any(map(sets.may_be_many, group))]
    # The index itself reads all of a common character's terms: then sets are better all the same.
    slow = [group for group in common if any(wanted.phrase.is_open for wanted in group)]
    if len(common) == len(texts):
        groups = [sets.union(group) for group in texts]
        if slow or not groups or _number(groups) >= MANY:
            return groups, []
    return [sets.union(group) for group in slow], [group for group in texts if group not in slow]


def _number(groups: Iterable[Levels]) -> int:
    """How many documents match all of them."""
    return sum(
        reduce(and_, (group[language][0] for group in groups)).bit_count() for language in LANGUAGES
    )


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
    if _are_few(sets, results.total):
        for key, tagged in tagged_with(bitmaps.ids_of(stories)).items():
            name, _colon, value = key.partition(":")
            results.facets[name].append((value, len(tagged)))
        return
    for name in TAGS:
        results.facets[name] = _most_tagged(sets, name, stories, question.filters.entities)


def _are_few(sets: Sets, number: int) -> bool:
    """Whether it is less work to read the stories' tags than to look at all names there are."""
    names = sum(sets.number_of(name) for name in TAGS)
    return number <= _FEW and number * _TAGS_A_STORY < names


def _most_tagged(
    sets: Sets, name: str, stories: Bits, chosen: Sequence[int]
) -> list[tuple[str, int]]:
    """The values that most of the stories are tagged with, and the chosen ones.

    In the order of how often each is found at all: none after can be among the most found.
    """
    found: list[tuple[str, int]] = []
    highest = [0] * MOST_VALUES
    figures = sets.figures_of(stories)
    for value, most in sets.ranked(name):
        if most < highest[0]:
            break
        if number := sets.count_tagged(name, value, stories, figures):
            found.append((value, number))
            heapq.heappushpop(highest, number)
    known = {value for value, _number in found}
    for value in (str(entity) for entity in chosen if str(entity) not in known):
        if number := sets.count_tagged(name, value, stories, figures):
            found.append((value, number))
    return found


__all__ = ["NEWEST", "by_language", "find"]
