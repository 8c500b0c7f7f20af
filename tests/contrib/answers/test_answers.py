"""What is known of a search's words stands above the stories, where it says nearly all of them."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail import hooks
from wagtail.models import PageViewRestriction

from archive.models import ArticlePage, Entity, InformationPage
from archive.search.actions import index_stories
from archive.search.names import store_names
from tests.factories import (
    make_article,
    make_body,
    make_entity,
    make_home,
    make_publication,
    make_section,
    make_tie,
    tag,
    translate,
)

pytestmark = pytest.mark.django_db

CITIES = {
    "zhanjiang": ("Zhanjiang", "湛江"),
    "seattle": ("Seattle", "西雅图"),
    "shenyang": ("Shenyang", "沈阳"),
    "chicago": ("Chicago", "芝加哥"),
    "shanghai": ("Shanghai", "上海"),
}
TEXT = "Teachers of both cities met. Mayor Wang Zhongbing of Zhanjiang came, with 30 students."


@pytest.fixture
def archive() -> dict[str, Entity]:
    names = {key: make_entity(key, en, zh) for key, (en, zh) in CITIES.items()}
    names["wang"] = make_entity(
        *("wang-zhongbing", "Wang Zhongbing", "王中丙"),
        kind="person",
        description="Mayor of Zhanjiang in 2015 (2013–2019 in all).",
        description_zh_hans="2015年任湛江市市长。",
    )
    story = make_article("Shenyang and Chicago meet", body=make_body(TEXT), day=date(2015, 5, 8))
    for key in ("shenyang", "chicago", "wang"):
        tag(story, names[key])
    translate(story, headline="沈阳与芝加哥会面", **{story.body_en[0].id: "<p>两市教师会面。</p>"})
    Entity.objects.filter(key="shenyang").update(region_en="Liaoning", region_zh_hans="辽宁省")
    names["shenyang"].refresh_from_db()
    for pair, since in ((("shenyang", "chicago"), "1985-06-05"), (("shanghai", "chicago"), "1985")):
        sentence = f"Mayor Washington signed with {CITIES[pair[0]][0]}."
        make_tie(*(names[key] for key in pair), since=since, sentence=sentence)
    for key, en, zh in (
        ("chicago", "Port of Chicago", "芝加哥港"),
        ("shanghai", "Port of Shanghai", "上海港"),
    ):
        names[f"port-of-{key}"] = make_entity(f"port-of-{key}", en, zh, place_type="port")
    make_tie(names["port-of-chicago"], names["port-of-shanghai"], kind="port_cooperation")
    store_names(names.values())
    index_stories([story.pk])
    return names


def answers(query: str, language: str = "en", **more: str) -> list[str]:
    """The addresses that the answers lead to, the best first."""
    page = Client().get(f"/{language}/search/", {"q": query, **more})
    found = BeautifulSoup(page.content, "html.parser").select(".search-name h3 a")
    return [str(one["href"]) for one in found]


TIE = "/ties/chicago/shenyang/"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Chicago", "/entities/chicago/"),
        ("Shenyang Chicago", TIE),
        ("沈阳和芝加哥", TIE),
        ("when did Shenyang and Chicago become sister cities?", TIE),
        ("沈阳和芝加哥什么时候结为友好城市？", TIE),
        ("who signed Chicago's tie with Shenyang", TIE),
        ("5 June 1985", TIE),
        ("Chicago 1985-06-05", TIE),
        ("how many sister cities does Chicago have", "/cities/chicago/"),
        ("芝加哥的友好城市", "/cities/chicago/"),
        ("first sister cities", "/ties/chicago/shanghai/"),
        ("how many sister cities are there", "/ties/overview/"),
        ("Shanghai Seattle", "/ties/seattle/shanghai/"),
        ("who was mayor of Zhanjiang in 2015?", "/entities/wang-zhongbing/"),
        ("mayor Wang Zhongbing", "/entities/wang-zhongbing/"),
        ("Zhongbing", "/entities/wang-zhongbing/"),
        ("2015", "/browse/2015/"),
        ("8 May 2015", "/china-daily/2015/05/08/"),
        ("China Daily, 2015-05-08", "/china-daily/2015/05/08/"),
        ("May 2015", "/browse/2015/05/"),
        ("stories of the 2010s", "/browse/2010s/"),
        ("2010年代的报道", "/browse/2010s/"),
        ("newspaper of Friday 8 May 2015", "/china-daily/2015/05/08/"),
        ("2015年5月8日的报纸", "/china-daily/2015/05/08/"),
        ("latest sister city of Chicago", TIE),
        ("Chicago's partner in Liaoning", TIE),
        ("Chicago vs Shenyang", TIE),
        ("Chicago–Shenyang", TIE),
        ("Mayor Washington Shenyang", TIE),
        ("湛江市长", "/entities/wang-zhongbing/"),
        ("Mayor Wang", "/entities/wang-zhongbing/"),
        ("list of people", "/browse/people/"),
        ("有哪些机构", "/browse/organisations/"),
        ("what happened on this day in history", "/browse/on-this-day/"),
        ("友城时间轴", "/ties/timeline/"),
        ("statistics of ties by decade", "/ties/overview/"),
        ("charts", "/ties/overview/"),
        ("China Daily 2015", "/china-daily/2015/"),
        ("8 May", "/browse/on-this-day/05/08/"),
        ("历史上的5月8日", "/browse/on-this-day/05/08/"),
        ("Liaoning Shenyang China", "/entities/shenyang/"),
        ("which places have the most ties", "/ties/overview/"),
        ("往来最多的城市 统计图", "/ties/overview/"),
        ("which city of Liaoning has one sister city", "/cities/shenyang/"),
        ("ports of Chicago and Shanghai", "/ties/port-of-chicago/port-of-shanghai/"),
        ("who was mayor of Zhanjiang in 2017", "/entities/wang-zhongbing/"),
        ("Zhanjiang mayor 2018", "/entities/wang-zhongbing/"),
        ("85年6月5日", TIE),
        ("China Daily May 2015", "/china-daily/2015/05/08/"),
        ("收录了哪些机构", "/browse/organisations/"),
        ("who is mentioned in the archive", "/browse/people/"),
        ("how many stories are there", "/browse/"),
        ("Liaoning", "/entities/shenyang/"),
        ("Zhongbin", "/entities/wang-zhongbing/"),
        ("sister city of Shenyang Liaoning", "/cities/shenyang/"),
        ("沈阳跟哪些美国城市签了协议", "/cities/shenyang/"),
        ("which state is twinned with Shenyang", "/cities/shenyang/"),
    ],
)
def test_what_is_known_leads_to_its_page(
    archive: dict[str, Entity], query: str, first: str
) -> None:
    assert answers(query)[:1] == [f"/en{first}"]


@pytest.mark.parametrize("query", ["Chicago Shanghai committee", "沪芝姐妹城委员会"])
def test_a_name_is_known_by_a_shorter_form(archive: dict[str, Entity], query: str) -> None:
    names = "Chicago Shanghai Sister City Committee", "沪芝国际姐妹城委员会"
    store_names([make_entity("committee", *names, kind="organisation")])
    assert answers(query)[:1] == ["/en/entities/committee/"]


@pytest.mark.parametrize("query", ["Chicago Shen'yang", "shenyang zhijiage"])
def test_a_pair_is_known_however_it_is_written(archive: dict[str, Entity], query: str) -> None:
    assert answers(query)[0].endswith(TIE)


def test_a_state_beside_a_city_in_it_is_no_partner(archive: dict[str, Entity]) -> None:
    store_names([make_entity("liaoning", "Liaoning", "辽宁省", place_type="province")])
    assert answers("Shenyang Liaoning sister cities")[0].endswith("/cities/shenyang/")


def test_a_section_is_known_by_its_paper(archive: dict[str, Entity]) -> None:
    sampler = make_publication("sampler", en="Sister Sampler", zh="友城样刊")
    for paper in (make_publication(), sampler):
        make_section("ports", paper)
    assert answers("Sister Sampler ports")[:1] == ["/en/sampler/ports/"]
    assert answers("China Daily ports")[:1] == ["/en/china-daily/ports/"]


def test_what_is_more_than_a_tie_is_told_by_what_says_it_all(archive: dict[str, Entity]) -> None:
    # A story does.
    assert answers("Shenyang Chicago mayor") == []
    assert answers("沈阳和芝加哥到底哪天结好") == [f"/en{TIE}"]
    visitor = {"description": "Mayor of Chicago who toured Shenyang."}
    store_names([make_entity("lee", "Lee Ray", "李雷", kind="person", **visitor)])
    assert answers("when did Chicago's mayor tour Shenyang?") == ["/en/entities/lee/"]
    assert answers("when did Shenyang and Chicago sign?") == [f"/en{TIE}"]


def test_a_topic_is_no_name_of_who_has_to_do_with_it(archive: dict[str, Entity]) -> None:
    maker = {"kind": "organisation", "description": "Was asked about smart city planning."}
    store_names(
        [
            make_entity("smart-city", "Smart city", "智慧城市", kind="topic"),
            make_entity("maker", "Maker", "制造商", **maker),
        ]
    )
    assert answers("smart city planning") == []
    assert answers("who was asked about smart city planning?") == ["/en/entities/maker/"]


def test_who_holds_an_office_at_a_place_is_told_from_who_met_them(
    archive: dict[str, Entity],
) -> None:
    visitor = make_entity(
        *("li-hao", "Li Hao", "李灏"),
        kind="person",
        description="Wrote a report in which the mayor is said to have left Zhanjiang.",
    )
    story = ArticlePage.objects.get()
    tag(story, visitor)
    store_names([visitor])
    index_stories([story.pk])
    for query in ("mayor of Zhanjiang", "who is the mayor of Zhanjiang?"):
        assert answers(query)[:1] == ["/en/entities/wang-zhongbing/"]


def test_what_was_on_a_day_is_found_by_it(archive: dict[str, Entity]) -> None:
    make_entity(
        *("summit", "Port Summit", "港口大会"),
        kind="event",
        description="Held in Seattle on 17 July 2019.",
        description_zh_hans="2019年7月17日在西雅图举行。",
    )
    assert answers("July 17th 2019") == ["/en/entities/summit/"]
    assert answers("二〇一九年七月十七日", "zh-hans") == ["/zh-hans/entities/summit/"]
    assert answers("July 18th 2019") == []


@pytest.mark.parametrize(
    "query",
    [
        *("Chicago teachers met", "Shenyang Chicago students teachers", "mayor", "Wang 2015"),
        *("how many teachers met in Zhanjiang", "how far is Shenyang", "sister port of Shenyang"),
    ],
)
def test_what_asks_for_more_is_left_to_the_stories(archive: dict[str, Entity], query: str) -> None:
    assert answers(query) == []


def test_a_name_of_two_places_is_no_pair(archive: dict[str, Entity]) -> None:
    two = [
        make_entity(f"{key}-state", "Springfield", zh)
        for key, zh in (("a", "春田"), ("b", "春田州"))
    ]
    make_tie(two[1], archive["zhanjiang"], since="1990")
    store_names(two)
    assert sorted(answers("Springfield")) == ["/en/entities/a-state/", "/en/entities/b-state/"]
    assert answers("Springfield Zhanjiang") == ["/en/ties/b-state/zhanjiang/"]


@pytest.mark.parametrize("query", ["0000s", "1200s", "9999", "0000-00-00", "99/99/2015"])
def test_no_query_is_an_error(archive: dict[str, Entity], query: str) -> None:
    assert answers(query) == []


def test_a_tie_is_shown_with_what_says_so(archive: dict[str, Entity]) -> None:
    page = Client().get("/en/search/", {"q": "Shenyang Chicago"}).content.decode()
    assert "5 June 1985" in page
    assert "Mayor Washington signed with Shenyang." in page


def test_nothing_is_answered_once_the_stories_are_narrowed(archive: dict[str, Entity]) -> None:
    assert answers("Chicago", year="2015") == []


def test_a_question_to_the_archive_leads_to_its_own_page(archive: dict[str, Entity]) -> None:
    make_home().add_child(
        instance=InformationPage(
            *(),
            slug="rights",
            name_en="Rights and reuse",
            name_zh_hans="版权与使用",
            body_en="<p>Ask before you print a picture again.</p>",
            body_zh_hans="<p>转载图片须经许可。</p>",
        )
    )
    assert answers("can I reuse your pictures") == ["/en/rights/"]
    assert answers("你们的图片可以转载吗", "zh-hans") == ["/zh-hans/rights/"]
    assert answers("teachers") == []
    # Nothing else is asked than what the archive is.
    assert answers("about this archive") == ["/en/rights/"]
    # What it is called, where its text has no such word.
    assert answers("copyright licence")[:1] == ["/en/rights/"]
    assert answers("侵权下架", "zh-hans")[:1] == ["/zh-hans/rights/"]


def test_nothing_is_answered_that_the_public_may_not_know(archive: dict[str, Entity]) -> None:
    story = ArticlePage.objects.get(slug="shenyang-and-chicago-meet")
    story.view_restrictions.create(restriction_type=PageViewRestriction.LOGIN)
    for query in ("Wang Zhongbing", "who was mayor of Zhanjiang in 2015?", "8 May 2015"):
        assert answers(query) == []


def test_an_answer_takes_a_bounded_number_of_queries(
    archive: dict[str, Entity], django_assert_max_num_queries: Any
) -> None:
    answers("Chicago")
    for query, most in (("Chicago", 14), ("Shenyang Chicago", 18), ("teachers", 14)):
        with django_assert_max_num_queries(most):
            answers(query)


def test_a_site_without_answers_lists_the_stories(
    archive: dict[str, Entity], monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks.get_hooks("register_archive_search_answers")
    monkeypatch.setitem(hooks._hooks, "register_archive_search_answers", [])
    assert answers("Shenyang Chicago") == []
    assert "Shenyang" in Client().get("/en/search/", {"q": "Shenyang"}).content.decode()
