"""Lines that frame a story are told from its title by what stands around them."""

import pytest

from archive.contrib.intake.documents import DocumentLine
from archive.contrib.intake.layout.forms import StoryLine, read_forms
from archive.contrib.intake.layout.frame import read_frame
from archive.contrib.intake.layout.furniture import read_section
from archive.contrib.intake.layout.lines import from_document
from tests.contrib.intake.texts import paragraphs, parse

TEXT = "The bridge over the creek opened again on Saturday, nine years after the flood."

PROSE = (
    "The council agreed on Tuesday to spend 2 million dollars on a new bridge over the river.\n"
    "Mayor Helen Park said work would begin in spring and take about eighteen months.\n"
)


def framed(*lines: str) -> list[StoryLine]:
    document = tuple(DocumentLine(line, (0, 0)) for line in lines)
    items = read_forms(from_document(document, ""))
    read_frame(items)
    return items


def test_buttons_above_the_day_are_no_paper() -> None:
    buttons = "CATEGORIES TV RADIO COMMUNICATE WHERE I LIVE"
    items = framed(buttons, "Tuesday, 8 March, 2005, 14:52 GMT", "", "A bridge comes back", TEXT)
    assert items[0].citation is None


@pytest.mark.parametrize(
    "post", ["City Staff Writer", "OF THE COURIER STAFF", "Special to the Post"]
)
def test_a_writers_post_is_no_name(post: str) -> None:
    items = framed("A bridge comes back", "By Grace Tolliver", post, TEXT)
    assert [item.form for item in items[1:3]] == ["signature", "furniture"]


@pytest.mark.parametrize(
    ("text", "section"), [("OPINION", "OPINION"), ("（要闻）", "要闻"), (TEXT, "")]
)
def test_a_section_is_all_of_a_line(text: str, section: str) -> None:
    assert read_section(text) == section


def test_a_title_above_the_day_is_no_paper() -> None:
    items = framed("CITIES", "A bridge back", "March 12, 2014", "", "Special Correspondent", TEXT)
    assert items[0].form == items[1].form == "open"


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


def test_a_page_alone_by_the_day_is_the_page_and_no_headline() -> None:
    text = (
        "Storm drains to be cleaned\n\nBy Ada Moran\n\nThe city will clean its drains by March 20."
    )
    article = parse(f"The Harbour Gazette\nFeb. 9, 2011\nB4\n\n{text}")
    assert (article.headline, article.page) == ("Storm drains to be cleaned", "B4")
    assert article.unplaced == ()


@pytest.mark.parametrize("paper", ["The Great Falls Leader", "THE LEADER", "Millbrook Packet"])
@pytest.mark.parametrize(
    "headline", ["Two die in crash on Highway 12", "Weather", "City briefs", "County fair opens"]
)
@pytest.mark.parametrize("told", ["March 3, 1998\nPage 3", "Page 3\nTuesday, March 3, 1998"])
def test_what_stands_below_a_masthead_is_the_headline(paper: str, headline: str, told: str) -> None:
    article = parse(f"{paper}\n{told}\n{headline}\n{PROSE}")
    assert (article.headline, article.publication) == (headline, paper)
    assert (str(article.published), article.page) == ("1998-03-03", "3")


def test_a_headline_above_the_day_and_page_is_no_masthead() -> None:
    article = parse(f"Retired conductors ride again\nMarch 3, 1998\nPage 3\nFree to read\n{PROSE}")
    assert article.headline == "Retired conductors ride again"


def test_below_a_letters_end_stands_no_text() -> None:
    text = "SIR,—The swifts have not come to this town in the summer, as we are told of them."
    more = "I counted thirty-one of them over the brewery at seven o'clock last evening."
    end = "I am, &c.,\nLAURENCE PEAKE.\nThe Old Maltings, June 17."
    article = parse(f"Lodgings for swifts\n\n{text}\n\n{more}\n{end}\n")
    assert paragraphs(article) == [text, more]
    assert [one.name for one in article.bylines] == ["LAURENCE PEAKE"]


def test_a_letters_subject_goes_behind_the_storys_own_headline() -> None:
    article = parse(
        "发件人: 贺敏 <hemin@ziliao.example>\n收件人: 资料室 <ziliao@ziliao.example>\n"
        "发送时间: 2013年2月27日 9:12\n主题: 转：候鸟那篇，请存档\n\n"
        "吴老师好，原网页打不开了，我从自己的存稿里粘过来，麻烦归到“湿地”一类。\n\n"
        "> 三千只天鹅误了北归的日子\n>\n> 2013年02月25日　黄河口早报　A5版　生态\n>\n"
        "> 记者 庞立新\n>\n"
        "> 往年这个时候，黄河口湿地的大天鹅已经走了一半。今年到昨天为止，一只也没有走。\n>\n"
        "> 保护区观测站站长侯玉明说，站里数到三千零四十只，是建站以来同期最多的。\n"
    )
    assert article.headline == "三千只天鹅误了北归的日子"
