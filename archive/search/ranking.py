"""The order of results: what a match in each field is worth, and the page of the best.

What few documents match is ranked by the text index's BM25, a weight for each field. What
thousands match is ranked by levels, as a word in thousands of stories says little about any one
of them: those with the words in the headline come first, then those that are about them, then
the others; and within a level the newest first.
"""

import heapq
from collections.abc import Iterator, Mapping

from pyroaring import BitMap

from archive.search.engines import OLDEST, RELEVANCE, FoundStory, SearchQuestion
from archive.search.models import SearchDocument
from archive.text.language import LANGUAGES

# A document's fields, each with its weight: what it is about says more than what it mentions.
WEIGHTS = {
    "headline": 10.0,
    "standfirst": 4.0,
    "about": 5.0,
    "mentioned": 1.5,
    "body": 1.0,
    "captions": 1.5,
    "bylines": 2.0,
}
# How well a document matches: its headline says most.
ANYWHERE, ABOUT, HEADLINE = 0, 1, 2
# By level, the fields that have the words; all of them where there are none.
LEVELS: dict[int, tuple[str, ...]] = {
    ANYWHERE: (),
    ABOUT: ("standfirst", "about", "bylines"),
    HEADLINE: ("headline",),
}
# By language, the stories that match at each level; those of a higher one may be in no lower one.
Levels = dict[str, list[BitMap]]
# By language, the stories that the text index found, and how well: less is better.
Scores = Mapping[str, Mapping[int, float]]
# So many stories' dates are asked for by their keys; of more, a year's rows are read.
_FEW = 200


def no_levels() -> Levels:
    """Without any story."""
    return {language: [BitMap() for _level in LEVELS] for language in LANGUAGES}


def added_up(groups: list[list[BitMap]], left: BitMap) -> list[BitMap]:
    """Stories left that match all groups, by the levels' sum: [all, of 1 and more, of 2 …]."""
    exactly = [left]
    for anywhere, about, headline in groups:
        following = [BitMap() for _ in range(len(exactly) + len(LEVELS) - 1)]
        for level, stories in enumerate(exactly):
            following[level] |= (stories & anywhere) - about - headline
            following[level + ABOUT] |= (stories & about) - headline
            following[level + HEADLINE] |= stories & headline
        exactly = following
    for level in reversed(range(len(exactly) - 1)):
        exactly[level] = exactly[level] | exactly[level + 1]
    return exactly


def best_of(scores: Scores, narrowed: Levels, question: SearchQuestion) -> list[FoundStory]:
    """The stories that the question's page shows, by their scores, of those that are left."""
    best: dict[int, float] = {}
    for language in LANGUAGES:
        left = narrowed[language][ANYWHERE]
        for pk, score in scores[language].items():
            if pk in left:
                best[pk] = min(score, best.get(pk, score))
    shown = heapq.nsmallest(question.start + question.count, zip(best.values(), best, strict=True))
    found = []
    for score, pk in shown[question.start :]:
        languages = [one for one in _languages(narrowed, pk) if pk in scores[one]]
        languages.sort(key=lambda one, pk=pk: (scores[one][pk], one))  # type: ignore[misc]
        found.append(FoundStory(pk, tuple(languages), -score))
    return found


def page_of(
    narrowed: Levels, stories: BitMap, years: Mapping[int, BitMap], question: SearchQuestion
) -> list[FoundStory]:
    """The stories that the question's page shows, by level and date; `years` has those of each."""
    found: list[FoundStory] = []
    start = question.start
    for level, members in _levels(narrowed, stories, is_ranked=question.sort == RELEVANCE):
        if start >= len(members):
            start -= len(members)
            continue
        wanted = question.count - len(found)
        taken = _dated(years, members, start, wanted, question.sort == OLDEST)
        found += [FoundStory(pk, _languages(narrowed, pk), float(level)) for pk in taken]
        start = 0
        if len(found) >= question.count:
            break
    return found


def _levels(narrowed: Levels, stories: BitMap, *, is_ranked: bool) -> Iterator[tuple[int, BitMap]]:
    """The stories of each level alone, the best first."""
    if not is_ranked:
        yield 0, stories
        return
    above = BitMap()
    for level in reversed(range(len(narrowed[LANGUAGES[0]]))):
        members = BitMap.union(*(narrowed[language][level] for language in LANGUAGES))
        yield level, members - above
        above |= members


def _languages(narrowed: Levels, pk: int) -> tuple[str, ...]:
    """The languages that the story matches in, best first."""
    levels = {one: sum(pk in stories for stories in narrowed[one]) for one in LANGUAGES}
    matching = [language for language in LANGUAGES if levels[language]]
    return tuple(sorted(matching, key=lambda one: -levels[one]))


def _dated(
    years: Mapping[int, BitMap], members: BitMap, start: int, count: int, is_oldest: bool
) -> list[int]:
    """`count` of the stories in the order of their dates, from the one numbered `start` on.

    Those without a date come last, in the order of their keys.
    """
    taken: list[int] = []
    for year in sorted(years, reverse=not is_oldest):
        of_year = members & years[year]
        members = members - of_year
        if start >= len(of_year):
            start -= len(of_year)
            continue
        wanted = start + count - len(taken)
        share = len(years[year]) // len(of_year) + 1
        taken += _of_year(of_year, year, wanted, share, is_oldest)[start:wanted]
        start = 0
        if len(taken) >= count:
            return taken
    return taken + list(members[start : start + count - len(taken)])


def _of_year(members: BitMap, year: int, count: int, share: int, is_oldest: bool) -> list[int]:
    """The first `count` stories of one year in order, one in `share` of its stories.

    Of many, the year's rows are read until so many are found: of a frequent word, the first few do.
    """
    rows = SearchDocument.objects.order_by(f"{'' if is_oldest else '-'}print_date", "article_id")
    if len(members) <= _FEW:
        rows = rows.filter(article__in=members, print_date__isnull=False)
        return list(rows.values_list("article", flat=True).distinct())
    rows = rows.filter(print_date__year=year)
    limit = max(_FEW, 2 * len(LANGUAGES) * count * share)
    found: dict[int, None] = {}
    offset = 0
    while len(found) < min(count, len(members)):
        read = list(rows.values_list("article", flat=True)[offset : offset + limit])
        found |= dict.fromkeys(pk for pk in read if pk in members)
        offset += len(read)
        if len(read) < limit:
            break
    return list(found)
