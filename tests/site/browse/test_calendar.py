"""Decades, years, months and weeks: no database."""

from datetime import date

import pytest

from archive.site.browse import calendar
from archive.text.language import CHINESE, ENGLISH


@pytest.mark.parametrize(
    ("decade", "english", "chinese"),
    [
        (1980, "1980s", "20世纪80年代"),
        (2010, "2010s", "21世纪10年代"),
        (2000, "2000s", "21世纪头十年"),
        (1890, "1890s", "19世纪90年代"),
    ],
)
def test_decades_are_named_as_newspapers_do(decade: int, english: str, chinese: str) -> None:
    assert calendar.decade_name(decade, ENGLISH) == english
    assert calendar.decade_name(decade, CHINESE) == chinese


def test_decades_between_are_listed_though_they_are_empty() -> None:
    spans = calendar.decades({date(1989, 12, 31): 2, date(2010, 1, 1): 1})
    assert [(span.slug, span.count) for span in spans] == [
        ("1980s", 2),
        ("1990s", 0),
        ("2000s", 0),
        ("2010s", 1),
    ]
    assert calendar.decades({}) == []


def test_years_and_months_without_stories_are_listed() -> None:
    counts = {date(2015, 2, 28): 1, date(2015, 2, 1): 4}
    years = calendar.years(2010, counts)
    assert [span.count for span in years] == [0, 0, 0, 0, 0, 5, 0, 0, 0, 0]
    assert [span.count for span in calendar.months(2015, counts)] == [0, 5, *[0] * 10]


def test_a_months_weeks_begin_on_monday() -> None:
    weeks = calendar.weeks(date(2015, 9, 1), {date(2015, 9, 22): 3})
    # 1 September 2015 was a Tuesday.
    assert weeks[0][0].day is None
    assert weeks[0][1].day == date(2015, 9, 1)
    assert (weeks[3][1].day, weeks[3][1].count) == (date(2015, 9, 22), 3)
    assert sum(cell.count for week in weeks for cell in week) == 3
    assert calendar.end_of_month(date(2016, 2, 1)) == date(2016, 2, 29)


def test_the_last_decade_ends_with_all_dates() -> None:
    assert calendar.years(9990, {})[-1].first == date(9999, 1, 1)
    assert calendar.years(0, {})[0].first == date(1, 1, 1)
