"""The stories that a question matches, their number, and those of each facet's values.

What few documents match is read from the text index, with their scores; what thousands match, all
filters and all counts come from the facet index.
"""

import heapq
import json
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from math import log
from operator import and_

from django.db import connection
from django.db.models import Count
from django.db.models.expressions import RawSQL
from pyroaring import BitMap

from archive.entities.querysets import canonical_id
from archive.search.engines import (
    COLUMNS,
    MOST_VALUES,
    NEWEST,
    PRINTED,
    RELEVANCE,
    Alternative,
    Expression,
    Filters,
    FoundStory,
    RemoteEngine,
    Restriction,
    Results,
    SearchQuestion,
    Spread,
    SQLEngine,
    get_engine,
)
from archive.search.facet_index import ALL, MANY, TAGS, FacetIndex, TermSets
from archive.search.query import PAGE, Conditions
from archive.search.ranking import ANYWHERE, Levels, Scores, added_up, best_of, page_of
from archive.stories.models import ArticleEntity, ArticlePage
from archive.text.language import LANGUAGES
from archive.visibility import RestrictedPlaces

# As many as OpenSearch gives of a search.
MOST_MATCHES = 10_000
# So few stories' tags may be read; each has about so many.
_FEW, _TAGS_A_STORY = 1000, 8


@dataclass(frozen=True)
class _Matched:
    """By language and level the stories that are left of a question; the scores, if few matched."""

    facets: FacetIndex
    levels: Levels
    scores: Scores | None

    @property
    def stories(self) -> BitMap:
        return BitMap.union(*(self.levels[language][ANYWHERE] for language in LANGUAGES))


def find(
    conditions: Conditions,
    filters: Filters,
    *,
    sort: str = RELEVANCE,
    start: int = 0,
    count: int = 20,
    restricted: RestrictedPlaces | None = None,
) -> Results:
    """The stories that match, `count` of them from the one numbered `start` (from 0) on.

    `restricted` are the places at hand; without them one query looks for them.
    SearchError if the engine can't be reached; the database's own always can.
    """
    if conditions.is_void or not (conditions or filters):
        return Results()
    texts, rows = conditions.texts, conditions.rows
    places = RestrictedPlaces.load() if restricted is None else restricted
    return answer(SearchQuestion(texts, rows, filters, sort, start, count, places))


def nearest(
    conditions: Conditions, filters: Filters, *, start: int = 0, count: int = 20
) -> Results:
    """The stories that have most of the words, where none has all: those that say more, first.

    A word counts by how few stories have it. None from an engine that is no part of the database.
    """
    engine, texts = get_engine(), conditions.texts
    places = RestrictedPlaces.load()
    question = SearchQuestion(texts, conditions.rows, filters, RELEVANCE, start, count, places)
    if isinstance(engine, RemoteEngine) or len(texts) < 2 - bool(conditions.rows):
        return Results()
    found = _page(_most_of(engine, question), question)
    stated = [one for one in question.restrictions if one.is_excluded or one.is_stated]
    if not found.total and texts and len(stated) < len(question.restrictions):
        # Nothing was printed on the day that is named: then what is asked beside it.
        question = replace(question, restrictions=stated)
        found = _page(_most_of(engine, question), question)
    return found


def answer(question: SearchQuestion) -> Results:
    """The page of results that is asked for, with its facets."""
    engine = get_engine()
    if isinstance(engine, RemoteEngine):
        return engine.find(question)
    return _page(_match(engine, question), question)


def _page(matched: _Matched, question: SearchQuestion) -> Results:
    stories = matched.stories
    results = Results(total=len(stories))
    _count(matched, stories, question.filters, results)
    results.order_facets()
    results.spread = _spread(matched, question.filters.year)
    if matched.scores is not None and question.sort == RELEVANCE:
        results.found = best_of(matched.scores, matched.levels, question)
    else:
        results.found = page_of(matched.levels, stories, matched.facets.years(), question)
    return results


def matching(conditions: Conditions, filters: Filters) -> RawSQL | list[int]:
    """The keys of all stories that match, for a queryset's `pk__in`.

    An engine that is no part of the database gives the newest `MOST_MATCHES`.
    """
    engine, texts, rows = get_engine(), conditions.texts, conditions.rows
    question = SearchQuestion(
        texts, rows, filters, NEWEST, 0, MOST_MATCHES, RestrictedPlaces.load()
    )
    if isinstance(engine, RemoteEngine):
        return [one.article_id for one in engine.find(question).found]
    keys = list(_match(engine, question).stories)
    # As one parameter: there may be more keys than a statement may have parameters.
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", (keys,))
    return RawSQL("SELECT value FROM json_each(%s)", (json.dumps(keys),))


def spread(conditions: Conditions, filters: Filters) -> Spread:
    """How many of the stories that match were printed in each year, or in each month of the year
    that is filtered by; without conditions, of all that readers may see.

    An engine that is no part of the database is asked once for each language, and each month.
    """
    if conditions.is_void:
        return {}
    engine, texts, rows = get_engine(), conditions.texts, conditions.rows
    question = SearchQuestion(texts, rows, filters, NEWEST, 0, 0, RestrictedPlaces.load())
    if isinstance(engine, RemoteEngine):
        return _asked_spread(engine, question)
    return _spread(_match(engine, question), filters.year)


def _spread(matched: _Matched, year: int | None) -> Spread:
    facets = matched.facets
    periods = facets.years() if year is None else facets.months(year)
    return {
        period: {
            language: matched.levels[language][ANYWHERE].intersection_cardinality(stories)
            for language in LANGUAGES
        }
        for period, stories in periods.items()
    }


def _asked_spread(engine: RemoteEngine, question: SearchQuestion) -> Spread:
    found: Spread = defaultdict(lambda: dict.fromkeys(LANGUAGES, 0))
    year = question.filters.year
    for language in LANGUAGES:
        if question.filters.language not in ("", language):
            continue
        filters = replace(question.filters, language=language)
        if year is None:
            years = engine.find(replace(question, filters=filters)).facets["year"]
            for value, number in years:
                found[int(value)][language] = number
            continue
        for month in range(1, 13):
            last = date(year, month, monthrange(year, month)[1])
            choice = Alternative(PRINTED, date(year, month, 1), until=last)
            rows = [*question.restrictions, Restriction((choice,))]
            asked = replace(question, filters=filters, restrictions=rows)
            found[month][language] = engine.find(asked).total
    return dict(found)


def stories(found: Sequence[FoundStory]) -> dict[int, ArticlePage]:
    """The pages of results, by key, with what their cards show: one query, for none no query."""
    if not found:
        return {}
    # What is restricted isn't found.
    cards = ArticlePage.objects.live().select_related("publication", "section", "lead_image")
    return {page.pk: page for page in cards.filter(pk__in=[one.article_id for one in found])}


def _match(engine: SQLEngine, question: SearchQuestion) -> _Matched:
    terms = TermSets(engine, question)
    matched, rest = _parted(terms, question.texts)
    scores = _scored(engine, question, rest) if rest else None
    if scores is not None:
        matched.append({one: [BitMap(found), BitMap(), BitMap()] for one, found in scores.items()})
    left = _left(terms, question)
    levels = {
        language: added_up([group[language] for group in matched], left[language])
        for language in LANGUAGES
    }
    return _Matched(terms.facets, levels, scores)


def _most_of(engine: SQLEngine, question: SearchQuestion) -> _Matched:
    """The documents that have words of the most weight together, and half of the best's at least.

    A word in fewer documents weighs more, and half as much again where it is found best: in a
    headline. A frequent word tells others apart and finds none by itself.
    """
    terms = TermSets(engine, question)
    left = _left(terms, question)
    size = sum(map(len, left.values()))
    groups: list[Mapping[str, Mapping[int, float]]] = []
    for group in question.texts:
        if any(map(terms.may_be_many, group)):
            union = terms.union(group, [ANYWHERE])
            groups.append({one: dict.fromkeys(union[one][ANYWHERE], 0.0) for one in LANGUAGES})
        else:
            groups.append(_scored(engine, question, [group]))
    weights: dict[str, dict[int, float]] = {language: defaultdict(float) for language in LANGUAGES}
    for found in sorted(groups, key=lambda one: sum(map(len, one.values()))):
        number = sum(map(len, found.values()))
        top = min((min(one.values(), default=0.0) for one in found.values()), default=0.0)
        weight = log(1 + size / number) if number else 0.0
        for language, of_language in weights.items():
            for pk, score in found[language].items():
                if pk in left[language] and (number < MANY or pk in of_language):
                    of_language[pk] += weight * (1 + (score / top / 2 if top else 0))
    best = max((max(one.values(), default=0.0) for one in weights.values()), default=0.0)
    if not best and any(not one.is_excluded for one in question.restrictions):
        # No words: then the day or the page that is named.
        return _Matched(
            terms.facets, {one: [left[one], BitMap(), BitMap()] for one in LANGUAGES}, None
        )
    scores = {
        language: {pk: -weight for pk, weight in one.items() if weight * 2 > best}
        for language, one in weights.items()
    }
    levels = {one: [BitMap(scores[one]), BitMap(), BitMap()] for one in LANGUAGES}
    return _Matched(terms.facets, levels, scores)


def _parted(terms: TermSets, texts: Expression) -> tuple[list[Levels], Expression]:
    """Of each group that the sets answer the stories that match it; and the groups that are left.

    None is left where thousands match all.
    """
    frequent = [group for group in texts if any(map(terms.may_be_many, group))]
    # The index itself reads all terms that begin with a frequent character: sets do better.
    slow = [group for group in frequent if any(wanted.phrase.is_open for wanted in group)]
    if len(frequent) == len(texts):
        groups = [terms.union(group) for group in texts]
        if slow or not groups or _number(groups) >= MANY:
            return groups, []
    return [terms.union(group) for group in slow], [group for group in texts if group not in slow]


def _number(groups: Iterable[Levels]) -> int:
    """How many documents match all of them."""
    return sum(
        len(reduce(and_, (group[language][ANYWHERE] for group in groups))) for language in LANGUAGES
    )


def _scored(engine: SQLEngine, question: SearchQuestion, texts: Expression) -> Scores:
    """By language, the stories that match the texts, with their scores."""
    match = engine.match(texts, scored=question.sort == RELEVANCE)
    # The facet index filters too; what a row says by itself spares reading more.
    columns = {
        column: value
        for name, column in {**COLUMNS, "language": "language"}.items()
        if (value := getattr(question.filters, name))
    }
    found: dict[str, dict[int, float]] = {language: {} for language in LANGUAGES}
    for pk, language, score in match.stories(**columns):
        found[language][pk] = score
    return found


def _left(terms: TermSets, question: SearchQuestion) -> dict[str, BitMap]:
    """By language, the stories that the restrictions and filters leave."""
    filters, facets = question.filters, terms.facets
    required = [
        facets.stories(f"{name}:{value}")
        for name in COLUMNS
        if (value := getattr(filters, name)) is not None
    ]
    if filters.picture:
        required.append(facets.stories("picture:1"))
    required += [facets.tagged(entity) for entity in filters.entities]
    gone = BitMap(question.hidden_stories())
    held: dict[str, list[BitMap]] = {language: [] for language in LANGUAGES}
    for restriction in question.restrictions:
        for language, chosen in _restricted(terms, restriction).items():
            if restriction.is_excluded:
                gone |= chosen
            else:
                held[language].append(chosen)
    return {
        language: BitMap.intersection(
            facets.stories(f"{ALL}:{language}"), *required, *held[language]
        )
        - gone
        if filters.language in ("", language)
        else BitMap()
        for language in LANGUAGES
    }


def _restricted(terms: TermSets, restriction: Restriction) -> dict[str, BitMap]:
    """By language, the stories of which one of the choices holds."""
    found = {language: BitMap() for language in LANGUAGES}
    for choice in restriction.choices:
        if not choice.field:
            of_texts = terms.union(choice.wanted, [ANYWHERE])
            chosen = {language: of_texts[language][ANYWHERE] for language in LANGUAGES}
        elif choice.field == PAGE:
            chosen = dict.fromkeys(LANGUAGES, terms.facets.stories(f"page:{choice.value}"))
        else:
            chosen = dict.fromkeys(LANGUAGES, terms.facets.dated(choice))
        for language in LANGUAGES:
            found[language] |= chosen[language]
    return found


def _count(matched: _Matched, stories: BitMap, filters: Filters, results: Results) -> None:
    """The facets' numbers, each of whole stories."""
    facets = matched.facets
    for language in LANGUAGES:
        if number := len(matched.levels[language][ANYWHERE]):
            results.facets["language"].append((language, number))
    for name in (*COLUMNS, "picture"):
        for value in facets.ranked(name):
            if number := facets.stories(f"{name}:{value}").intersection_cardinality(stories):
                results.facets[name].append((value, number))
    # Of few stories it is less work to read their tags than to look at all names there are.
    names = sum(len(facets.ranked(name)) for name in TAGS)
    if len(stories) <= _FEW and len(stories) * _TAGS_A_STORY < names:
        tags = ArticleEntity.objects.filter(page__in=stories, entity__kind__in=TAGS).order_by()
        named = tags.values_list("entity__kind", canonical_id("entity"))
        counted = named.annotate(Count("page", distinct=True))
        for kind, entity, number in counted:
            results.facets[kind].append((str(entity), number))
        return
    for name in TAGS:
        results.facets[name] = _most_tagged(facets, name, stories, filters.entities)


def _most_tagged(
    facets: FacetIndex, name: str, stories: BitMap, chosen: Sequence[int]
) -> list[tuple[str, int]]:
    """The values that most of the stories are tagged with, and the chosen ones.

    In the order of how often each is found at all: none after can be among the most found.
    """
    found: dict[str, int] = {}
    highest = [0] * MOST_VALUES
    for value, most in facets.ranked(name).items():
        if most < highest[0]:
            break
        if number := facets.stories(f"{name}:{value}").intersection_cardinality(stories):
            found[value] = number
            heapq.heappushpop(highest, number)
    for value in map(str, chosen):
        if number := facets.stories(f"{name}:{value}").intersection_cardinality(stories):
            found[value] = number
    return list(found.items())
