"""What readers type in their own way finds what they mean."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from archive.models import ArticlePage
from archive.search.actions import index_stories
from archive.search.apart import parted
from archive.search.meanings import also_written, days_of
from archive.search.names import store_names
from archive.search.query import parse
from tests.factories import DAY, make_article, make_body, make_entity, tag, translate

pytestmark = pytest.mark.django_db

CITIES = {
    "zhanjiang": ("Zhanjiang", "湛江"),
    "seattle": ("Seattle", "西雅图"),
    "shenyang": ("Shenyang", "沈阳"),
    "chicago": ("Chicago", "芝加哥"),
    "shanghai": ("Shanghai", "上海"),
    "san-francisco": ("San Francisco", "旧金山"),
}
# By key: headline, text, Chinese headline and text, day, cities.
STORIES: dict[str, tuple[str, str, str, str, date, tuple[str, ...]]] = {
    "port": (
        "Port agreement brings Zhanjiang and Seattle together",
        "The harbor of Zhanjiang and the port of Seattle work together. Microsoft has an office.",
        "湛江与西雅图携手建设港口",
        "湛江的港口同西雅图开展合作，双方签署协议。微软在湛江设有办事处。",
        DAY,
        ("zhanjiang", "seattle"),
    ),
    "friends": (
        "Shenyang and Chicago mark thirty years as sister cities",
        "Teachers and students from both cities met. China and the U.S. are partners, all said.",
        "沈阳与芝加哥结好三十年",
        "中国沈阳市与美国芝加哥市是友好城市，两市教师和学生开展教育交流。市长率代表团出访。",
        date(2015, 5, 8),
        ("shenyang", "chicago"),
    ),
    "first": (
        "Shanghai and San Francisco sign in 1980",
        "The two cities' theatre companies and labour unions favour a cultural programme.",
        "上海同旧金山签约",
        "上海与美国旧金山结为姐妹城市，文化项目由两市剧院承办。",
        date(1980, 1, 28),
        ("shanghai", "san-francisco"),
    ),
    "money": (
        "Refinery to cost 1.2 billion yuan",
        "The refinery employs 35,000 people, the organization says. Defense is not analyzed.",
        "炼油厂投资12亿元",
        "炼油厂投资12亿元，雇用3.5万人，重视生态环境的保护。",
        date(2014, 3, 3),
        (),
    ),
    "world": (
        "United Nations and European Union meet",
        "Delegates of the United Kingdom, of Los Angeles and of New York City came; so did ASEAN.",
        "联合国与欧盟会谈",
        "英国、洛杉矶和纽约市的代表出席，人工智能产业受到关注。新能源汽车的出口增长。",
        date(2013, 11, 20),
        (),
    ),
}
# What a reader types, and the story that it has to find.
QUERIES = {
    # Chinese without blanks
    **dict.fromkeys(
        ("湛江西雅图", "港口合作协议", "微软湛江", "湛江port", "西雅图湛江港口"), "port"
    ),
    **dict.fromkeys(("微软办事处", "湛江的港口", "湛江和西雅图", "西雅图港口"), "port"),
    **dict.fromkeys(("芝加哥沈阳", "中美友好城市", "沈阳与芝加哥", "教育交流学生"), "friends"),
    **dict.fromkeys(("市长代表团", "沈阳市友好城市", "教师学生交流", "芝加哥市长出访"), "friends"),
    **dict.fromkeys(("上海和旧金山", "旧金山上海姐妹城市", "文化剧院", "上海姐妹城市"), "first"),
    "港口建设合作": "port",
    "西雅图湛江港口": "port",
    **dict.fromkeys(("炼油厂生态保护", "炼油厂12亿", "生态环境保护", "炼油厂雇用"), "money"),
    **dict.fromkeys(
        ("人工智能产业关注", "新能源汽车出口", "联合国欧盟会谈", "英国纽约市"), "world"
    ),
    "湛江西雅圖": "port",
    "沈陽芝加哥": "friends",
    "舊金山上海": "first",
    # Both spellings
    **dict.fromkeys(("harbour", "harbours", "Harbor", "harbour Zhanjiang"), "port"),
    **dict.fromkeys(("theater", "theatre", "labor", "labor unions", "favor", "favors"), "first"),
    **dict.fromkeys(("program", "programme", "programs", "cultural program"), "first"),
    **dict.fromkeys(("organisation", "defence", "analysed", "analyse", "organisations"), "money"),
    # Abbreviations and their wholes
    **dict.fromkeys(("USA", "U.S.", "US", "United States", "美国"), "friends"),
    **dict.fromkeys(("UN", "eu", "UK", "LA", "nyc", "Britain", "u.k.", "E.U."), "world"),
    **dict.fromkeys(("Association of Southeast Asian Nations", "东盟", "AI", "欧洲联盟"), "world"),
    # Dates and amounts
    **dict.fromkeys(("September 2015", "2015年9月", "22 Sept 2015", "Sept. 22, 2015"), "port"),
    **dict.fromkeys(("2015-09-22", "2015年9月22日", "September 22nd, 2015"), "port"),
    **dict.fromkeys(("May 2015 Chicago", "2015年5月 沈阳", "芝加哥 2015年"), "friends"),
    **dict.fromkeys(("1.2 billion", "12亿", "12亿元", "1,200 million", "$1.2 billion"), "money"),
    **dict.fromkeys(("35,000", "3.5万", "35000 people", "3.5万人"), "money"),
    # Signs and initials
    **dict.fromkeys(("Zhanjiang NOT Chicago", "port AND Seattle", "zj"), "port"),
}


def make_archive() -> dict[str, ArticlePage]:
    cities = {key: make_entity(key, en, zh) for key, (en, zh) in CITIES.items()}
    stories = {}
    for key, (headline, text, chinese, chinese_text, day, about) in STORIES.items():
        story = make_article(headline, body=make_body(text), day=day)
        for city in about:
            tag(story, cities[city])
        block = story.body_en[0].id
        translate(story, **{"headline": chinese, block: f"<p>{chinese_text}</p>"})
        stories[key] = story
    store_names(cities.values())
    index_stories([one.pk for one in stories.values()])
    return stories


@pytest.fixture(scope="module")
def archive(make_once: Callable[..., dict[str, ArticlePage]]) -> dict[str, ArticlePage]:
    return make_once(make_archive)


def search(query: str, language: str = "en") -> dict[str, Any]:
    answer = Client().get(f"/{language}/search/", {"q": query, "format": "json"})
    return dict(answer.json())


def test_what_readers_type_finds_the_story(archive: dict[str, ArticlePage]) -> None:
    missed = {}
    for query, key in QUERIES.items():
        found = search(query)["results"]
        if archive[key].pk not in [one["id"] for one in found[:3]]:
            missed[query] = [one["headline"] for one in found]
    assert missed == {}
    assert len(QUERIES) >= 79


def test_a_run_in_a_row_is_not_parted(archive: dict[str, ArticlePage]) -> None:
    answer = search("教育交流")
    assert not answer["words_apart"]
    assert [one["id"] for one in answer["results"]] == [archive["friends"].pk]
    assert search("湛江西雅图")["words_apart"]
    assert search('"湛江西雅图"')["total"] == 0


def test_a_page_says_that_the_words_stand_apart(archive: dict[str, ArticlePage]) -> None:
    page = Client().get("/zh-hans/search/", {"q": "湛江西雅图"}).content.decode()
    soup = BeautifulSoup(page, "html.parser")
    assert soup.select_one("#search-box[value='湛江西雅图']")
    note = soup.select_one(".search-correction")
    assert note
    assert note.text == "没有稿件连着出现“湛江西雅图”。以下稿件分别含有这些词：湛江 西雅图。"


def test_words_that_no_story_has_together_lead_on_by_themselves(
    archive: dict[str, ArticlePage],
) -> None:
    page = BeautifulSoup(Client().get("/en/search/", {"q": "湛江芝加哥"}).content, "html.parser")
    offered = {link.text: link["href"] for link in page.select(".search-examples a")}
    assert offered["湛江"] == "?q=%E6%B9%9B%E6%B1%9F"
    assert "芝加哥" in offered


def test_a_sentence_remembered_nearly_right_is_found(archive: dict[str, ArticlePage]) -> None:
    answer = search('"The harbour of Zhanjiang works together with the port of Seattle"')
    assert [one["id"] for one in answer["results"]] == [archive["port"].pk]
    page = Client().get("/zh-hans/search/", {"q": "“沈阳与芝加哥是友好城市”"}).content.decode()
    assert "没有稿件连着出现“沈阳与芝加哥是友好城市”。" in page


def test_quotations_and_exclusions_are_as_typed(archive: dict[str, ArticlePage]) -> None:
    assert search('"harbour"')["total"] == 0
    assert search("harbor")["total"] == 1
    assert search("Zhanjiang -harbour")["total"] == 0
    assert search("Zhanjiang NOT harbour")["total"] == 0
    assert search("NOT")["total"] == search("not")["total"] == 1
    assert search("US")["total"] >= 1
    assert search("us")["total"] == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("湛江西雅图", "湛江 西雅图"),
        ("湛江port", "湛江 port"),
        ("湛江市长", "湛江 市长"),
        ("上海和旧金山 x", "上海 旧金山 x"),
        ("湛江", ""),
        ("when did Zhanjiang become a sister city?", "Zhanjiang sister city"),
        ("how many sister cities does Chicago have", "sister cities Chicago"),
        ("湛江什么时候成为友好城市", "湛江 友好城市"),
        ("中美首对友好省州", "中美 首 友好省州"),
        ("Who signed with Long Beach in May 1982?", "signed Long Beach May 1982"),
        ("Long Beach when?", "Long Beach"),
        ("to be or not to be", ""),
        ('"when did" Zhanjiang', ""),
        ("WHO", ""),
        ("how do I cite an article", "cite article"),
    ],
)
def test_names_are_told_from_words(
    archive: dict[str, ArticlePage], typed: str, words: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(2):
        assert parted(parse(typed)) == words


def test_a_name_with_words_that_only_ask_in_it_stays_whole() -> None:
    store_names([make_entity("port", "Port of Long Beach", "长滩港")])
    typed = "Which ports work with the port of Long Beach?"
    assert parted(parse(typed)) == "ports work port of Long Beach"


def test_a_question_finds_what_answers_it(archive: dict[str, ArticlePage]) -> None:
    page = Client().get("/en/search/", {"q": "when did Shenyang and Chicago become sister cities?"})
    assert "mark thirty years" in page.content.decode()
    page = Client().get("/zh-hans/search/", {"q": "沈阳什么时候结为友好城市？"})
    assert "结好三十年" in page.content.decode().replace("<wbr>", "")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("十亿美元", ["10亿美元", "1 billion"]),
        ("one billion dollars", ["1 billion", "10亿"]),
        ("三十周年", ["30周年"]),
        ("30th anniversary", ["thirtieth anniversary"]),
        ("八十年代", ["1980s", "80年代"]),
        ("一百一十四个国家", ["114个国家"]),
        ("姊妹市", ["sister cities", "友好城市"]),
        ("Sino-US", ["中美", "US-China"]),
    ],
)
def test_an_amount_or_a_term_is_found_however_it_is_written(typed: str, written: list[str]) -> None:
    assert set(written) <= set(also_written(typed))


def test_a_figure_amid_a_sentence_is_not_all_of_it() -> None:
    assert "2,000" in also_written("两千多公里")
    assert "2,000" not in also_written("成都到檀香山近两千多公里")


@pytest.mark.parametrize("typed", ["09/22/2015", "22/9/2015", "二〇一五年九月二十二日"])
def test_a_day_is_read_however_it_is_written(typed: str) -> None:
    found = days_of(typed)
    assert found
    assert found.first == found.last == date(2015, 9, 22)


def test_a_page_of_the_paper_is_found_by_its_number(archive: dict[str, ArticlePage]) -> None:
    ArticlePage.objects.filter(pk=archive["port"].pk).update(print_page="17")
    index_stories([archive["port"].pk])
    for typed in ("page 17", "p. 17", "第17版"):
        assert [one["id"] for one in search(typed)["results"]] == [archive["port"].pk]


def test_a_story_with_most_of_the_words_is_found_where_none_has_all(
    archive: dict[str, ArticlePage],
) -> None:
    query = "Zhanjiang harbor and Seattle's neighbourly microscopes"
    page = Client().get("/en/search/", {"q": query}).content.decode()
    assert "These have most of the words" in page
    assert 'value="Zhanjiang harbor and Seattle&#x27;s neighbourly microscopes"' in page
    assert "Port agreement" in page
    assert "Refinery" not in page
    # Nothing goes on from words that no story has together.
    for way in ("format=csv", "feed/", "sort=newest", "facet-place", "trends/"):
        assert way not in page.partition("<main")[2].partition("</main>")[0]
    found = search(query)
    assert (found["most_words"], found["words_apart"]) == (True, False)
    assert search("neighbourly microscopes")["total"] == 0


def test_the_next_page_of_stories_with_most_words_goes_on(
    archive: dict[str, ArticlePage], settings: Any
) -> None:
    settings.ARCHIVE_PAGE_SIZE = 1
    query = {"q": "cities agreement microscopes", "format": "json"}
    first, second = (
        Client().get("/en/search/", {**query, "p": page}).json() for page in ("1", "2")
    )
    assert first["total"] > 1
    assert second["page"] == 2
    assert first["results"][0]["id"] != second["results"][0]["id"]
