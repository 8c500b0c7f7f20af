"""OpenSearch (or an Elasticsearch that its client speaks to): for who outgrows one database.

One document a story, its fields once for each language, so that every count is of stories. The
terms come ready made, parted by blanks, so all engines find the same. Stories are written once
the database has committed; a new index takes the old one's place by its alias, in one step.

    ARCHIVE_SEARCH_ENGINE = "archive.contrib.opensearch.engine.OpenSearchEngine"
    ARCHIVE_SEARCH_OPTIONS = {"hosts": ["http://localhost:9200"], "index": "archive"}

Other options go to the client as they are: `http_auth`, `use_ssl`, `timeout` in seconds, ….
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from opensearchpy import OpenSearch, helpers
from opensearchpy.exceptions import NotFoundError, OpenSearchException

from archive.search.documents import FIELDS
from archive.search.engines import (
    COLUMNS,
    NEWEST,
    OLDEST,
    PRINTED,
    Alternative,
    Filters,
    FoundStory,
    IndexedText,
    RemoteEngine,
    Results,
    SearchError,
    SearchQuestion,
    WantedPhrase,
)
from archive.search.query import AFTER, BEFORE
from archive.search.ranking import WEIGHTS
from archive.text.language import LANGUAGES

Json = dict[str, Any]
_DATES = {AFTER: "gte", BEFORE: "lte"}
# More than any archive has; the names are cut to the most frequent.
_ALL_VALUES, _MOST_NAMES = 1000, 40


def field_of(name: str, language: str) -> str:
    """A field's name in the index: "headline_zh-hans"."""
    return f"{name}_{language}"


_TEXT: dict[str, Any] = {
    "type": "text",
    "analyzer": "terms",
    # One character is the beginning of a term.
    "index_prefixes": {"min_chars": 1, "max_chars": 1},
}
_KEYS = ("article_id", "documents", "publication_id", "section_id", "place", "person")

INDEX: dict[str, Any] = {
    "settings": {
        # In one piece, so that facets' numbers are exact; readers' pages go deep.
        "number_of_shards": 1,
        "max_result_window": 25_000,
        "analysis": {"analyzer": {"terms": {"type": "custom", "tokenizer": "whitespace"}}},
    },
    "mappings": {
        "dynamic": "strict",
        "properties": {
            **{field_of(name, one): _TEXT for name in FIELDS for one in LANGUAGES},
            **{name: {"type": "long"} for name in _KEYS},
            "languages": {"type": "keyword"},
            "year": {"type": "short"},
            "print_date": {"type": "date", "format": "strict_date"},
            "print_page": {"type": "keyword"},
            "has_picture": {"type": "boolean"},
        },
    },
}


def request(question: SearchQuestion) -> Json:
    """The body of a search request."""
    languages = [question.filters.language] if question.filters.language else list(LANGUAGES)
    in_language = {one: _in_language(question, one) for one in languages}
    must_not = [
        _choice(choice, LANGUAGES)
        for restriction in question.restrictions
        if restriction.is_excluded
        for choice in restriction.choices
    ]
    if hidden := question.hidden_stories():
        must_not.append({"terms": {"article_id": hidden}})
    return {
        "query": {
            "bool": {
                "should": list(in_language.values()),
                "minimum_should_match": 1,
                "filter": _filters(question.filters),
                "must_not": must_not,
            }
        },
        "from": question.start,
        "size": question.count,
        "sort": _sort(question.sort),
        "track_total_hits": True,
        "track_scores": True,
        "_source": False,
        "aggs": _aggregations(in_language),
    }


def results(answer: Json) -> Results:
    """What a search response says."""
    found = Results(total=int(answer["hits"]["total"]["value"]))
    for hit in answer["hits"]["hits"]:
        languages = tuple(one for one in LANGUAGES if one in hit.get("matched_queries", ()))
        score = float(hit.get("_score") or 0.0)
        found.found.append(FoundStory(int(hit["_id"]), languages or LANGUAGES[:1], score))
    for name, aggregation in answer.get("aggregations", {}).items():
        buckets = aggregation["buckets"]
        if name in ("language", "picture"):
            pairs = [(key, one["doc_count"]) for key, one in buckets.items()]
        else:
            pairs = [(str(one["key"]), one["doc_count"]) for one in buckets]
        found.facets[name] = [(value, number) for value, number in pairs if number]
    found.order_facets()
    return found


def _in_language(question: SearchQuestion, language: str) -> Json:
    """All that must hold in one language's text; the answer names it among what matched."""
    must = [_any_of(group, (language,)) for group in question.texts]
    held: list[Json] = [{"term": {"languages": language}}]
    for restriction in question.restrictions:
        if not restriction.is_excluded:
            held.append(_should([_choice(one, (language,)) for one in restriction.choices]))
    return {"bool": {"must": must, "filter": held, "_name": language}}


def _should(choices: list[Json]) -> Json:
    return {"bool": {"should": choices, "minimum_should_match": 1}}


def _any_of(group: Iterable[WantedPhrase], languages: Sequence[str]) -> Json:
    phrases = [_phrase(wanted, languages) for wanted in group]
    return {"dis_max": {"queries": phrases, "tie_breaker": 0.1}}


def _phrase(wanted: WantedPhrase, languages: Sequence[str]) -> Json:
    fields = {
        field_of(name, language): WEIGHTS[name]
        for name in wanted.fields or FIELDS
        for language in languages
    }
    if wanted.phrase.is_open and len(wanted.phrase.terms) == 1:
        one = wanted.phrase.terms[0]
        prefixes = [
            {"prefix": {name: {"value": one, "boost": boost}}} for name, boost in fields.items()
        ]
        return _should(prefixes)
    return {
        "multi_match": {
            "query": " ".join(wanted.phrase.terms),
            "type": "phrase_prefix" if wanted.phrase.is_open else "phrase",
            "fields": [f"{name}^{boost}" for name, boost in fields.items()],
            "tie_breaker": 1.0,
        }
    }


def _choice(choice: Alternative, languages: Sequence[str]) -> Json:
    if not choice.field:
        return _any_of(choice.wanted, languages)
    if choice.field == PRINTED and isinstance(choice.value, date) and choice.until:
        days = {"gte": choice.value.isoformat(), "lte": choice.until.isoformat()}
        return {"range": {"print_date": days}}
    if (bound := _DATES.get(choice.field)) and isinstance(choice.value, date):
        return {"range": {"print_date": {bound: choice.value.isoformat()}}}
    return {"term": {"print_page": choice.value}}


def _filters(filters: Filters) -> list[Json]:
    wanted: list[Json] = [
        {"term": {column: value}}
        for name, column in COLUMNS.items()
        if (value := getattr(filters, name)) is not None
    ]
    if filters.picture:
        wanted.append({"term": {"has_picture": True}})
    for entity in filters.entities:
        wanted.append(_should([{"term": {kind: entity}} for kind in ("place", "person")]))
    return wanted


def _sort(sort: str) -> list[Json]:
    """As the other engines: what is alike stands in the order of the stories' keys."""
    key = {"article_id": "asc"}
    if sort in (NEWEST, OLDEST):
        order = "desc" if sort == NEWEST else "asc"
        return [{"print_date": {"order": order, "missing": "_last"}}, key]
    return [{"_score": "desc"}, key]


def _aggregations(in_language: dict[str, Json]) -> Json:
    # Named once in the query; a name used twice would be an error.
    plain = {
        language: {"bool": {k: v for k, v in query["bool"].items() if k != "_name"}}
        for language, query in in_language.items()
    }
    return {
        "language": {"filters": {"filters": plain}},
        "picture": {"filters": {"filters": {"1": {"term": {"has_picture": True}}}}},
        **{
            name: {"terms": {"field": column, "size": _ALL_VALUES}}
            for name, column in COLUMNS.items()
        },
        **{kind: {"terms": {"field": kind, "size": _MOST_NAMES}} for kind in ("place", "person")},
    }


_clients: dict[str, OpenSearch] = {}


@contextmanager
def _as_search_error() -> Iterator[None]:
    try:
        yield
    except (OpenSearchException, helpers.BulkIndexError) as error:
        raise SearchError(str(error)) from error


class OpenSearchEngine(RemoteEngine):
    """Writes to what the alias names, and to the index that is being built, if one is."""

    def __init__(self, index: str = "archive", **options: Any) -> None:
        self._alias = index
        self._next = f"{index}-next"
        # One client a process: it keeps its connections.
        key = repr((index, sorted(options.items(), key=lambda one: one[0])))
        if key not in _clients:
            _clients[key] = OpenSearch(**{"timeout": 5, "max_retries": 1, **options})
        self._client = _clients[key]

    @_as_search_error()
    def write(self, documents: Sequence[IndexedText]) -> None:
        if not self._client.indices.exists_alias(name=self._alias):
            self._create(self._alias)
        stories = list(_stories(documents))
        for index in self._written():
            actions = (
                {"_index": index, "_id": story["article_id"], "_source": story} for story in stories
            )
            helpers.bulk(self._client, actions)

    @_as_search_error()
    def forget(self, articles: Collection[int]) -> None:
        for index in self._written():
            actions = (
                {"_op_type": "delete", "_index": index, "_id": article} for article in articles
            )
            # What isn't there needn't be forgotten.
            helpers.bulk(self._client, actions, ignore_status=(404,), raise_on_error=False)

    @_as_search_error()
    def remove(self, ids: Collection[int]) -> None:
        query = {"query": {"terms": {"documents": list(ids)}}}
        for index in self._written():
            self._client.delete_by_query(index=index, body=query, params={"conflicts": "proceed"})

    @_as_search_error()
    def ids(self) -> set[int]:
        if not self._client.indices.exists_alias(name=self._alias):
            return set()
        self._client.indices.refresh(index=self._alias)
        hits = helpers.scan(
            self._client, index=self._alias, query={"_source": ["documents"]}, size=5000
        )
        return {pk for hit in hits for pk in hit["_source"]["documents"]}

    @_as_search_error()
    def find(self, question: SearchQuestion) -> Results:
        try:
            answer = self._client.search(index=self._alias, body=request(question))
        except NotFoundError:
            return Results()  # Nothing was indexed yet.
        return results(answer)

    @_as_search_error()
    def begin(self) -> None:
        """From now on fill a new index too, which readers don't see yet."""
        for name in self._behind(self._next):
            self._client.indices.delete(index=name)
        self._create(self._next)

    @_as_search_error()
    def finish(self) -> None:
        """Let the new index take the old one's place, in one step."""
        if not self._client.indices.exists_alias(name=self._next):
            return
        new = self._behind(self._next)
        old = self._behind(self._alias)
        actions: list[dict[str, Any]] = [
            {"remove": {"index": name, "alias": self._alias}} for name in old
        ]
        actions += [{"add": {"index": name, "alias": self._alias}} for name in new]
        actions += [{"remove": {"index": name, "alias": self._next}} for name in new]
        self._client.indices.update_aliases(body={"actions": actions})
        for name in old:
            self._client.indices.delete(index=name)

    @_as_search_error()
    def tidy(self) -> None:
        if self._client.indices.exists_alias(name=self._alias):
            self._client.indices.refresh(index=self._alias)

    def _written(self) -> list[str]:
        aliases = (self._alias, self._next)
        return [one for one in aliases if self._client.indices.exists_alias(name=one)]

    def _create(self, alias: str) -> None:
        name = f"{self._alias}-{uuid.uuid4().hex[:12]}"
        self._client.indices.create(index=name, body={**INDEX, "aliases": {alias: {}}})

    def _behind(self, alias: str) -> list[str]:
        if not self._client.indices.exists_alias(name=alias):
            return []
        return sorted(self._client.indices.get_alias(name=alias))


def _stories(documents: Sequence[IndexedText]) -> Iterator[dict[str, Any]]:
    """Both languages' documents of a story as one; the two are always written together."""
    together: dict[int, list[IndexedText]] = defaultdict(list)
    for one in documents:
        together[one.facets["article_id"]].append(one)
    for texts in together.values():
        first = {name: value for name, value in texts[0].facets.items() if name != "language"}
        day = first["print_date"]
        story = {
            **first,
            "print_date": day.isoformat() if isinstance(day, date) else None,
            "languages": [one.facets["language"] for one in texts],
            "documents": [one.id for one in texts],
        }
        for one in texts:
            for name, text in one.texts.items():
                story[field_of(name, one.facets["language"])] = text
        yield story
