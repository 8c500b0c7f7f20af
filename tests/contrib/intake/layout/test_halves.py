"""Texts in two languages, and Chinese in either script."""

from pathlib import Path

import pytest

from archive.contrib.intake import formats
from archive.contrib.intake.sources import SourceFile
from archive.contrib.intake.translations.partners import own_first
from tests.contrib.intake.texts import paragraphs, parse

EN = [
    "The harbor masters read the same tide table every morning.",
    "They will meet in June at low water.",
]
ZH = [
    "两位港务长每天早上读的是同一张潮汐表，从未见过面。",
    "他们将在六月的低潮时第一次见面，地点在湛江。",
]
HEADS = ["Two ports, one tide table", "两个港口，一张潮汐表"]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join([*HEADS, EN[0], ZH[0], EN[1], ZH[1]]),
        "\n".join([HEADS[0], *EN, "", HEADS[1], *ZH]),
        "\n".join([*HEADS, ZH[0], *EN, ZH[1]]),
        "\n".join(["".join(pair) for pair in zip([HEADS[0], *EN], [HEADS[1], *ZH], strict=True)]),
    ],
)
def test_each_language_has_its_own_text(text: str) -> None:
    article = parse(text)
    assert article.written_in == "bilingual"
    parts = {part.language: part for part in article.parts}
    assert (parts["en"].headline, paragraphs(parts["en"])) == (HEADS[0], EN)
    assert (parts["zh-hans"].headline, paragraphs(parts["zh-hans"])) == (HEADS[1], ZH)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADS[0]}\n{EN[0]}\nThe sign at the gate says 欢迎光临, welcome.\n{EN[1]}",
        f"{HEADS[1]}\n{ZH[0]}\n信里只有一行英文：I found the word.\n{ZH[1]}",
    ],
)
def test_a_quotation_makes_no_second_half(text: str) -> None:
    assert parse(text).parts == ()


@pytest.mark.parametrize(
    ("heads", "text"),
    [(HEADS, EN), (HEADS, ZH), (HEADS[::-1], EN), ([HEADS[0], "两港同潮"], ZH)],
)
def test_a_headline_in_the_other_language_is_a_part(heads: list[str], text: list[str]) -> None:
    parts = {part.language: part for part in parse("\n".join([*heads, *text])).parts}
    assert {part.headline for part in parts.values()} == set(heads)
    assert sorted(len(paragraphs(part)) for part in parts.values()) == [0, 2]


def test_the_text_is_the_story_and_a_mere_headline_its_translation() -> None:
    text = parse("\n".join([HEADS[0], "两港同潮", "本报讯 " + ZH[0], ZH[1]]))
    own, translation = own_first(text.parts)
    assert (own.headline, translation.headline) == ("两港同潮", HEADS[0])


def test_a_headline_in_the_other_language_alone_is_unsure() -> None:
    article = parse("\n".join(["Tide table", "本报讯 " + ZH[0], ZH[1]]))
    assert (article.headline, article.fields["headline"].confidence) == ("Tide table", 0.7)


def test_a_papers_name_in_the_other_language_is_no_part() -> None:
    assert parse("\n".join(["海边晚报", HEADS[0], *EN])).parts == ()


def test_traditional_chinese_is_named_and_stays_as_printed() -> None:
    article = parse(
        "港口啟用新泊位\n本報記者　羅嘉欣\n這個港口昨日啟用兩個新泊位。\n首班船開往廣州。"
    )
    assert (article.language, article.written_in) == ("zh-hans", "zh-hant")
    assert (article.bylines[0].name, paragraphs(article)[1]) == ("羅嘉欣", "首班船開往廣州。")


def test_both_halves_are_from_the_paper_that_one_names() -> None:
    lines = ["Creek Times, September 22, 2015, page 4", HEADS[0], *EN, HEADS[1], *ZH]
    article = parse("\n".join(lines))
    assert [part.publication for part in article.parts] == ["Creek Times", "Creek Times"]


def test_a_notice_in_the_other_language_is_no_half() -> None:
    notice = "Copyright © 2014 creek.example All rights reserved."
    assert parse("\n".join([HEADS[1], *ZH, notice])).written_in == "zh-hans"


def test_the_whole_has_who_signs_and_every_picture_of_both_halves() -> None:
    english = [HEADS[0], "By Beatrice Lowe", *EN]
    chinese = [HEADS[1], "翻译 | 李娜", *ZH, "图为湛江港。王伟 摄"]
    article = parse("\n".join([*english, "", *chinese]))
    signed = {(one.name, one.role) for one in article.bylines}
    assert signed == {("Beatrice Lowe", "reporter"), ("李娜", "translator")}
    assert [one.credit for one in article.captions] == ["王伟 摄"]


def test_a_databases_labels_are_no_other_language() -> None:
    header = [
        "Reference Type: Newspaper Article",
        "题名: 马铃薯进城记",
        "作者: 李娜",
        "来源: 海边日报",
    ]
    assert parse("\n".join([*header, *ZH])).parts == ()


def test_both_halves_are_of_the_day_that_one_of_them_names() -> None:
    article = parse("\n".join(["Harbor Post, 8 March 2002", HEADS[0], *EN, "", HEADS[1], *ZH]))
    assert {str(part.published) for part in article.parts} == {"2002-03-08"}


def _beside(english: list[str], chinese: list[str]) -> str:
    return "\n".join(f"{one:44}{other}" for one, other in zip(english, chinese, strict=True))


def test_two_columns_side_by_side_are_a_text_each() -> None:
    rows = [
        ("HARBOUR GAZETTE", "海港公报"),
        ("", ""),
        ("Bicycles to sail free on Sundays", "单车周日免费上船"),
        ("", ""),
        ("Joyce Lam", "林乐儿"),
        ("", ""),
        ("The harbour ferry will take bicycles", "轮渡公司宣布，从六月二日起，每逢星期"),
        ("free of charge on Sundays from June 2,", "日可以免费携带单车上船。"),
        ("the company said.", ""),
        ("", ""),
        ("Riders asked for the change last year.", "骑车的人去年曾提出要求。"),
    ]
    article = parse(_beside(*map(list, zip(*rows, strict=True))))
    parts = {part.language: part for part in article.parts}
    assert parts["en"].headline == rows[2][0]
    assert parts["zh-hans"].headline == rows[2][1]
    assert paragraphs(parts["en"]) == [
        "The harbour ferry will take bicycles free of charge on Sundays from June 2, the company "
        "said.",
        rows[10][0],
    ]
    assert paragraphs(parts["zh-hans"]) == [rows[6][1] + rows[7][1], rows[10][1]]


def test_a_tables_row_has_a_paragraph_in_either_language() -> None:
    rows = "".join(
        f"<tr><td>{one}</td><td>{other}</td></tr>" for one, other in zip(EN, ZH, strict=True)
    )
    logo = "<table><tr><td>Tide Weekly 潮汐周刊</td><td>HOME 首页 FOOD 美食</td></tr></table>"
    head = f"<title>{HEADS[0]} - Tide Weekly</title></head><body>{logo}<h2>{HEADS[0]}</h2>"
    page = f"<html><head>{head}<h2>{HEADS[1]}</h2><table>{rows}</table></body>"
    source = SourceFile(Path("page.html"), f"{page}</html>".encode())
    (article,) = formats.read_stories(source)
    parts = {part.language: part for part in article.parts}
    assert (parts["en"].headline, paragraphs(parts["en"])) == (HEADS[0], EN)
    assert (parts["zh-hans"].headline, paragraphs(parts["zh-hans"])) == (HEADS[1], ZH)
