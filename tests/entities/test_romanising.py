"""Pinyin with tone marks, as names are written in it."""

import pytest

from archive.entities.romanisation import readings, romanised


@pytest.mark.parametrize(
    ("name", "facts", "pinyin"),
    [
        ("湛江", {"kind": "place", "is_domestic": True}, "Zhànjiāng"),
        ("湛江港", {"kind": "place", "is_domestic": True}, "Zhànjiāng Gǎng"),
        ("北部湾", {"kind": "place", "is_domestic": True}, "Běibù Wān"),
        ("西安", {"kind": "place", "is_domestic": True}, "Xī'ān"),
        ("重庆", {"kind": "place", "is_domestic": True}, "Chóngqìng"),
        ("长滩", {"kind": "place"}, "Cháng tān"),
        ("刘小华", {"kind": "person"}, "Liú Xiǎohuá"),
        ("欧阳修", {"kind": "person"}, "Ōuyáng Xiū"),
        ("PX项目", {"kind": "topic"}, "PX xiàng mù"),
        ("Microsoft", {"kind": "organisation"}, ""),
        ("", {}, ""),
    ],
)
def test_names_are_written_as_in_reference_books(name, facts, pinyin):
    assert romanised(name, **facts) == pinyin


@pytest.mark.parametrize(
    ("name", "reading", "pinyin"),
    [
        ("单田芳", "shan tian fang", "Shàn Tiánfāng"),
        ("单田芳", "shan4 tian2 fang1", "Shàn Tiánfāng"),
        ("单田芳", "shàn tián fāng", "Shàn Tiánfāng"),
        ("单田芳", "too short", "Dān Tiánfāng"),
    ],
)
def test_the_entrys_own_reading_decides(name, reading, pinyin):
    assert romanised(name, reading=reading, kind="person") == pinyin


@pytest.mark.parametrize(
    ("name", "reading", "pairs"),
    [
        ("湛江", "", "湛zhàn 江jiāng"),
        ("单田芳", "shan tian fang", "单shàn 田tián 芳fāng"),
        ("PX项目", "", "项xiàng 目mù"),
        ("西雅图·塔科马", "", "西xī 雅yǎ 图tú 塔tǎ 科kē 马mǎ"),
        ("Microsoft", "", ""),
    ],
)
def test_each_character_has_its_syllable(name, reading, pairs):
    assert readings(name, reading) == pairs
