"""What a story's names come to: the seed story, short forms, ranking, and what is new."""

import re
from datetime import date

import pytest

from archive.contrib.name_suggestions.recognition.base import Suggestions
from archive.contrib.name_suggestions.recognition.engine import suggest
from archive.contrib.name_suggestions.recognition.facts import Facts, Gazetteer
from archive.entities.glossary.terms import Glossary
from archive.text.language import CHINESE, ENGLISH, detect
from archive.text.passages import Passage
from newsroom.demo.stories import read_stories
from tests.contrib.name_suggestions.gazetteers import DEMO, ambiguous_gazetteer, demo_gazetteer
from tests.entities.terms import LIU, PORTLAND_ME, PORTLAND_OR, SISTER_CITY, ZHANJIANG, term

DAY = date(2015, 9, 22)
NAMED = {
    *("zhanjiang", "atlantic-city", "seattle", "los-angeles", "portland-or", "port-of-long-beach"),
    *("beibu-gulf", "chen-lanbin", "liu-xiaohua", "wang-zhongbing", "microsoft", "belt-and-road"),
    *("qing-dynasty", "california-state", "sister-city", "maritime-economy", "smart-city"),
}


def passages(*texts: str) -> list[Passage]:
    return [Passage(f"line:{n}", text, detect(text)) for n, text in enumerate(texts)]


def seed(language: str) -> list[Passage]:
    if language == ENGLISH:
        lines = (DEMO / "zhanjiang-2015-09-22.txt").read_text(encoding="utf-8").splitlines()
        # Not the contact line and the citation.
        return passages(
            *(line for line in lines if line and "@" not in line and "(China" not in line)
        )
    story = next(one for one in read_stories() if one.slug == "zhanjiang-2015-09-22")
    blocks = [re.sub(r"\[\[[^|]*\|([^\]]*)\]\]", r"\1", str(b[CHINESE])) for b in story.blocks]
    return passages(story.headline[CHINESE], story.standfirst[CHINESE], *blocks)


def of(*texts: str, day: date | None = DAY) -> dict[str, list[str]]:
    """By key, what the mentions are written as."""
    found = suggest(ambiguous_gazetteer(), passages(*texts), day)
    return {one.key: [spot.text for spot in one.spots] for one in found.entities}


@pytest.fixture(params=[ENGLISH, CHINESE])
def seed_suggestions(request: pytest.FixtureRequest) -> Suggestions:
    return suggest(demo_gazetteer(), seed(request.param), DAY)


def test_the_seed_storys_names_are_suggested_and_no_wrong_ones(seed_suggestions):
    found = {one.key for one in seed_suggestions.entities}
    assert found - {"oregon-state", "china-daily"} == NAMED
    assert seed_suggestions.questions == ()


def test_the_seed_story_is_about_its_city_and_its_people(seed_suggestions):
    about = [one.key for one in seed_suggestions.entities if one.role == "about"]
    assert about[0] == "zhanjiang"
    assert set(about[1:]) == {"liu-xiaohua", "wang-zhongbing", "chen-lanbin"}


def test_the_seed_storys_officials_act_for_zhanjiang(seed_suggestions):
    homes = {one.key: one.home for one in seed_suggestions.entities if one.home}
    assert homes == {"liu-xiaohua": "zhanjiang", "wang-zhongbing": "zhanjiang"}


def test_each_spot_is_where_it_says_and_has_its_sentence(seed_suggestions):
    texts = {one.key: one.text for language in (ENGLISH, CHINESE) for one in seed(language)}
    for one in seed_suggestions.entities:
        for spot in one.spots:
            assert spot.text in spot.sentence
            if detect(spot.sentence) == CHINESE:
                assert texts[spot.passage][spot.start : spot.end] == spot.text


@pytest.mark.parametrize(
    ("texts", "key", "mentions"),
    [
        (["Liu Xiaohua came.", "Liu said so."], "liu-xiaohua", ["Liu Xiaohua", "Liu"]),
        (
            ["Zhanjiang Mayor Wang Zhongbing came.", "The mayor spoke."],
            "wang-zhongbing",
            ["Wang Zhongbing", "The mayor"],
        ),
        (["Karen Holt came.", "“It is late,” Holt said."], "karen-holt", ["Karen Holt", "Holt"]),
        (["湛江市委书记刘小华来了。", "刘说，天气好。"], "liu-xiaohua", ["刘小华", "刘"]),
        (["湛江市市长王中丙来了。", "该市长说，天气好。"], "wang-zhongbing", ["王中丙", "该市长"]),
        (["湛江市市长王中丙来了。", "王市长走了。"], "wang-zhongbing", ["王中丙", "王市长"]),
        (["凯伦·霍尔特来了。", "霍尔特走了。"], "karen-holt", ["凯伦·霍尔特", "霍尔特"]),
    ],
)
def test_a_short_form_means_the_person_named_before(texts, key, mentions):
    assert of(*texts)[key] == mentions


@pytest.mark.parametrize(
    "texts",
    [
        ["Liu Xiaohua came.", "Liu Yang, a student, stood by.", "Liu laughed."],
        ["Liu Xiaohua came.", "Jason Liu laughed."],
        ["Mayor Wang Zhongbing came.", "Mayor Ted Wheeler came.", "The mayor laughed."],
        ["Mayor Wang Zhongbing came.", "The deputy mayor laughed."],
        ["Mayor Wang Zhongbing came.", "The mayor of Tacoma laughed."],
        ["刘小华来了。", "学生刘洋说，天气好。", "刘说，下雨了。"],
        ["市长王中丙来了。", "这位副市长笑了。"],
    ],
)
def test_a_short_form_of_somebody_else_means_nobody(texts):
    found = of(*texts, day=None)
    assert [len(mentions) for mentions in found.values()] == [1] * len(found)


def test_the_mayor_is_asked_about_where_two_were_named():
    texts = ("Mayor Wang Zhongbing met Mayor Karen Holt.", "The mayor laughed.")
    (question,) = suggest(ambiguous_gazetteer(), passages(*texts), None).questions
    assert question.text == "The mayor"
    assert {one.key for one in question.candidates} == {"wang-zhongbing", "karen-holt"}


@pytest.mark.parametrize(
    ("day", "key"),
    [(date(2010, 5, 1), "wang-wei-yantai"), (date(2015, 5, 1), "wang-wei-zhongshan")],
)
def test_namesakes_are_told_apart_by_the_office_of_the_day(day, key):
    assert key in of("Wang Wei flew from Zhongshan to Yantai.", day=day)


def test_namesakes_are_told_apart_by_a_known_tie():
    suzhou = term(20, "place", "Soochow", "苏州")
    facts = {
        PORTLAND_OR.entity_id: Facts("city", {ENGLISH: "Oregon"}, partners=frozenset({20})),
        PORTLAND_ME.entity_id: Facts("city", {ENGLISH: "Maine"}),
    }
    gazetteer = Gazetteer((PORTLAND_OR, PORTLAND_ME, suzhou), facts)
    assert not suggest(gazetteer, passages("Portland wrote."), None).entities
    found = suggest(gazetteer, passages("Portland wrote to Soochow."), None).entities
    assert {one.entity_id for one in found} == {PORTLAND_OR.entity_id, 20}


def test_a_plain_glossary_will_do():
    found = suggest(Glossary((ZHANJIANG, LIU)), passages("Liu Xiaohua left Zhanjiang."), None)
    assert {one.key for one in found.entities} == {"zhanjiang", "liu-xiaohua"}


def test_the_headlines_names_come_first_and_rare_ones_before_common_ones():
    gazetteer = Gazetteer((ZHANJIANG, LIU, SISTER_CITY), {1: Facts("city", uses=500)})
    found = suggest(gazetteer, passages("Liu Xiaohua and Zhanjiang", "Sister cities."), None)
    assert [one.key for one in found.entities] == ["liu-xiaohua", "zhanjiang", "sister-city"]


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("The choir sings Every Thursday and in Early March.", []),
        ("The curator, Emily Stone, spoke.", [("Emily Stone", "person")]),
        ("He works for Boston Harbour Museum now.", [("Boston Harbour Museum", "organisation")]),
        ("They drank coffee at Starbucks.", [("Starbucks", "")]),
        ("The Chinese and the Americans met on Monday in May.", []),
        ("Nobody came to Zhanjiang, nor to Long Beach, Calif., again.", []),
        ("湛江市副市长陈大海说，天气好。", [("陈大海", "person")]),
        ("州长约翰·史密斯来了，约翰·史密斯说。", [("约翰·史密斯", "person")]),
        ("市长说，天气好。", []),
    ],
)
def test_unknown_names_are_offered_as_new(text, new):
    found = suggest(demo_gazetteer(), passages(text), None).new
    assert [(one.text, one.kind) for one in found] == new


@pytest.mark.parametrize(
    ("texts", "dateline"),
    [
        (["The fleet is home, Leizhou said on Monday."], "LEIZHOU, Guangdong"),
        (["LEIZHOU, Guangdong - The fleet is home, Leizhou said."], ""),
        (["The fleet is home, Leizhou said on Monday.", "It rained in Leizhou."], ""),
    ],
)
def test_what_stands_where_a_place_does_is_no_new_person(texts, dateline):
    found = suggest(demo_gazetteer(), passages(*texts), None, dateline).new
    assert [(one.text, one.kind) for one in found if one.text == "Leizhou"] == [
        ("Leizhou", "place")
    ]


def test_a_text_without_names_gives_nothing():
    assert suggest(demo_gazetteer(), [], None) == Suggestions()
    assert suggest(demo_gazetteer(), passages("it rained"), None) == Suggestions()
