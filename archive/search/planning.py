"""What has to be written of some stories, read and cut beforehand: here or in another process."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from archive.search.documents import Document, documents_of
from archive.search.engines import get_engine
from archive.search.hints.headlines import words_of
from archive.search.models import SearchDocument

# Of a document's row, in order.
COLUMNS = (
    *("article_id", "language", "digest"),
    *("print_date", "year", "print_page", "publication_id", "section_id", "has_picture"),
)
# By story, the keys of its documents.
Keys = dict[int, frozenset[int]]


@dataclass(frozen=True)
class Entry:
    """A document to write: its row's values by COLUMNS, its headline's words, its texts."""

    row: tuple[Any, ...]
    headline: list[str]
    texts: dict[str, str]
    facets: dict[str, Any]

    @property
    def article_id(self) -> int:
        return int(self.row[0])

    @property
    def key(self) -> tuple[int, str]:
        return self.row[0], self.row[1]


@dataclass(frozen=True)
class Plan:
    """Both of a wrong story's documents, or none; `gone` are stories that should have none.

    `stored` are the keys of these stories' documents as they were when the stories were read;
    `live` the stories that should have some.
    """

    pks: list[int]
    stored: Keys = field(default_factory=dict)
    live: frozenset[int] = frozenset()
    wrong: frozenset[int] = frozenset()
    entries: list[Entry] = field(default_factory=list)

    @property
    def gone(self) -> set[int]:
        return self.stored.keys() - self.live

    def without(self, stale: Collection[int]) -> "Plan":
        """All of it but these stories."""
        return Plan(
            [pk for pk in self.pks if pk not in stale],
            {pk: keys for pk, keys in self.stored.items() if pk not in stale},
            self.live.difference(stale),
            self.wrong.difference(stale),
            [one for one in self.entries if one.article_id not in stale],
        )


def plan_stories(pks: Collection[int], *, anew: bool = False) -> Plan:
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
    return Plan(
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


def _entry(document: Document) -> Entry:
    row = document.row
    day = connection.ops.adapt_datefield_value(row["print_date"])
    known = (document.article_id, document.language, document.digest, day)
    return Entry(
        (*known, *(row[name] for name in COLUMNS[len(known) :])),
        words_of(document.texts["headline"]),
        get_engine().shape(document.cut()),
        document.facets,
    )
