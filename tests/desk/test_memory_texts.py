"""The memory's pure parts: samples of texts, scores, words to search for, language codes."""

import random

import pytest

from archive.contrib.exchange.tmx import is_traditional, language_of
from archive.desk.memory.suggestions import ranked
from archive.desk.memory.views import marked, words_in
from archive.text.fingerprints import SAMPLE, fingerprints
from archive.text.language import CHINESE, ENGLISH
from tests.benchmarks.sentences import Sentences, edited

PORT = "Zhanjiang opened its first container terminal with help from partners in Seattle in 2014."
GANG = "2014年，湛江在西雅图伙伴的帮助下启用了第一座集装箱码头。"


def shared(one: str, two: str, language: str) -> int:
    return len(set(fingerprints(one, language)) & set(fingerprints(two, language)))


@pytest.mark.parametrize(
    ("one", "two", "language"),
    [
        (PORT, PORT.replace("2014", "2015"), ENGLISH),
        (PORT, PORT.upper(), ENGLISH),
        (PORT, PORT.replace("terminal", "terminals"), ENGLISH),
        (GANG, GANG.replace("2014", "1998"), CHINESE),
        (GANG, GANG.replace("，", "").replace("。", ""), CHINESE),
    ],
)
def test_numbers_capitals_endings_and_points_make_no_difference(one, two, language):
    assert fingerprints(one, language) == fingerprints(two, language)


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_texts_that_are_much_alike_share_fingerprints(language):
    chance = random.Random(7)
    texts = [pair[language == CHINESE] for pair in Sentences(3).paragraphs(200)]
    met = sum(shared(text, edited(text, chance), language) > 0 for text in texts)
    assert met >= 198


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_texts_about_other_things_share_none(language):
    strangers = {
        ENGLISH: "Snow fell on the northern villages while the orchestra rehearsed.",
        CHINESE: "乐团排练的时候，北方的村庄下起了雪。",
    }
    assert shared({ENGLISH: PORT, CHINESE: GANG}[language], strangers[language], language) == 0


@pytest.mark.parametrize(
    ("text", "language", "some"),
    [
        ("", ENGLISH, False),
        ("…—！", CHINESE, False),
        ("Port", ENGLISH, True),
        ("港", CHINESE, True),
        ("of the", ENGLISH, False),
    ],
)
def test_a_text_without_words_has_no_fingerprints(text, language, some):
    assert bool(fingerprints(text, language)) is some


def test_a_sample_is_small_and_of_numbers_that_databases_take():
    numbers = fingerprints(" ".join(str(word) for word in range(2000)) + PORT * 40, ENGLISH)
    assert len(numbers) == len(set(numbers)) <= SAMPLE
    assert all(-(2**31) <= number < 2**31 for number in numbers)


@pytest.mark.parametrize(
    ("text", "other", "score"),
    [
        ("港口  开港", "港口 开港", 100),
        ("The port opens.", "The port opens!", 93),
        ("湛江港今日开港", "湛江港昨日开港", 85),
        ("a" * 1000, "a" * 999 + "b", 99),
    ],
)
def test_a_score_is_the_share_of_characters_that_stay(text, other, score):
    assert ranked(text, {1: other}, 70) == [(1, score)]


def test_what_is_less_alike_than_the_threshold_is_left_out():
    assert ranked("湛江港今日开港", {1: "广州港昨日开市"}, 70) == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("sister port", ["sister", "port"]),
        ('"sister port" Tacoma', ["sister port", "Tacoma"]),
        ("“友好 港口” 湛江", ["友好 港口", "湛江"]),
        ('  " ', []),
        ('half "open', ["half", "open"]),
    ],
)
def test_words_in_quotation_marks_belong_together(typed, words):
    assert words_in(typed) == words


def test_hits_are_marked_the_longer_ones_first():
    pieces = marked("湛江港和湛江市", ["湛江", "湛江港"])
    assert [text for text, is_hit in pieces if is_hit] == ["湛江港", "湛江"]
    assert "".join(text for text, _is_hit in pieces) == "湛江港和湛江市"
    assert marked("Port (A)", ["port (a)"]) == [("Port (A)", True)]


@pytest.mark.parametrize(
    ("code", "language", "traditional"),
    [
        ("en", ENGLISH, False),
        ("EN-us", ENGLISH, False),
        ("en_GB", ENGLISH, False),
        ("zh", CHINESE, False),
        ("ZH-CN", CHINESE, False),
        ("zh-Hans-HK", CHINESE, False),
        ("zh_TW", CHINESE, True),
        ("zh-Hant", CHINESE, True),
        ("zh-hk", CHINESE, True),
        ("fr", "", False),
        ("", "", False),
        ("enm", "", False),
    ],
)
def test_language_codes_are_read_in_every_spelling(code, language, traditional):
    assert (language_of(code), is_traditional(code)) == (language, traditional)
