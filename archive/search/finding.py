"""Runs a search: one statement finds the page of results, the count and every facet.

The full-text table gives ids; stories are counted and put in order by them alone.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection
from django.db.models.expressions import RawSQL

from archive.pages.models import ArticlePage
from archive.search.engines import get_engine
from archive.search.engines.base import Question, SQLEngine, Value
from archive.search.expanding import Conditions
from archive.search.results import (
    MOST_VALUES,
    NEWEST,
    OLDEST,
    RELEVANCE,
    Filters,
    Found,
    Results,
)
from archive.search.rows import hidden_paths, where

# As many as OpenSearch gives of a search.
MOST_MATCHES = 10_000

# Stories without a date come last, on every database.
_ORDERS = {
    RELEVANCE: "score, article_id",
    NEWEST: "print_date IS NULL, print_date DESC, article_id",
    OLDEST: "print_date IS NULL, print_date, article_id",
}


def find(
    conditions: Conditions,
    filters: Filters,
    *,
    sort: str = RELEVANCE,
    start: int = 0,
    count: int = 20,
) -> Results:
    """The stories that match, `count` of them from the one numbered `start` (from 0) on.

    SearchError if the engine can't be reached; the database's own always can.
    """
    if conditions.is_void or not (conditions or filters):
        return Results()
    return get_engine().find(
        Question(conditions.texts, conditions.rows, filters, sort, start, count, hidden_paths())
    )


def find_by_rows(engine: SQLEngine, question: Question) -> Results:
    """By one row a document that matches: for questions that some thousand documents answer."""
    hit_sql, params = _hits(engine, question)
    with connection.cursor() as cursor:
        cursor.execute(
            _statement(hit_sql, question.sort), [*params, question.count, question.start]
        )
        return _read(cursor.fetchall())


def _hits(engine: SQLEngine, question: Question) -> tuple[str, list[Value]]:
    """One row a document that matches."""
    condition, params = where(engine, question.restrictions, question.filters, question.hidden)
    columns = "d.article_id, d.language, d.print_date, d.year, d.section_id, d.publication_id"
    picture = "CASE WHEN d.has_picture THEN 1 ELSE 0 END AS picture"
    if not question.texts:
        sql = f"SELECT {columns}, {picture}, 0.0 AS score FROM archive_searchdocument d"
        return f"{sql} WHERE {condition}", params
    match = engine.match(question.texts, scored=question.sort == RELEVANCE)
    # A cross join keeps SQLite from beginning with the documents.
    join = "CROSS JOIN archive_searchdocument d WHERE d.id = m.id AND"
    sql = f"SELECT {columns}, {picture}, m.score FROM ({match.sql}) m {join} {condition}"
    return sql, [*match.params, *params]


_KEPT = "COALESCE(e.merged_into_id, e.id)"


def _statement(hit_sql: str, sort: str) -> str:
    values = [
        _facet("year", "year"),
        _facet("section", "section_id"),
        _facet("publication", "publication_id"),
        _facet("picture", "picture", "picture = 1"),
        "SELECT 'language', language, COUNT(*), 0.0 FROM hit GROUP BY language",
        # Both kinds in one walk over the tags; the kind tells them apart.
        # A merged name counts as the one that is kept, once a story.
        f"SELECT e.kind, CAST({_KEPT} AS TEXT), COUNT(DISTINCT s.article_id), 0.0 FROM story s "
        "CROSS JOIN archive_articleentity t CROSS JOIN archive_entity e "
        "WHERE t.page_id = s.article_id AND e.id = t.entity_id "
        f"AND e.kind IN ('place', 'person') GROUP BY e.kind, {_KEPT}",
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


def _read(rows: list[tuple[str, str, int, float]]) -> Results:
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
    results.order_facets()
    return results


def stories(found: Sequence[Found]) -> dict[int, ArticlePage]:
    """The pages of results, by key, with what their cards show: one query, for none no query."""
    if not found:
        return {}
    cards = ArticlePage.objects.live().select_related("publication", "section", "lead_image")
    return {page.pk: page for page in cards.filter(pk__in=[one.article_id for one in found])}


def matching(conditions: Conditions, filters: Filters) -> RawSQL | list[int]:
    """The keys of all stories that match, for a queryset's `pk__in`: as SQL where it can be.

    An engine that is no part of the database gives the newest `MOST_MATCHES`.
    """
    engine, rows = get_engine(), conditions.rows
    question = Question(conditions.texts, rows, filters, NEWEST, 0, MOST_MATCHES, hidden_paths())
    if not isinstance(engine, SQLEngine):
        return [one.article_id for one in engine.find(question).found]
    sql, params = _hits(engine, question)
    return RawSQL(f"SELECT article_id FROM ({sql}) matching", params)  # noqa: S611 - our own


__all__ = [
    "MOST_VALUES",
    "NEWEST",
    "OLDEST",
    "RELEVANCE",
    "Filters",
    "Found",
    "Results",
    "find",
    "stories",
]
