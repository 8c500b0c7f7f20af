"""Lines that the labels say more of than their own form: bylines, captions, the paper's name."""

import pytest

from archive.contrib.intake.layout import captions, datelines
from archive.contrib.intake.layout.bylines import sign_labelled
from archive.contrib.intake.layout.lines import fold
from archive.contrib.intake.layout.stamps import find_stamps
from archive.contrib.intake.outlets import copyright_holder, known_outlet
from tests.contrib.intake.texts import parse

BODY = "\n".join(
    f"{start} the ferry to the island has been full on every day of the week since the spring."
    for start in ("Old Harbor says", "The captain adds", "The mayor knows", "Nobody denies")
)


@pytest.mark.parametrize(
    ("text", "names", "places"),
    [
        ("Li Na · Tom Reed", ["Li Na", "Tom Reed"], [None, None]),
        ("By Li Na, dpa", ["Li Na"], [None]),
        ("LI NA, The Oregonian", ["LI NA"], [None]),
        ("楼小满", ["楼小满"], [None]),
    ],
)
def test_a_line_in_a_bylines_place_signs(
    text: str, names: list[str], places: list[str | None]
) -> None:
    signature, _left = sign_labelled(text)
    assert [one.name for one in signature.bylines] == names
    assert [one.place for one in signature.bylines] == places


def test_a_sentence_in_a_bylines_place_signs_nothing() -> None:
    assert sign_labelled("Li Na can be reached at 555-0172.")[0].bylines == ()


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("A boat waits. (Supplied: Harbor Council)", "Supplied: Harbor Council"),
        ("A boat waits.Photograph by Li Na for The Weekly", "Li Na for The Weekly"),
        ("A boat waits. — Li Na", "Li Na"),
        ("A boat waits. Nobody comes.", ""),
    ],
)
def test_a_line_below_a_picture_has_its_credit(text: str, credit: str) -> None:
    assert captions.below_picture(text)[1] == credit


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("Bremen (dpa) - It is black.", "Bremen"),
        ("Tainan, April 16 (CNA) A bakery opened.", "Tainan, April 16"),
        ("Kolkata, Jan. 6: Trams run again.", "Kolkata, Jan. 6"),
        ("DALIAN, Liaoning: The number 201 tram ran again.", "DALIAN, Liaoning"),
    ],
)
def test_a_dateline_opens_a_story(text: str, dateline: str) -> None:
    opening = datelines.open_story(text)
    assert opening
    assert opening.dateline == dateline


def test_a_copyright_line_names_the_paper() -> None:
    assert copyright_holder("©2005 The Oregonian") == "The Oregonian"


@pytest.mark.parametrize("text", ["2019 08/21 16:52", "2019年08月21日(三)"])
def test_reads_an_unusual_date(text: str) -> None:
    assert [str(stamp.day) for stamp in find_stamps(fold(text))] == ["2019-08-21"]


def test_a_title_above_the_headline_that_is_named_again_is_the_papers() -> None:
    text = f"The Island Slow\nSubscribe\nFull ferries to the island\nBy Li Na\n{BODY}"
    assert parse(text).publication == "The Island Slow"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Mayor keeps gnome | Mail Online", "Mail Online"),
        ("澳門日報電子版", "澳門日報"),
        ("the guardian", "the guardian"),
        ("Reuters said so", ""),
    ],
)
def test_a_line_that_names_an_outlet_is_known(line: str, name: str) -> None:
    assert known_outlet(line) == name


def test_an_outlet_beside_the_story_is_its_paper() -> None:
    text = f"Counties\nTaipei Times\nFerry is full again\nBy Li Na\n{BODY}\nMore Local News"
    assert parse(text).publication == "Taipei Times"


def test_a_summary_that_says_it_is_one_leads_the_text() -> None:
    text = [
        f"桥在第{number}个星期六重新开放，距离那场洪水已经过去了整整九年，居民都来了。"
        for number in "一二三四"
    ]
    article = parse(
        "\n".join(["小河上的桥回来了", "本报记者　王伟", f"核心提示：{text[0]}", *text[1:]])
    )
    assert article.standfirst == text[0]


def test_a_list_above_the_text_has_the_storys_points() -> None:
    points = ["Rate down to 4.75 pct", "Peso slips", "Next decision on Nov 20"]
    head = "\n".join(f"* {one}" for one in points)
    article = parse(f"Bridge fund cuts rates\n\n{head}\n\nBy Li Na\n\n{BODY}")
    assert article.standfirst == "\n".join(points)
