"""Dates, times and page numbers in their forms, and which of several counts."""

from datetime import date, time

import pytest

from archive.contrib.intake.layout.lines import fold
from archive.contrib.intake.layout.stamps import find_pages, find_stamps
from tests.contrib.intake.texts import parse

DAY = date(2014, 9, 15)


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("Updated: 2014-09-15 11:04", DAY, time(11, 4)),
        ("15/9/2014 17:52", DAY, time(17, 52)),
        ("15.09.2014", DAY, None),
        ("September 15, 20146:42 AM GMTUpdated 4 days ago", DAY, time(6, 42)),
        ("15th of September 2014", DAY, None),
        ("Published: Monday September 15, 2014 MYT 6:21:00 PM", DAY, time(18, 21)),
        ("103.09.15", DAY, None),
        ("中華民國一百零三年九月十五日", DAY, None),
        ("二〇一四年九月廿二日", date(2014, 9, 22), None),
        ("15 September 2014 • 6:00pm", DAY, time(18)),
        ("Release Date: September 15, 2014 — 8.45pm", DAY, time(20, 45)),
        ("2014/9/15 18:53", DAY, time(18, 53)),
        ("16:04, September 15, 2014", DAY, time(16, 4)),
        ("8:00am, 15 Sep, 2014", DAY, time(8)),
        ("Published: Sept. 15, 2014 at 9:30 p.m.", DAY, time(21, 30)),
        ("Monday 15 September 2014", DAY, None),
        ("15-Sep-2014", DAY, None),
        ("２０１４年９月１５日", DAY, None),
        ("2014年09月15日16:04", DAY, time(16, 4)),
        ("2014-09-15T16:04:33+08:00", DAY, time(16, 4)),
        ("二〇一四年九月十五日", DAY, None),
        ("2014-09-15 HKT 16:04", DAY, time(16, 4)),
        ("2014/9/15 下午 4:04", DAY, time(16, 4)),
        ("Sept. 15, 2014 - 4:04 PM", DAY, time(16, 4)),
        ("民國103年9月15日", DAY, None),
        ("2014年/9月/15日", DAY, None),
        ("09/15/14", DAY, None),
        ("15/09/14", DAY, None),
        ("Reut16:04 09-15-14", DAY, time(16, 4)),
        ("September 15 - 28, 2014", DAY, None),
        ("Week of July 29 - August 4, 1993", date(1993, 7, 29), None),
        ("29 July–4 August 1993", date(1993, 7, 29), None),
        ("2004年7月5日—7月11日", date(2004, 7, 5), None),
        ("2017年第14期（4月24日出版）", date(2017, 4, 24), None),
    ],
)
def test_reads_a_date_of_any_shape(text: str, day: date, at: time | None) -> None:
    (stamp,) = find_stamps(fold(text))
    assert (stamp.day, stamp.at) == (day, at)


@pytest.mark.parametrize("text", ["1.15.2014.3", "2014-2015", "call 15/9", "May 2014", "3:20 pm"])
def test_other_numbers_are_no_dates(text: str) -> None:
    assert list(find_stamps(text)) == []


@pytest.mark.parametrize(
    ("text", "page"),
    [("page5", "5"), ("PAGE12", "12"), ("Page B8", "B8"), ("第 04 版", "4"), ("头版", "1")],
)
def test_reads_a_page_of_any_shape(text: str, page: str) -> None:
    assert [mark.page for mark in find_pages(text)] == [page]


@pytest.mark.parametrize(
    ("stamps", "published"),
    [
        (["Updated: 2015-10-27 07:41", "(China Daily 10/26/2015 page4)"], "2015-10-26"),
        (["Updated: 2015-10-27 07:41", "Published: 2015-10-26 09:00"], "2015-10-26T09:00"),
        (["Updated: 2015-10-27 07:41"], "2015-10-27T07:41"),
        (["4/11/2016 08:00", "2016-11-04"], "2016-11-04T08:00"),
        (["09/15/14 08:00", "09/16/14"], "2014-09-15T08:00"),
    ],
)
def test_the_print_date_counts_before_the_sites(stamps: list[str], published: str) -> None:
    head, *foot = stamps
    article = parse("\n".join(["Port opens route", head, "One sails.", "Two sail.", *foot]))
    assert article.as_record()["published"] == published


def test_the_sites_time_completes_the_papers_day() -> None:
    article = parse(
        "A bridge comes back\nUpdated: 2013-04-18 07:48\n\nThe bridge opened again.\n\n"
        "It was dry.\n\n(China Daily 04/18/2013 page3)"
    )
    assert (article.published, article.published_at) == (date(2013, 4, 18), time(7, 48))


def test_a_full_date_in_the_dateline_is_the_storys() -> None:
    article = parse("A bridge comes back\nASHPORT, Aug. 6, 2024 — The bridge opened.\nIt was dry.")
    assert (article.dateline, article.published) == ("ASHPORT", date(2024, 8, 6))


def test_a_date_of_either_order_is_reported() -> None:
    article = parse("Port opens route\n4/11/2016 08:00\nOne sails.\nTwo sail.")
    assert any("day/month/year" in warning for warning in article.warnings)
    assert article.fields["published"].confidence < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "The lake and the letter\nIt was quiet.\nNobody wrote.\nEnniskillen, September 15, 2014",
        "The lake\nENNISKILLEN, Ireland (Sept. 15, 2014) -- One is here.\nTwo.",
    ],
)
def test_a_date_beside_other_words_counts_where_no_line_cites(text: str) -> None:
    assert parse(text).published == DAY


def test_a_date_in_a_sentence_is_no_storys() -> None:
    assert parse("The lake\nIt was drained on September 15, 2014.\nTwo.").published is None


def test_a_name_that_ends_like_a_label_keeps_its_end() -> None:
    (stamp,) = find_stamps("海州发布 2020-10-18 08:00")
    assert (stamp.start, stamp.kind) == (5, "plain")


def test_a_leaf_is_a_page_beside_the_day_alone() -> None:
    assert [one.page for one in find_pages("第8页", is_dated=True)] == ["8"]
    assert list(find_pages("第8页")) == []
