"""Which stories to compare with one: a bounded number, whatever the size of the archive.

Those that share numbers of its text, of its translation or of its figures (`TextFingerprint`), and
those in the other language that share its names at about the same time (`RelatedSource`).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db import connection

from archive.contrib.reprints.comparison import ReportText
from archive.likeness.fingerprints import FEWEST, most_telling
from archive.likeness.models import TextFingerprint
from archive.site.related import related_sources
from archive.stories.models import ArticlePage
from archive.text.fingerprints import number_of
from archive.text.language import other

# What so many stories have says nothing of any.
COMMON = 60
MOST_WITHIN = 16
MOST_ACROSS = 16
# Of those with figures or names in common, so many are looked up.
_LOOKED_UP = 60
# SQLite takes 500 parts of a union.
_PARTS = 400

_FOUND = (
    "SELECT * FROM (SELECT number, kind, article_id FROM {table}"
    " WHERE number = %s LIMIT %s) AS found"
)
_KIND = TextFingerprint.Kind


def candidates(texts: Mapping[int, ReportText]) -> dict[int, list[int]]:
    """By story, the ids of live stories that may be the same report; four queries, one more for
    each few stories."""
    own: dict[int, set[int]] = defaultdict(set)
    numbers = TextFingerprint.objects.filter(article__in=texts).exclude(kind=_KIND.FIGURE)
    for pk, number in numbers.values_list("article", "number"):
        own[pk].add(number)
    figures = {
        pk: {number_of(mark, other(text.language)) for mark in most_telling(text.figures)}
        for pk, text in texts.items()
    }
    related: dict[int, list[int]] = defaultdict(list)
    for source in related_sources():
        for pk, one in source.pairs(texts).values_list("article", "related"):
            related[pk].append(one)
    shared = _shared(set().union(*own.values(), *figures.values()))
    within, likely = dict[int, list[int]](), dict[int, list[int]]()
    for pk in texts:
        by_words, by_figures = _counted(pk, own[pk], figures[pk], shared)
        within[pk] = [one for one, count in by_words.most_common(MOST_WITHIN) if count >= FEWEST]
        points = by_figures + Counter(related[pk])
        likely[pk] = [one for one, _points in points.most_common(_LOOKED_UP)]
    languages = _languages(set().union(*within.values(), *likely.values()))
    found = {}
    for pk, text in texts.items():
        chosen = [one for one in within[pk] if one in languages]
        across = [one for one in likely[pk] if languages.get(one) == other(text.language)]
        found[pk] = [*chosen, *[one for one in across if one not in chosen][:MOST_ACROSS]]
    return found


def _counted(
    pk: int, words: set[int], figures: set[int], shared: Mapping[int, list[tuple[int, int]]]
) -> tuple[Counter[int], Counter[int]]:
    """How many of these numbers other stories have: of words, and of figures."""
    by_words, by_figures = Counter[int](), Counter[int]()
    for number in words | figures:
        for kind, article in shared.get(number, ()):
            if article != pk:
                if kind == _KIND.FIGURE:
                    by_figures[article] += number in figures
                else:
                    by_words[article] += number in words
    return by_words, by_figures


def _shared(numbers: Iterable[int]) -> Mapping[int, list[tuple[int, int]]]:
    """Kinds and stories by number, without what is common.

    Raw: the ORM can't limit the parts of a union on every database.
    """
    table = connection.ops.quote_name(TextFingerprint._meta.db_table)
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    wanted = sorted(numbers)
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), _PARTS):
            some = wanted[start : start + _PARTS]
            union = " UNION ALL ".join([_FOUND.format(table=table)] * len(some))
            cursor.execute(union, [one for number in some for one in (number, COMMON)])
            for number, kind, article in cursor.fetchall():
                found[number].append((kind, article))
    return {number: rows for number, rows in found.items() if len(rows) < COMMON}


def _languages(pks: Collection[int]) -> dict[int, str]:
    """In which those of these stories are written that readers have."""
    if not pks:
        return {}
    rows = ArticlePage.objects.live().filter(pk__in=pks, alias_of=None)
    return dict(rows.order_by().values_list("pk", "source_language"))
