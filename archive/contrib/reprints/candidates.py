"""Which stories to compare with one: a bounded number, whatever the size of the archive.

Those that share numbers of its text, of its translation or of its figures (`TextFingerprint`), and
those in the other language that share its names at about the same time (`RelatedStory`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Q

from archive.contrib.reprints.comparison import ReportText
from archive.likeness.fingerprints import FEWEST, figures_in
from archive.likeness.models import TextFingerprint
from archive.stories.models import ArticlePage, RelatedStory
from archive.text.fingerprints import number_of
from archive.text.language import other

# What so many stories have says nothing of any.
COMMON = 60
MOST_WITHIN = 16
MOST_ACROSS = 16
# Of those with figures or names in common, so many are looked up.
_LOOKED_UP = 60

_FOUND = (
    "SELECT * FROM (SELECT number, kind, article_id FROM {table}"
    " WHERE number = %s AND article_id <> %s LIMIT %s) AS found"
)
_KIND = TextFingerprint.Kind


def candidates(pk: int, text: ReportText) -> list[int]:
    """The ids of live stories that may be the same report; four queries."""
    own: dict[int, set[int]] = defaultdict(set)
    for number, kind in TextFingerprint.objects.filter(article=pk).values_list("number", "kind"):
        own[kind].add(number)
    in_words = own[_KIND.WORDS] | own[_KIND.TRANSLATION]
    figures = {
        number_of(mark, other(text.language)) for mark in figures_in("\n".join(text.paragraphs))
    }
    by_words, by_figures = Counter[int](), Counter[int]()
    for number, found in _shared(pk, in_words | figures).items():
        for kind, article in found:
            if kind == _KIND.FIGURE:
                by_figures[article] += number in figures
            else:
                by_words[article] += number in in_words
    within = [one for one, count in by_words.most_common(MOST_WITHIN) if count >= FEWEST]
    related = RelatedStory.objects.filter(article=pk).values_list("related", flat=True)
    points = by_figures + Counter(related)
    likely = [one for one, _points in points.most_common(_LOOKED_UP)]
    return _live(within, likely, text)


def _shared(pk: int, numbers: Iterable[int]) -> Mapping[int, list[tuple[int, int]]]:
    """Kinds and stories by number, without what is common; one query.

    One statement: the ORM can't limit the parts of a union on every database.
    """
    wanted = sorted(numbers)
    if not wanted:
        return {}
    table = connection.ops.quote_name(TextFingerprint._meta.db_table)
    params: list[Any] = [one for number in wanted for one in (number, pk, COMMON)]
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([_FOUND.format(table=table)] * len(wanted)), params)
        for number, kind, article in cursor.fetchall():
            found[number].append((kind, article))
    return {number: rows for number, rows in found.items() if len(rows) < COMMON}


def _live(within: list[int], likely: list[int], text: ReportText) -> list[int]:
    if not within and not likely:
        return []
    rows = ArticlePage.objects.live().filter(Q(pk__in=within) | Q(pk__in=likely), alias_of=None)
    languages = dict(rows.order_by().values_list("pk", "source_language"))
    across = [pk for pk in likely if languages.get(pk) == other(text.language)]
    chosen = [pk for pk in within if pk in languages]
    return [*chosen, *[pk for pk in across if pk not in chosen][:MOST_ACROSS]]
