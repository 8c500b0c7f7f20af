"""What the search box offers, and what becomes of slips of the pen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from archive.models import ArticlePage, Entity, NameHint, NameSlip, SearchDocument, SearchName
from archive.search.actions import index_stories, names_together
from archive.search.analysis import phrase, terms
from archive.search.documents import entity_term
from archive.search.frequent_terms import frequent_phrases, frequent_terms
from archive.search.headlines import TABLE, containing, headline_keys
from archive.search.names import slips
from archive.search.rebuild import rebuild
from archive.text.language import column
from tests.factories import make_article, make_entity, tag, translate

pytestmark = pytest.mark.django_db


def offered(q: str, language: str = "en") -> list[tuple[str, str]]:
    answer = Client().get(f"/{language}/search/suggest/", {"q": q}).json()
    return [(one["text"], one["note"]) for one in answer["suggestions"]]


def search(q: str, language: str = "en", **more: Any) -> dict[str, Any]:
    return Client().get(f"/{language}/search/", {"q": q, "format": "json", **more}).json()


def make_zhanjiang() -> list[int]:
    city = make_entity(aliases={"Tsamkong": "en", "廣州灣": "zh-hans"})
    make_entity("atlantic-city", "Atlantic City", "大西洋城", country="US")
    make_entity("guangzhou", "Guangzhou", "广州")
    story = make_article("New port opens in the south")
    tag(story, city)
    translate(story, headline="南方的新港口启用")
    return [story.pk]


@pytest.fixture(scope="module")
def zhanjiang(make_once: Callable[..., list[int]]) -> list[int]:
    return make_once(make_zhanjiang)


NAMES_BEGUN = [
    *("zhanjiang", "zhan jiang", "Zhànj", "zj", "z", "ZHANJ", "湛", "湛江", "湛江市", "tsamk"),
    *("广州湾", "廣州灣", "gzw", "zhanjiangc", "ｚｈａｎ"),
]
HEADLINES_BEGUN = ["new port", "port op", "opens", "NEW  PORT", "新港口", "港口"]
ODD = ["", " ", "\0", "%", "_", "x" * 10_000, "的", "the", "'", "\\"]


def test_a_name_is_offered_in_each_reader_s_language(zhanjiang: list[int]) -> None:
    for typed in NAMES_BEGUN:
        assert ("Zhanjiang", "1 story") in offered(typed), typed
        assert ("湛江", "1篇") in offered(typed, "zh-hans"), typed


def test_a_story_is_offered_by_any_part_of_its_headline(zhanjiang: list[int]) -> None:
    for typed in HEADLINES_BEGUN:
        assert offered(typed) == [("New port opens in the south", "22 September 2015")], typed
        assert offered(typed, "zh-hans") == [("南方的新港口启用", "2015年9月22日")], typed


def test_odd_beginnings_are_answered(zhanjiang: list[int]) -> None:
    for typed in ODD:
        assert offered(typed) == [], typed


def test_a_later_word_and_the_most_told_name_come_first(zhanjiang: list[int]) -> None:
    assert offered("city")[0][0] == "Atlantic City"
    make_entity("zhanjiang-port", "Zhanjiang Port", "湛江港")
    assert [name for name, _note in offered("zhan")] == ["Zhanjiang", "Zhanjiang Port"]


def test_the_offer_says_which_other_form_was_typed(zhanjiang: list[int]) -> None:
    answer = Client().get("/en/search/suggest/", {"q": "Tsam"}).json()["suggestions"][0]
    assert (answer["text"], answer["other"], answer["kind"]) == ("Zhanjiang", "Tsamkong", "Place")
    assert answer["url"] == "/en/search/?q=Zhanjiang"


def test_browsers_are_answered_in_their_own_form(zhanjiang: list[int]) -> None:
    response = Client().get("/zh-hans/search/suggest/", {"q": "zj", "format": "opensearch"})
    assert response["Content-Type"].startswith("application/x-suggestions+json")
    typed, names, notes, urls = response.json()
    assert (typed, names, notes) == ("zj", ["湛江"], ["1篇"])
    assert urls[0].startswith("http://testserver/zh-hans/search/?q=")


def test_drafts_restricted_stories_and_names_of_these_alone_are_not_offered(
    zhanjiang: list[int],
) -> None:
    make_article("New pier", live=False)
    story = ArticlePage.objects.get(pk=zhanjiang[0])
    PageViewRestriction.objects.create(page=story, restriction_type="login")
    assert offered("new p") == []
    assert offered("zhanj") == []


def test_hints_follow_names_headlines_and_deletion(zhanjiang: list[int]) -> None:
    story = ArticlePage.objects.get(pk=zhanjiang[0])
    setattr(story, column("headline", "en"), "Old pier closes")
    story.save_revision().publish()
    assert offered("new port") == []
    assert len(offered("old pier")) == 1
    entity = Entity.objects.get(key="guangzhou")
    setattr(entity, column("name", "en"), "Canton")
    entity.save()
    assert [name for name, _note in offered("can")] == ["Canton"]
    ArticlePage.objects.get(pk=story.pk).unpublish()
    assert not SearchDocument.objects.exists()
    assert containing("old pier", 9) == []


def test_a_rebuild_writes_what_is_missing(zhanjiang: list[int]) -> None:
    for model in (NameHint, NameSlip):
        model.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")
    assert offered("zhanj") == offered("new port") == []
    rebuild()
    assert len(offered("zhanj")) == len(offered("new port")) == 1
    assert search("Zhanjang")["query"] == "Zhanjiang"


def test_offers_take_as_many_queries_for_many_as_for_one(zhanjiang: list[int]) -> None:
    offered("port")
    counts = []
    for number in range(3):
        make_entity(f"port-{number}", f"Port {number}", f"港{number}")
        story = make_article(f"Port {number} opens")
        tag(story, Entity.objects.get(key=f"port-{number}"))
        with CaptureQueriesContext(connection) as captured:
            assert len(offered("port")) == 2 * number + 3
        counts.append(len(captured))
    assert counts[0] == counts[2] <= 8


SLIPS = {
    "Zhanjang": "Zhanjiang",
    "hZanjiang": "Zhanjiang",
    "Atlantc City": "Atlantic City",
    "atlntic city": "Atlantic City",
    "Guangzou": "Guangzhou",
    "湛姜": "湛江",
    "大西阳城": "大西洋城",
    "Zhanjang -rocket": "Zhanjiang -rocket",
}
NO_SLIPS = ['"Zhanjang"', "“湛姜”", "rocket", "headline:Zhanjang", "x", "Zj"]


def test_a_slip_in_a_name_is_mended_and_said(zhanjiang: list[int]) -> None:
    for key in ("atlantic-city", "guangzhou"):
        tag(ArticlePage.objects.get(pk=zhanjiang[0]), Entity.objects.get(key=key))
    index_stories(zhanjiang)
    for typed, meant in SLIPS.items():
        answer = search(typed)
        assert (answer["query"], answer["typed"], answer["total"]) == (meant, typed, 1)
    page = Client().get("/en/search/", {"q": "Guangzou"}).content.decode()
    assert "Showing results for <b>Guangzhou</b>" in page
    assert "exact=1" in page
    assert search("Guangzou", exact="1")["total"] == 0


def test_nothing_is_made_of_what_is_no_slip(zhanjiang: list[int]) -> None:
    for typed in NO_SLIPS:
        answer = search(typed)
        assert (answer["total"], answer["query"], answer["did_you_mean"]) == (0, typed, None)


def test_a_name_as_it_is_written_elsewhere_finds_the_name(zhanjiang: list[int]) -> None:
    story = ArticlePage.objects.get(pk=zhanjiang[0])
    houston = make_entity("houston", "Houston", "休斯敦")
    tag(story, houston)
    tag(story, make_entity("new-zealand", "New Zealand", "新西兰"))
    tag(make_article("Boston"), make_entity("boston", "Boston", "波士顿"))
    index_stories(zhanjiang)
    for typed, meant in {"休士頓": "休斯敦", "休士顿": "休斯敦", "紐西蘭": "新西兰"}.items():
        answer = search(typed)
        assert (answer["query"], answer["total"]) == (meant, 1), typed


def test_a_word_of_the_dictionary_is_no_slip_of_a_name(zhanjiang: list[int]) -> None:
    tag(make_article("Dali"), make_entity("dali", "Dali", "大理"))
    # All sound alike; 大莉 is no word.
    assert search("大莉")["query"] == "大理"
    assert search("大力")["query"] == "大力"


def test_of_names_as_near_the_one_that_sounds_alike_is_meant(
    zhanjiang: list[int], monkeypatch: Any
) -> None:
    monkeypatch.setattr("archive.search.correction.installed_glosses", lambda: None)
    tag(make_article("Boston"), make_entity("boston", "Boston", "波士顿"))
    tag(make_article("Houston"), make_entity("houston", "Houston", "休斯顿"))
    assert search("休士顿")["query"] == "休斯顿"


def test_a_word_is_mended_by_the_headlines(zhanjiang: list[int]) -> None:
    assert search("openns")["query"] == "opens"


def test_beside_few_results_another_form_is_offered_only(zhanjiang: list[int]) -> None:
    story = make_article("Zhanjang, a misprint")
    for number in range(2):
        tag(make_article(f"More {number}"), Entity.objects.get(key="zhanjiang"))
    index_stories(list(ArticlePage.objects.values_list("pk", flat=True)))
    answer = search("Zhanjang")
    assert [one["id"] for one in answer["results"]] == [story.pk]
    assert answer["did_you_mean"] == "Zhanjiang"
    assert "Did you mean" in Client().get("/en/search/", {"q": "Zhanjang"}).content.decode()


def test_two_words_one_slip_apart_have_a_key_in_common() -> None:
    for one, two in [("zhanjang", "zhanjiang"), ("zahn", "zhan"), ("hanjiang", "zhanjiang")]:
        assert slips(one) & slips(two), (one, two)
    assert slips("abc") == slips("湛江") == set()


def test_headline_keys_begin_at_words_and_characters() -> None:
    assert headline_keys("The port of GDP") == {"the port of gdp", "port of gdp", "gdp"}
    assert headline_keys("港口GDP增长") == {"港口gdp增长", "gdp增长", "增长"}


def test_headlines_are_completed_from_any_word_but_small_ones_within(db: None) -> None:
    make_article("The port of Ohio's GDP港口城 theatre")
    begun = ["the", "the po", "port of oh", "port o", "ohio's g", "gdp港", "港口城 th", "theat"]
    for typed in begun:
        assert len(offered(typed)) == 1, typed
    for typed in ["of ohio", "the theatre", "port ohio", "hio's", "城港", "口gdp"]:
        assert offered(typed) == [], typed


def test_characters_beyond_the_first_plane_complete_a_headline(db: None) -> None:
    make_article("\U00020000港\U00020001口开放")
    for typed in ["\U00020000港", "港\U00020001", "\U00020001口开"]:
        assert len(offered(typed)) == 1, typed


def test_traditional_characters_are_read_as_the_words_that_they_are(db: None) -> None:
    make_entity("changsha", "Changsha", "长沙", aliases={"長沙": "zh-hans"})
    keys = set(NameHint.objects.values_list("key", flat=True))
    assert "changsha" in keys
    assert not any(key.startswith("zh") for key in keys)


def test_names_that_are_loaded_together_are_stored_at_the_end() -> None:
    with names_together():
        for number in range(3):
            make_entity(f"port-{number}", f"Port {number}", aliases={"广州湾": "zh-hans"})
        assert not SearchName.objects.exists()
    assert SearchName.objects.filter(text="广州湾").count() == 3
    assert SearchName.objects.filter(text="Port 2").exists()


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
