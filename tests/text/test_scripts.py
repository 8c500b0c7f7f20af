"""Which characters count as Han, in every room."""

import pytest

from archive.alignment.pieces import is_chinese
from archive.text.normalisation import fold
from archive.text.scripts import HAN_CHARACTER, HAN_RUN


@pytest.mark.parametrize("character", ["湛", "㐀", "〇", "々", "豈", "𠮷", "𬭎", "\U000323b0"])
def test_is_a_han_character(character: str) -> None:
    assert HAN_CHARACTER.fullmatch(character)


@pytest.mark.parametrize("character", ["a", "é", "7", "。", "·", "《", "Ａ", "䷀", "한", "か"])
def test_is_none(character: str) -> None:
    assert not HAN_CHARACTER.fullmatch(character)


def test_a_year_is_one_run() -> None:
    assert HAN_RUN.findall("“二〇一五”年，𬭎石") == ["二〇一五", "年", "𬭎石"]


def test_rooms_agree_about_a_rare_character() -> None:
    assert is_chinese(["𬭎𬭎"])
    # A right mark beside Han is no apostrophe.
    assert fold("〇’").text == "〇"
