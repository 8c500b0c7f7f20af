"""Encodings: told by contents, for texts as short as a caption."""

import time

import pytest

from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import decode
from archive.text.encodings import decode_text

SIMPLIFIED = (
    "湛江港昨日开通一条新航线，货物由此运往欧洲，全程缩短七天。"
    "“这条航线来之不易。”港口负责人李娜说，明年还将新增两个泊位。"
)
TRADITIONAL = (
    "基隆港昨日開通一條新航線，貨物由此運往歐洲，全程縮短七天。"
    "「這條航線得來不易。」港口負責人李娜說，明年還將新增兩個泊位。"
)
ENGLISH = "It’s the port’s “new” route — and the café’s owner paid £5 for it."
FRENCH = "Le port s’ouvre à l’été : « Déjà vu », a déclaré François, cité — 5 °C."
HONG_KONG = "佢哋喺度食嘢，係唔係好嘅呢？嚟緊個碼頭會開多兩個泊位。"
DECODINGS = [
    *((SIMPLIFIED, name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030")),
    *((SIMPLIFIED, name) for name in ("gbk", "gb2312", "utf-16-le", "utf-16-be")),
    *((TRADITIONAL, name) for name in ("utf-8", "big5", "cp950", "gb18030", "gbk", "utf-16-le")),
    *((ENGLISH, name) for name in ("utf-8", "cp1252", "utf-16", "utf-16-le", "utf-16-be")),
    ("It’s the port’s “new” route — China’s first.", "gb18030"),
    ("It’s the port’s “new” route in Keelung.", "big5"),
    *((FRENCH, name) for name in ("utf-8", "cp1252")),
    (HONG_KONG, "big5hkscs"),
    *((text, "gb18030") for text in ("中国", "湛江港开通新航线", "港口。李娜 摄")),
    *((text, "big5") for text in ("中國時報", "基隆港開通新航線", "圖為港口。李娜攝")),
    ("café", "cp1252"),
]


@pytest.mark.parametrize(("text", "encoding"), DECODINGS)
def test_a_short_text_is_read_right(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL])
def test_sixty_characters_are_enough_from_wherever_they_come(text: str) -> None:
    body = text * 2
    encoding = "gb18030" if text is SIMPLIFIED else "big5"
    for start in range(0, 60, 3):
        part = body[start : start + 60]
        assert decode(part.encode(encoding)).text == part


def test_what_a_text_says_of_its_encoding_decides_where_it_can_be() -> None:
    html = '<meta charset="big5"><p>五</p>'
    assert decode(html.encode("big5")).text == html
    wrong = f'<?xml version="1.0" encoding="gb2312"?>{TRADITIONAL}'
    assert decode(wrong.encode("utf-8")).text == wrong
    assert decode(wrong.encode("big5")).text == wrong


@pytest.mark.parametrize("data", [b"\x80" * 50, bytes(range(128, 256)) * 3, b"\xff\xfe\xfd" * 9])
def test_bytes_in_no_encoding_are_no_text(data: bytes) -> None:
    with pytest.raises(IntakeError, match="not a text file"):
        decode(data)


LONG_LINES = [
    SIMPLIFIED.encode("gb18030") * 8000,
    TRADITIONAL.encode("big5") * 8000,
    b"a?a" * 330_000,
    "\u00c3\u00a9".encode() * 250_000,
    "\u00d6\u00d0\u00b9\u00fa".encode() * 120_000,
    b"\xb0" * 999_999,
    b"\x00a" * 500_000,
]


@pytest.mark.parametrize(
    "part", [pytest.param(1, marks=pytest.mark.exhaustive), 10], ids=["1 MB", "100 kB"]
)
@pytest.mark.parametrize("number", range(len(LONG_LINES)))
def test_a_long_line_takes_moments(number: int, part: int) -> None:
    data = LONG_LINES[number]
    started = time.process_time()
    try:
        decode(data[: len(data) // part])
    except IntakeError:
        assert decode_text(data) is None
    assert time.process_time() - started < 10 / part
