"""Everything in sets of stories that one question needs, brought up to date with the index."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from operator import and_

from django.db import connection

from archive.search import bitmaps, common
from archive.search.analysis import Phrase
from archive.search.bitmaps import Bits
from archive.search.common import ABOUT, HEADLINE, MANY, STAMP, Stamp
from archive.search.documents import is_entity_term
from archive.search.engines.base import Choice, Question, SQLEngine, Wanted
from archive.search.models import SearchBits, SearchChange, SearchDocument
from archive.search.query import AFTER
from archive.text.language import LANGUAGES

# By language, the stories that match: anywhere, by what they are about, in the headline.
Levels = dict[str, list[Bits]]
_LEVELS = 3


@dataclass
class Facets:
    """The stored facets' values: their sets, or of rare ones the stories; the commonest first.

    `last` is the highest key of their stories.
    """

    stamp: Stamp
    last: int = 0
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
            found.last = max(found.last, bits.bit_length() - 1)
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
        keys = {key for phrase in phrases for key in (*_keys(phrase), *_pairs(phrase))}
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
        """Whether thousands of documents match, in any field; of few phrases one has to look."""
        whole, *parts = _keys(wanted.phrase)
        if whole in self._terms or not parts:
            return whole in self._terms
        pairs = [key for key in _pairs(wanted.phrase) if key in self._terms]
        most = self._most([*parts, *pairs])
        return most is not None and most >= MANY and self._is_in_many(wanted.phrase)

    def _most(self, parts: Sequence[str], level: int = 0) -> int | None:
        """How many documents have all of these terms; None where one of them isn't common."""
        if not parts or not all(key in self._terms for key in parts):
            return None
        number = len(self._changed) * len(LANGUAGES)
        for language in LANGUAGES:
            both = reduce(and_, (self._terms[key][language][level] for key in parts))
            number += both.bit_count()
        return number

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

    def number_of(self, name: str) -> int:
        """How many values a facet has, at the least."""
        return len(self._facets.ranked[name])

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

    def figures_of(self, stories: Bits) -> bytes:
        return bitmaps.figures_of(stories, self._facets.last + 1)

    def count_tagged(self, name: str, value: str, stories: Bits, figures: bytes) -> int:
        """How many of the stories have the tag; `figures` are the same stories."""
        key = f"{name}:{value}"
        few = self._facets.few.get(key)
        if few is None or self._changed:
            return (self.facet(key) & stories).bit_count()
        return bitmaps.how_many(few, figures)

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
        return found | self._within_year(day, is_after=is_after)

    def _within_year(self, day: date, *, is_after: bool) -> Bits:
        """The day's year from it on, or up to it: the shorter side's rows are read."""
        first, last = date(day.year, 1, 1), date(day.year, 12, 31)
        days = (day, last) if is_after else (first, day)
        is_less = days[1] - days[0] > timedelta(183)
        if is_less:
            before, after = day - timedelta(1), day + timedelta(1)
            days = (first, before) if is_after else (after, last)
        rows = SearchDocument.objects.filter(print_date__range=days)
        read = bitmaps.from_ids(rows.values_list("article", flat=True))
        return self.facet(f"year:{day.year}") & ~read if is_less else read

    def _of(self, wanted: Wanted) -> Levels:
        levels = self._terms.get(common.key_of(wanted.phrase))
        # Tags are in the fields of tags and in no other.
        fields = () if is_entity_term(wanted.phrase.terms[0]) else wanted.fields
        if levels is None or (fields and fields != ("headline",)):
            return self._searched(wanted, above=None)
        if fields:
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
        parts = _keys(wanted.phrase)[1:]
        for level, names in fields.items():
            if level and wanted.fields and not set(names) & set(wanted.fields):
                continue
            # No document has even its words there.
            if level and self._most(parts, level) == 0:
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

    def _is_in_many(self, phrase: Phrase) -> bool:
        match = self._engine.match([[Wanted(phrase)]], scored=False)
        sql = f"SELECT COUNT(*) FROM (SELECT id FROM ({match.sql}) m LIMIT {MANY}) n"
        with connection.cursor() as cursor:
            cursor.execute(sql, match.params)
            return int(cursor.fetchone()[0]) >= MANY


def _keys(phrase: Phrase) -> list[str]:
    """The phrase's key, and if it has several terms, the keys of each by itself."""
    parts = phrase.terms if len(phrase.terms) > 1 else ()
    return [common.key_of(phrase), *(common.key_of(Phrase((term,))) for term in parts)]


def _pairs(phrase: Phrase) -> list[str]:
    """The keys of a longer phrase's terms, two by two."""
    terms = phrase.terms if len(phrase.terms) > 2 else ()
    return [common.key_of(Phrase(terms[at : at + 2])) for at in range(len(terms) - 1)]
