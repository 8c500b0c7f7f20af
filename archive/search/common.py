"""What is in thousands of stories, kept as sets: common words and characters, and facets' values.

An index gives the stories of a rare word at once; of a common one, each has to be read, scored
and counted. So those of common words are kept beside the index, made anew by `refresh()`. What
was written since, documents with a key above `upto`, is read from the index; stories that lost
documents since are noted by a trigger, and count as not in any set. So answers are always right.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from archive.pages.models import ArticleEntity, ArticlePage
from archive.search import bitmaps
from archive.search.analysis import Phrase, is_han, paired
from archive.search.bitmaps import Bits
from archive.search.documents import documents_of
from archive.search.engines.base import SQLEngine, Wanted
from archive.search.models import SearchBits, SearchChange, SearchDocument
from archive.text.language import LANGUAGES

# A word in fewer documents is left to the index.
MANY = 4000
SAMPLE = 1500
STAMP, ALL = "#", "*"
# How well a document matches: its headline says most.
HEADLINE, ABOUT = 2, 1
FIELDS = {HEADLINE: ("headline",), ABOUT: ("standfirst", "about", "bylines")}


@dataclass(frozen=True)
class Stamp:
    """Which sets are there: of the documents up to this key; no sets where it is 0."""

    upto: int = 0
    made: str = ""


def key_of(phrase: Phrase) -> str:
    """Under which the stories of a single term are kept."""
    return f"{'c' if phrase.is_open else 't'}{phrase.terms[0]}"


def stamp_of(row: bytes | memoryview) -> Stamp:
    upto, _blank, made = bytes(row).decode().partition(" ")
    return Stamp(int(upto), made)


def refresh(engine: SQLEngine) -> None:
    """Make the sets anew, from the index as it stands; readers use the old ones meanwhile."""
    SearchBits.objects.get_or_create(key=STAMP, defaults={"bits": b"0 "})
    upto = SearchDocument.objects.aggregate(last=Max("pk"))["last"] or 0
    changes = SearchChange.objects.aggregate(last=Max("pk"))["last"] or 0
    stories = _stories(upto)
    if len(stories) < MANY:
        _store([], 0, changes)
        engine.trim(upto)
        return
    engine.prepare()
    rows = list(_facet_rows(upto))
    for phrase in _common(len(stories)):
        rows += _term_rows(engine, phrase, stories)
    _store(rows, upto, changes)
    engine.trim(upto)


def _store(rows: Iterable[SearchBits], upto: int, changes: int) -> None:
    stamp = SearchBits(key=STAMP, bits=f"{upto} {uuid.uuid4().hex}".encode())
    with transaction.atomic():
        SearchBits.objects.all().delete()
        SearchBits.objects.bulk_create([*rows, *([stamp] if upto else [])], batch_size=500)
        # Those noted later are of documents that these sets may speak of.
        SearchChange.objects.filter(pk__lte=changes).delete()


def _stories(upto: int) -> dict[int, int]:
    """By a document's key, its story and language in one number."""
    rows = SearchDocument.objects.filter(pk__lte=upto).values_list("pk", "article", "language")
    place = {language: number for number, language in enumerate(LANGUAGES)}
    return {
        pk: article * len(LANGUAGES) + place[language]
        for pk, article, language in rows.iterator(chunk_size=5000)
    }


def _common(documents: int) -> list[Phrase]:
    """Terms, and characters, that a sample finds to be in many documents."""
    pks = ArticlePage.objects.live().order_by("?").values_list("pk", flat=True)[:SAMPLE]
    terms, characters = Counter[str](), Counter[str]()
    sampled = 0
    for document in documents_of(list(pks)):
        found = set(paired(" ".join(document.cut().values())).split())
        terms.update(found)
        characters.update(one for one in set("".join(found)) if is_han(one))
        sampled += 1
    least = 0.8 * MANY * sampled / documents
    return [
        # The last character of a run is a term as well, but nobody asks for it there alone.
        *(Phrase((one,)) for one, n in terms.items() if n >= least and one not in characters),
        *(Phrase((one,), is_open=True) for one, n in characters.items() if n >= least),
    ]


def _term_rows(engine: SQLEngine, phrase: Phrase, stories: dict[int, int]) -> list[SearchBits]:
    """A term's sets by language and level; none if it isn't in many documents after all."""
    documents = _documents(engine, Wanted(phrase), stories)
    if len(documents) < MANY:
        return []
    levels = {0: documents}
    for level, fields in FIELDS.items():
        levels[level] = _documents(engine, Wanted(phrase, fields), stories)
    key = key_of(phrase)
    return [
        SearchBits(key=key, language=language, level=level, bits=bitmaps.packed(bits))
        for level, ids in levels.items()
        for language, bits in by_language(ids).items()
        if bits
    ]


def _documents(engine: SQLEngine, wanted: Wanted, stories: dict[int, int]) -> list[int]:
    """The matching documents, as `stories` has them; those written since are left out."""
    match = engine.match([[wanted]], scored=False)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM ({match.sql}) m", match.params)
        found = [stories.get(id_, -1) for (id_,) in cursor.fetchall()]
    return [one for one in found if one >= 0] if -1 in found else found


def by_language(stories: Iterable[int]) -> dict[str, Bits]:
    """Sets of stories by language, of numbers such as `_stories` gives."""
    parts = bitmaps.parted(stories, len(LANGUAGES))
    return dict(zip(LANGUAGES, parts, strict=True))


def facet_values(rows: Iterable[Sequence[Any]]) -> dict[str, set[int]]:
    """Facets' values with their stories, of rows as `FACET_COLUMNS` lists them."""
    found: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        article, language, year, section, publication, has_picture, print_page = row[:7]
        found[f"{ALL}:{language}"].add(article)
        for name, value in (("year", year), ("section", section), ("publication", publication)):
            if value is not None:
                found[f"{name}:{value}"].add(article)
        if has_picture:
            found["picture:1"].add(article)
        if print_page:
            found[f"page:{print_page}"].add(article)
    return found


FACET_COLUMNS = (
    *("article_id", "language", "year", "section_id", "publication_id"),
    *("has_picture", "print_page"),
)


def tagged(articles: Iterable[int] | None) -> dict[str, set[int]]:
    """ "place:7", "person:9" … with the stories that are tagged; of all stories where None."""
    tags = ArticleEntity.objects.filter(entity__kind__in=("place", "person"))
    if articles is not None:
        tags = tags.filter(page__in=list(articles))
    found: dict[str, set[int]] = defaultdict(set)
    rows = tags.values_list("page", "entity__kind", "entity")
    for article, kind, entity in rows.iterator(chunk_size=5000):
        found[f"{kind}:{entity}"].add(article)
    return found


def _facet_rows(upto: int) -> Iterator[SearchBits]:
    rows = SearchDocument.objects.filter(pk__lte=upto).values_list(*FACET_COLUMNS)
    found = facet_values(rows.iterator(chunk_size=5000))
    documented = set().union(*(found[f"{ALL}:{language}"] for language in LANGUAGES))
    found |= {key: stories & documented for key, stories in tagged(None).items()}
    for key, stories in found.items():
        yield SearchBits(key=f"f{key}", bits=bitmaps.packed(bitmaps.from_ids(stories)))
