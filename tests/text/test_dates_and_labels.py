"""Partial dates as newspapers give and print them, and the order of a paper's pages."""

import itertools
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from archive.text.dates import (
    PartialDate,
    display_date,
    display_partial,
    parse_partial,
    validate_partial,
)
from archive.text.labels import label_key
from archive.text.language import CHINESE, ENGLISH


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("1980", "1980", "1980年"),
        ("1980-01", "January 1980", "1980年1月"),
        ("1980-01-28", "28 January 1980", "1980年1月28日"),
        ("", "", ""),
    ],
)
def test_prints_as_much_as_is_known(text: str, english: str, chinese: str) -> None:
    assert display_partial(text, ENGLISH) == english
    assert display_partial(text, CHINESE) == chinese


@pytest.mark.parametrize(
    "text",
    ["1980-13", "1981-02-29", "1980-1-2", "80", "1980-", "28 January 1980", "0000", "", "1980-00"],
)
def test_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        parse_partial(text)
    with pytest.raises(ValidationError):
        validate_partial(text)


@given(st.dates())
def test_every_day_is_read_back(day: date) -> None:
    assert parse_partial(day.isoformat()) == PartialDate(day.year, day.month, day.day)
    assert str(day.year) in display_date(day, ENGLISH)


def test_a_year_sorts_before_its_months_and_days() -> None:
    texts = ["1980-01-28", "1980", "1979-12", "1980-01"]
    assert sorted(texts, key=parse_partial) == ["1979-12", "1980", "1980-01", "1980-01-28"]


def test_pages_of_a_paper_come_in_their_printed_order() -> None:
    labels = ["B10", "17", "", "B8", "2", "A1", "a2"]
    assert sorted(labels, key=label_key) == ["2", "17", "A1", "a2", "B8", "B10", ""]


def test_a_label_may_be_a_figure_that_isnt_a_number() -> None:
    assert sorted(["①", "A²", "2"], key=label_key) == ["2", "A²", "①"]


@given(st.lists(st.text(alphabet="AaBb0129 -", max_size=5)))
def test_any_labels_can_be_put_in_order(labels: list[str]) -> None:
    keys = [label_key(label) for label in sorted(labels, key=label_key)]
    assert all(first <= second for first, second in itertools.pairwise(keys))
