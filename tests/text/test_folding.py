"""Texts folded for finding names, and the way back to where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.normalisation import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zhanjiang", "zhanjiang"),
        ("ＺＨＡＮＪＩＡＮＧ", "zhanjiang"),
        ("São Paulo", "sao paulo"),
        ("Sa\u0303o Paulo", "sao paulo"),
        ("Liu\u00a0Xiaohua", "liu xiaohua"),
        ("Liu \r\n  Xiaohua", "liu xiaohua"),
        ("sister-city", "sister city"),
        ("Xi’an", "xi'an"),
        ("陳蘭彬", "陈兰彬"),
        ("“一带一路”倡议", "一带一路倡议"),
        ("‘一带一路’倡议", "一带一路倡议"),
        ("查尔斯・帕克特", "查尔斯·帕克特"),
        ("Zhan\u00adjiang", "zhanjiang"),
        ("１１４个国家", "114个国家"),
    ],
)
def test_what_makes_no_difference_to_a_name_is_folded(text, folded):
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "piece", "found"),
    [
        ("Mayor Liu \n Xiaohua said", "liu xiaohua", "Liu \n Xiaohua"),
        ("按照‘一带一路’倡议", "一带一路倡议", "一带一路’倡议"),
        ("到Sa\u0303o Paulo去", "sao paulo", "Sa\u0303o Paulo"),
    ],
)
def test_a_piece_leads_back_to_its_place(text, piece, found):
    folded = fold(text)
    start = folded.text.index(piece)
    first, last = folded.span(start, start + len(piece))
    assert text[first:last] == found


@given(st.text(alphabet="aÉ é\u0301湛灣“”‘’'-\n\u00a0ﬁß", max_size=20))
def test_every_place_of_the_folded_text_is_in_the_text(text):
    folded = fold(text)
    for place in range(len(folded.text)):
        start, end = folded.span(place, place + 1)
        assert 0 <= start < end <= len(text)
