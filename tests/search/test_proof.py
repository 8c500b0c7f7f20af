"""Whatever stands in a text is found, and nothing else: compared with reading every text."""

import random

import pytest
from django.db import connection

from archive.search.analysis import cut, fold, phrase, pieces, stem
from archive.search.documents import FIELDS
from archive.search.engines import IndexedText, WantedPhrase, get_engine
from tests.search.corpus import ENGLISH, chinese_text, english_text, queries

pytestmark = pytest.mark.django_db

TEXTS = 1500


def write(texts: list[str]) -> None:
    nothing = dict.fromkeys(FIELDS, "")
    engine = get_engine()
    shaped = [engine.shape({**nothing, "body": cut(text)}) for text in texts]
    engine.write([IndexedText(number, one) for number, one in enumerate(shaped, 1)])


def found(query: str) -> set[int]:
    match = get_engine().match([[WantedPhrase(phrase(query))]], scored=True)
    with connection.cursor() as cursor:
        cursor.execute(match.sql, match.params)
        return {row[0] for row in cursor.fetchall()}


def test_chinese_is_found_wherever_it_stands_and_only_there() -> None:
    rng = random.Random(2015)
    texts = [chinese_text(rng) for _ in range(TEXTS)]
    write(texts)
    folded = {number: fold(text) for number, text in enumerate(texts, 1)}
    for query in queries(rng, texts):
        wanted = {number for number, text in folded.items() if fold(query) in text}
        assert found(query) == wanted, query


def test_english_is_found_by_its_stems() -> None:
    rng = random.Random(2015)
    texts = [english_text(rng) for _ in range(200)]
    write(texts)
    stems = {
        number: [stem(piece.text) for piece in pieces(fold(text))]
        for number, text in enumerate(texts, 1)
    }
    for _ in range(200):
        words = rng.choices(ENGLISH, k=rng.choice((1, 2, 3)))
        wanted = {number for number, all_ in stems.items() if contains(all_, words)}
        assert found(" ".join(words)) == wanted, words


def contains(stems: list[str], words: list[str]) -> bool:
    sought = [stem(word) for word in words]
    return any(stems[at : at + len(sought)] == sought for at in range(len(stems)))
