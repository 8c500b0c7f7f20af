"""Ties read out of sentences, in both languages."""

from datetime import date

import pytest

from archive.contrib.name_suggestions.recognition.engine import suggest
from archive.contrib.name_suggestions.recognition.ties import TIES, ProposedTie, propose_ties
from archive.text.language import CHINESE, ENGLISH, detect
from archive.text.passages import Passage
from archive.ties.models import Tie
from tests.contrib.name_suggestions.gazetteers import ambiguous_gazetteer, demo_gazetteer
from tests.contrib.name_suggestions.test_suggesting import DAY, seed

SEED = {
    ("zhanjiang", "atlantic-city", "sister_city", "unknown"),
    ("zhanjiang", "portland-or", "consultation", "unknown"),
    ("zhanjiang", "seattle", "visit", "planned"),
    ("zhanjiang", "los-angeles", "visit", "planned"),
    ("zhanjiang", "port-of-long-beach", "visit", "planned"),
}


def proposed(*texts: str, day: date | None = DAY) -> list[ProposedTie]:
    passages = [Passage(f"line:{n}", text, detect(text)) for n, text in enumerate(texts)]
    return list(propose_ties(passages, suggest(ambiguous_gazetteer(), passages, day)))


def pairs(*texts: str) -> list[tuple[str, str, str, str]]:
    return [(one.place_a, one.place_b, one.kind, one.status) for one in proposed(*texts)]


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_the_seed_storys_ties_are_proposed_with_their_sentences(language):
    passages = seed(language)
    ties = propose_ties(passages, suggest(demo_gazetteer(), passages, DAY))
    assert {(one.place_a, one.place_b, one.kind, one.status) for one in ties} == SEED
    texts = {one.key: one.text for one in passages}
    for tie in ties:
        spot = tie.spot
        assert texts[spot.passage][spot.start : spot.end] == spot.text == spot.sentence


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        ("Seattle and Chongqing have been sister cities for years.",
         ("seattle", "chongqing", "sister_city", "unknown")),
        ("Chengdu and Honolulu, Hawaii, became sister cities.",
         ("chengdu", "honolulu", "sister_city", "unknown")),
        ("Nanjing became the sister city of St. Louis.",
         ("nanjing", "st-louis", "sister_city", "unknown")),
        ("Kaifeng in Henan and Wichita in Kansas became sister cities.",
         ("kaifeng", "wichita", "sister_city", "unknown")),
        ("Boston, too, is no newcomer: it has had Hangzhou as a sister city.",
         ("boston", "hangzhou", "sister_city", "unknown")),
        ("Chongqing is Seattle's sister city.",
         ("chongqing", "seattle", "sister_city", "unknown")),
        ("A group from Zhengding, in Hebei, travelled to Muscatine, in Iowa, in April.",
         ("zhengding", "muscatine", "visit", "unknown")),
        ("Zhanjiang hopes to become a sister city of Seattle.",
         ("zhanjiang", "seattle", "sister_city", "planned")),
        ("Changchun ended its sister-city relationship with Little Rock.",
         ("changchun", "little-rock", "sister_city", "ended")),
        ("Guangdong and California are sister province and state.",
         ("guangdong-province", "california-state", "sister_state_province", "unknown")),
        ("The Port of Shanghai and the Port of Los Angeles signed a friendship port agreement.",
         ("port-of-shanghai", "port-of-los-angeles", "port_cooperation", "unknown")),
        ("Trade between Dalian and Houston grew.", ("dalian", "houston", "trade", "unknown")),
        ("Wuhan and Pittsburgh signed a friendship agreement.",
         ("wuhan", "pittsburgh", "friendly_exchange", "unknown")),
        ("A delegation from Tianjin visited Philadelphia.",
         ("tianjin", "philadelphia", "visit", "unknown")),
        ("A group from Tianjin plans to travel to Philadelphia.",
         ("tianjin", "philadelphia", "visit", "planned")),
        ("湛江与西雅图结为友好城市。", ("zhanjiang", "seattle", "sister_city", "unknown")),
        ("湛江和西雅图缔结友好城市关系。", ("zhanjiang", "seattle", "sister_city", "unknown")),
        ("重庆是西雅图的友城。", ("chongqing", "seattle", "sister_city", "unknown")),
        ("湛江拟与西雅图结为友好城市。", ("zhanjiang", "seattle", "sister_city", "planned")),
        ("上海港与洛杉矶港签署友好港协议。",
         ("port-of-shanghai", "port-of-los-angeles", "port_cooperation", "unknown")),
        ("广东省与加利福尼亚州结为友好省州。",
         ("guangdong-province", "california-state", "sister_state_province", "unknown")),
        ("天津代表团将访问费城。", ("tianjin", "philadelphia", "visit", "planned")),
        ("大连与休斯敦的贸易增长。", ("dalian", "houston", "trade", "unknown")),
        ("武汉与匹兹堡互派学生。", ("wuhan", "pittsburgh", "study", "unknown")),
    ],
)  # fmt: skip
def test_a_sentence_proposes_its_tie(text, tie):
    assert pairs(text) == [tie]


@pytest.mark.parametrize(
    "text",
    [
        "Seattle and Chongqing are large cities.",
        "Seattle is no sister city of Shanghai.",
        "He was born in Seattle and studied in Boston.",
        "Zhanjiang has sister cities.",
        "西雅图和重庆都很大。",
        "湛江没有与西雅图结为友好城市。",
    ],
)
def test_a_sentence_that_says_nothing_of_a_tie_proposes_none(text):
    assert proposed(text) == []


def test_a_list_gives_a_tie_to_each():
    assert pairs("上海与旧金山、芝加哥先后结好。") == [
        ("shanghai", "san-francisco", "sister_city", "unknown"),
        ("shanghai", "chicago", "sister_city", "unknown"),
    ]


def test_an_official_visits_on_behalf_of_his_city():
    texts = ("Zhanjiang Mayor Wang Zhongbing spoke.", "Wang will visit Seattle.")
    assert pairs(*texts) == [("zhanjiang", "seattle", "visit", "planned")]


@pytest.mark.parametrize(
    "text",
    ["Seattle and Chongqing became sister cities in 1983.", "西雅图与重庆1983年结为友好城市。"],
)
def test_the_year_is_taken_from_the_sentence(text):
    assert proposed(text)[0].since == "1983"


def test_an_undecided_name_takes_no_part():
    assert proposed("Portland and Suzhou, Jiangsu, are sister cities.", day=None) == []


def test_a_text_with_private_characters_of_its_own_does_no_harm():
    assert proposed("A group from Portland, Oregon, will visit \ue000\ue001 and \uf8ff.") == []


def test_each_pair_and_kind_is_proposed_once():
    text = "Seattle and Chongqing are sister cities."
    assert len(proposed(text, text)) == 1


def test_kinds_and_statuses_are_those_of_ties():
    assert {kind for kind, _pattern in TIES} | {"visit"} == set(Tie.Kind.values) - {"sister_school"}
    assert {"unknown", "planned", "ended"} <= set(Tie.Status.values)
