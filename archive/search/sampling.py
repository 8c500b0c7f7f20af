"""What many documents have, by a sample of them: words, characters, and phrases."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from archive.search.analysis import Phrase, is_han
from archive.search.documents import is_entity_term

# In terms; a longer one is in few documents, or is told by its parts.
LONGEST_PHRASE = 5
# As its set's key may be: see `SearchBits`.
_LONGEST_KEY = 80
# Documents' texts, field by field.
Texts = Iterable[Sequence[Sequence[str]]]


def common_terms(texts: Texts, least: float) -> list[Phrase]:
    """The words, and the Chinese characters and pairs, that so many of the texts have."""
    terms, characters = Counter[str](), Counter[str]()
    for fields in texts:
        found = set().union(*fields)
        terms.update(found)
        characters.update(one for one in set("".join(found)) if is_han(one))
    return [
        # The last character of a run is a term as well, but nobody asks for it there alone.
        *(Phrase((one,)) for one, n in terms.items() if n >= least and one not in characters),
        *(Phrase((one,), is_open=True) for one, n in characters.items() if n >= least),
    ]


def common_phrases(texts: Texts, least: float) -> list[Phrase]:
    """The sequences of such terms: names, and whatever else is always said in the same words."""
    found: list[Phrase] = []
    beginnings: Collection[tuple[str, ...]] = {()}
    for length in range(1, LONGEST_PHRASE + 1):
        counted = Counter[tuple[str, ...]]()
        for fields in texts:
            counted.update(_sequences(fields, length, beginnings))
        beginnings = {one for one, number in counted.items() if number >= least}
        if length > 1:
            found += [Phrase(one) for one in sorted(beginnings) if _is_asked_for(one)]
    return found


def _sequences(
    fields: Sequence[Sequence[str]], length: int, beginnings: Collection[tuple[str, ...]]
) -> set[tuple[str, ...]]:
    """Those of this length that begin with one of the shorter ones."""
    return {
        tuple(terms[at : at + length])
        for terms in fields
        for at in range(len(terms) - length + 1)
        if tuple(terms[at : at + length - 1]) in beginnings
    }


def _is_asked_for(terms: tuple[str, ...]) -> bool:
    """Not tags; nor what ends in one character, which a query has as the beginning of a term."""
    if any(map(is_entity_term, terms)) or sum(map(len, terms)) + len(terms) > _LONGEST_KEY:
        return False
    return len(terms[-1]) > 1 or not is_han(terms[-1])
