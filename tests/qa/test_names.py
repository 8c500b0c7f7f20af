"""Checks of names: missing, misspelt, forbidden, inconsistent; and quiet on good translations."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from archive.entities.glossary.terms import Form, Glossary, Term
from archive.qa.base import HEADING_KINDS, Finding, Pair, Story
from archive.qa.checks.names import (
    NameForbidden,
    NameInconsistent,
    NameMissing,
    NameMisspelt,
    distance,
    names_of,
)
from archive.text.language import CHINESE, ENGLISH, other
from tests.desk.demo_names import demo_checked_stories, demo_terms
from tests.entities.terms import GLOSSARY, term

CHECKS = (NameMissing, NameMisspelt, NameForbidden, NameInconsistent)
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


@pytest.mark.parametrize("kind", ["headline", "cell", "paragraph"])
def test_another_known_place_is_found_wherever_it_stands(kind: str) -> None:
    texts = [("湛江有港口", "Zhanjiang has a port"), ("湛江港启用", "Portland opens its port")]
    checked = story(*texts, language=CHINESE)
    pairs = (checked.pairs[0], replace(checked.pairs[1], kind=kind))
    (found,) = findings(replace(checked, pairs=pairs))
    assert (found.check_id, found.key) == ("name-missing", "1")
    assert "“Portland” is another place than 湛江" in found.message
    # A heading may name the place that the text tells of, or none.
    told = (("湛江与波特兰结好", "Zhanjiang and Portland are tied"), texts[1])
    assert ids(story(*told, language=CHINESE)) == []
    assert ids(story(texts[0], ("湛江港启用", "The city opens its port"), language=CHINESE)) == []


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
        ("Zhanjiang has a port", "Zhanjiang 有港口", ["name-missing"]),
        ("Mayor Wang Zhongbing said", "市长 Wang Zhongbing 表示", ["name-missing"]),
        ("Zhanjiang has a port", "湛江（Zhanjiang）有港口", []),
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
        ("湛江有港口", "湛江 has a port", ["name-missing"]),
        ("湛江有港口", "Chankiang has a port", ["name-forbidden"]),
    ],
)
def test_chinese_names_are_looked_for_in_english(source, target, expected):
    assert ids(story((source, target), language=CHINESE)) == expected


def test_initials_are_the_same_in_any_language():
    forms = (Form("APEC", ENGLISH, "abbreviation"), Form("亚太经合组织", CHINESE))
    apec = Glossary((Term(7, "apec", "organisation", forms),))
    assert ids(story(("APEC met", "APEC 开会"), glossary=apec)) == []
    assert ids(story(("APEC met", "亚太开会"), glossary=apec)) == ["name-missing"]


def test_a_misspelt_name_says_what_was_meant_and_where_it_stands():
    (finding,) = findings(story(("Mayor Wang Zhongbing said", "市长王中平表示")))
    assert finding.severity == "error"
    assert finding.target_spans == ((2, 5),)
    assert "王中丙" in finding.message


@pytest.mark.parametrize(
    ("target", "is_misspelt"),
    # Its last character differs from a name's, and the dictionary has it as a word.
    [
        ("该镇与珠江三角洲一同发展。", False),
        ("该镇与三角鎮一同发展。", False),
        ("三脚镇发展了。", True),
    ],
)
def test_a_word_of_the_dictionary_is_no_misspelt_name(target, is_misspelt):
    place = Glossary((term(1, "place", "Sanjiao", "三角镇"),))
    checked = story(("Sanjiao grew with the Delta.", target), glossary=place)
    assert ("name-misspelt" in ids(checked)) == is_misspelt


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
    ("source", "expected"),
    [
        ("Wang Zhongbing said", ["name-forbidden"]),
        ("Wang Zhongping said", []),
        ("Wang Zhongbing and Wang Zhongping said", []),
        ("He said", []),
    ],
)
def test_one_persons_forbidden_form_may_be_another_ones_name(source, expected):
    glossary = Glossary(
        (
            term(1, "person", "Wang Zhongbing", "王中丙", "!王中平"),
            term(2, "person", "Wang Zhongping", "王中平"),
        )
    )
    assert ids(story((source, "王中平说"), glossary=glossary)) == expected


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
    assert pairs > 190
    assert len(alarms) <= pairs * MOST_FALSE_ALARMS, alarms


def test_hardly_a_wrong_name_in_the_demo_escapes():
    """The checks aren't quiet because they are deaf: each name is misspelt in turn."""
    caught, all_of_them = 0, 0
    for one in demo_checked_stories().values():
        for pair in one.pairs:
            for wrong in misspelt(one, pair):
                pairs = tuple(wrong if other == pair else other for other in one.pairs)
                story_with_it = replace(one, pairs=pairs)
                found = [f for check in CHECKS for f in check().check(wrong, story_with_it)]
                caught += bool(found)
                all_of_them += 1
    assert all_of_them > 150
    assert caught >= all_of_them * 0.95


def misspelt(one: Story, pair: Pair) -> Iterator[Pair]:
    """The pair with the second character of one of its names changed, wherever that name stands.

    Names of people anywhere, of places where the running text has them first.
    """
    here = names_of(one).pairs[pair.key]
    for name in {hit.terms[0] for hit in here.source if len(hit.terms) == 1}:
        right = name.canonical(one.target_language)
        counts = name.kind == "person" or (name.kind == "place" and name.entity_id in here.first)
        if counts and right in pair.target and pair.kind not in HEADING_KINDS:
            wrong = right[0] + ("坪" if one.target_language == CHINESE else "q") + right[2:]
            yield replace(pair, target=pair.target.replace(right, wrong))


@pytest.mark.parametrize(
    ("one", "another", "expected"),
    [("", "", 0), ("abc", "abc", 0), ("bing", "bin", 1), ("ping", "bing", 1), ("", "ab", 2)],
)
def test_distance_counts_letters(one, another, expected):
    assert distance(one, another) == distance(another, one) == expected
