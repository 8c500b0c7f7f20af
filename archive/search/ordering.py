"""The page of results out of a set of stories: by level, and by date within a level."""

from collections.abc import Iterator

from django.db import connection

from archive.search import bitmaps
from archive.search.bitmaps import Bits
from archive.search.engines.base import Question
from archive.search.results import OLDEST, RELEVANCE, Found
from archive.search.sets import Levels, Sets
from archive.text.language import LANGUAGES

_FEWEST_ROWS = 200


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
    held, number = bitmaps.as_bytes(members), members.bit_count()
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
