"""Which stories to look at: a bounded number, whatever the size of the archive.

Of each of a story's weightiest terms, those that are nearest in time before and after it.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import connection

from archive.contrib.related.models import StoryTerm
from archive.contrib.related.profiles import stored_profiles
from archive.contrib.related.scoring import MOST_COUNTED, Profile, rarity, role

MOST_TERMS = 24
NEAREST = 16
MOST_CANDIDATES = 80

_COUNT = "SELECT %s, COUNT(*) FROM (SELECT 1 FROM {table} WHERE term = %s LIMIT %s) AS counted"
_NEAREST = (
    "SELECT * FROM (SELECT term, article_id, is_about FROM {table} WHERE term = %s AND"
    " print_date {side} %s AND article_id <> %s ORDER BY print_date {order}, article_id {order}"
    " LIMIT %s) AS nearest"
)
_SIDES = (("<=", "DESC"), (">", "ASC"))


def rarities_of(terms: Mapping[str, bool]) -> dict[str, float]:
    """What each term weighs when it is shared: two queries that stop at MOST_COUNTED rows."""
    if not terms:
        return {}
    params: list[Any] = []
    for position, term in enumerate(terms):
        params += [position, term, MOST_COUNTED]
    counts = dict(_ask([_COUNT] * len(terms), params))
    total = StoryTerm.objects.order_by().values("article").distinct()[:MOST_COUNTED].count()
    return {term: rarity(counts[number], total) for number, term in enumerate(terms)}


def candidates(mine: Profile, rarities: Mapping[str, float]) -> list[Profile]:
    """The stories to compare with, each with the terms that it shares: two queries."""
    weights = {term: rarities[term] * role(own, True) for term, own in mine.terms.items()}
    chosen = sorted(weights, key=lambda term: (-weights[term], term))
    day = connection.ops.adapt_datefield_value(mine.day)
    pieces, params = [], []
    for term in chosen[:MOST_TERMS]:
        for side, order in _SIDES:
            pieces.append(_NEAREST.replace("{side}", side).replace("{order}", order))
            params += [term, day, mine.pk, NEAREST]
    promise: dict[int, float] = defaultdict(float)
    for term, pk, is_about in _ask(pieces, params):
        promise[pk] += rarities[term] * role(mine.terms[term], bool(is_about))
    ranked = sorted(promise, key=lambda pk: (-promise[pk], -pk))[:MOST_CANDIDATES]
    return list(stored_profiles(ranked, mine.terms).values())


def _ask(pieces: list[str], params: list[Any]) -> list[tuple[Any, ...]]:
    """All pieces as one statement: the ORM can't limit the parts of a union on every database."""
    if not pieces:
        return []
    table = connection.ops.quote_name(StoryTerm._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces).replace("{table}", table), params)
        return list(cursor.fetchall())
