"""What many documents have: words, characters and phrases, and the sets of their stories.

Which these are, a sample of the documents says; which stories have them, the text index.
"""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from pyroaring import BitMap

from archive.search.analysis import TermPhrase, is_han, paired
from archive.search.documents import documents_of, is_entity_term
from archive.search.engines import SQLEngine, WantedPhrase, get_engine
from archive.search.facet_index import MANY, key_of, packed
from archive.search.models import SearchDocument
from archive.search.ranking import ANYWHERE, LEVELS
from archive.stories.models import ArticlePage
from archive.text.language import LANGUAGES

# Stories that are looked at.
SAMPLE = 1500
# A phrase's set is kept where it is so many times as frequent as a word of which one is.
PHRASES = 2
# In terms; a longer one is in few documents, or is told by its parts.
LONGEST_PHRASE = 5
# As its set's key may be: see `SearchBits`.
_LONGEST_KEY = 80
# Key, language, level, a packed set of stories.
Row = tuple[str, str, int, bytes]
# Documents' texts, field by field.
Texts = Iterable[Sequence[Sequence[str]]]


def frequent_terms(texts: Texts, least: float) -> list[TermPhrase]:
    """The words, and the Chinese characters and pairs, that so many of the texts have."""
    terms, characters = Counter[str](), Counter[str]()
    for fields in texts:
        found = set().union(*fields)
        terms.update(found)
        characters.update(one for one in set("".join(found)) if is_han(one))
    return [
        # The last character of a run is a term as well, but nobody asks for it there alone.
        *(TermPhrase((one,)) for one, n in terms.items() if n >= least and one not in characters),
        *(TermPhrase((one,), is_open=True) for one, n in characters.items() if n >= least),
    ]


def frequent_phrases(texts: Texts, least: float) -> list[TermPhrase]:
    """The sequences of such terms: names, and whatever else is always said in the same words."""
    found: list[TermPhrase] = []
    beginnings: Collection[tuple[str, ...]] = {()}
    for length in range(1, LONGEST_PHRASE + 1):
        counted = Counter[tuple[str, ...]]()
        for fields in texts:
            # Those of this length that begin with one of the shorter ones.
            counted.update(
                {
                    tuple(terms[at : at + length])
                    for terms in fields
                    for at in range(len(terms) - length + 1)
                    if tuple(terms[at : at + length - 1]) in beginnings
                }
            )
        beginnings = {one for one, number in counted.items() if number >= least}
        if length > 1:
            found += [TermPhrase(one) for one in sorted(beginnings) if _is_asked_for(one)]
    return found


def _is_asked_for(terms: tuple[str, ...]) -> bool:
    """Not tags; nor what ends in one character, which a query has as the beginning of a term."""
    if any(map(is_entity_term, terms)) or sum(map(len, terms)) + len(terms) > _LONGEST_KEY:
        return False
    return len(terms[-1]) > 1 or not is_han(terms[-1])


def sample_frequent(_item: object = None) -> list[TermPhrase]:
    """Terms, characters and phrases that a sample finds to be in many documents, if any can be."""
    documents = SearchDocument.objects.count()
    if documents < MANY:
        return []
    pks = ArticlePage.objects.live().order_by("?").values_list("pk", flat=True)[:SAMPLE]
    texts = [
        [paired(text).split() for text in document.cut().values()]
        for document in documents_of(list(pks))
    ]
    least = 0.8 * MANY * len(texts) / documents
    return frequent_terms(texts, least) + frequent_phrases(texts, PHRASES * least)


def rows_of_terms(upto: int, made: str, phrases: Sequence[TermPhrase]) -> list[Row]:
    """These terms' sets by language and level; none of a term that isn't in many documents."""
    engine = get_engine()
    if not isinstance(engine, SQLEngine):
        return []
    engine.prepare()
    story_of = _stories_of_documents(upto, made)
    return list(_rows_of(engine, phrases, upto, story_of))


def _rows_of(
    engine: SQLEngine, phrases: Sequence[TermPhrase], upto: int, story_of: dict[str, list[int]]
) -> Iterator[Row]:
    left = list(phrases)
    for level, fields in LEVELS.items():
        wanted = [WantedPhrase(phrase, fields) for phrase in left]
        for one, documents in zip(wanted, engine.holders(wanted, upto), strict=True):
            if level == ANYWHERE and len(documents) < MANY:
                left.remove(one.phrase)
                continue
            for language in LANGUAGES:
                stories = BitMap(array("I", map(story_of[language].__getitem__, documents)))
                stories.discard(0)
                if stories:
                    yield key_of(one.phrase), language, level, packed(stories)


@lru_cache(maxsize=1)
def _stories_of_documents(upto: int, made: str) -> dict[str, list[int]]:
    """By language, of each document's key its story; 0 for keys of the other and of none."""
    story_of = {language: [0] * (upto + 1) for language in LANGUAGES}
    rows = SearchDocument.objects.filter(pk__lte=upto).values_list("pk", "article", "language")
    for pk, article, language in rows.iterator():
        story_of[language][pk] = article
    return story_of
