"""What the memory suggests: the same text and texts like it, in both directions."""

import random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.desk.memory.suggestions import suggest
from archive.desk.memory.units import add_units, make_unit
from archive.models import MemoryUnit
from archive.text.language import CHINESE, ENGLISH
from tests.benchmarks.sentences import Sentences, edited
from tests.factories import make_article

pytestmark = pytest.mark.django_db

EN = "The port handled 114 million tons of cargo last year."
ZH = "去年，该港货物吞吐量为1.14亿吨。"


def hold(english: str, chinese: str, **where: Any) -> MemoryUnit:
    unit = make_unit(ENGLISH, english, chinese, **where)
    add_units([unit])
    return unit


@pytest.mark.parametrize(
    ("text", "language", "target"),
    [(EN, ENGLISH, ZH), (ZH, CHINESE, EN), (f"  {EN.replace(' ', '  ')}", ENGLISH, ZH)],
)
def test_the_same_text_scores_a_hundred_in_either_direction(text, language, target):
    hold(EN, ZH)
    (found,) = suggest(text, language)
    assert (found.score, found.target, found.is_exact) == (100, target, True)


@pytest.mark.parametrize(
    ("text", "language", "least"),
    [
        (EN.replace("114", "98"), ENGLISH, 90),
        (EN.replace("The port", "Zhanjiang port"), ENGLISH, 80),
        (ZH.replace("去年", "今年"), CHINESE, 90),
        (ZH.replace("该港", "湛江港"), CHINESE, 80),
        (EN.lower(), ENGLISH, 95),
    ],
)
def test_a_text_like_it_is_found_with_its_score(text, language, least):
    hold(EN, ZH)
    (found,) = suggest(text, language)
    assert least <= found.score < 100


def test_the_difference_is_shown_word_by_word():
    hold(EN, ZH)
    text = EN.replace("114", "98")
    parts = [(p.kind, p.text) for p in suggest(text, ENGLISH)[0].differences_from(text)]
    assert [part for part in parts if part[0] != "same"] == [("gone", "114"), ("new", "98")]


def test_what_is_like_nothing_finds_nothing():
    hold(EN, ZH)
    assert suggest("Snow fell on the northern villages.", ENGLISH) == []
    assert suggest("", ENGLISH) == []
    assert suggest("…", CHINESE) == []


def test_the_threshold_is_a_setting(settings):
    hold(EN, ZH)
    text = EN.replace("The port", "Zhanjiang port")
    assert len(suggest(text, ENGLISH)) == 1
    settings.ARCHIVE_MEMORY_THRESHOLD = 95
    assert suggest(text, ENGLISH) == []


def test_a_threshold_of_a_hundred_asks_for_the_same_text_only(django_assert_max_num_queries):
    hold(EN, ZH)
    hold(EN.replace("114", "98"), "别的")
    with django_assert_max_num_queries(3):
        assert [one.target for one in suggest(EN, ENGLISH, threshold=100)] == [ZH]


def test_the_likest_comes_first_then_the_newest():
    hold(EN.replace("last year", "in 2013"), "甲")
    hold(EN, "乙")
    hold(EN, "丙")
    assert [one.target for one in suggest(EN, ENGLISH)] == ["丙", "乙", "甲"]


def test_one_translation_is_suggested_once_with_its_number():
    for _n in range(3):
        hold(EN, ZH)
    hold(EN.replace("114", "98"), ZH)
    (found,) = suggest(EN, ENGLISH)
    assert (found.score, found.times) == (100, 4)


def test_the_storys_own_is_marked_and_comes_before_others():
    article = make_article()
    hold(EN, "本报道的译法", article=article)
    hold(EN, "别处的译法")
    found = suggest(EN, ENGLISH, article_id=article.pk)
    assert [(one.target, one.same_story) for one in found] == [
        ("本报道的译法", True),
        ("别处的译法", False),
    ]


def test_five_are_suggested_at_most():
    for number in range(8):
        hold(EN, f"译法{number}")
    assert len(suggest(EN, ENGLISH)) == 5


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_among_many_what_is_like_is_found(language):
    pairs = list(Sentences(11).paragraphs(2000))
    add_units([make_unit(ENGLISH, *pair) for pair in pairs])
    chance = random.Random(4)
    texts = [pair[language == CHINESE] for pair in chance.sample(pairs, 40)]
    met = sum(bool(suggest(edited(text, chance), language)) for text in texts)
    assert met >= 38


def test_the_queries_are_the_same_for_few_and_for_many():
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            suggest(EN, ENGLISH)
        return len(queries)

    hold(EN, ZH)
    few = cost()
    for number in range(30):
        hold(EN.replace("114", str(number)), f"译法{number}")
    assert cost() == few <= 5
