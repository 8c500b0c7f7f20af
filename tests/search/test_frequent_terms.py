"""What is common in a sample of documents, and so may be asked for often."""

from archive.search.analysis import phrase, terms
from archive.search.documents import entity_term
from archive.search.frequent_terms import frequent_phrases, frequent_terms

TEXTS = [
    [terms("The port of Zhanjiang"), terms("湛江港口")],
    [terms("The port of Guangzhou"), [*terms("湛江港"), entity_term(7)]],
    [terms("A port"), [*terms("湛江港"), entity_term(7)]],
]


def test_words_and_characters_are_counted_once_a_document() -> None:
    found = frequent_terms(TEXTS, 3)
    assert {one.terms for one in found if not one.is_open} == {("port",), ("湛江",), ("江港",)}
    assert {one.terms for one in found if one.is_open} == {("湛",), ("江",), ("港",)}


def test_phrases_are_those_that_a_query_makes() -> None:
    found = frequent_phrases(TEXTS, 2)
    assert phrase("湛江港") in found
    assert phrase("the port of") in found
    assert phrase("port of guangzhou") not in found
    # The end of a run, and a tag, are never asked for in a phrase.
    assert all(one.terms[-1] not in ("港", entity_term(7)) for one in found)
