"""Checks of names: missing, misspelt, forbidden, inconsistent; and quiet on good translations."""

import pytest

from archive.desk.qa.base import Finding, Pair, Story
from archive.desk.qa.names import CHECKS
from archive.desk.qa.near_names import distance
from archive.entities.glossary import Glossary
from archive.text.language import CHINESE, ENGLISH, other
from tests.desk.demo_names import demo_checked_stories, demo_terms
from tests.entities.terms import GLOSSARY, WANG, ZHANJIANG, term

# The share of segments with a finding that a good translation may have.
MOST_FALSE_ALARMS = 1 / 20


def story(
    *pairs: tuple[str, str], language: str = ENGLISH, glossary: Glossary = GLOSSARY, **markup: str
) -> Story:
    return Story(
        tuple(
            Pair(str(number), "paragraph", source, target, **markup)
            for number, (source, target) in enumerate(pairs)
        ),
        language,
        other(language),
        glossary,
    )


def findings(checked: Story) -> list[Finding]:
    return [f for pair in checked.pairs for check in CHECKS for f in check().check(pair, checked)]


def ids(checked: Story) -> list[str]:
    return [finding.check_id for finding in findings(checked)]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Mayor Wang Zhongbing said", "市长王中丙表示", []),
        ("Mayor Wang Zhongbing said", "市长王中平表示", ["name-misspelt"]),
        ("Mayor Wang Zhongbing said", "市长王宗丙表示", ["name-misspelt"]),
        ("Mayor Wang Zhongbing said", "市长表示", ["name-missing"]),
        ("Mayor Wang Zhongbing said", "市长李中丙表示", ["name-missing"]),
        ("Wang Zhongbing, Wang Zhongbing", "王中丙、王中平", ["name-misspelt"]),
        ("Zhanjiang has a port", "湛江市有港口", []),
        ("Zhanjiang has a port", "广州灣有港口", []),
        ("Zhanjiang has a port", "堪江有港口", ["name-missing"]),
        ("Portland has a port", "波特蘭有港口", []),
        ("Portland has a port", "波特南有港口", ["name-misspelt"]),
        ("Port of Long Beach", "长滩港", []),
        ("a sister city", "结好的城市", []),
        ("the city", "这座城市", []),
    ],
)
def test_english_names_are_looked_for_in_chinese(source, target, expected):
    assert ids(story((source, target))) == expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("湛江市长王中丙表示", "Zhanjiang Mayor Wang Zhongbing said", []),
        ("湛江市长王中丙表示", "Zhanjiang Mayor Wang Zhongbin said", ["name-misspelt"]),
        ("湛江有港口", "Zhenjiang has a port", ["name-misspelt"]),
        ("湛江有港口", "The city has a port", ["name-missing"]),
        ("湛江有港口", "ZHANJIANG has a port", []),
        ("湛江有港口", "Chankiang has a port", ["name-forbidden"]),
    ],
)
def test_chinese_names_are_looked_for_in_english(source, target, expected):
    assert ids(story((source, target), language=CHINESE)) == expected


def test_a_misspelt_name_says_what_was_meant_and_where_it_stands():
    (finding,) = findings(story(("Mayor Wang Zhongbing said", "市长王中平表示")))
    assert finding.severity == "error"
    assert finding.target_spans == ((2, 5),)
    assert "王中丙" in finding.message


def test_a_person_is_misspelt_also_where_the_source_has_the_surname_only():
    checked = story(("Wang Zhongbing came.", "王中丙来了。"), ("Wang said so.", "王中平说。"))
    assert [(f.key, f.check_id) for f in findings(checked)] == [("1", "name-misspelt")]


def test_a_place_may_be_called_the_city_after_its_first_mention():
    pairs = [("Zhanjiang has a port.", "湛江有港口。"), ("Zhanjiang grows.", "该市不断发展。")]
    assert ids(story(*pairs)) == []
    assert ids(story(*reversed(pairs))) == ["name-missing"]


def test_a_forbidden_form_names_the_right_one():
    glossary = Glossary((term(1, "person", "Wang Zhongbing", "王中丙", "!王忠炳"),))
    (finding,) = findings(story(("Wang Zhongbing said", "王忠炳说"), glossary=glossary))
    assert (finding.check_id, finding.severity) == ("name-forbidden", "error")
    assert "王中丙" in finding.message


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("Zhanjiang", "湛江"), ("Zhanjiang", "广州湾")], ["name-inconsistent"]),
        ([("Zhanjiang", "湛江"), ("Zhanjiang", "湛江市")], []),
        ([("Zhanjiang", "湛江"), ("Tsamkong", "广州湾")], []),
        ([("Wang Zhongbing", "王中丙（Wang Zhongbing）"), ("Wang", "王市长")], []),
        ([("Charles Puckett", "查尔斯·帕克特"), ("Puckett", "帕克特")], []),
    ],
)
def test_one_name_has_one_form_in_a_story(pairs, expected):
    assert ids(story(*pairs)) == expected


def test_a_link_in_the_source_tells_which_portland_is_meant():
    salem = term(9, "place", "Portland", "波特兰")
    jamaica = term(10, "place", "Portland", "波特兰教区")
    checked = story(
        ("Portland", "波特兰教区"),
        glossary=Glossary((salem, jamaica)),
        source_markup='<p><a linktype="entity" id="10">Portland</a></p>',
    )
    assert ids(checked) == []


def test_the_demos_own_names_catch_the_wrong_mayor():
    """王中平 is what a machine makes of Wang Zhongbing."""
    glossary = Glossary(tuple(demo_terms()))
    checked = story(
        ("Zhanjiang Mayor Wang Zhongbing said", "湛江市市长王中平表示"), glossary=glossary
    )
    assert ids(checked) == ["name-misspelt"]


def test_good_translations_raise_hardly_any_alarm():
    stories = demo_checked_stories()
    pairs = sum(len(one.pairs) for one in stories.values())
    alarms = {(slug, f.key): f.message for slug, one in stories.items() for f in findings(one)}
    assert len(stories) >= 15
    assert pairs > 250
    assert len(alarms) <= pairs * MOST_FALSE_ALARMS, alarms


def test_every_name_of_the_demo_that_is_cut_out_of_its_translation_is_missed():
    """The checks aren't quiet because they are deaf."""
    checked = story(("Wang Zhongbing went to Zhanjiang.", "他去了那里。"))
    assert ids(checked) == ["name-missing", "name-missing"]
    assert {WANG.canonical(CHINESE), ZHANJIANG.canonical(CHINESE)} == {"王中丙", "湛江"}


@pytest.mark.parametrize(
    ("one", "another", "expected"),
    [("", "", 0), ("abc", "abc", 0), ("bing", "bin", 1), ("ping", "bing", 1), ("", "ab", 2)],
)
def test_distance_counts_letters(one, another, expected):
    assert distance(one, another) == distance(another, one) == expected
