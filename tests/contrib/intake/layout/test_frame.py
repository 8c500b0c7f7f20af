"""Lines that frame a story are told from its title by what stands around them."""

import pytest

from archive.contrib.intake.documents import DocumentLine
from archive.contrib.intake.layout.forms import StoryLine, read_forms
from archive.contrib.intake.layout.frame import read_frame
from archive.contrib.intake.layout.furniture import read_section
from archive.contrib.intake.layout.lines import from_document
from tests.contrib.intake.texts import parse

TEXT = "The bridge over the creek opened again on Saturday, nine years after the flood."


def framed(*lines: str) -> list[StoryLine]:
    document = tuple(DocumentLine(line, (0, 0)) for line in lines)
    items = read_forms(from_document(document, ""))
    read_frame(items)
    return items


def test_a_line_that_is_printed_again_with_a_page_names_the_paper() -> None:
    items = framed("Lantern Coast Annual", "A bridge comes back", TEXT, "Lantern Coast Annual 12")
    assert items[0].citation is not None
    assert items[0].citation.publication == "Lantern Coast Annual"
    assert items[-1].form == "furniture"


def test_a_section_before_the_title_makes_a_pages_title() -> None:
    items = framed("U.S.|A bridge comes back to Ashport", "A bridge comes back to Ashport", TEXT)
    assert [item.form for item in items] == ["furniture", "open", "prose"]


def test_a_headline_that_is_printed_again_stays_one() -> None:
    items = framed("A bridge comes back", TEXT, "A bridge comes back, Page 2", TEXT)
    assert [item.form for item in items] == ["open", "prose", "furniture", "prose"]


@pytest.mark.parametrize("issue", ["Spring 2006", "Vol. 3 No. 2006"])
def test_a_name_beside_an_issue_is_the_paper(issue: str) -> None:
    items = framed(f"Lantern Coast Annual      {issue}", "A bridge comes back", TEXT)
    assert items[0].citation is not None
    assert (items[0].citation.publication, items[0].citation.left) == (
        "Lantern Coast Annual",
        [issue],
    )


def test_a_page_beside_the_issue_is_the_storys() -> None:
    head = "LANTERN HERALD      Issue 88      Winter 2015/16      Page 5"
    items = framed(head, "A bridge back", TEXT)
    assert items[0].citation is not None
    assert (items[0].citation.publication, items[0].citation.page) == ("LANTERN HERALD", "5")


def test_buttons_above_the_day_are_no_paper() -> None:
    buttons = "CATEGORIES TV RADIO COMMUNICATE WHERE I LIVE"
    items = framed(buttons, "Tuesday, 8 March, 2005, 14:52 GMT", "", "A bridge comes back", TEXT)
    assert items[0].citation is None


def test_the_paper_below_a_name_says_where_the_writer_is() -> None:
    items = framed("A bridge comes back", "By Grace Tolliver", "Lantern News, Ashport", TEXT)
    signature = items[1].signature
    assert signature is not None
    assert (signature.bylines[0].place, signature.publication) == ("Ashport", "Lantern News")


def test_the_name_that_the_caption_credits_took_the_picture() -> None:
    items = framed(
        "A bridge comes back",
        "The bridge on Saturday. (Grace Tolliver/Lantern News)",
        "Grace Tolliver",
        "Asha Raman, News Reporter",
        TEXT,
    )
    signature = items[2].signature
    assert signature is not None
    assert signature.bylines[0].role == "photographer"


@pytest.mark.parametrize(
    "post", ["City Staff Writer", "OF THE COURIER STAFF", "Special to the Post"]
)
def test_a_writers_post_is_no_name(post: str) -> None:
    items = framed("A bridge comes back", "By Grace Tolliver", post, TEXT)
    assert [item.form for item in items[1:3]] == ["signature", "furniture"]


def test_an_export_gives_each_value_a_line() -> None:
    items = framed("A bridge comes back", "Asha Raman", "487 words", "SBP", "12", TEXT)
    assert items[1].form == "signature"
    assert items[4].citation is not None
    assert items[4].citation.page == "12"


@pytest.mark.parametrize(
    ("text", "section"), [("OPINION", "OPINION"), ("（要闻）", "要闻"), (TEXT, "")]
)
def test_a_section_is_all_of_a_line(text: str, section: str) -> None:
    assert read_section(text) == section


def test_a_day_in_three_lines_is_one_stamp() -> None:
    items = framed("2021", "04/19", "07:46:21", "A bridge comes back", TEXT)
    assert items[0].citation is not None
    assert str(items[0].citation.stamps[0].day) == "2021-04-19"
    assert [item.form for item in items[1:3]] == ["furniture", "furniture"]


def test_a_title_above_the_day_is_no_paper() -> None:
    items = framed("CITIES", "A bridge back", "March 12, 2014", "", "Special Correspondent", TEXT)
    assert items[0].form == items[1].form == "open"


@pytest.mark.parametrize("label", ["Author of the article:", "By", "作者："])
def test_the_name_below_a_label_signs(label: str) -> None:
    items = framed("A bridge comes back", label, "Rosa Achter", TEXT)
    assert items[2].signature is not None
    assert [one.name for one in items[2].signature.bylines] == ["Rosa Achter"]


def test_a_letters_writer_signs_with_her_place() -> None:
    items = framed(TEXT, "Yours truly,", "Rosa Achter", "Creek Landing")
    assert items[2].signature is not None
    assert (items[2].signature.bylines[0].place, items[3].form) == ("Creek Landing", "furniture")


def test_a_pages_title_names_the_site_and_is_no_headline() -> None:
    items = framed("A bridge comes back | Creek Ledger", "A bridge comes back", TEXT)
    assert items[0].citation is not None
    assert (items[0].citation.publication, items[1].form) == ("Creek Ledger", "open")


def test_a_time_below_the_day_is_the_days() -> None:
    items = framed("A bridge comes back", "On May 12, 2011 · In News", "3:41 am", TEXT)
    assert items[1].citation is not None
    assert str(items[1].citation.stamps[0].at) == "03:41:00"


@pytest.mark.parametrize("page", ["7", "B4"])
def test_a_number_below_the_papers_day_is_the_page(page: str) -> None:
    items = framed("LEDGER SUNDAY JULY 8, 2007", page, "A bridge comes back", TEXT)
    assert items[1].citation is not None
    assert items[1].citation.page == page


def test_a_word_above_the_headline_is_the_section() -> None:
    body = [f"The ferry to the island was full on day {day} of the strike." for day in range(4)]
    for name in ("Seafaring", "Hong Kong / Transport"):
        text = "\n".join([name, "Islanders ask for a slow boat to stay", "By Li Na", "", *body])
        assert parse(text).section == name.rpartition(" / ")[2]


def test_a_menu_names_no_section() -> None:
    body = [f"The ferry to the island was full on day {day} of the strike." for day in range(4)]
    menu = "Home  Opinion  China  World  Business  Sports"
    text = "\n".join([menu, "Islanders ask for a slow boat to stay", "By Li Na", "", *body])
    assert parse(text).section is None


def test_an_issue_and_a_page_between_bars_belong_to_the_paper() -> None:
    body = [f"The ferry to the island was full on day {day} of the strike." for day in range(4)]
    head = "HARBOR QUARTER  |  JUNE 2004  |  41"
    article = parse("\n\n".join([head, "The man who tunes the organs", "By Li Na", *body]))
    assert (article.publication, article.page) == ("HARBOR QUARTER", "41")


def test_a_letters_writer_is_a_reader() -> None:
    told = [f"　　我家住在北关，第{one}年等一部公用电话，常常蹲在路边。" for one in "一二三"]
    head = ["海边日报　1987年6月9日　第3版", "读者来信", "电话该有一把椅子", "编辑同志："]
    (writer,) = parse("\n".join([*head, *told, f"{'　' * 12}北关居民　李娜"])).bylines
    assert (writer.name, writer.role) == ("李娜", "contributor")


@pytest.mark.parametrize("name", ["Lim Poh Suan (Mdm)", "Lim Poh Suan"])
def test_the_name_below_a_letter_signs_it(name: str) -> None:
    told = [
        f"I have had my breakfast at the same table since {year}." for year in range(1961, 1965)
    ]
    head = ["The Harbor Gazette", "24 July 2009, Page A30", "Forum", "", "Keep the old tables"]
    (writer,) = parse("\n\n".join(["\n".join(head), *told, name])).bylines
    assert (writer.name, writer.role) == ("Lim Poh Suan", "contributor")
