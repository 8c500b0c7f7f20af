"""Makes the sets of stories anew: of common words and characters, and of facets' values."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial

from django.db import transaction
from django.db.models import Max

from archive.pages.models import ArticlePage
from archive.search import bitmaps, common
from archive.search.analysis import Phrase, paired
from archive.search.bitmaps import Bits
from archive.search.crew import Crew
from archive.search.documents import documents_of
from archive.search.engines import SQLEngine, get_engine
from archive.search.engines.base import Wanted
from archive.search.models import SearchBits, SearchChange, SearchDocument
from archive.search.sampling import common_phrases, common_terms
from archive.text.language import LANGUAGES

SAMPLE = 1500
# Of fewer documents the set is made bit by bit.
FEW = 2000
# So many terms' sets are made at once.
_PART = 40
# Key, language, level, packed bits.
_Row = tuple[str, str, int, bytes]


def refresh(
    engine: SQLEngine,
    workers: Crew | None = None,
    sample: Callable[[], list[Phrase]] | None = None,
) -> None:
    """Make the sets anew, from the index as it stands; readers use the old ones meanwhile.

    `sample` gives what `sample_common` does, if that has been begun already.
    """
    SearchBits.objects.get_or_create(key=common.STAMP, defaults={"bits": b"0 "})
    upto = SearchDocument.objects.aggregate(last=Max("pk"))["last"] or 0
    changes = SearchChange.objects.aggregate(last=Max("pk"))["last"] or 0
    documents = SearchDocument.objects.filter(pk__lte=upto).count()
    if documents < common.MANY:
        _store([], 0, changes)
        engine.trim(upto)
        return
    rows = list(_facet_rows(upto))
    phrases = (sample or sample_common)()
    parts = [phrases[start : start + _PART] for start in range(0, len(phrases), _PART)]
    made_of = partial(term_rows, upto, uuid.uuid4().hex)
    for made in (workers or Crew()).together(made_of, parts):
        rows += [
            SearchBits(key=key, language=language, level=level, bits=bits)
            for key, language, level, bits in made
        ]
    _places.cache_clear()
    _store(rows, upto, changes)
    engine.trim(upto)


def term_rows(upto: int, made: str, phrases: Sequence[Phrase]) -> list[_Row]:
    """These terms' sets by language and level; none of a term that isn't in many documents.

    `made` tells one making of the sets from another.
    """
    engine = get_engine()
    if not isinstance(engine, SQLEngine):
        return []
    engine.prepare()
    return [
        (common.key_of(phrase), language, level, bitmaps.packed(bits))
        for phrase in phrases
        for level, found in _levels(engine, phrase, upto, made).items()
        for language, bits in found.items()
        if bits
    ]


def _levels(engine: SQLEngine, phrase: Phrase, upto: int, made: str) -> dict[int, dict[str, Bits]]:
    def found(fields: tuple[str, ...]) -> list[int]:
        return engine.keys(engine.match([[Wanted(phrase, fields)]], scored=False), upto)

    anywhere = found(())
    if len(anywhere) < common.MANY:
        return {}
    places = _places(upto, made)
    levels = {0: places.by_language(anywhere)}
    for level, fields in common.FIELDS.items():
        levels[level] = places.by_language(found(fields))
    return levels


class _Places:
    """By a document's key, its story and language in one number."""

    def __init__(self, upto: int) -> None:
        number = {language: place for place, language in enumerate(LANGUAGES)}
        rows = SearchDocument.objects.filter(pk__lte=upto)
        # A document whose row has gone is of story 0, which there is none of.
        self._of = [0] * (upto + 1)
        for pk, article, language in rows.values_list("pk", "article", "language").iterator():
            self._of[pk] = article * len(LANGUAGES) + number[language]
        self._size = max(self._of) + 1

    def by_language(self, documents: list[int]) -> dict[str, Bits]:
        """The documents' stories; those whose rows have gone since are left out."""
        stories = map(self._of.__getitem__, documents)
        if len(documents) < FEW:
            bits = bitmaps.parted(stories, len(LANGUAGES))
        else:
            bits = bitmaps.dense(stories, self._size, len(LANGUAGES))
        return {language: one & ~1 for language, one in zip(LANGUAGES, bits, strict=True)}


@lru_cache(maxsize=1)
def _places(upto: int, made: str) -> _Places:
    return _Places(upto)


def _store(rows: Iterable[SearchBits], upto: int, changes: int) -> None:
    stamp = SearchBits(key=common.STAMP, bits=f"{upto} {uuid.uuid4().hex}".encode())
    with transaction.atomic():
        SearchBits.objects.all().delete()
        SearchBits.objects.bulk_create([*rows, *([stamp] if upto else [])], batch_size=500)
        # Those noted later are of documents that these sets may speak of.
        SearchChange.objects.filter(pk__lte=changes).delete()


def sample_common() -> list[Phrase]:
    """Terms, characters and phrases that a sample finds to be in many documents, if any can be."""
    documents = SearchDocument.objects.count()
    if documents < common.MANY:
        return []
    pks = ArticlePage.objects.live().order_by("?").values_list("pk", flat=True)[:SAMPLE]
    texts = [
        [paired(text).split() for text in document.cut().values()]
        for document in documents_of(list(pks))
    ]
    least = 0.8 * common.MANY * len(texts) / documents
    return common_terms(texts, least) + common_phrases(texts, common.PHRASES * least)


def _facet_rows(upto: int) -> Iterator[SearchBits]:
    rows = SearchDocument.objects.filter(pk__lte=upto).values_list(*common.FACET_COLUMNS)
    found = common.facet_values(rows.iterator(chunk_size=5000))
    documented = set().union(*(found[f"{common.ALL}:{language}"] for language in LANGUAGES))
    found |= {key: stories & documented for key, stories in common.tagged(None).items()}
    for key, stories in found.items():
        yield SearchBits(key=f"f{key}", bits=bitmaps.packed(bitmaps.from_ids(stories)))
