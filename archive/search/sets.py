"""Everything in sets of stories that one question needs, brought up to date with the index."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from archive.search import bitmaps, common
from archive.search.analysis import Phrase
from archive.search.bitmaps import Bits
from archive.search.common import ABOUT, HEADLINE, MANY, STAMP, Stamp
from archive.search.engines.base import Choice, Question, SQLEngine, Wanted
from archive.search.models import SearchBits, SearchChange, SearchDocument
from archive.search.query import AFTER
from archive.text.language import LANGUAGES

# By language, the stories that match: anywhere, by what they are about, in the headline.
Levels = dict[str, list[Bits]]
_LEVELS = 3


@dataclass
class Facets:
    """The stored facets' values: their sets, or of rare ones the stories; the commonest first."""

    stamp: Stamp
    bits: dict[str, Bits] = field(default_factory=dict)
    few: dict[str, tuple[int, ...]] = field(default_factory=dict)
    ranked: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))


# Of this process: the facets' values change only when the sets are made anew.
_kept: list[Facets] = []


def _facets(stamp: Stamp) -> Facets:
    if not _kept or _kept[0].stamp != stamp:
        found = Facets(stamp)
        for key, stored in SearchBits.objects.filter(key__startswith="f").values_list(
            "key", "bits"
        ):
            bits = bitmaps.unpacked(stored)
            number = bits.bit_count()
            if number < bitmaps.FEW:
                found.few[key[1:]] = tuple(bitmaps.ids_of(bits))
            else:
                found.bits[key[1:]] = bits
            name, _colon, value = key[1:].partition(":")
            found.ranked[name].append((value, number))
        for values in found.ranked.values():
            values.sort(key=lambda one: -one[1])
        _kept[:] = [found]
    return _kept[0]


class Sets:
    """The sets of one question, as of now."""

    def __init__(self, engine: SQLEngine, stamp: Stamp, terms: dict[str, Levels]) -> None:
        self._engine = engine
        self._stamp = stamp
        self._terms = terms
        self._facets = _facets(stamp)
        latest = list(
            SearchDocument.objects.filter(pk__gt=stamp.upto).values_list(*common.FACET_COLUMNS)
        )
        changed = set(SearchChange.objects.values_list("article_id", flat=True))
        self._changed = changed | {row[0] for row in latest}
        self._gone = bitmaps.from_ids(self._changed)
        self._latest: dict[str, set[int]] = common.facet_values(latest)
        if self._changed:
            self._latest |= common.tagged(self._changed)

    @classmethod
    def load(cls, engine: SQLEngine, question: Question) -> "Sets | None":
        """In one query what is stored of the question's words; None where nothing is."""
        phrases = {w.phrase for group in question.texts for w in group}
        for restriction in question.restrictions:
            phrases |= {w.phrase for choice in restriction.choices for w in choice.wanted}
        keys = {key for phrase in phrases for key in _keys(phrase)}
        rows = SearchBits.objects.filter(key__in=[STAMP, *keys])
        terms: dict[str, Levels] = {}
        stamp = Stamp()
        for key, language, level, stored in rows.values_list("key", "language", "level", "bits"):
            if key == STAMP:
                stamp = common.stamp_of(stored)
                continue
            levels = terms.setdefault(key, {one: [0] * _LEVELS for one in LANGUAGES})
            levels[language][level] = bitmaps.unpacked(stored)
        return cls(engine, stamp, terms) if stamp.upto else None

    def may_be_many(self, wanted: Wanted) -> bool:
        """Whether thousands of documents may match; of a phrase, its documents are counted."""
        keys = _keys(wanted.phrase)
        if not all(key in self._terms for key in keys):
            return False
        return len(keys) == 1 or self._number(wanted) >= MANY

    def union(self, group: Iterable[Wanted]) -> Levels:
        """The stories that match one of these, each at the best level."""
        found: Levels = {language: [0] * _LEVELS for language in LANGUAGES}
        for wanted in group:
            for language, levels in self._of(wanted).items():
                for level, bits in enumerate(levels):
                    found[language][level] |= bits
        return found

    def facet(self, key: str) -> Bits:
        """The stories of a facet's value, "year:2015"."""
        bits = self._facets.bits.get(key)
        if bits is None:
            bits = bitmaps.from_ids(self._facets.few.get(key, ()))
        if self._changed:
            bits = bits & ~self._gone | bitmaps.from_ids(self._latest.get(key, ()))
        return bits

    def values(self, name: str) -> list[str]:
        """All values of a facet."""
        prefix = f"{name}:"
        latest = [key[len(prefix) :] for key in self._latest if key.startswith(prefix)]
        return list(dict.fromkeys([*(one for one, _n in self._facets.ranked[name]), *latest]))

    def tagged(self, entity: int) -> Bits:
        return self.facet(f"place:{entity}") | self.facet(f"person:{entity}")

    def ranked(self, name: str) -> Iterator[tuple[str, int]]:
        """The tags of a kind, each with a number of stories that it can't exceed, falling."""
        latest = {key: len(ids) for key, ids in self._latest.items() if key.startswith(f"{name}:")}
        most = dict(self._facets.ranked[name])
        for key, number in latest.items():
            value = key.partition(":")[2]
            most[value] = most.get(value, 0) + number
        return iter(sorted(most.items(), key=lambda one: -one[1]) if latest else most.items())

    def count_tagged(self, name: str, value: str, stories: Bits, held: bytes) -> int:
        """How many of the stories have the tag; `held` are the same stories as bytes."""
        key = f"{name}:{value}"
        few = self._facets.few.get(key)
        if few is None or self._changed:
            return (self.facet(key) & stories).bit_count()
        return sum(1 for one in few if bitmaps.has(held, one))

    def dated(self, choice: Choice) -> Bits:
        """The stories before or after a day: whole years from the sets, its own from the rows."""
        day = choice.value
        if not isinstance(day, date):
            return 0
        is_after = choice.field == AFTER
        found = 0
        for value in self.values("year"):
            if (int(value) > day.year) if is_after else (int(value) < day.year):
                found |= self.facet(f"year:{value}")
        days = (day, date(day.year, 12, 31)) if is_after else (date(day.year, 1, 1), day)
        rows = SearchDocument.objects.filter(print_date__range=days)
        return found | bitmaps.from_ids(rows.values_list("article", flat=True))

    def _of(self, wanted: Wanted) -> Levels:
        keys = _keys(wanted.phrase)
        levels = self._terms.get(keys[0]) if len(keys) == 1 else None
        if levels is None or (wanted.fields and wanted.fields != ("headline",)):
            return self._searched(wanted, above=None)
        if wanted.fields:
            levels = {one: [found[HEADLINE]] * _LEVELS for one, found in levels.items()}
        if not self._changed:
            return levels
        latest = self._searched(wanted, above=self._stamp.upto)
        return {
            language: [
                old & ~self._gone | new for old, new in zip(levels[language], one, strict=True)
            ]
            for language, one in latest.items()
        }

    def _searched(self, wanted: Wanted, above: int | None) -> Levels:
        """What the index itself says; `above` as the engine's `match` has it."""
        fields = {0: wanted.fields, ABOUT: common.FIELDS[ABOUT], HEADLINE: common.FIELDS[HEADLINE]}
        found: Levels = {language: [0] * _LEVELS for language in LANGUAGES}
        for level, names in fields.items():
            if level and wanted.fields and not set(names) & set(wanted.fields):
                continue
            for language, bits in self._documents(Wanted(wanted.phrase, names), above).items():
                found[language][level] = bits
            if not level and not any(levels[0] for levels in found.values()):
                break
        return found

    def _documents(self, wanted: Wanted, above: int | None) -> dict[str, Bits]:
        match = self._engine.match([[wanted]], scored=False, above=above)
        sql = (
            f"SELECT d.article_id, d.language FROM ({match.sql}) m "
            "CROSS JOIN archive_searchdocument d WHERE d.id = m.id"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, match.params)
            rows: Sequence[tuple[int, str]] = cursor.fetchall()
        number = {language: place for place, language in enumerate(LANGUAGES)}
        return common.by_language(id_ * len(LANGUAGES) + number[one] for id_, one in rows)

    def _number(self, wanted: Wanted) -> int:
        match = self._engine.match([[wanted]], scored=False)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({match.sql}) m", match.params)
            return int(cursor.fetchone()[0])


def _keys(phrase: Phrase) -> list[str]:
    """The keys of a phrase's terms, each by itself."""
    if len(phrase.terms) == 1:
        return [common.key_of(phrase)]
    return [common.key_of(Phrase((term,))) for term in phrase.terms]
