"""OpenSearch (or an Elasticsearch that its client speaks to): for who outgrows one database.

One document a story, its fields once for each language, so that every count is of stories. The
terms come ready made, parted by blanks, so all engines find the same. Stories are written once
the database has committed; a new index takes the old one's place by its alias, in one step.

    ARCHIVE_SEARCH_ENGINE = "archive.search.engines.opensearch.OpenSearchEngine"
    ARCHIVE_SEARCH_OPTIONS = {"hosts": ["http://localhost:9200"], "index": "archive"}

Other options go to the client as they are: `http_auth`, `use_ssl`, `timeout` in seconds, ….
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from opensearchpy import OpenSearch, helpers
from opensearchpy.exceptions import NotFoundError, OpenSearchException

from archive.search.engines import (
    IndexedText,
    RemoteEngine,
    Results,
    SearchError,
    SearchQuestion,
    opensearch_query,
)
from archive.search.engines.opensearch_query import INDEX, field_of

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
            answer = self._client.search(index=self._alias, body=opensearch_query.request(question))
        except NotFoundError:
            return Results()  # Nothing was indexed yet.
        return opensearch_query.results(answer)

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
