"""Runs a search: one statement finds the page of results, the count and every facet.

The full-text table gives ids; stories are counted and put in order by them alone.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models.expressions import RawSQL
from wagtail.models import PageViewRestriction

from archive.pages.models import ArticlePage
from archive.search.engines import get_engine
from archive.search.engines.base import Value
from archive.search.expanding import Conditions

RELEVANCE, NEWEST, OLDEST = "relevance", "newest", "oldest"
_ORDERS = {
    RELEVANCE: "score, article_id",
    NEWEST: "print_date DESC, article_id",
    OLDEST: "print_date, article_id",
}
MOST_VALUES = 12


@dataclass(frozen=True)
class Filters:
    """What the reader has narrowed the results to; each value as in the address."""

    year: int | None = None
    section: int | None = None
    publication: int | None = None
    language: str = ""
    picture: bool = False
    # Ids of tagged entities, places and people alike: all must be tagged.
    entities: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True)
class Found:
    """A story that matches: the languages it matches in, best first; a higher score is better."""

    article_id: int
    languages: tuple[str, ...]
    score: float


@dataclass
class Results:
    """One page of results; `facets` maps a facet to its values and their numbers of stories."""

    total: int = 0
    found: list[Found] = field(default_factory=list)
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))


def find(
    conditions: Conditions,
    filters: Filters,
    *,
    sort: str = RELEVANCE,
    start: int = 0,
    count: int = 20,
) -> Results:
    """The stories that match, `count` of them from the one numbered `start` (from 0) on."""
    if conditions.is_void or not (conditions or filters):
        return Results()
    hit_sql, params = _hits(conditions, filters, scored=sort == RELEVANCE)
    with connection.cursor() as cursor:
        cursor.execute(_statement(hit_sql, sort), [*params, count, start])
        return _read(cursor.fetchall(), sort)


def _hits(conditions: Conditions, filters: Filters, *, scored: bool) -> tuple[str, list[Value]]:
    """One row a document that matches."""
    where, params = _where(conditions, filters)
    columns = "d.article_id, d.language, d.print_date, d.year, d.section_id, d.publication_id"
    picture = "CASE WHEN d.has_picture THEN 1 ELSE 0 END AS picture"
    if not conditions.texts:
        sql = f"SELECT {columns}, {picture}, 0.0 AS score FROM archive_searchdocument d"
        return f"{sql} WHERE {where}", params
    match = get_engine().match(conditions.texts, scored=scored)
    # A cross join keeps SQLite from beginning with the documents.
    join = "CROSS JOIN archive_searchdocument d WHERE d.id = m.id AND"
    sql = f"SELECT {columns}, {picture}, m.score FROM ({match.sql}) m {join} {where}"
    return sql, [*match.params, *params]


def _where(conditions: Conditions, filters: Filters) -> tuple[str, list[Value]]:
    pieces = ["1 = 1"]
    params: list[Value] = []
    for sql, values in conditions.rows:
        pieces.append(sql)
        params += values
    for name, column in (
        ("year", "year"),
        ("section", "section_id"),
        ("publication", "publication_id"),
    ):
        if (value := getattr(filters, name)) is not None:
            pieces.append(f"d.{column} = %s")
            params.append(value)
    if filters.language:
        pieces.append("d.language = %s")
        params.append(filters.language)
    if filters.picture:
        pieces.append("d.has_picture")
    for entity_id in filters.entities:
        pieces.append(
            "d.article_id IN (SELECT page_id FROM archive_articleentity WHERE entity_id = %s)"
        )
        params.append(entity_id)
    for path in PageViewRestriction.objects.values_list("page__path", flat=True).distinct():
        pieces.append("d.article_id NOT IN (SELECT id FROM wagtailcore_page WHERE path LIKE %s)")
        params.append(f"{path}%")
    return " AND ".join(pieces), params


def _statement(hit_sql: str, sort: str) -> str:
    values = [
        _facet("year", "year"),
        _facet("section", "section_id"),
        _facet("publication", "publication_id"),
        _facet("picture", "picture", "picture = 1"),
        "SELECT 'language', language, COUNT(*), 0.0 FROM hit GROUP BY language",
        # Both kinds in one walk over the tags; the kind tells them apart.
        "SELECT e.kind, CAST(e.id AS TEXT), COUNT(*), 0.0 FROM story s "
        "CROSS JOIN archive_articleentity t CROSS JOIN archive_entity e "
        "WHERE t.page_id = s.article_id AND e.id = t.entity_id "
        "AND e.kind IN ('place', 'person') GROUP BY e.kind, e.id",
    ]
    return f"""
        WITH hit AS MATERIALIZED ({hit_sql}),
        story AS MATERIALIZED (
            SELECT article_id, MIN(score) AS score, MAX(print_date) AS print_date,
                   MAX(year) AS year, MAX(section_id) AS section_id,
                   MAX(publication_id) AS publication_id, MAX(picture) AS picture
            FROM hit GROUP BY article_id),
        shown AS (
            SELECT article_id, score,
                   ROW_NUMBER() OVER (ORDER BY {_ORDERS[sort]}) AS place
            FROM story ORDER BY {_ORDERS[sort]} LIMIT %s OFFSET %s)
        SELECT 'total' AS facet, '' AS value, COUNT(*) AS number, 0.0 AS score FROM story
        UNION ALL {" UNION ALL ".join(values)}
        UNION ALL SELECT 'found', CAST(shown.article_id AS TEXT) || ' ' || hit.language,
            shown.place, hit.score FROM shown JOIN hit ON hit.article_id = shown.article_id
    """


def _facet(name: str, column: str, condition: str = "1 = 1") -> str:
    return (
        f"SELECT '{name}', CAST({column} AS TEXT), COUNT(*), 0.0 FROM story "
        f"WHERE {column} IS NOT NULL AND {condition} GROUP BY {column}"
    )


def _read(rows: list[tuple[str, str, int, float]], sort: str) -> Results:
    results = Results()
    found: dict[int, list[tuple[float, str]]] = defaultdict(list)
    places: dict[int, int] = {}
    for facet, value, number, score in rows:
        if facet == "total":
            results.total = number
        elif facet == "found":
            article_id, language = value.split()
            found[int(article_id)].append((float(score), language))
            places[int(article_id)] = number
        else:
            results.facets[facet].append((value, number))
    for pk in sorted(found, key=places.__getitem__):
        by_score = sorted(found[pk])
        languages = tuple(language for _score, language in by_score)
        results.found.append(Found(pk, languages, -by_score[0][0]))
    for name, values in results.facets.items():
        # The latest years; of all else what is most often found.
        values.sort(key=lambda one: (-int(one[0]),) if name == "year" else (-one[1], one[0]))
    return results


def stories(found: Sequence[Found]) -> dict[int, ArticlePage]:
    """The pages of results, by key, with what their cards show: one query."""
    cards = ArticlePage.objects.live().select_related("publication", "section", "lead_image")
    return {page.pk: page for page in cards.filter(pk__in=[one.article_id for one in found])}


def matching(conditions: Conditions, filters: Filters) -> RawSQL:
    """The keys of all stories that match, in SQL, for a queryset's `pk__in`."""
    sql, params = _hits(conditions, filters, scored=False)
    return RawSQL(f"SELECT article_id FROM ({sql}) matching", params)  # noqa: S611 - our own
