"""Lines that say themselves what they hold go into their fields, and sentences stay sentences."""

import pytest

from tests.contrib.intake.texts import paragraphs, parse

BODY = "The bridge over the creek opened again on Saturday.\nIt took the county nine years."


def test_an_editing_systems_header_fills_the_fields() -> None:
    article = parse(
        "SLUG: bridge-0922\nPUB: Creek County Ledger\nPUBDATE: 09/22/2006\nPAGE: C1\n"
        "HEADLINE: A way back over the creek\nDECK: Nine years of detours are over.\n"
        f"BYLINE: By Rosa Achter\nBODY:\n{BODY}"
    )
    assert (article.headline, article.standfirst) == (
        "A way back over the creek",
        "Nine years of detours are over.",
    )
    assert (article.publication, str(article.published), article.page) == (
        "Creek County Ledger",
        "2006-09-22",
        "C1",
    )
    assert [byline.name for byline in article.bylines] == ["Rosa Achter"]
    assert paragraphs(article) == BODY.split("\n")


def test_a_databases_header_may_stand_below_the_text() -> None:
    article = parse(
        f"Document 7 of 22\nA way back over the creek\nFull text: {BODY}\n{BODY}\n"
        "Title: A way back over the creek\nPublication title: Creek County Ledger\nPages: 12\n"
        "Publication date: Sep 22, 2006\nProQuest document ID: 744100823"
    )
    assert (article.headline, article.page) == ("A way back over the creek", "12")
    assert (article.publication, str(article.published)) == ("Creek County Ledger", "2006-09-22")
    assert len(paragraphs(article)) == 4


def test_a_databases_codes_are_labels() -> None:
    article = parse(
        "SE    Metro\nHD    A way back over the creek\nBY    By Rosa Achter\nPD    17 March 2009\n"
        f"SN    Creek County Ledger\nPG    B3\n\n{BODY}"
    )
    assert (article.headline, article.section, article.page) == (
        "A way back over the creek",
        "Metro",
        "B3",
    )
    assert (article.publication, str(article.published)) == ("Creek County Ledger", "2009-03-17")


def test_a_code_may_stand_a_space_before_its_value_or_above_it() -> None:
    article = parse(
        "HD\n  A way back over the creek\nBY By Rosa Achter\nWC 288 words\nPD 17 March 2009\n"
        f"SN Creek County Ledger\nSC CRKL\nLA English\nPG B3\n\nLP\n{BODY}\n\nNS\ngcat : News"
    )
    assert (article.headline, article.publication) == (
        "A way back over the creek",
        "Creek County Ledger",
    )
    assert [one.name for one in article.bylines] == ["Rosa Achter"]
    assert "gcat : News" in article.unplaced


def test_a_mails_header_is_no_headline() -> None:
    article = parse(
        "发件人：宣传科\n收件人：编辑部\n主题：投稿\n\n桥又通了\n\n小河上的桥周六重新开通。\n全县等了九年。"
    )
    assert article.headline == "桥又通了"
    assert paragraphs(article) == ["小河上的桥周六重新开通。", "全县等了九年。"]


def test_one_line_with_a_colon_is_text() -> None:
    article = parse(f"A way back over the creek\n\nSource: the creek.\n{BODY}\nPage: the last.")
    assert paragraphs(article)[-1] == "Page: the last."


def test_a_typesetters_tags_are_labels() -> None:
    article = parse(
        "<SLUG>BRIDGE\n<PAGE>9\n<HEAD 36pt>\nA way back over the creek\n<BYLINE>\nRosa Achter\n"
        f"<BODY>\n{BODY}"
    )
    assert (article.headline, article.page) == ("A way back over the creek", "9")
    assert [byline.name for byline in article.bylines] == ["Rosa Achter"]


def test_a_paragraph_behind_a_label_stays_one() -> None:
    told = "THE BRIDGE OVER THE CREEK OPENED AGAIN ON SATURDAY.  " * 3
    header = "DATE=11/6/98\nTYPE=REPORT\nTITLE=A WAY BACK\nBYLINE=ROSA ACHTER"
    article = parse(f"{header}\nTEXT:  {told}\n{BODY}")
    assert (article.headline, article.bylines[0].name) == ("A WAY BACK", "ROSA ACHTER")
    assert told.split(".")[0] in paragraphs(article)[0]


def test_a_record_of_a_database_of_chinese_papers_is_read() -> None:
    article = parse(
        "【题名】桥又通了\n【作者】记者 邱少平\n【报纸中文名】中州农民报\n【报纸日期】2007-05-30\n"
        "【版号】002\n"
        "【正文快照】\n小河上的桥周六重新开通。\n全县等了九年。"
    )
    assert (article.headline, article.publication, str(article.published), article.page) == (
        "桥又通了",
        "中州农民报",
        "2007-05-30",
        "002",
    )
    assert paragraphs(article) == ["小河上的桥周六重新开通。", "全县等了九年。"]


@pytest.mark.parametrize(
    ("line", "caption", "furniture"),
    [
        (
            "GRAPHIC: Photo, The cat beside the tide clock",
            "Photo, The cat beside the tide clock",
            0,
        ),
        ("GRAPHIC: Color photo", None, 1),
        ("LOAD-DATE: October 3, 2001", None, 1),
        ("LENGTH: 96 words", None, 1),
        ("Edition: Final", None, 0),
    ],
)
def test_what_a_label_says_of_the_story_is_never_left_out_unasked(
    line: str, caption: str | None, furniture: int
) -> None:
    header = "SECTION: LOCAL; Pg. B3\nHEADLINE: A way back over the creek\nBYLINE: Rosa Achter"
    article = parse(f"{header}\n\n{BODY}\n\n{line}")
    assert [one.text for one in article.captions] == ([caption] if caption else [])
    assert article.missing == ([] if caption or furniture else [line])
    assert article.furniture.count(line) == furniture


def test_the_lines_around_a_chinese_headline_say_what_they_are() -> None:
    text = (
        "引题：农民重返蕉园\n遂溪香蕉丰收\n副题：今年首批春节前上市\n本报记者 李娜\n\n"
        "广东省遂溪县的农民在台风过后重新回到香蕉园。\n\n县农业局说，去年秋天发放了二千三百户的种苗。\n"
    )
    article = parse(text)
    assert (article.headline, article.standfirst) == ("遂溪香蕉丰收", "今年首批春节前上市")
    assert article.missing == ["引题：农民重返蕉园"]
