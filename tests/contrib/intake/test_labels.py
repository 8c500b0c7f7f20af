"""Lines that say themselves what they hold go into their fields, and sentences stay sentences."""

from typing import Any

import pytest

from archive.contrib.intake.checks import check_labels
from archive.contrib.intake.labels.names import read_label
from tests.contrib.intake.formats.reading import stories
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


@pytest.mark.parametrize("leader", [" ..... ", "......... ", " ____ "])
def test_a_row_of_dots_leads_from_a_label_to_its_value(leader: str) -> None:
    article = parse(
        f"Title{leader}A way back over the creek\nSource{leader}Creek County Ledger\n"
        f"Issued{leader}17 March 1909\nPage{leader}5\nTranscript:\n{BODY}"
    )
    assert (article.headline, article.page) == ("A way back over the creek", "5")
    assert (article.publication, str(article.published)) == ("Creek County Ledger", "1909-03-17")
    assert paragraphs(article) == BODY.split("\n")


def test_a_blank_parts_a_known_chinese_label_from_its_value() -> None:
    article = parse(
        "《濠江晚报》 2007年6月11日 C05版\n标题　渔人码头办葡国节\n"
        "内容　葡国节昨于渔人码头开幕，十二家食肆摆设摊位。\n"
        "　　　主办单位称，首日入场逾六千人次。"
    )
    assert article.headline == "渔人码头办葡国节"
    assert str(article.published) == "2007-06-11"
    assert paragraphs(article) == [
        "葡国节昨于渔人码头开幕，十二家食肆摆设摊位。",
        "主办单位称，首日入场逾六千人次。",
    ]


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
        "2",
    )
    assert paragraphs(article) == ["小河上的桥周六重新开通。", "全县等了九年。"]


@pytest.mark.parametrize(
    ("line", "caption", "furniture"),
    [
        (
            "GRAPHIC: Photo, The cat beside the tide clock",
            "The cat beside the tide clock",
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


CARDS = """EAST POLK HERITAGE CENTER
=====================================
CARD NO.     WWII/217
NEWSPAPER    The Thirteen Towns
DATE         Feb. 2, 1945
PAGE         1, col. 4
HEADLINE     LYLE SAFE, PARENTS LEARN
TEXT
          Mr. and Mrs. Otto Brandvold of Route 2 have been
     notified that their son is safe in a hospital.
          The telegram was delivered Tuesday by the agent.

REMARKS      Clipping brittle, lower left corner missing. Mounted 1961.
=====================================
CARD NO.     FIRES/031
NEWSPAPER    The Thirteen Towns
DATE         Jan. 12, 1945
PAGE         1, cols. 1-2
HEADLINE     ELEVATOR BURNS IN COLD
DECK         Co-op Loses 11,000 Bushels
TEXT
          Fire destroyed the Farmers Co-op elevator early Sunday.

TYPED BY     H.S. 3/88
=====================================
"""


def test_cards_in_columns_are_cut_and_the_archives_remarks_are_no_text() -> None:
    first, second = stories(CARDS.encode(), "cards.txt")
    assert (first.headline, first.publication, first.page, str(first.published)) == (
        "LYLE SAFE, PARENTS LEARN",
        "The Thirteen Towns",
        "1",
        "1945-02-02",
    )
    assert [one.text for one in first.blocks] == [
        "Mr. and Mrs. Otto Brandvold of Route 2 have been notified that their son is safe in a "
        "hospital.",
        "The telegram was delivered Tuesday by the agent.",
    ]
    assert not first.missing
    assert any("corner missing" in text for text in first.furniture)
    assert (second.headline, second.standfirst) == (
        "ELEVATOR BURNS IN COLD",
        "Co-op Loses 11,000 Bushels",
    )


@pytest.mark.parametrize(
    ("label", "field", "language"),
    [
        ("Date of publication", "date", ""),
        ("Title of newspaper", "publication", ""),
        ("Newspaper 报名", "publication", ""),
        ("Headline / 标题", "headline", ""),
        ("English text", "body", "en"),
        ("中文标题", "headline", "zh-hans"),
        ("版　　次", "page", ""),
        ("報　　名", "publication", ""),
        ("PubTime-发表时间", "date", ""),
        ("Held by", "notes", ""),
    ],
)
def test_a_label_is_known_by_its_parts(label: str, field: str, language: str) -> None:
    name = read_label(label)
    assert name
    assert (name.field, name.language) == (field, language)


@pytest.mark.parametrize("label", ["He said", "The time", "Gale Document Number", "记者王伟说"])
def test_other_words_are_no_label(label: str) -> None:
    assert read_label(label) is None


def test_a_label_that_nobody_knows_is_kept_beside_the_story() -> None:
    article = parse(f"标题：桥又通了\n报纸：中州农民报\n档案盒：乙-17\n正文：\n{HAN_BODY}")
    assert "档案盒：乙-17" in article.furniture
    assert paragraphs(article) == HAN_BODY.split("\n")


HAN_BODY = "小河上的桥周六重新开通。\n全县等了九年。"


def test_who_speaks_in_a_talk_is_no_label() -> None:
    said = "记者：第{0}座桥修了多久？\n局长：修了{0}年，大家都等了很久。"
    talk = "\n".join([HAN_BODY, *map(said.format, "三五七")])
    article = parse(f"标题：桥又通了\n报纸：中州农民报\n日期：2007-05-30\n正文：\n{talk}")
    assert paragraphs(article) == talk.split("\n")


def test_a_setting_that_names_no_field_is_an_error(settings: Any) -> None:
    settings.ARCHIVE_INTAKE_LABELS = {"Blatt": "page", "Regal": "shelf"}
    assert [one.id for one in check_labels(None)] == ["archive.E107"]


def test_the_language_is_that_of_the_values_and_not_of_the_labels() -> None:
    article = parse(
        "{Reference Type}: Newspaper Article\n{Title}: 山村小学来了机器人\n{Author}: 周洁\n"
        "{Newspaper}: 贵州都市报\n{Date}: 2018-09-10\n{Pages}: 8"
    )
    assert (article.language, article.headline) == ("zh-hans", "山村小学来了机器人")
    assert [one.name for one in article.bylines] == ["周洁"]


def test_a_display_without_labels_is_read_by_its_order() -> None:
    article = parse(
        "City\nHand-built junk takes to the water\n\nPriya Chandran \n176 words\n3 December 2014\n"
        "Delta Morning Courier\nDELMC\n3\nEnglish\n(c) 2014 Delta Publishers Ltd.\n\n"
        "A shipwright has launched the last full-sized junk to be built by hand.\n\n"
        "There were no drawings, and he declined to make any.\n\n"
        "Document DELMC00020141203eac30001u\n"
    )
    assert (article.headline, article.section, article.publication, article.page) == (
        "Hand-built junk takes to the water",
        "City",
        "Delta Morning Courier",
        "3",
    )
    assert [one.name for one in article.bylines] == ["Priya Chandran"]
    assert [len(article.blocks), str(article.published)] == [2, "2014-12-03"]


def test_labels_in_brackets_are_closed() -> None:
    article = parse(
        "[PUBLICATION]Valley Echo[/PUBLICATION]\n[DATE]3 May 2013[/DATE]\n[HEAD 42pt 2col]\nPool or"
        " books:\nwhich roof first\n[/HEAD]\n[BODY]\nThe council has one roof to mend.\n[/BODY]\n"
        "[CAPTION]The reading room[/CAPTION]\n[CREDIT]Tom Reed[/CREDIT]\n"
    )
    assert article.headline == "Pool or books: which roof first"
    assert [(one.text, one.credit) for one in article.captions] == [
        ("The reading room", "Tom Reed"),
    ]


@pytest.mark.parametrize(
    ("value", "text", "credit"),
    [
        ("PHOTO, TOM REED/STANDARD, The cat at noon.", "The cat at noon.", "TOM REED/STANDARD"),
        ("Color photo: The cat at noon.", "The cat at noon.", ""),
        ("The cat at noon.; Credit: Ida Penn", "The cat at noon.", "Ida Penn"),
    ],
)
def test_a_caption_in_an_export_has_its_credit(value: str, text: str, credit: str) -> None:
    article = parse(f"HEADLINE: A way back\nSECTION: LOCAL\nBODY: {BODY}\n\nGRAPHIC: {value}")
    assert [(one.text, one.credit) for one in article.captions] == [(text, credit)]


def test_labels_may_be_short_or_have_words_around_them() -> None:
    names = ["Sect", "Photog", "所在版面", "撰稿人", "First page"]
    assert [read_label(one) and read_label(one).field for one in names] == [
        *("section", "credit", "page", "byline", "page"),
    ]


def test_a_deck_stands_in_the_line_below_a_semicolon() -> None:
    head = "HEADLINE: Ferry crews accept a contract;\nPact keeps crews of four"
    article = parse(f"SECTION: LOCAL; Pg. B3\n{head}\nBYLINE: Rosa Achter\nBODY: {BODY}")
    assert article.headline == "Ferry crews accept a contract"
    assert article.standfirst == "Pact keeps crews of four"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        (
            "TY  - NEWS\nTI  - A way back over the creek\nJF  - Ledger\nAB  - ",
            "\nY2  - 2020\nER  - ",
        ),
        ("%0 Newspaper Article\n%T A way back over the creek\n%B Ledger\n%X ", "\n%~ Papers"),
        ("{Title}: A way back over the creek\n{Newspaper}: Ledger\n{Notes}: ", "\n{Year}: 2006"),
    ],
)
def test_a_summary_of_several_paragraphs_is_the_text(opening: str, closing: str) -> None:
    told = [f"{BODY} {line}" for line in BODY.split("\n")]
    told = [line.replace("\n", " ") for line in told]
    article = parse(opening + "\n".join(told) + closing)
    assert (article.headline, article.standfirst) == ("A way back over the creek", None)
    assert paragraphs(article) == told


def test_a_summary_beside_a_text_stays_one() -> None:
    article = parse(
        "Title: A way back\nDate: 3 May 2006\nNewspaper: Ledger\nDeck: The bridge is open again.\n"
        f"It took nine years to mend it.\nText:\n{BODY}"
    )
    assert article.standfirst == "The bridge is open again.\nIt took nine years to mend it."
    assert paragraphs(article) == BODY.split("\n")


def test_a_database_s_summary_takes_no_paragraph_from_the_text() -> None:
    text = "西滩盐场的运盐木船昨天全部拖上岸。\n这些船最老的造于1951年，平底方头。"
    article = parse(
        f"[1] 木船上岸\n【报纸名】滨海晚报\n【出版日期】2009.11.03\n【摘要】{text.split()[0]}\n"
        f"【原文】\n{text}"
    )
    assert paragraphs(article) == text.split("\n")


def test_a_text_that_a_database_lacks_is_none() -> None:
    article = parse(
        "【题名】木船上岸\n【报纸名】滨海晚报\n【出版日期】2009.11.03\n【原文】暂无全文"
    )
    assert paragraphs(article) == []


def test_labels_in_two_languages_stand_in_one_column() -> None:
    article = parse(
        f"Headline   The Last Reel\n標題       國泰花園最後一捲膠片\nPaper      Creek Ledger\n"
        f"Page/版    6\nDate       14 January 1949\nBy         Lydia Tarrant\n\nTEXT\n\n{BODY}\n\n"
        "譯文\n\n國泰花園星期三晚上閉幕。\n場內觀眾似乎並不介意。"
    )
    assert [(part.headline, part.page) for part in article.parts] == [
        ("The Last Reel", "6"),
        ("國泰花園最後一捲膠片", "6"),
    ]
    assert [len(paragraphs(part)) for part in article.parts] == [2, 2]


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("pic_desc", "caption"),
        ("photo title", "caption"),
        ("照片作者", "credit"),
        ("image.source", "credit"),
        ("img_src", "image"),
        ("图书馆", ""),
    ],
)
def test_what_is_said_of_a_picture_is_none_of_the_story(label: str, field: str) -> None:
    name = read_label(label)
    assert (name.field if name else "") == field


def test_where_a_paper_is_printed_is_none_of_its_name() -> None:
    article = parse(
        f"Title: A way back\nPublication title: Creek County Ledger; Carlsbad, N.M.\nPages: 12\n"
        f"Publication date: Sep 22, 2006\nFull text:\n{BODY}"
    )
    assert article.publication == "Creek County Ledger"


def test_a_databases_tabs_above_a_text_are_labels() -> None:
    article = parse(
        "Title:\tA way back.\nAuthors:\tAchter, Rosa\nSource:\tCreek Ledger. 3/14/2015, pA1.\n"
        f"Document Type:\tArticle\n\n{BODY}"
    )
    assert [one.name for one in article.bylines] == ["Rosa Achter"]
    assert paragraphs(article) == BODY.split("\n")


def test_an_authors_address_is_none_of_the_name() -> None:
    article = parse(
        "Title: A way back\nPublication: Creek Ledger\nAuthor: Rosa Achter rosa@ledger.example\n"
        f"Date: 3 May 2006\n\n{BODY}"
    )
    assert [one.name for one in article.bylines] == ["Rosa Achter"]
    assert article.contact == "rosa@ledger.example"


@pytest.mark.parametrize("printed", ["By staff", "Staff writer", "From our Correspondent"])
def test_a_byline_that_names_nobody_is_kept_as_printed(printed: str) -> None:
    article = parse(f"Headline: The boat\nByline: {printed}\nDate: 3 May 2006\n\n{BODY}")
    assert (article.bylines, article.printed_byline) == ((), printed)


def test_what_one_half_says_of_the_paper_the_other_lacks_no_more() -> None:
    chinese = "港务局周二表示，渡轮每晚九时启航，次日清晨返回旧码头，船票四十元。\n"
    english = f"China Daily, Aug 19, 2010\n\nNight ferry opens\n\n{BODY * 2}"
    article = parse(f"{english}\n\n夜航渡轮开通\n\n{chinese * 3}")
    assert [part.publication for part in article.parts] == ["China Daily"] * 2
    assert not {"No publication found.", "No print date found."} & {
        one for part in article.parts for one in part.warnings
    }


def test_labels_behind_bullets_and_between_bars_are_labels() -> None:
    article = parse(
        "Stopped clock gets to stay\nOctober 10, 2007 | Joplin Valley Sentinel (MO)\n"
        "Author/Byline: Joel Strand, Staff Writer | Section: Local | Page: B3\n"
        "Readability: Lexile: 1140, grade level(s): 9 10\n\n"
        "The school board voted on Tuesday to keep the clock tower, stopped since 1988.\n\n"
        "• Caption: The tower as it was on Tuesday at noon.\n• Record Number: 11C44F01A9E30C70\n"
    )
    assert [one.name for one in article.bylines] == ["Joel Strand"]
    assert (article.section, article.page) == ("Local", "B3")
    assert [one.text for one in article.captions] == ["The tower as it was on Tuesday at noon."]


def test_a_databases_line_has_a_section_and_a_column_of_it() -> None:
    article = parse(
        "舊物留給島上學童\n海島日報 | 2018-06-28\n報章 | A10 | 港聞 | 離島 | By 記者 梁展鵬\n"
        "字數: 268\n\n"
        "【記者周詠詩報道】長洲一間經營逾六十年的船具店下月結業，店主決定贈出約二百件舊物。\n"
    )
    assert (article.page, article.section, article.dateline) == ("A10", "港聞", None)
    assert {one.name for one in article.bylines} == {"梁展鵬", "周詠詩"}


def test_a_database_of_a_paper_is_named_as_the_paper() -> None:
    article = parse(
        "Title: Lodgings For Swifts\nDate: Friday, June 19, 1936\n"
        "Publication: The Cray Valley Times Historical Archive, 1861-1985\nPage: 10\n\n"
        "Full Text:\n\nThe swifts have not come to the town this summer, as we are told.\n"
    )
    assert article.publication == "The Cray Valley Times"


def test_a_catalogues_record_quotes_its_headline_and_has_labels_of_its_own() -> None:
    article = parse(
        "Ref. No.        HC/88/3\nLevel           Item\n"
        'Title           "Owl Stops Sitting of the Bench" (newspaper cutting)\n'
        "Creator         Thorpe Gazette\nDate            12 December 1924\n"
        "Description     Report of an adjournment at Thorpe\n"
        "                after a barn owl came down the chimney.\n"
        "Access          Open\nCopies          Microfilm MF 211\n\n"
        "Transcript      The justices at Thorpe rose for an hour on Tuesday after\n"
        "                an owl came down the chimney of the court.\n"
    )
    assert article.headline == "Owl Stops Sitting of the Bench"
    assert article.publication == "Thorpe Gazette"
    summary = "Report of an adjournment at Thorpe after a barn owl came down the chimney."
    assert article.standfirst == summary
    assert {"(newspaper cutting)", "Copies          Microfilm MF 211"} <= set(article.furniture)
