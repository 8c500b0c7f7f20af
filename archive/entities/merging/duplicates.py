"""Keeps the table of possible duplicates: finds them, and remembers which pairs aren't."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from archive.entities.merging.similarity import LEAST, Named, NamePair, pairs
from archive.entities.models import Double, Entity, EntityName
from archive.text.language import ENGLISH, LANGUAGES, column

NOT_THE_SAME = "archive.not_the_same"
_BATCH = 500
Facts = dict[int, dict[str, Any]]


@dataclass(frozen=True)
class FoundDoubles:
    """How many pairs look like doubles, how many of them are new, and how many no longer do."""

    pairs: int
    new: int
    gone: int


@transaction.atomic
def find_doubles() -> FoundDoubles:
    """Looks at all names and brings the table in step; dismissed pairs stay dismissed."""
    facts, found = _facts(), {}
    for double in [*_same_ids(facts), *_alike(facts)]:
        found.setdefault((double.one_id, double.two_id), double)
    stored = {(row.one_id, row.two_id): row for row in Double.objects.all()}
    new = [double for pair, double in found.items() if pair not in stored]
    gone = [
        row.pk for pair, row in stored.items() if pair not in found and row.dismissed_at is None
    ]
    changed = []
    for pair, row in stored.items():
        double = found.get(pair)
        if double and (row.reason, row.score) != (double.reason, double.score):
            row.reason, row.score, row.names = double.reason, double.score, double.names
            changed.append(row)
    Double.objects.bulk_create(new, batch_size=_BATCH)
    Double.objects.bulk_update(changed, ["reason", "score", "names"], batch_size=_BATCH)
    for start in range(0, len(gone), _BATCH):
        Double.objects.filter(pk__in=gone[start : start + _BATCH]).delete()
    return FoundDoubles(len(found), len(new), len(gone))


def dismiss(double: Double, *, user: Any) -> None:
    """These two are not the same; they are never asked about again."""
    double.dismissed_at, double.dismissed_by = timezone.now(), user
    double.save(update_fields=["dismissed_at", "dismissed_by"])
    log(double.one, NOT_THE_SAME, user=user, data={"names": str(double.two)})


def bring_back(double: Double, *, user: Any) -> None:
    """Ask about these two again."""
    double.dismissed_at = double.dismissed_by = None
    double.save(update_fields=["dismissed_at", "dismissed_by"])


def _facts() -> Facts:
    names = [column("name", language) for language in LANGUAGES]
    region = column("region", ENGLISH)
    columns = ("pk", "kind", "place_type", "country", region, "geonames_id", "wikidata_id", *names)
    rows = Entity.objects.order_by("pk").values(*columns)
    return {row["pk"]: {**row, "where": f"{row['country']}/{row[region] or ''}"} for row in rows}


def _same_ids(facts: Facts) -> Iterator[Double]:
    for name, reason in (("wikidata_id", "wikidata"), ("geonames_id", "geonames")):
        by_id: defaultdict[Any, list[int]] = defaultdict(list)
        for pk, row in facts.items():
            by_id[row[name]].append(pk)
        for number, pks in by_id.items():
            for one, two in pairwise(pks if number else ()):
                yield Double(one_id=one, two_id=two, reason=reason, score=100, names=str(number))


def _alike(facts: Facts) -> Iterator[Double]:
    found: dict[tuple[int, int], NamePair] = {}
    for language in LANGUAGES:
        for pair in pairs(_names(facts, language)):
            known = found.get((pair.one, pair.two))
            if known is None or known.score < pair.score:
                found[pair.one, pair.two] = pair
    for pair in found.values():
        one, two = facts[pair.one], facts[pair.two]
        # Not where another database tells them apart, or one is a port and the other a city.
        if not any(
            one[name] and two[name] and one[name] != two[name]
            for name in ("wikidata_id", "geonames_id", "place_type")
        ):
            reason = Double.Reason.SAME_NAME if pair.score == 100 else Double.Reason.LIKE_NAME
            names = " / ".join(dict.fromkeys(pair.texts))[:420]
            ids = {"one_id": pair.one, "two_id": pair.two}
            yield Double(**ids, reason=reason, score=max(pair.score, LEAST), names=names)


def _names(facts: Facts, language: str) -> Iterable[Named]:
    others = EntityName.objects.filter(language=language, forbidden=False).order_by("pk")
    names = [(pk, row[column("name", language)]) for pk, row in facts.items()]
    for pk, text in [*names, *others.values_list("entity_id", "text")]:
        if text and pk in facts:
            yield Named(pk, facts[pk]["kind"], text, facts[pk]["where"])
