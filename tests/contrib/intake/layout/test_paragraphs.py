"""Paragraphs however a file parts them."""

import pytest

from archive.contrib.intake.layout.lines import ends_sentence
from tests.contrib.intake.texts import paragraphs, parse, subheads

FIRST = "The port has built two berths for ships that carry cars to Chile and to Peru."
SECOND = '"We began in the spring with one crane," said Li Na, who looks after the berths.'
THIRD = "The next ship, which is to bring cherries back, leaves for the south on Sunday."
CHINESE = "湛江港新建的两个泊位周一启用，可以停靠运往智利和秘鲁的汽车船，年吞吐量增加三成。"


def wrapped(text: str, width: int, indent: str = "") -> str:
    lines, line = [], indent
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line.rstrip())
            line = ""
        line += f"{word} "
    return "\n".join([*lines, line.rstrip()])


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n\n"])
def test_lines_that_are_not_wrapped_are_paragraphs(between: str) -> None:
    article = parse(f"Port opens route{between}{between.join([FIRST, SECOND, THIRD])}")
    assert paragraphs(article) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("width", [26, 40, 60])
@pytest.mark.parametrize("indent", ["", "   "])
def test_wrapped_lines_are_joined(width: int, indent: str) -> None:
    between = "\n" if indent else "\n\n"
    texts = [wrapped(text, width, indent) for text in (FIRST, SECOND, THIRD)]
    assert paragraphs(parse(f"Port opens route\n{between.join(texts)}")) == [FIRST, SECOND, THIRD]


def test_wrapped_chinese_lines_are_joined_without_a_space() -> None:
    texts = [f"{order}，{CHINESE}" for order in ("起初", "后来", "最后")]
    indented = [f"\u3000\u3000{text}" for text in texts]
    lines = [text[at : at + 20] for text in indented for at in range(0, len(text), 20)]
    assert paragraphs(parse("港口启用新泊位\n" + "\n".join(lines))) == texts


def test_a_story_on_one_line_is_taken_apart() -> None:
    text = (
        f"Port opens route By Li Na in Xuwen (China Daily) {FIRST} {SECOND} {THIRD} {FIRST} "
        f"{SECOND}"
    )
    article = parse(f"{text} (China Daily 10/26/2015 page4)")
    assert (article.headline, article.page) == ("Port opens route", "4")
    assert [(b.name, b.place) for b in article.bylines] == [("Li Na", "Xuwen")]
    assert paragraphs(article)[0].startswith("The port has built")


@pytest.mark.parametrize(
    "line", ["Room for growth", "ROOM FOR GROWTH", ">>> Room for growth", "■Room for growth"]
)
def test_a_short_line_above_a_paragraph_is_a_subhead(line: str) -> None:
    article = parse(f"Port opens route\n{FIRST}\n{line}\n{SECOND}\n{THIRD}")
    assert [text.casefold() for text in subheads(article)] == ["room for growth"]


@pytest.mark.parametrize(
    "line", ["Share - WeChat", "Large Medium Small", "English | 中文", "分享到："]
)
def test_navigation_is_no_subhead(line: str) -> None:
    article = parse(f"Port opens route\n{FIRST}\n{line}\n{SECOND}\n{THIRD}")
    assert (subheads(article), article.unplaced) == ([], (line,))


def test_short_lines_below_related_reading_are_links() -> None:
    links = "Related reading\nPort to grow\nShips of the south"
    article = parse(f"Port opens route\n{FIRST}\n{SECOND}\n{THIRD}\n{links}")
    assert paragraphs(article) == [FIRST, SECOND, THIRD]
    assert article.unplaced == tuple(links.splitlines())


def test_lists_and_tables_are_blocks_of_their_own() -> None:
    text = (
        f"Port opens route\n{FIRST}\n- cars\n- "
        f"fruit\n{SECOND}\nPort\tShips\t2015\nXuwen\t3\t4\n{THIRD}"
    )
    kinds = [block.type for block in parse(text).blocks]
    assert kinds == ["paragraph", "list", "paragraph", "table", "paragraph"]


def test_an_indent_begins_a_paragraph_below_one_of_a_single_line() -> None:
    short = "The berths are ready now."
    text = "\n".join(wrapped(one, 40, "   ") for one in (FIRST, short, SECOND, short, THIRD))
    assert paragraphs(parse(f"Port opens route\n{text}")) == [FIRST, short, SECOND, short, THIRD]


def test_a_blank_line_parts_wrapped_paragraphs_of_two_lines() -> None:
    text = "\n\n".join(wrapped(one, 60) for one in (FIRST, SECOND, THIRD))
    assert paragraphs(parse(f"Port opens route\n\n{text}")) == [FIRST, SECOND, THIRD]


def test_a_line_that_breaks_off_short_of_the_width_goes_on() -> None:
    texts = [wrapped(text, 30) for text in (FIRST, SECOND, THIRD)]
    ragged = texts[0].replace("berths for ", "berths\nfor ", 1)
    article = parse("\n\n".join(["Port opens route", ragged, *texts[1:]]))
    assert paragraphs(article) == [FIRST, SECOND, THIRD]


def test_a_large_initial_on_its_own_line_goes_with_its_word() -> None:
    article = parse(f"Port opens new route\n\n{FIRST[0]}\n{FIRST[1:]}\n\n{SECOND}")
    assert paragraphs(article) == [FIRST, SECOND]


def test_a_word_that_a_lines_end_divides_is_one_again() -> None:
    text = """Oysters come back
By Li Na
The fishermen of the bay have gathered oys-
ters for three hundred years.
A well-known buyer and a well-
known cook agree.
"""
    assert paragraphs(parse(text)) == [
        "The fishermen of the bay have gathered oysters for three hundred years.",
        "A well-known buyer and a well-known cook agree.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Cars stood along the spit. “It is only glass,” said Chief Otto Lund, who had three.",
        "Nobody had counted them ‘for good reason’ or for any other that he knew on Tuesday.",
        "The word “海” means sea, and it is on each of the boats that lie along the old quay.",
    ],
)
def test_a_curly_quotation_mark_takes_its_languages_space(text: str) -> None:
    for width in range(26, 50):
        printed = "\n\n".join(wrapped(one, width) for one in (FIRST, text, THIRD))
        assert paragraphs(parse(f"Port opens route\n{printed}"))[1] == text


def test_an_indented_chinese_paragraph_goes_on_at_the_edge_below() -> None:
    lines = (
        "　　12月18日凌晨4时许，银滩以南12海里处，渔\n民黄志强听见呼救声。\n　　船东送来一箱苹果。"
    )
    article = parse(f"渔民老黄救起落水船员\n获赠一面锦旗和一箱苹果\n\n{lines}")
    assert paragraphs(article) == [
        "12月18日凌晨4时许，银滩以南12海里处，渔民黄志强听见呼救声。",
        "船东送来一箱苹果。",
    ]


def test_a_byline_goes_on_below_with_one_more_name() -> None:
    article = parse(f"Port opens route\nBy Bud Haakonsen\nand Ada Moran\n\n{FIRST}\n\n{SECOND}")
    assert [one.name for one in article.bylines] == ["Bud Haakonsen", "Ada Moran"]
    assert article.unplaced == ()


def test_a_notes_number_behind_the_stop_leaves_a_sentence_one() -> None:
    assert ends_sentence("“American?” she asked.¹")
    story = f"By Ada Moran\n\nThe woman looked at my hat. “American?” she asked.¹\n\n{FIRST}"
    article = parse(f"Eleven hours to Beihai, and worth it\nOysters and pearls\n{story}")
    assert (article.standfirst, len(paragraphs(article))) == ("Oysters and pearls", 2)


def test_what_a_mail_quotes_is_read_without_its_marks() -> None:
    told = "The ferry will run on Sundays, the owners\nsaid on Monday.\n\nChurches had opposed it."
    story = f"Ferry runs on Sundays\nBy Joan Tilley\n\n{told}"
    quoted = "".join(f"> {line}\n" for line in story.splitlines())
    article = parse(f"From: Dana\nTo: archive\n\n{quoted}")
    assert [one.name for one in article.bylines] == ["Joan Tilley"]
    assert paragraphs(article)[-1] == "Churches had opposed it."


def test_no_line_of_chinese_begins_with_a_stop() -> None:
    told = [
        "〔本報訊〕工部局新建之滬西小菜",
        "場、業於昨日清晨六時開市、計有攤",
        "位二百四十餘號、餘為蔬菜雞鴨之屬",
        "、",
    ]
    other = [
        "開市之前、衛生處派員逐攤檢視、凡",
        "魚肉俱須加蓋紗罩、違者初次告誡、",
        "再犯罰洋二元、",
    ]
    text = "\n".join(["滬西小菜場開市", "", *told, "", *other])
    assert paragraphs(parse(text)) == ["".join(told)[5:], "".join(other)]


def test_sentences_behind_bullets_are_the_text_where_nothing_else_is() -> None:
    points = [
        "• A picture caption on Thursday said that Lord Haverill was opening a farm. He was not.",
        "• In a review on Tuesday, we gave the name of the author as Hester Vane. She is Esther.",
    ]
    head = "The Daily Meridian\nSaturday 6 April 2024 | Page 38\n\nCorrections and clarifications"
    foot = "Write to: Readers' Editor, 18 Canal Row, Leeds. Email: readers@meridian.example"
    article = parse("\n\n".join([head, *points, foot]))
    assert article.headline == "Corrections and clarifications"
    assert len(paragraphs(article)) == 2
