"""What looks like a name and isn't, and names that several places have."""

import pytest

from archive.contrib.name_suggestions.recognition.engine import suggest
from archive.text.language import detect
from archive.text.passages import Passage
from tests.contrib.name_suggestions.gazetteers import ambiguous_gazetteer, demo_gazetteer


def keys(*texts: str) -> set[str]:
    passages = [Passage(f"line:{n}", text, detect(text)) for n, text in enumerate(texts)]
    return {one.key for one in suggest(ambiguous_gazetteer(), passages, None).entities}


def asked(*texts: str) -> list[tuple[str, set[str]]]:
    passages = [Passage(f"line:{n}", text, detect(text)) for n, text in enumerate(texts)]
    questions = suggest(ambiguous_gazetteer(), passages, None).questions
    return [(one.text, {candidate.key for candidate in one.candidates}) for one in questions]


@pytest.mark.parametrize(
    "text",
    [
        "Mobile phones are banned.",
        "Reading is fun, and orange juice is cheap.",
        "Orange juice is cheap.",
        "Providence smiled on them.",
        "He wrote for the Portland Press Herald.",
        "The Philadelphia Orchestra played.",
        "They met on Beijing Road at noon.",
        "The University of Houston won.",
        "A ship left the Port of Baltimore.",
        "The Seattle Mariners lost again.",
        "Singer Whitney Houston was born in Newark.",
        "It was cheaper in New Boston.",
        "The Treaty of Nanjing was signed.",
        "George Washington slept here.",
        "Robert Boston said so.",
        "Phoenix Satellite Television reported it.",
        "We drank TEA.",
        "Georgia and Armenia signed; Tbilisi is happy.",
        "The long beach was empty.",
        "Liu said so.",
        "Portland cement and Peking duck sell well.",
        "上海合作组织开会。",
        "他在中山路上开店。",
        "孙先生来自中山公园附近。",
        "其中山东的果农最多。",
        "《南京日报》刊登了文章。",
        "北京时间下午三点。",
        "厦门大学的学生来了。",
        "上海浦东发展银行开业。",
        "变成都市花园。",
        "黄河源头在青海。",
        "修正定于明天公布。",
        "他参加州长会议。",
        "乔治·华盛顿是首任总统。",
        "北海道下雪了。",
        "常春藤爬满了墙。",
        "龚正义说，天气很好。",
        "刘说，天气很好。",
        "青岛啤酒卖完了。",
        "《华盛顿邮报》报道。",
    ],
)
def test_is_no_name(text):
    assert keys(text) == set()


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["A group from Portland, Maine, came."], {"portland-me"}),
        (["A group from Portland in Oregon came."], {"portland-or", "oregon-state"}),
        (["Oregon's Portland is rainy."], {"portland-or", "oregon-state"}),
        (
            ["Portland is rainy.", "Ted Mercer spoke of Maine."],
            {"portland-me", "ted-mercer", "maine-state"},
        ),
        (
            ["The Port of Long Beach grew. Long Beach, California, is glad."],
            {"port-of-long-beach", "long-beach", "california-state"},
        ),
        (["Long Beach, New York, is an island."], {"long-beach-ny"}),
        (["Peking and Tsamkong were names on the map."], {"beijing", "zhanjiang"}),
        (["They grew rice in Fuzhou, Jiangxi province."], {"fuzhou-jiangxi", "jiangxi-province"}),
        (["Fuzhou, in Fujian, has a port."], {"fuzhou", "fujian-province"}),
        (["Auckland has boats."], {"auckland"}),
        (["Seattle, Washington, is rainy."], {"seattle", "washington-state"}),
        (
            ["Atlanta, Georgia, and Mobile, Alabama, are warm."],
            {"georgia-state", "mobile", "alabama-state"},
        ),
        (["Residents of Reading, Pennsylvania, read."], {"reading-pa"}),
        (["Boston and Portland, Oregon, signed."], {"boston", "portland-or"}),
        (["MAYOR OF SEATTLE VISITS ZHANJIANG"], {"seattle", "zhanjiang"}),
        (["Zhanjiang Signs Pact With Seattle Port Authority"], {"zhanjiang", "seattle"}),
        (["美国俄勒冈州波特兰市的代表来了。"], {"oregon-state", "portland-or"}),
        (["缅因州的波特兰下雪了。"], {"maine-state", "portland-me"}),
        (["新西兰奥克兰的船。", "奥克兰的船很快。"], {"auckland"}),
        (["加州奥克兰的港口。"], {"california-state", "oakland"}),
        (["智利首都圣地亚哥地震。"], {"santiago"}),
        (
            ["圣地亚哥与烟台结好，加利福尼亚州的港口也来了。"],
            {"san-diego", "yantai", "california-state"},
        ),
        (["Phoenix, Arizona, is hot."], {"phoenix"}),
        (
            ["微软（Microsoft）和BRI来到湛江。", "“一带一路”倡议"],
            {"microsoft", "belt-and-road", "zhanjiang"},
        ),
        (["The city (湛江) is old."], {"zhanjiang"}),
        (["湛江市长期缺水。"], {"zhanjiang"}),
        (["孫中山在廣州演講。"], {"sun-yat-sen", "guangzhou"}),
        (["中山市长大的孩子。"], {"zhongshan"}),
        (["龚正明确表示支持。"], {"gong-zheng"}),
    ],
)
def test_says_which_is_meant(texts, expected):
    assert keys(*texts) == expected


@pytest.mark.parametrize(
    ("text", "name", "candidates"),
    [
        ("A choir from Portland sang.", "Portland", {"portland-or", "portland-me"}),
        ("A choir from Fuzhou sang.", "Fuzhou", {"fuzhou", "fuzhou-jiangxi"}),
        ("A choir from Long Beach sang.", "Long Beach", {"long-beach", "long-beach-ny"}),
        ("奥克兰的合唱团来了。", "奥克兰", {"oakland", "auckland"}),
        ("Wang Wei sang a song.", "Wang Wei", {"wang-wei-zhongshan", "wang-wei-yantai"}),
    ],
)
def test_asks_when_the_story_does_not_say(text, name, candidates):
    assert keys(text) == set()
    assert asked(text) == [(name, candidates)]


@pytest.mark.parametrize("text", ["Portland, Maine, is cold.", "新西兰奥克兰的船。"])
def test_a_place_that_the_archive_lacks_is_not_taken_for_its_namesake(text):
    found = suggest(demo_gazetteer(), [Passage("headline", text, detect(text))], None)
    assert (found.entities, found.questions) == ((), ())


def test_a_namesake_outside_the_archive_is_asked_about():
    found = suggest(demo_gazetteer(), [Passage("headline", "Boats from Portland", "en")], None)
    assert [candidate.key for candidate in found.questions[0].candidates] == ["portland-or"]


def test_says_what_told_namesakes_apart():
    text = "Portland is in Oregon."
    (place, _state) = suggest(
        ambiguous_gazetteer(), [Passage("headline", text, "en")], None
    ).entities
    assert (place.key, place.reasons) == ("portland-or", ("Oregon",))
