"""The two languages: their columns, and which one a text is in."""

import pytest

from archive.text.language import CHINESE, ENGLISH, column, columns, detect, other, supported


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("City builds on long history with US", ENGLISH),
        ("湛江续写百年对美交往新篇", CHINESE),
        ("湛江与 Atlantic City 结为友好城市", CHINESE),
        ("Zhanjiang (湛江) is a port in Guangdong province", ENGLISH),
        ("中国日报 China Daily USA", ENGLISH),
        ("2015年9月22日", CHINESE),
        ("2015-09-22", ENGLISH),
        ("", ENGLISH),
        ("廣州灣", CHINESE),
        ("𠮷野家", CHINESE),
    ],
)
def test_tells_the_language_by_the_script(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", ENGLISH),
        ("en-gb", ENGLISH),
        ("zh-hans", CHINESE),
        ("zh-CN", CHINESE),
        ("ZH", CHINESE),
        ("fr", ENGLISH),
        ("", ENGLISH),
        (None, ENGLISH),
    ],
)
def test_serves_every_code_with_one_of_the_two(code: str | None, language: str) -> None:
    assert supported(code) == language


def test_names_the_columns_as_modeltranslation_does() -> None:
    assert column("name", CHINESE) == "name_zh_hans"
    assert columns("a", "b") == ["a_en", "a_zh_hans", "b_en", "b_zh_hans"]


def test_each_language_is_the_others_other() -> None:
    assert (other(ENGLISH), other(CHINESE)) == (CHINESE, ENGLISH)
