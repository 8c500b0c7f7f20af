"""Searching the archive, as readers do: what is found, in which language, and what never fails."""

from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.models import ArticlePage, EntityName, SearchDocument
from archive.search.actions import index_stories
from archive.search.rebuild import check
from archive.text.language import column
from tests.factories import (
    make_article,
    make_body,
    make_entity,
    make_section,
    tag,
    translate,
)

pytestmark = pytest.mark.django_db


def found(q: str, language: str = "en", **filters: Any) -> list[int]:
    answer = Client().get(f"/{language}/search/", {"q": q, "format": "json", **filters}).json()
    assert answer["total"] == len(answer["results"])
    return sorted(one["id"] for one in answer["results"])


def story(headline: str, *paragraphs: str, **fields: Any) -> ArticlePage:
    body = make_body(*(paragraphs or ("Some text.",)))
    return make_article(headline, body=body, **fields)


@pytest.fixture
def zhanjiang() -> Any:
    city = make_entity(aliases={"Tsamkong": "en", "廣州灣": "zh-hans"})
    english = story("A port in the south", "Ships come and go.")
    chinese = story("南方的港口", "船来船往，热闹非凡。", language="zh-hans")
    story("Elsewhere", "Nothing to see.")
    for one in (english, chinese):
        tag(one, city)
    index_stories([english.pk, chinese.pk])
    return [english.pk, chinese.pk]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_form_of_a_name_finds_its_stories(language: str, zhanjiang: list[int]) -> None:
    names = [
        *(
            "湛江",
            "Zhanjiang",
            "Zhànjiāng",
            "Tsamkong",
            "湛江市",
            "zhan jiang",
            "ＺＨＡＮＪＩＡＮＧ",
        ),
        *("廣州灣", "广州湾", "Zhanjiang City", "place:湛江", "place:zhanjiang", "地点：湛江"),
    ]
    assert {name: found(name, language) for name in names} == dict.fromkeys(names, zhanjiang)


def test_a_name_added_later_is_understood_at_once(zhanjiang: list[int]) -> None:
    assert found("Kwangchowan") == []
    entity = make_entity("other", "Other", "别处")
    EntityName.objects.create(entity=entity, text="Kwangchowan", language="en")
    assert found("Kwangchowan") == []
    tag(ArticlePage.objects.get(pk=zhanjiang[0]), entity)
    index_stories(zhanjiang)
    assert found("Kwangchowan") == zhanjiang[:1]


def test_a_renamed_entity_s_stories_follow(zhanjiang: list[int]) -> None:
    from archive.models import Entity

    entity = Entity.objects.get(key="zhanjiang")
    setattr(entity, column("name", "en"), "Fort Bayard")
    entity.save()
    assert found("bayard") == zhanjiang
    assert check()


def test_chinese_is_found_as_written() -> None:
    one = story("友好城市签署", "广州，湛江。广州和湛江签了协议", language="zh-hans")
    hits = {
        "友好城市": True,
        "好城": True,
        "城": True,
        "签": True,
        "署": True,
        "州湛": False,
        "“友好湛江”": False,
        # Not in a row, but apart.
        "友好湛江": True,
        "協議": True,
        "湛江 协议": True,
        "湛江 -协议": False,
        "火箭 OR 协议": True,
        "headline:签署": True,
        "headline:广州": False,
        "“广州和湛江”": True,
    }
    wanted = {query: [one.pk] if is_hit else [] for query, is_hit in hits.items()}
    assert {query: found(query, "zh-hans") for query in hits} == wanted


def test_english_is_found_by_its_stem() -> None:
    one = story("Two cities", "China's ports signed agreements in a cafe.", print_page="B8")
    hits = {
        "port": True,
        "PORTS": True,
        "city": True,
        '"signed agreements"': True,
        '"agreements signed"': False,
        "port -airport": True,
        "port -cafe": False,
        "café": True,
        "rocket OR port": True,
        "china": True,
        "headline:port": False,
        "after:2015-09-22": True,
        "after:2015-09-23": False,
        "before:2015": True,
        "before:2014": False,
        "port page:b8": True,
        "port page:9": False,
        "-page:9 port": True,
        "port after:2015 before:2015-09": True,
    }
    wanted = {query: [one.pk] if is_hit else [] for query, is_hit in hits.items()}
    assert {query: found(query) for query in hits} == wanted


def test_the_index_follows_publication_in_each_language() -> None:
    one = story("Harbour opens", "Text.")
    assert found("译文的标题") == []
    translate(one, headline="译文的标题")
    assert found("译文的标题") == [one.pk]
    one.translations.get().unpublish()
    assert found("译文的标题") == []
    assert found("harbour") == [one.pk]
    ArticlePage.objects.get(pk=one.pk).unpublish()
    assert found("harbour") == []
    assert not SearchDocument.objects.exists()


def test_a_draft_is_not_found() -> None:
    story("Secret plans", live=False)
    assert found("secret") == []


def test_a_deleted_story_leaves_nothing_behind() -> None:
    one = story("Harbour opens")
    one.delete()
    assert found("harbour") == []
    assert check()


def test_a_restricted_story_is_not_found() -> None:
    from wagtail.models import PageViewRestriction

    one = story("Harbour opens")
    PageViewRestriction.objects.create(
        page=one.get_parent(), restriction_type="password", password="x"
    )
    assert found("harbour") == []


def test_the_check_tells_what_differs_and_the_rebuild_mends_it(capsys: Any) -> None:
    one, two = story("Harbour opens"), story("Harbour closes")
    ArticlePage.objects.filter(pk=one.pk).update(**{column("headline", "en"): "Pier opens"})
    SearchDocument.objects.filter(article=two.pk).delete()
    with pytest.raises(CommandError, match="left: 2"):
        call_command("check_archive", "search")
    told = capsys.readouterr().err.splitlines()
    assert [line.rpartition(": ")[2] for line in told if f"  {one.pk} " in line] == [
        "the search index has it as it was"
    ]
    assert [line.rpartition(": ")[2] for line in told if f"  {two.pk} " in line] == [
        "isn't in the search index"
    ]
    call_command("check_archive", "search", repair=True, verbosity=0)
    call_command("check_archive", "search")
    assert found("pier") == [one.pk]
    assert found("harbour") == [two.pk]


def test_facets_count_right_under_every_filter() -> None:
    section, city = make_section(), make_entity()
    for number in range(6):
        one = story(
            f"Harbour {number}",
            day=date(2014 + number % 3, 5, 6),
            section=section if number % 2 else None,
        )
        if number % 3 == 0:
            tag(one, city)
            index_stories([one.pk])
        if number == 0:
            translate(one, headline="港口译文")
    answer = Client().get("/en/search/", {"q": "harbour", "format": "json"}).json()
    assert answer["facets"]["section"][0]["count"] == 3
    for name, values in answer["facets"].items():
        for value in values:
            narrowed = found("harbour", **{name: value["value"]})
            assert len(narrowed) == value["count"], (name, value)
            again = Client().get(
                "/en/search/", {"q": "harbour", "format": "json", name: value["value"]}
            )
            for other_name, others in again.json()["facets"].items():
                for other in others:
                    if other_name != name:
                        both = {name: value["value"], other_name: other["value"]}
                        assert len(found("harbour", **both)) == other["count"]


def test_results_are_stable_from_page_to_page(settings: Any) -> None:
    settings.ARCHIVE_PAGE_SIZE = 2
    pks = {story(f"Harbour {number}").pk for number in range(5)}
    for sort in ("relevance", "newest", "oldest"):
        seen = []
        for number in (1, 2, 3):
            answer = Client().get(
                "/en/search/", {"q": "harbour", "format": "json", "sort": sort, "p": number}
            )
            seen += [one["id"] for one in answer.json()["results"]]
        assert len(seen) == 5
        assert set(seen) == pks


def test_a_headline_counts_for_more_than_a_body() -> None:
    for number in range(4):
        story(f"Elsewhere {number}")
    story("Elsewhere", "The harbour, the harbour and again the harbour of a town.")
    best = story("Harbour opens", "A story of many words that go on about other things for long.")
    answer = Client().get("/en/search/", {"q": "harbour", "format": "json"}).json()
    assert answer["results"][0]["id"] == best.pk
    assert answer["results"][0]["score"] > answer["results"][1]["score"]


ODD = [
    *("", " ", '"', '""', "'", "-", "OR", "OR OR", "AND", "NOT", "NEAR(a b)", "a* b^ {c}:d", "😀"),
    *("the", "的", "a", "\0", "'; DROP TABLE archive_articlepage; --", "headline:", "after:x"),
    *("after:9999", "before:9999-12", "page:", 'headline:"', "((((", "a OR -b", "-a", "-湛 -江"),
    *("x" * 10_000, "湛" * 10_000, '"湛江', "%s %d %", "\\", "\ud800", "place:", "byline:'"),
    *("𠮷", "𠮷野", "ﷺ", "İ", "\u0301", "e\u0301", "-page:7", "a|b", "a OR page:3", "xe1"),
]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_odd_query_gets_a_page(language: str) -> None:
    story("Harbour opens")
    more = {"format": "json", "p": "x", "sort": "y", "year": "z", "place": "q"}
    for number, query in enumerate(ODD):
        asked = {"q": query.encode(errors="replace"), **(more if number % 2 else {})}
        response = Client().get(f"/{language}/search/", asked)
        assert response.status_code == 200, query


_WORDS = st.sampled_from(
    ["port", "湛江", "港", '"', "“", "”", "-", "OR", "headline:", "place:", "after:2015", " ", "*"]
)


@settings(max_examples=150)
@given(st.lists(st.one_of(_WORDS, st.text(max_size=6)), max_size=6).map("".join))
def test_any_text_is_a_query(text: str) -> None:
    from archive.search.engines import Filters
    from archive.search.matching import find
    from archive.search.query import conditions_of, parse

    find(conditions_of(parse(text)), Filters())
