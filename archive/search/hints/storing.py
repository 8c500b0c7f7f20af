"""Keeps the hints in step with names and with the index."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef

from archive.entities.models import Entity
from archive.pages.models import ArticleEntity, ArticlePage
from archive.search.bulk import insert_rows
from archive.search.hints.keys import headline_keys, hint_keys, slips
from archive.search.hints.models import HeadlineHint, NameHint, NameSlip
from archive.search.models import SearchDocument, SearchName
from archive.text.language import column

_BATCH = 200


def keep_name_hints(entities: Collection[Entity]) -> None:
    """Write these entities' hints and slips anew where they differ, and count their stories."""
    ids = [entity.pk for entity in entities]
    weights = _story_counts(ids)
    wanted_hints = {
        (entity.pk, key, weights[entity.pk]) for entity in entities for key in hint_keys(entity)
    }
    stored = NameHint.objects.filter(entity__in=ids).values_list("pk", "entity", "key", "weight")
    _put(
        NameHint,
        {(entity, key, weight): pk for pk, entity, key, weight in stored},
        wanted_hints,
        ("entity_id", "key", "weight"),
    )
    names = SearchName.objects.filter(entity__in=ids).values_list("entity", "key")
    wanted_slips = {(entity, slip) for entity, key in names for slip in slips(key)}
    known = NameSlip.objects.filter(entity__in=ids).values_list("pk", "entity", "slip")
    _put(
        NameSlip,
        {(entity, slip): pk for pk, entity, slip in known},
        wanted_slips,
        ("entity_id", "slip"),
    )


def keep_headline_hints(headlines: Iterable[tuple[int, str]]) -> None:
    """Write the hints of documents that have none yet: (document's key, its headline)."""
    # In the order of their index, which is then written from one end to the other.
    rows = sorted((key, pk) for pk, headline in headlines for key in headline_keys(headline))
    insert_rows(HeadlineHint, ("key", "document_id"), rows)


def mend_hints() -> None:
    """Write the headlines' hints of all documents that have none."""
    for pks in _documents_without():
        rows = SearchDocument.objects.filter(pk__in=pks).values_list("pk", "article", "language")
        found = list(rows)
        headlines = _headlines({article for _pk, article, _language in found})
        keep_headline_hints(
            (pk, headlines.get((article, language), "")) for pk, article, language in found
        )


def _documents_without() -> Iterator[list[int]]:
    hints = HeadlineHint.objects.filter(document=OuterRef("pk"))
    last = 0
    while True:
        rows = SearchDocument.objects.filter(~Exists(hints), pk__gt=last).order_by("pk")
        pks = list(rows.values_list("pk", flat=True)[:_BATCH])
        if not pks:
            return
        last = pks[-1]
        yield pks


def _headlines(articles: Collection[int]) -> dict[tuple[int, str], str]:
    names = {language: column("headline", language) for language in ("en", "zh-hans")}
    rows = ArticlePage.objects.filter(pk__in=articles).values("pk", *names.values())
    return {
        (row["pk"], language): row[name] or "" for row in rows for language, name in names.items()
    }


def _story_counts(entities: Collection[int]) -> dict[int, int]:
    tags = ArticleEntity.objects.filter(entity__in=entities, page__live=True).order_by()
    return defaultdict(int, tags.values_list("entity").annotate(Count("pk")))


def _put(
    model: type[Model],
    stored: Mapping[tuple[Any, ...], int],
    wanted: Set[tuple[Any, ...]],
    names: tuple[str, ...],
) -> None:
    gone = [pk for values, pk in stored.items() if values not in wanted]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    new = sorted(wanted - stored.keys())
    made = [model(**dict(zip(names, values, strict=True))) for values in new]
    model._default_manager.bulk_create(made, batch_size=1000)
