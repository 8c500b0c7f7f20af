"""Which stories have a facet's value or a frequent term: sets of stories beside the text index.

An index gives the stories of a rare word at once; of a frequent one, each has to be read, scored
and counted. So `check_archive search --repair` keeps the stories of frequent terms, and those of
each facet's value, as compressed bitmaps: they are intersected and counted in microseconds.
Documents that were written since, with a key above the stored `upto`, are read from the database;
stories that lost a document since are noted by a trigger, and count as in no stored set. So counts
are exact at any moment, and in an archive that has no stored sets yet.
"""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, reduce
from operator import and_
from typing import Any

from django.db.models import Count, Max, Sum, Value
from pyroaring import BitMap

from archive.entities.querysets import canonical_id
from archive.search.analysis import TermPhrase
from archive.search.documents import is_entity_term
from archive.search.engines import Alternative, SearchQuestion, SQLEngine, WantedPhrase, fetch
from archive.search.models import SearchBits, SearchChange, SearchDocument
from archive.search.query import AFTER
from archive.search.ranking import ANYWHERE, HEADLINE, LEVELS, Levels, no_levels
from archive.stories.models import ArticleEntity
from archive.text.language import LANGUAGES

# A term in fewer documents is left to the text index.
MANY = 3000
# The row that says which documents the stored sets speak of.
VERSION_KEY = "#"
# Before a document's language: the stories that have a document in it.
ALL = "*"
TAGS = ("place", "person")
FACET_COLUMNS = (
    *("article_id", "language", "year", "section_id", "publication_id"),
    *("has_picture", "print_page"),
)


@dataclass(frozen=True)
class SetsVersion:
    """The stored sets speak of documents up to this key, if of any; `made` tells makings apart."""

    upto: int = 0
    made: str = ""

    @classmethod
    def read(cls, row: bytes | memoryview) -> "SetsVersion":
        upto, _blank, made = bytes(row).decode().partition(" ")
        return cls(int(upto), made)

    def stored(self) -> bytes:
        return f"{self.upto} {self.made}".encode()


def key_of(phrase: TermPhrase) -> str:
    """Under which the stories of a phrase are kept."""
    return f"{'c' if phrase.is_open else 't'}{' '.join(phrase.terms)}"


def facet_key(value: str) -> str:
    """Under which the stories of a facet's value are kept: "year:2015" -> "fyear:2015"."""
    return f"f{value}"


def facet_values(rows: Iterable[Sequence[Any]]) -> dict[str, BitMap]:
    """Facets' values with their stories, of documents' rows as `FACET_COLUMNS` lists them."""
    found: dict[str, list[int]] = defaultdict(list)
    for article, language, year, section, publication, has_picture, print_page in rows:
        found[f"{ALL}:{language}"].append(article)
        for name, value in (("year", year), ("section", section), ("publication", publication)):
            if value is not None:
                found[f"{name}:{value}"].append(article)
        if has_picture:
            found["picture:1"].append(article)
        if print_page:
            found[f"page:{print_page}"].append(article)
    return {key: BitMap(ids) for key, ids in found.items()}


def packed(stories: BitMap) -> bytes:
    """A set as it is stored."""
    stories.run_optimize()
    return stories.serialize()


def tagged_stories(**conditions: Any) -> dict[str, BitMap]:
    """ "place:7", "person:9" … with the stories that are tagged; of all tags, or of some."""
    tags = ArticleEntity.objects.filter(entity__kind__in=TAGS, **conditions)
    found: dict[str, list[int]] = defaultdict(list)
    rows = tags.order_by().values_list("page", "entity__kind", canonical_id("entity"))
    for article, kind, entity in rows.iterator(chunk_size=5000):
        found[f"{kind}:{entity}"].append(article)
    return {key: BitMap(ids) for key, ids in found.items()}


@lru_cache(maxsize=1)
def _stored_sets(_version: SetsVersion) -> dict[str, dict[str, BitMap]]:
    """By facet, the stored sets of its values: {"year": {"2015": …}, …}."""
    start = facet_key("")
    found: dict[str, dict[str, BitMap]] = defaultdict(dict)
    rows = SearchBits.objects.filter(key__startswith=start).values_list("key", "bits")
    for key, bits in rows:
        name, _colon, value = key.removeprefix(start).partition(":")
        found[name][value] = BitMap.deserialize(bytes(bits))
    return found


class FacetIndex:
    """The stories of each facet's value, as of now: as stored, and what changed since.

    `changed` are the stories that lost or got a document since: no stored set speaks of them.
    """

    def __init__(self, version: SetsVersion, changed: BitMap, state: tuple[Any, ...]) -> None:
        self.version, self.state = version, state
        self._stored = _stored_sets(version)
        rows = SearchDocument.objects.filter(pk__gt=self.version.upto).values_list(*FACET_COLUMNS)
        latest = list(rows)
        self.changed = changed | BitMap([row[0] for row in latest])
        self._latest = facet_values(latest)
        if self.changed:
            is_few = self.version.upto and len(self.changed) < MANY
            self._latest |= tagged_stories(**({"page__in": self.changed} if is_few else {}))
        self._ranked: dict[str, dict[str, int]] = {}
        self._months: dict[int, dict[int, BitMap]] = {}

    def stories(self, key: str) -> BitMap:
        """The stories of a facet's value, "year:2015"."""
        name, _colon, value = key.partition(":")
        stored = self._stored[name].get(value, _EMPTY)
        if not self.changed:
            return stored
        return stored - self.changed | self._latest.get(key, _EMPTY)

    def tagged(self, entity: int) -> BitMap:
        return self.stories(f"place:{entity}") | self.stories(f"person:{entity}")

    def ranked(self, name: str) -> dict[str, int]:
        """All values of a facet, each with a number of stories that it can't exceed, falling."""
        if name not in self._ranked:
            most = Counter({value: len(stories) for value, stories in self._stored[name].items()})
            for key, stories in self._latest.items():
                if key.startswith(f"{name}:"):
                    most[key.partition(":")[2]] += len(stories)
            self._ranked[name] = dict(most.most_common())
        return self._ranked[name]

    def years(self) -> dict[int, BitMap]:
        """By year, the stories of it."""
        return {int(value): self.stories(f"year:{value}") for value in self.ranked("year")}

    def months(self, year: int) -> dict[int, BitMap]:
        """By month of a year that has stories, the stories of it: one query, once.

        A range of days for each month is read from the index alone; to take the month out of
        each row's date costs more than twice as much (7,300 stories: 32 ms against 13).
        """
        if str(year) not in self.ranked("year"):
            return {}
        if year not in self._months:
            rows = SearchDocument.objects.order_by()
            of_months = [
                rows.filter(print_date__range=_ends(year, month)).values_list(
                    Value(month), "article"
                )
                for month in range(1, 13)
            ]
            found: dict[int, list[int]] = {month: [] for month in range(1, 13)}
            for month, article in of_months[0].union(*of_months[1:], all=True):
                found[month].append(article)
            self._months[year] = {month: BitMap(ids) for month, ids in found.items()}
        return self._months[year]

    def dated(self, choice: Alternative) -> BitMap:
        """The stories before or after a day, or of a span: whole years from the sets, a day's own
        from the rows."""
        day = choice.value
        if not isinstance(day, date):
            return BitMap()
        if choice.until:
            if (day.month, day.day, choice.until) == (1, 1, date(day.year, 12, 31)):
                return self.stories(f"year:{day.year}")
            rows = SearchDocument.objects.filter(print_date__range=(day, choice.until))
            return BitMap(rows.values_list("article", flat=True))
        is_after = choice.field == AFTER
        found = BitMap()
        for year, stories in self.years().items():
            if (year > day.year) if is_after else (year < day.year):
                found |= stories
        # Of the day's own year, the shorter side's rows are read.
        first, last = date(day.year, 1, 1), date(day.year, 12, 31)
        rows = SearchDocument.objects.filter(print_date__range=(first, last))
        is_less = (last - day if is_after else day - first) > timedelta(183)
        if is_less:
            rows = rows.filter(**{"print_date__lt" if is_after else "print_date__gt": day})
        else:
            rows = rows.filter(**{"print_date__gte" if is_after else "print_date__lte": day})
        read = BitMap(rows.values_list("article", flat=True))
        return found | (self.stories(f"year:{day.year}") - read if is_less else read)


def _ends(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


_EMPTY = BitMap()
# Of this process: read anew once the sets were made anew or a document was written or removed.
_cached: list[FacetIndex] = []


def load_facets(version: SetsVersion) -> FacetIndex:
    """The facets' index that this process has, if nothing has changed since; else a new one."""
    changed = BitMap(SearchChange.objects.values_list("article_id", flat=True))
    latest = SearchDocument.objects.filter(pk__gt=version.upto).aggregate(
        Count("pk"), Max("pk"), Sum("article_id"), Max("digest")
    )
    state = (version, changed, latest)
    if not _cached or _cached[0].state != state:
        _cached[:] = [FacetIndex(version, changed, state)]
    return _cached[0]


class TermSets:
    """The stories of one question's phrases, as of now: stored sets, and what the index says."""

    def __init__(self, engine: SQLEngine, question: SearchQuestion) -> None:
        """In one query what is stored of the question's words, and the facets beside it."""
        phrases = {wanted.phrase for group in question.texts for wanted in group}
        for restriction in question.restrictions:
            phrases |= {w.phrase for choice in restriction.choices for w in choice.wanted}
        keys = {key for phrase in phrases for key in (*_keys(phrase), *_pairs(phrase))}
        terms: dict[str, Levels] = {}
        version = SetsVersion()
        rows = SearchBits.objects.filter(key__in=[VERSION_KEY, *keys])
        for key, language, level, bits in rows.values_list("key", "language", "level", "bits"):
            if key == VERSION_KEY:
                version = SetsVersion.read(bits)
            else:
                levels = terms.setdefault(key, no_levels())
                levels[language][level] = BitMap.deserialize(bytes(bits))
        self._engine = engine
        self._terms = terms if version.upto else {}
        self.facets = load_facets(version)

    def may_be_many(self, wanted: WantedPhrase) -> bool:
        """Whether thousands of documents match, in any field; of few phrases one has to look."""
        whole, *parts = _keys(wanted.phrase)
        if whole in self._terms or not parts:
            return whole in self._terms
        pairs = [key for key in _pairs(wanted.phrase) if key in self._terms]
        most = self._most([*parts, *pairs])
        return most is not None and most >= MANY and self._is_in_many(wanted.phrase)

    def union(self, group: Iterable[WantedPhrase], levels: Iterable[int] = LEVELS) -> Levels:
        """The stories that match one of these, each at the best of the levels."""
        found = no_levels()
        for wanted in group:
            for language, of_language in self._of(wanted, levels).items():
                for level, stories in enumerate(of_language):
                    found[language][level] |= stories
        return found

    def _of(self, wanted: WantedPhrase, levels: Iterable[int]) -> Levels:
        stored = self._terms.get(key_of(wanted.phrase))
        # Tags are in the fields of tags and in no other.
        fields = () if is_entity_term(wanted.phrase.terms[0]) else wanted.fields
        if stored is None or (fields and fields != LEVELS[HEADLINE]):
            return self._searched(wanted, levels)
        if fields:
            stored = {one: [found[HEADLINE]] * len(LEVELS) for one, found in stored.items()}
        changed = self.facets.changed
        if not changed:
            return stored
        latest = self._searched(wanted, levels, above=self.facets.version.upto)
        return {
            language: [old - changed | new for old, new in zip(stored[language], one, strict=True)]
            for language, one in latest.items()
        }

    def _searched(
        self, wanted: WantedPhrase, levels: Iterable[int], above: int | None = None
    ) -> Levels:
        """What the index itself says; `above` as the engine's `match` has it."""
        found = no_levels()
        parts = _keys(wanted.phrase)[1:]
        for level in levels:
            fields = LEVELS[level] if level != ANYWHERE else wanted.fields
            if level != ANYWHERE and wanted.fields and not set(fields) & set(wanted.fields):
                continue
            # No document has even its words there.
            if level != ANYWHERE and self._most(parts, level) == 0:
                continue
            for language, stories in self._matching(
                WantedPhrase(wanted.phrase, fields), above
            ).items():
                found[language][level] = stories
            if level == ANYWHERE and not any(of[ANYWHERE] for of in found.values()):
                break
        return found

    def _most(self, parts: Sequence[str], level: int = ANYWHERE) -> int | None:
        """How many documents have all of these terms; None where one of them isn't frequent."""
        if not parts or not all(key in self._terms for key in parts):
            return None
        number = len(self.facets.changed) * len(LANGUAGES)
        for language in LANGUAGES:
            number += len(reduce(and_, (self._terms[key][language][level] for key in parts)))
        return number

    def _matching(self, wanted: WantedPhrase, above: int | None) -> dict[str, BitMap]:
        found: dict[str, list[int]] = {language: [] for language in LANGUAGES}
        match = self._engine.match([[wanted]], scored=False, above=above)
        for story, language, _score in match.stories():
            found[language].append(story)
        return {language: BitMap(ids) for language, ids in found.items()}

    def _is_in_many(self, phrase: TermPhrase) -> bool:
        match = self._engine.match([[WantedPhrase(phrase)]], scored=False)
        # The full-text index is no model; the limit spares counting all.
        sql = f"SELECT COUNT(*) FROM (SELECT id FROM ({match.sql}) m LIMIT {MANY}) n"
        [(number,)] = fetch(sql, match.params)
        return bool(number >= MANY)


def _keys(phrase: TermPhrase) -> list[str]:
    """The phrase's key, and if it has several terms, the keys of each by itself."""
    parts = phrase.terms if len(phrase.terms) > 1 else ()
    return [key_of(phrase), *(key_of(TermPhrase((term,))) for term in parts)]


def _pairs(phrase: TermPhrase) -> Iterator[str]:
    """The keys of a longer phrase's terms, two by two."""
    terms = phrase.terms if len(phrase.terms) > 2 else ()
    return (key_of(TermPhrase(terms[at : at + 2])) for at in range(len(terms) - 1))
