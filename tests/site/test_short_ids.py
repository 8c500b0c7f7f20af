"""Ids that survive being typed: what is wrong in one is found, not followed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.site.permalinks import DIGITS, number_of, short_id

numbers = st.integers(min_value=1, max_value=29**12 - 1)


@given(numbers)
def test_an_id_leads_back_to_its_number(number: int) -> None:
    assert number_of(short_id(number)) == number
    assert number_of(short_id(number).upper()) == number


@given(numbers, st.data())
def test_one_wrong_character_is_found(number: int, data: st.DataObject) -> None:
    right = short_id(number)
    place = data.draw(st.integers(0, len(right) - 1))
    wrong = data.draw(st.sampled_from(DIGITS.replace(right[place], "")))
    assert number_of(right[:place] + wrong + right[place + 1 :]) is None


@given(numbers, st.data())
def test_two_characters_that_traded_places_are_found(number: int, data: st.DataObject) -> None:
    right = short_id(number)
    one = data.draw(st.integers(0, len(right) - 2))
    typed = right[:one] + right[one + 1] + right[one] + right[one + 2 :]
    assert number_of(typed) == (number if typed == right else None)


@pytest.mark.parametrize("text", ["", "1", "00", "01h2", "湛江", "1h2!", "é12", "9" * 40])
def test_what_is_no_id_has_no_number(text: str) -> None:
    assert number_of(text) is None


def test_letters_that_look_like_digits_are_taken_for_them() -> None:
    assert number_of("lH2") == number_of("IH2") == number_of("1h2") == 44
    assert number_of(short_id(29).replace("0", "O")) == 29
