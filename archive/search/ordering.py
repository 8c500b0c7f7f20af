"""The page of results out of a set of stories: by level, and by date within a level."""

import heapq
from collections.abc import Iterator, Mapping

from django.db import connection

from archive.search import bitmaps
from archive.search.bitmaps import Bits
from archive.search.engines.base import Question
from archive.search.results import OLDEST, RELEVANCE, Found
from archive.search.sets import Levels, Sets
from archive.text.language import LANGUAGES

_FEWEST_ROWS = 200
# Of so few stories in a year, each one's date is asked for.
_FEW = 200
# Of what was found, by language: the stories, and how well each matches; less is better.
Scores = Mapping[str, Mapping[int, float]]


def best_of(scores: Scores, narrowed: Levels, question: Question) -> list[Found]:
    """The stories that the question's page shows, by their scores, of those that are left."""
    best: dict[int, float] = {}
    for language in LANGUAGES:
        figures = bitmaps.figures_of(narrowed[language][0], max(scores[language], default=0) + 1)
        left = {pk: score for pk, score in scores[language].items() if figures[pk] == bitmaps.ONE}
        for pk in left.keys() & best.keys():
            left[pk] = min(left[pk], best[pk])
        best |= left
    shown = heapq.nsmallest(question.start + question.count, zip(best.values(), best, strict=True))
    found = []
    for score, pk in shown[question.start :]:
        languages = [one for one in _languages(narrowed, pk) if pk in scores[one]]
        languages.sort(key=lambda one, pk=pk: (scores[one][pk], one))  # type: ignore[misc]
        found.append(Found(pk, tuple(languages), -score))
    return found


def page_of(sets: Sets, narrowed: Levels, stories: Bits, question: Question) -> list[Found]:
    """The stories that the question's page shows."""
    found: list[Found] = []
    start = question.start
    for level, members in _levels(narrowed, stories, is_ranked=question.sort == RELEVANCE):
        number = members.bit_count()
        if start >= number:
            start -= number
            continue
        taken = _dated(sets, members, start, question.count - len(found), question.sort == OLDEST)
        found += [Found(pk, _languages(narrowed, pk), float(level)) for pk in taken]
        start = 0
        if len(found) >= question.count:
            break
    return found


def _levels(narrowed: Levels, stories: Bits, *, is_ranked: bool) -> Iterator[tuple[int, Bits]]:
    """The stories of each level alone, the best first."""
    if not is_ranked:
        yield 0, stories
        return
    count = len(narrowed[LANGUAGES[0]])
    above = 0
    for level in reversed(range(count)):
        members = 0
        for language in LANGUAGES:
            members |= narrowed[language][level]
        yield level, members & ~above
        above |= members


def _languages(narrowed: Levels, pk: int) -> tuple[str, ...]:
    """The languages that the story matches in, best first."""
    levels = {
        language: sum(bits >> pk & 1 for bits in narrowed[language]) for language in LANGUAGES
    }
    matching = [language for language in LANGUAGES if levels[language]]
    return tuple(sorted(matching, key=lambda one: -levels[one]))


def _dated(sets: Sets, members: Bits, start: int, count: int, is_oldest: bool) -> list[int]:
    """`count` of the stories in the order of their dates, from the one numbered `start` on."""
    taken: list[int] = []
    years = sorted((int(value) for value in sets.values("year")), reverse=not is_oldest)
    for year in [*years, None]:
        if year is not None:
            of_year = members & sets.facet(f"year:{year}")
            members &= ~of_year
        else:
            of_year = members
        number = of_year.bit_count()
        if start >= number:
            start -= number
            continue
        wanted = start + count - len(taken)
        taken += _of_year(sets, of_year, year, wanted, is_oldest)[start:wanted]
        start = 0
        if len(taken) >= count:
            break
    return taken


def _of_year(sets: Sets, members: Bits, year: int | None, count: int, is_oldest: bool) -> list[int]:
    """The first `count` stories of one year in order; those without a date by their keys.

    The year's rows are read until so many are found: of a common word, the first few do.
    """
    if year is None:
        return list(bitmaps.ids_of(members))
    number = members.bit_count()
    if number <= _FEW:
        return _by_date(list(bitmaps.ids_of(members)), is_oldest)
    held = bitmaps.as_bytes(members)
    share = sets.facet(f"year:{year}").bit_count() // number + 1
    limit = max(_FEWEST_ROWS, 2 * len(LANGUAGES) * count * share)
    sql = (
        "SELECT article_id FROM archive_searchdocument WHERE print_date BETWEEN %s AND %s "
        f"ORDER BY print_date {'' if is_oldest else 'DESC'}, article_id LIMIT %s OFFSET %s"
    )
    found: dict[int, None] = {}
    offset = 0
    with connection.cursor() as cursor:
        while len(found) < min(count, number):
            cursor.execute(sql, [f"{year:04d}-01-01", f"{year:04d}-12-31", limit, offset])
            rows = cursor.fetchall()
            found |= dict.fromkeys(id_ for (id_,) in rows if bitmaps.has(held, id_))
            offset += len(rows)
            if len(rows) < limit:
                break
    return list(found)


def _by_date(pks: list[int], is_oldest: bool) -> list[int]:
    marks = ", ".join(["%s"] * len(pks))
    sql = (
        f"SELECT DISTINCT print_date, article_id FROM archive_searchdocument "
        f"WHERE article_id IN ({marks}) AND print_date IS NOT NULL "
        f"ORDER BY print_date {'' if is_oldest else 'DESC'}, article_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, pks)
        return [pk for _day, pk in cursor.fetchall()]
