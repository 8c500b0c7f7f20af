"""What is written into the index of some stories: planned, and carried out.

A plan is made of what was read and cut, here or in another process; it is carried out under a lock.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from archive.search.documents import Document, documents_of
from archive.search.engines import RemoteEngine, SearchError, SQLEngine, get_engine
from archive.search.engines.base import IndexedText
from archive.search.hints import headlines
from archive.search.models import SearchDocument
from archive.stories.models import ArticlePage

logger = logging.getLogger(__name__)

# By story, the keys of its documents.
Keys = dict[int, frozenset[int]]


@dataclass(frozen=True)
class DocumentEntry:
    """A document to write: its row's values, its headline's words, its texts."""

    article_id: int
    row: dict[str, Any]
    headline: list[str]
    texts: dict[str, str]
    facets: dict[str, Any]


@dataclass(frozen=True)
class IndexPlan:
    """Both of a wrong story's documents, or none; `gone` are stories that should have none.

    `stored` are the keys of these stories' documents as they were when the stories were read;
    `live` the stories that should have some.
    """

    pks: list[int]
    stored: Keys = field(default_factory=dict)
    live: frozenset[int] = frozenset()
    wrong: frozenset[int] = frozenset()
    entries: list[DocumentEntry] = field(default_factory=list)

    @property
    def gone(self) -> set[int]:
        return self.stored.keys() - self.live

    def without(self, stale: Collection[int]) -> "IndexPlan":
        """All of it but these stories."""
        return IndexPlan(
            [pk for pk in self.pks if pk not in stale],
            {pk: keys for pk, keys in self.stored.items() if pk not in stale},
            self.live.difference(stale),
            self.wrong.difference(stale),
            [one for one in self.entries if one.article_id not in stale],
        )


def plan_stories(pks: Collection[int], *, anew: bool = False) -> IndexPlan:
    """What brings the index in step with these stories; all of them are written where `anew`.

    What is stored is read first: a story that is indexed by somebody else from then on can be
    told by it.
    """
    rows = SearchDocument.objects.filter(article__in=pks)
    stored = list(rows.values_list("article", "language", "pk", "digest"))
    digests = {(article, language): digest for article, language, _pk, digest in stored}
    documents = documents_of(pks)
    # Both of a story's documents or neither: the later sets of stories rely on it.
    wrong = {
        one.article_id
        for one in documents
        if anew or digests.get((one.article_id, one.language)) != one.digest
    }
    wanted = {(one.article_id, one.language) for one in documents}
    wrong |= {article for article, language in digests if (article, language) not in wanted}
    return IndexPlan(
        list(pks),
        by_story((article, pk) for article, _language, pk, _digest in stored),
        frozenset(one.article_id for one in documents),
        frozenset(wrong),
        [_entry(one) for one in documents if one.article_id in wrong],
    )


def by_story(rows: Iterable[tuple[int, int]]) -> Keys:
    """(story, key) … by story."""
    found: dict[int, set[int]] = defaultdict(set)
    for article, pk in rows:
        found[article].add(pk)
    return {article: frozenset(keys) for article, keys in found.items()}


def _entry(document: Document) -> DocumentEntry:
    known = {"article_id": document.article_id, "language": document.language}
    return DocumentEntry(
        document.article_id,
        {**known, "digest": document.digest, **document.row},
        headlines.words_of(document.texts["headline"]),
        get_engine().shape(document.cut()),
        document.facets,
    )


def lock(pks: Collection[int]) -> None:
    """On PostgreSQL, let nobody else index these stories until this is committed.

    A statement of its own: what is read after it is as the last holder of the lock left it.
    """
    if connection.features.has_select_for_update:
        rows = ArticlePage.objects.select_for_update(of=("self",), no_key=True)
        list(rows.filter(pk__in=pks).order_by("pk").values_list("pk"))


def carry_out(plan: IndexPlan) -> int:
    """Write what was planned, of stories that are locked; how many documents were written."""
    forget_documents([key for pk in plan.wrong for key in plan.stored.get(pk, ())])
    if gone := plan.gone:
        tell_remote(lambda engine: engine.forget(gone), [])
    if plan.entries:
        _write(plan.entries)
    return len(plan.entries)


def _write(entries: Sequence[DocumentEntry]) -> None:
    made = SearchDocument.objects.bulk_create(SearchDocument(**one.row) for one in entries)
    keys = [document.pk for document in made]
    headlines.write([(pk, one.headline) for pk, one in zip(keys, entries, strict=True)])
    texts = [IndexedText(pk, one.texts, one.facets) for pk, one in zip(keys, entries, strict=True)]
    engine = get_engine()
    if isinstance(engine, SQLEngine):
        engine.write(texts)
    else:
        tell_remote(lambda engine: engine.write(texts), keys)


def forget_documents(keys: Collection[int]) -> None:
    """Take documents out of the index, by their keys."""
    if keys:
        # Its text goes with the row: a trigger of the database sees to that.
        SearchDocument.objects.filter(pk__in=keys).delete()


def tell_remote(verb: Callable[[RemoteEngine], None], pks: list[int]) -> None:
    """Once it is committed, tell an engine that is no part of the database.

    Where that fails, publishing doesn't: these documents count as outdated, and `rebuild_search`
    sends them again.
    """
    engine = get_engine()
    if not isinstance(engine, RemoteEngine):
        return

    def send() -> None:
        try:
            verb(engine)
        except SearchError:
            logger.exception("The search engine was not told; run “manage.py rebuild_search”.")
            SearchDocument.objects.filter(pk__in=pks).update(digest="")

    transaction.on_commit(send)
