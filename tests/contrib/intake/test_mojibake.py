"""Garbled letters are mended where none is lost, and said where some are."""

import pytest

from archive.contrib.intake.mojibake import mend
from archive.contrib.intake.sources import decode

CHINESE = "湛江港昨日开通一条新航线，全程缩短七天。\n“这条航线来之不易。”港口负责人李娜说。"
TRADITIONAL = "基隆港昨日開通一條新航線，貨物由此運往歐洲，全程縮短七天。"


def as_western(data: bytes) -> str:
    """As a program shows bytes that it takes for Windows-1252."""
    undefined = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    return "".join(chr(one) if one in undefined else bytes([one]).decode("cp1252") for one in data)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "gb18030"),
        (f"Café\n{CHINESE}", "utf-8"),
        (TRADITIONAL, "big5"),
        ("中国", "gb18030"),
        ("It’s the café’s", "utf-8"),
    ],
)
def test_what_was_read_as_windows_1252_is_mended(text: str, encoding: str) -> None:
    mended, notes = mend(as_western(text.encode(encoding)))
    assert mended == text
    assert [note for note in notes if "mended" in note]


def test_only_the_garbled_lines_are_mended() -> None:
    garbled = f"Déjà vu\n{as_western(CHINESE.encode('gbk'))}\n中国"
    assert mend(garbled)[0] == f"Déjà vu\n{CHINESE}\n中国"


def test_utf_8_read_as_gb_18030_is_mended_and_lost_letters_said() -> None:
    garbled = CHINESE.encode().decode("gb18030", "replace")
    mended, notes = mend(garbled)
    assert mended.startswith("湛江港昨日开通一条新航线")
    assert mended.count("\ufffd") * 8 < len(mended)
    assert len(notes) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A fran?ais word", "fran?ais"),
        ("锟斤拷锟斤拷锟斤拷", "another copy"),
        ("鎴戜滑鐨勭敓娲诲緢濂藉", "mended|another copy"),
        ("caf\ufffd", "1 letter was lost"),
    ],
)
def test_letters_that_are_gone_are_said(text: str, said: str) -> None:
    notes = " ".join(mend(text)[1])
    assert any(one in notes for one in said.split("|"))


@pytest.mark.parametrize(
    "text",
    [
        CHINESE,
        TRADITIONAL,
        "Was it so? It was, at http://example.com/a?b=c.",
        "Où ça ? « Été à Nîmes » – naïveté, São Paulo, Müller & Søn",
        "ÉTÉ À NÎMES",
        "饕餮",
    ],
)
def test_good_text_is_left_alone(text: str) -> None:
    assert mend(text) == (text, [])
    assert decode(text.encode()).text == text
