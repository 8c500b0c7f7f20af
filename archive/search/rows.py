"""Restrictions and filters in SQL, over the documents' rows, named `d`."""

from collections.abc import Iterable, Sequence

from wagtail.models import Page, PageViewRestriction

from archive.search.engines.base import Choice, Match, Restriction, SQLEngine, Value
from archive.search.query import AFTER, BEFORE, PAGE
from archive.search.results import Filters

Piece = tuple[str, tuple[Value, ...]]
_ROWS = {
    AFTER: "d.print_date >= %s",
    BEFORE: "d.print_date <= %s",
    PAGE: "d.print_page = %s",
}
_COLUMNS = {"year": "year", "section": "section_id", "publication": "publication_id"}


def hidden_paths() -> list[str]:
    """The tree paths of pages under a view restriction: nobody finds what is under them."""
    # Asked the other way round, SQLite may read every page for a table that is mostly empty.
    restricted = PageViewRestriction.objects.values("page")
    return list(Page.objects.filter(pk__in=restricted).values_list("path", flat=True))


def where(
    engine: SQLEngine,
    restrictions: Iterable[Restriction],
    filters: Filters,
    hidden: Sequence[str],
) -> tuple[str, list[Value]]:
    """A condition, and its parameters."""
    pieces: list[Piece] = [("1 = 1", ())]
    for restriction in restrictions:
        pieces += _restriction(engine, restriction)
    pieces += _filters(filters)
    for path in hidden:
        sql = "d.article_id NOT IN (SELECT id FROM wagtailcore_page WHERE path LIKE %s)"
        pieces.append((sql, (f"{path}%",)))
    return " AND ".join(sql for sql, _params in pieces), [p for _, params in pieces for p in params]


def _restriction(engine: SQLEngine, restriction: Restriction) -> list[Piece]:
    if restriction.is_excluded:
        return [_not(engine, choice) for choice in restriction.choices]
    pieces = [_choice(engine, choice) for choice in restriction.choices]
    sql = " OR ".join(sql for sql, _params in pieces)
    return [(f"({sql})", tuple(p for _sql, params in pieces for p in params))]


def _choice(engine: SQLEngine, choice: Choice) -> Piece:
    if choice.field:
        return _ROWS[choice.field], (choice.value,)
    match = _match(engine, choice)
    return f"d.id IN (SELECT id FROM ({match.sql}) m)", match.params


def _not(engine: SQLEngine, choice: Choice) -> Piece:
    """Excludes a story, in both languages, where either has the words."""
    if choice.field:
        # A story without a date is neither before nor after one: it stays.
        return f"({_ROWS[choice.field]}) IS NOT TRUE", (choice.value,)
    match = _match(engine, choice)
    sql = (
        "d.article_id NOT IN (SELECT x.article_id FROM "
        f"({match.sql}) m JOIN archive_searchdocument x ON x.id = m.id)"
    )
    return sql, match.params


def _match(engine: SQLEngine, choice: Choice) -> Match:
    return engine.match([choice.wanted], scored=False)


def _filters(filters: Filters) -> list[Piece]:
    pieces: list[Piece] = [
        (f"d.{column} = %s", (value,))
        for name, column in _COLUMNS.items()
        if (value := getattr(filters, name)) is not None
    ]
    if filters.language:
        pieces.append(("d.language = %s", (filters.language,)))
    if filters.picture:
        pieces.append(("d.has_picture", ()))
    # With the names that were merged into it.
    tagged = (
        "d.article_id IN (SELECT page_id FROM archive_articleentity WHERE entity_id IN"
        " (SELECT id FROM archive_entity WHERE id = %s OR merged_into_id = %s))"
    )
    return [*pieces, *((tagged, (pk, pk)) for pk in filters.entities)]
