"""Finds possible duplicates among very many names, and remembers which pairs aren't.

Comparing each with each is out of the question, so names meet in blocks: under their letters
without blanks, under their words in alphabetical order, and, for Latin letters, under each form
that lacks one letter. Two names that differ by one letter share such a form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext
from rapidfuzz import fuzz
from wagtail.log_actions import log

from archive.entities.merging.models import Double
from archive.entities.models import Entity, EntityName
from archive.text.language import FIRST, LANGUAGES, column
from archive.text.normalisation import fold
from archive.text.scripts import HAN_CHARACTER

NOT_THE_SAME = "archive.not_the_same"
_BATCH = 500
_WORDS = re.compile(r"[^\W_]+")
# Words that one list of names has and another one hasn't.
_FILLERS = {"the", "of", "and"}
_FILLERS_OF_PLACES = _FILLERS | {"city", "municipality", "province", "prefecture"}
_NUMERALS = re.compile(r"[0-9〇零一二三四五六七八九十百两]+")
_HAN_SUFFIXES = ("市", "省", "县", "区")
# Below this, a letter more or less makes another name.
_SHORTEST = 6
_SHORTEST_HAN = 4
# A block of this many says little: “New” or 市 is in every other name.
_LARGEST_BLOCK = 60
LEAST = 90
Facts = dict[int, dict[str, Any]]


@dataclass(frozen=True)
class FoundDoubles:
    """How many pairs look like doubles, how many of them are new, and how many no longer do."""

    pairs: int
    new: int
    gone: int

    def __str__(self) -> str:
        text = ngettext(
            "%(pairs)s pair, %(new)s new; %(gone)s no longer similar.",
            "%(pairs)s pairs, %(new)s new; %(gone)s no longer similar.",
            self.pairs,
        )
        return text % vars(self)


@transaction.atomic
def find_doubles() -> FoundDoubles:
    """Looks at all names and brings the table in step; dismissed pairs stay dismissed."""
    facts = _facts()
    found: dict[tuple[int, int], Double] = {}
    for one in [*_same_ids(facts), *_alike(facts)]:
        found.setdefault((one.one_id, one.two_id), one)
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
    region = column("region", FIRST)
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


@dataclass(frozen=True, slots=True)
class Named:
    """A written form of an entry. Those whose `place` differs are two things of one name."""

    entity_id: int
    kind: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two entries, the lower id first, the similarity of their names in per cent, and the names."""

    one: int
    two: int
    score: int
    texts: tuple[str, str]


def pairs(names: Iterable[Named]) -> list[NamePair]:
    """Pairs of entries of one kind whose names are alike, each pair once, by its best score."""
    blocks: defaultdict[int, list[tuple[Named, str]]] = defaultdict(list)
    for name in names:
        letters = squeezed(name.text)
        for key in _keys(name, letters):
            # Only the hash: a hundred thousand names have a million keys.
            blocks[hash((name.kind, key))].append((name, letters))
    best: dict[tuple[int, int], NamePair] = {}
    for block in blocks.values():
        if 1 < len(block) <= _LARGEST_BLOCK:
            for first, second in combinations(block, 2):
                if pair := _compare(first, second):
                    known = best.setdefault((pair.one, pair.two), pair)
                    best[pair.one, pair.two] = pair if pair.score > known.score else known
    return list(best.values())


def squeezed(text: str) -> str:
    """The folded letters and figures alone: "zhanjiang" of Zhan-jiang."""
    return "".join(_WORDS.findall(fold(text).text))


def _keys(name: Named, letters: str) -> Iterator[str]:
    if not letters:
        return
    yield f"={letters}"
    is_han = HAN_CHARACTER.search(letters)
    if is_han and (bare := _without_suffix(letters)) != letters:
        yield f"={bare}"
    if not is_han and (telling := _telling_words(name)):
        yield f"={''.join(telling)}"
        yield f"={''.join(sorted(telling))}"
    if len(letters) >= (_SHORTEST_HAN if is_han else _SHORTEST):
        yield f"-{letters}"
        yield from (f"-{letters[:i]}{letters[i + 1 :]}" for i in range(len(letters)))


def _telling_words(name: Named) -> list[str]:
    """The folded words that tell one name from another."""
    fillers = _FILLERS_OF_PLACES if name.kind == "place" else _FILLERS
    return [word for word in _WORDS.findall(fold(name.text).text) if word not in fillers]


def _compare(first: tuple[Named, str], second: tuple[Named, str]) -> NamePair | None:
    (one, letters), (two, others) = sorted((first, second), key=lambda item: item[0].entity_id)
    if one.entity_id == two.entity_id or one.kind != two.kind:
        return None
    # Country and region, "US/Oregon"; what isn't known contradicts nothing.
    places = zip(one.place.split("/"), two.place.split("/"), strict=False)
    if any(a and b and a != b for a, b in places):
        return None
    score = 100 if letters == others else _similarity(one, two, letters, others)
    if score < LEAST:
        return None
    return NamePair(one.entity_id, two.entity_id, score, (one.text, two.text))


def _similarity(one: Named, two: Named, letters: str, others: str) -> int:
    # The second conference isn't the fourth.
    if _NUMERALS.findall(letters) != _NUMERALS.findall(others):
        return 0
    if HAN_CHARACTER.search(letters) or HAN_CHARACTER.search(others):
        if _without_suffix(letters) == _without_suffix(others):
            return 96
        # One character of four is a quarter; of a long name it is a slip.
        return LEAST if min(len(letters), len(others)) > _SHORTEST_HAN else 0
    if sorted(_telling_words(one)) == sorted(_telling_words(two)):
        return 98
    return round(fuzz.ratio(letters, others))


def _without_suffix(letters: str) -> str:
    return letters[:-1] if letters.endswith(_HAN_SUFFIXES) and len(letters) > 2 else letters
