"""What a search must find, by reading every story: plain Python, slow, and nobody's engine."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from archive.models import ArticleEntity, ArticlePage
from archive.search.analysis import TermPhrase, paired
from archive.search.documents import FIELDS, Document, documents_of
from archive.search.engines import Alternative, Filters, Results, WantedPhrase
from archive.search.query import AFTER, BEFORE, conditions_of, parse

Brief = tuple[int, list[int], dict[int, set[str]], dict[str, dict[str, int]]]


def brief(results: Results) -> Brief:
    """The total; stories in order; the languages each matches in; the facets' numbers."""
    return (
        results.total,
        [one.article_id for one in results.found],
        {one.article_id: set(one.languages) for one in results.found},
        {name: dict(values) for name, values in results.facets.items() if values},
    )


def read(query: str, filters: Filters, *, is_oldest: bool = False) -> Brief:
    """As `brief` gives it, in the order of dates: those without one come last."""
    conditions = conditions_of(parse(query))
    live = ArticlePage.objects.live().values_list("pk", flat=True)
    documents = documents_of(list(live))
    gone = {
        document.article_id
        for document in documents
        for restriction in conditions.rows
        if restriction.is_excluded and any(_holds(document, one) for one in restriction.choices)
    }
    matching = [
        document
        for document in documents
        if document.article_id not in gone
        and _is_left(document, filters)
        and all(any(_has(document, one) for one in group) for group in conditions.texts)
        and all(
            any(_holds(document, one) for one in restriction.choices)
            for restriction in conditions.rows
            if not restriction.is_excluded
        )
    ]
    languages: dict[int, set[str]] = defaultdict(set)
    for document in matching:
        languages[document.article_id].add(document.language)
    stories = {document.article_id: document for document in matching}
    ordered = sorted(stories.values(), key=lambda one: _place(one, is_oldest))
    return (
        len(stories),
        [one.article_id for one in ordered],
        dict(languages),
        _facets(matching, stories.values()),
    )


def _place(document: Document, is_oldest: bool) -> tuple[bool, int, int]:
    day = document.row["print_date"]
    number = day.toordinal() if day else 0
    return (day is None, number if is_oldest else -number, document.article_id)


def _facets(matching: Iterable[Document], stories: Iterable[Document]) -> dict[str, dict[str, int]]:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    counted["language"].update(document.language for document in matching)
    for story in stories:
        row = story.row
        for name, column in (
            *(("year", "year"), ("section", "section_id"), ("publication", "publication_id")),
        ):
            if row[column] is not None:
                counted[name][str(row[column])] += 1
        if row["has_picture"]:
            counted["picture"]["1"] += 1
        tags = ArticleEntity.objects.filter(page=story.article_id)
        for kind, pk in set(tags.values_list("entity__kind", "entity")):
            if kind in ("place", "person"):
                counted[kind][str(pk)] += 1
    return {name: dict(values) for name, values in counted.items() if values}


def _is_left(document: Document, filters: Filters) -> bool:
    row = document.row
    tagged = {pk for of_kind in document.entities.values() for pk in of_kind}
    return (
        filters.year in (None, row["year"])
        and filters.section in (None, row["section_id"])
        and filters.publication in (None, row["publication_id"])
        and filters.language in ("", document.language)
        and (row["has_picture"] or not filters.picture)
        and set(filters.entities) <= tagged
    )


def _holds(document: Document, choice: Alternative) -> bool:
    day = document.row["print_date"]
    if choice.until:
        return bool(day and choice.value <= day <= choice.until)
    if choice.field in (AFTER, BEFORE):
        assert isinstance(choice.value, date)
        if day is None:
            return False
        return bool(day >= choice.value if choice.field == AFTER else day <= choice.value)
    if choice.field:
        return bool(document.row["print_page"] == choice.value)
    return any(_has(document, one) for one in choice.wanted)


def _has(document: Document, wanted: WantedPhrase) -> bool:
    texts = document.cut()
    return any(
        _stands(paired(texts[name]).split(), wanted.phrase) for name in wanted.fields or FIELDS
    )


def _stands(terms: list[str], phrase: TermPhrase) -> bool:
    return any(_follow(run, phrase) for run in _runs(terms, len(phrase.terms)))


def _runs(terms: list[str], length: int) -> Iterator[list[str]]:
    return (terms[at : at + length] for at in range(len(terms) - length + 1))


def _follow(run: list[str], phrase: TermPhrase) -> bool:
    *before, last = phrase.terms
    is_last = run[-1].startswith(last) if phrase.is_open else run[-1] == last
    return run[:-1] == before and is_last
