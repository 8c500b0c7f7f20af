"""Sentences inside paragraphs: held where they are sure, and put together to suggestions."""

import random

import bs4
import pytest
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from archive.contrib.exchange.tmx import is_traditional, language_of
from archive.desk.memory.sentences import sentence_pairs, split
from archive.desk.memory.suggestions import memory_section, ranked, suggest, suggest_each
from archive.desk.memory.units import add_units, make_unit
from archive.desk.memory.views import MemorySearch, marked, words_in
from archive.desk.segments import rows
from archive.models import ArticlePage, MemoryUnit, Translation
from archive.text.fingerprints import SAMPLE, fingerprints
from archive.text.language import CHINESE, ENGLISH
from tests.benchmarks.sentences import Sentences, edited
from tests.factories import make_article, make_body, translate

pytestmark = pytest.mark.django_db


EN = [
    "Nanjing and St. Louis were first.",
    "Their pact dates from November 1979.",
    "Mayor James Conway made it on the American side.",
]


ZH = [
    "开先河的是南京与圣路易斯。",
    "两市于1979年11月结好。",
    "美方由圣路易斯市市长詹姆斯·康威促成此事。",
]


NEW = "A new school opened its doors this spring."


def story(english: str = " ".join(EN), chinese: str = "".join(ZH)) -> ArticlePage:
    article = make_article("First pair", body=make_body(english))
    translate(article, **{article.body_en.raw_data[0]["id"]: f"<p>{chinese}</p>"})
    return article


def held() -> dict[str, str]:
    found = MemoryUnit.objects.filter(kind="sentence")
    return dict(found.values_list("text_en", "text_zh_hans"))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Li of the U.S. Senate paid 3.5 million yuan to Dr. Wang. He left.", 2),
        ("“We are glad,” he said. “It is done.” She agreed.", 3),
        ("他说：“我们走。”她同意了……真的吗？", 3),
        ("约3.5万人参加了www.example.com的活动。", 1),
    ],
)
def test_texts_are_split_at_the_ends_of_sentences(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_pairs_come_of_sentences_that_certainly_say_the_same() -> None:
    assert list(sentence_pairs(" ".join(EN), "".join(ZH), ENGLISH)) == [*zip(EN, ZH, strict=True)]
    assert list(sentence_pairs("".join(ZH), " ".join(EN), CHINESE)) == [*zip(ZH, EN, strict=True)]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (EN[0], ZH[0]),
        (" ".join(EN), "南京。"),
        (f"{EN[0]} {EN[1]}", f"{ZH[0]}两市于1982年11月结好。"),
        (f"{EN[0]} {NEW}", ZH[0]),
    ],
)
def test_no_pair_comes_of_what_is_not_sure(english: str, chinese: str) -> None:
    assert EN[1] not in dict(sentence_pairs(english, chinese, ENGLISH))
    assert NEW not in dict(sentence_pairs(english, chinese, ENGLISH))


def test_publication_holds_them_and_a_withdrawal_takes_them_out() -> None:
    article = story()
    assert held() == dict(zip(EN, ZH, strict=True))
    ArticlePage.objects.get(pk=article.pk).unpublish()
    assert held() == {}


def test_they_follow_their_paragraph() -> None:
    article = story()
    key = article.body_en.raw_data[0]["id"]
    unchanged = set(MemoryUnit.objects.values_list("pk", flat=True))
    translate(article, **{key: f"<p>{''.join(ZH)}</p>"})
    assert set(MemoryUnit.objects.values_list("pk", flat=True)) == unchanged
    translate(article, **{key: f"<p>{ZH[0]}{ZH[1]}促成者是美国的詹姆斯·康威市长。</p>"})
    assert held()[EN[2]] == "促成者是美国的詹姆斯·康威市长。"


def test_a_memory_of_before_gets_them_when_it_is_rebuilt() -> None:
    story()
    MemoryUnit.objects.filter(kind="sentence").delete()
    call_command("check_archive", "memory", repair=True, verbosity=0)
    assert held() == dict(zip(EN, ZH, strict=True))
    call_command("check_archive", "memory", verbosity=0)


def test_a_segment_that_is_a_sentence_of_a_paragraph_is_found() -> None:
    story()
    (found,) = suggest(EN[1], ENGLISH)
    assert (found.score, found.target) == (100, ZH[1])


def test_each_of_many_texts_gets_what_it_would_get_alone() -> None:
    story()
    texts = [*EN, NEW, EN[0].replace("first", "the first")]
    assert suggest_each(texts, ENGLISH) == [suggest(text, ENGLISH) for text in texts]


def test_many_texts_cost_the_queries_of_one() -> None:
    story()

    def cost(texts: list[str]) -> int:
        with CaptureQueriesContext(connection) as queries:
            suggest_each(texts, ENGLISH)
        return len(queries)

    assert cost(EN * 10) == cost(EN[:1]) == 5


def section(text: str) -> bs4.BeautifulSoup:
    article = make_article("Second pair", body=make_body(text), slug="second")
    translation = Translation.objects.get(article=article)
    context = memory_section(translation, rows(translation)[1], None)
    html = render_to_string("archive/admin/sidebar/memory.html", context)
    return bs4.BeautifulSoup(html, "html.parser")


def put_together(page: bs4.BeautifulSoup) -> bs4.Tag:
    """The button of the suggestion that is made of sentences."""
    return page.select_one(".archive-memory__together").find_parent("li").find("button")


def test_one_changed_sentence_leaves_the_others_of_its_paragraph() -> None:
    story()
    page = section(f"{EN[0]} {NEW} {EN[2]}")
    button = put_together(page)
    assert button["data-replace"] == f"{ZH[0]}{NEW}{ZH[2]}"
    assert NEW in button["data-differing"]
    assert "put together from 2 of 3 sentences" in page.get_text(" ", strip=True)


def test_figures_of_a_sentence_are_adapted_where_it_stands() -> None:
    story()
    page = section(f"{NEW} {EN[1].replace('1979', '1982')} {EN[2]}")
    button = put_together(page)
    assert button["data-replace"] == f"{NEW}两市于1982年11月结好。{ZH[2]}"
    assert [mark.text for mark in button.find_parent("li").find_all("mark")] == ["1982年"]


def test_a_whole_paragraph_that_is_liker_comes_first() -> None:
    story()
    page = section(" ".join(EN))
    assert "put together" not in page.text
    assert page.find("button")["data-replace"] == "".join(ZH)


def test_too_little_of_a_paragraph_is_not_suggested() -> None:
    story()
    page = section(f"{EN[0]} {NEW} {NEW.replace('school', 'market')} {NEW.replace('new', 'red')}")
    assert page.select_one("[data-replace]") is None


def test_the_search_shows_the_sentence_that_has_the_words(django_assert_num_queries) -> None:
    story()
    with django_assert_num_queries(2):
        found = MemorySearch("Conway")
    assert [(unit.text_en, unit.text_zh_hans) for unit in found.units] == [(EN[2], ZH[2])]
    (across,) = MemorySearch("Conway 1979").units
    assert across.text_en == " ".join(EN)


def test_files_for_other_tools_have_each_text_once(capsys) -> None:
    story()
    add_units([make_unit(ENGLISH, "Harbour", "海港", provenance="tmx")])
    call_command("export_tmx", verbosity=0)
    assert capsys.readouterr().out.count("<tu ") == 3


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
