"""Which names look like doubles, and which only look like it to a machine."""

import pytest

from archive.entities.merging.duplicates import Named, pairs

ALIKE = [
    ("Zhanjiang", "Zhan Jiang"),
    ("Zhanjiang", "Zhanjiang City"),
    ("Liu Xiaohua", "Xiaohua Liu"),
    ("Zhanjiang", "Zhangjiang"),
    ("Port of Long Beach", "Long Beach Port"),
    ("São Paulo", "Sao Paulo"),
    ("湛江", "湛江市"),
    ("長灘", "长滩"),
    ("湛江港集团公司", "湛江港集团总公司"),
]
UNLIKE = [
    ("Portland", "Porto"),
    ("Long Beach", "Port of Long Beach"),
    ("Pier 10 North", "Pier 11 North"),
    ("王明", "王宁"),
    ("福州", "抚州"),
    ("第二届中美友城大会", "第四届中美友城大会"),
    ("Li Na", "Li Wa"),
]


def found(one, two, a="", b=""):
    return pairs([Named(1, "place", one, a), Named(2, "place", two, b)])


@pytest.mark.parametrize(("one", "two"), ALIKE)
def test_finds_spellings_of_one_name(one, two):
    assert [(pair.one, pair.two) for pair in found(one, two)] == [(1, 2)]


@pytest.mark.parametrize(("one", "two"), UNLIKE)
def test_leaves_other_names_alone(one, two):
    assert found(one, two) == []


def test_two_places_of_one_name_are_told_apart_by_their_region():
    assert found("Portland", "Portland", a="US/Oregon", b="US/Maine") == []
    assert found("Portland", "Portland", a="US/Oregon", b="US/") != []


def test_compares_within_a_kind_only():
    names = [Named(1, "person", "Washington"), Named(2, "place", "Washington")]
    assert pairs(names) == []


def test_a_city_and_a_province_differ_where_they_are_no_part_of_a_places_name():
    names = [Named(1, "topic", "sister city"), Named(2, "topic", "sister province")]
    assert pairs(names) == []
