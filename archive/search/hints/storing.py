"""Keeps the hints in step with names and with the index."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from typing import Any

from django.db.models import Count, Model

from archive.entities.models import Entity
from archive.entities.querysets import canonical_id
from archive.pages.models import ArticleEntity, ArticlePage
from archive.search.hints import headlines
from archive.search.hints.keys import hint_keys, slips
from archive.search.hints.models import NameHint, NameSlip
from archive.search.models import SearchDocument, SearchName
from archive.text.language import column

_BATCH = 200


def keep_name_hints(entities: Collection[Entity]) -> None:
    """Write these entities' hints and slips anew where they differ, and count their stories."""
    ids = [entity.pk for entity in entities]
    weights = _story_counts(ids)
    wanted_hints = {
        (entity.pk, key, weights[entity.pk])
        for entity in entities
        if not entity.merged_into_id
        for key in hint_keys(entity)
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


def mend_hints() -> None:
    """Write the headlines that are missing, and leave all in good order."""
    pks = headlines.missing()
    for start in range(0, len(pks), _BATCH):
        batch = pks[start : start + _BATCH]
        rows = SearchDocument.objects.filter(pk__in=batch).values_list("pk", "article", "language")
        found = list(rows)
        written = _headlines({article for _pk, article, _language in found})
        headlines.write(
            [
                (pk, headlines.words_of(written.get((article, language), "")))
                for pk, article, language in found
            ]
        )
    headlines.tidy()


def _headlines(articles: Collection[int]) -> dict[tuple[int, str], str]:
    names = {language: column("headline", language) for language in ("en", "zh-hans")}
    rows = ArticlePage.objects.filter(pk__in=articles).values("pk", *names.values())
    return {
        (row["pk"], language): row[name] or "" for row in rows for language, name in names.items()
    }


def _story_counts(entities: Collection[int]) -> dict[int, int]:
    same = Entity.with_merged.same_as(entities).values("pk")
    tags = ArticleEntity.objects.filter(entity__in=same, page__live=True).order_by()
    named = tags.values_list(canonical_id("entity"))
    return defaultdict(int, named.annotate(Count("page", distinct=True)))


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
