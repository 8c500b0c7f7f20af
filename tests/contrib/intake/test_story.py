"""Whole stories: which line becomes what."""

import pytest

from archive.contrib.intake.records import IntakeError
from tests.contrib.intake.texts import CHINESE, ENGLISH, paragraphs, parse, subheads


def test_reads_an_english_story() -> None:
    article = parse(ENGLISH)
    assert article.language == "en"
    assert article.headline == "Port opens new route"
    assert article.standfirst == "The service will cut sailing times by a week"
    assert [(b.name, b.place) for b in article.bylines] == [("Wang Wei", None)]
    assert article.dateline == "ZHANJIANG, Guangdong"
    assert [block.type for block in article.blocks] == [*["paragraph"] * 2, "subhead", "paragraph"]
    assert (article.captions[0].credit, article.captions[0].after) == ("Li Na / China Daily", 4)
    assert (article.missing, article.warnings) == ([], ())


def test_reads_a_chinese_story() -> None:
    article = parse(CHINESE)
    assert article.language == "zh-hans"
    assert (article.headline, article.standfirst) == ("湛江港开通新航线", "——航程缩短一周")
    assert [b.name for b in article.bylines] == ["王伟", "李娜"]
    assert article.dateline == "本报湛江9月22日电"
    assert subheads(article) == ["扩建泊位"]
    assert (article.publication, article.page) == ("中国日报", "17")
    assert (article.contact, article.captions[0].credit) == ("lina@example.com", "李娜 摄")
    assert (article.missing, article.warnings) == ([], ())


@pytest.mark.parametrize(
    ("text", "standfirst"),
    [
        ("Port opens route\nA line that sums it up\nOne.\nTwo.", "A line that sums it up"),
        ("Headline\nOne.\nTwo.", None),
        ('Headline\n"One," he said. "Two."\nThree.', None),
        ("Headline\nIt sums it up.\nBy Li Na\nOne.\nTwo.", "It sums it up."),
        ("Headline\nBy Li Na\nA line that sums it up\nOne.", "A line that sums it up"),
        ("标题\n——副题\n第一段。\n第二段。", "——副题"),
        ("标题\n第一段。\n第二段。", None),
        ("标题\n“第一段。”\n第二段。", None),
    ],
)
def test_the_standfirst_may_be_absent(text: str, standfirst: str | None) -> None:
    assert parse(text).standfirst == standfirst


@pytest.mark.parametrize("wide", ["\u3000\u3000", "\u00a0", "\t"])
def test_white_space_around_lines_does_not_count(wide: str) -> None:
    article = parse(f"{wide}Headline{wide}\n{wide}One.\n\n{wide}\nTwo.{wide}\n")
    assert (article.headline, paragraphs(article)) == ("Headline", ["One.", "Two."])


def test_a_line_without_end_punctuation_is_reported() -> None:
    long = "The port " + "has grown and grown " * 8 + "without an end"
    article = parse(f"Headline\nOne.\n{long}\n")
    assert paragraphs(article) == ["One.", long]
    assert "Line 3" in " ".join(article.warnings)


def test_a_short_last_line_without_an_end_is_left_to_the_editor() -> None:
    article = parse("Headline\nOne.\nThe last line\n")
    assert (paragraphs(article), article.unplaced) == (["One."], ("The last line",))


def test_lines_below_the_contact_are_left_to_the_editor() -> None:
    article = parse(
        "Headline\nOne.\nTwo.\nContact the writer at a@example.com\nA view of the port."
    )
    assert article.missing == ["A view of the port."]
    assert "1 part" in " ".join(article.warnings)


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("Headline\nOne.", "No publication"),
        ("Headline\nOne.\n(China Daily)", "No print date"),
        ("Headline\nOne.\n(China Daily 09/22/2015)", "no page"),
        ("Headline\nOne.\n(09/22/2015 page3)", "No publication"),
        ("Headline\nOne.\n(China Daily 02/30/2015 page3)", "does not exist"),
        ("Headline\n(China Daily 09/22/2015 page3)", "No paragraph"),
        ("Headline\nOne.\nA ship at sea |\n(China Daily 09/22/2015 page3)", "no credit"),
        ("标题\n第一段。", "No print date"),
        ("标题\n第一段。\n（中国日报 2015年09月22日）", "no page"),
    ],
)
def test_says_what_a_careful_reader_should_check(text: str, warning: str) -> None:
    assert warning in " ".join(parse(text).warnings)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("(China Daily 09/22/2015 page17)", "(China Daily 09/23/2015 page1)"),
        ("（中国日报 2015年09月22日 第17版）", "（中国日报 2015年09月23日 第1版）"),
    ],
)
def test_a_second_citation_is_kept_and_reported(first: str, second: str) -> None:
    article = parse(f"Headline\nOne.\n{first}\nAnother headline\nTwo.\n{second}")
    assert (article.page, article.unplaced[-1]) == ("17", second)
    assert "more than one citation" in " ".join(article.warnings)


@pytest.mark.parametrize("text", ["(China Daily 09/22/2015 page17)", "a@example.com"])
def test_a_text_without_a_headline_is_read_and_reported(text: str) -> None:
    article = parse(text)
    assert article.headline == ""
    assert article.warnings[0] == "No headline found."


@pytest.mark.parametrize("text", ["\n \n", "***\n___"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(IntakeError, match="no words"):
        parse(text)


def test_a_first_line_too_long_for_a_headline_is_a_paragraph() -> None:
    article = parse("word " * 60 + "end.\nOne.")
    assert (article.headline, len(article.blocks)) == ("", 2)


def test_a_language_that_was_asked_for_is_taken_and_doubted() -> None:
    article = parse(ENGLISH, "zh-hans")
    assert article.language == "zh-hans"
    assert "does not look like 中文" in " ".join(article.warnings)


def test_the_digest_is_of_the_words_alone() -> None:
    article = parse(ENGLISH)
    assert parse(ENGLISH.replace("\n", "\r\n\r\n")).digest == article.digest
    assert parse(ENGLISH.replace("two berths", "2 berths")).digest != article.digest


_FERRY = (
    "Night ferry leaves the old quay\n\nBy Li Na\n\nThe ferry leaves every evening at nine, the "
    "harbour office said, and is back at dawn.\n\nThe first boat carried two hundred people.\n"
)
_SCHOOL = (
    "School buys six hundred umbrellas\n\nBy Tom Reed\n\nThe school on the hill bought six hundred "
    "umbrellas on Friday, its headmaster said.\n\nParents paid half of the sum.\n"
)


@pytest.mark.parametrize(
    "opening",
    ["China Daily\nDecember 3, 2016\nPage 4", "THE HARBOR GAZETTE\n3 December 2016", "China Daily"],
)
def test_what_follows_the_papers_second_opening_waits_for_a_person(opening: str) -> None:
    article = parse(f"{opening}\n\n{_FERRY}\n{opening}\n\n{_SCHOOL}\nShare | Print\n")
    assert "is it more than one story?" in " ".join(article.warnings)
    assert not article.furniture
    assert {*opening.splitlines(), "Share | Print"} <= set(article.missing)
    assert "School buys six hundred umbrellas" in {*article.missing, *paragraphs(article)}


def test_a_paper_that_is_named_again_below_the_text_asks_nothing() -> None:
    article = parse(f"China Daily\nDecember 3, 2016\n\n{_FERRY}\nChina Daily\n\nShare | Print\n")
    assert "more than one story" not in " ".join(article.warnings)
    assert "Share | Print" in article.furniture


@pytest.mark.parametrize(
    "tail",
    [
        "The dead\nAlan Pike, 22\nOlaf Lund, 57\nChen Wei, 34",
        "HOST FAMILIES BY DISTRICT\nNorth End      12\nHilltop         9\nEastside       10",
        "FARES (yuan)\nAdult          12.00    13.80\nChild           6.00     6.90",
        "Where: 15 Dock St.\nWhen: Mondays, noon-2 p.m.\nCost: free",
        "Hearings\nMonday, May 4, 2004\nTuesday, May 5, 2004",
        "Adult\n12\nChild\n14",
        "8:15\n9:30",
        # The text names her, too; in the list she stands once more.
        "The crew\nLi Na\nOlaf Lund",
    ],
)
def test_a_list_below_the_text_is_never_left_out(tail: str) -> None:
    opening = "Harbor Ledger\nSunday, March 14, 2004\nPage B6\n\n"
    article = parse(f'{opening}{_FERRY}\n"We were glad," said Li Na.\n\n{tail}\n')
    told = [*article.missing, *paragraphs(article)]
    assert [line for line in tail.splitlines() if line not in told] == []


def test_verse_below_a_chinese_text_is_never_left_out() -> None:
    verse = ["江是一条路", "走路不穿鞋", "驮着万家米", "从不问谁借"]
    article = parse(f"{CHINESE}\n" + "\n".join(verse) + "\n")
    assert set(verse) <= {*article.missing, *paragraphs(article)}


def test_the_known_kinds_of_furniture_are_left_out_without_asking() -> None:
    known = ["Share | Print | Email", "12 comments", "Page 6", "© 2004 Harbor Ledger"]
    article = parse(f"Harbor Ledger\nMarch 14, 2004\n\n{_FERRY}\n" + "\n".join(known) + "\n")
    assert article.missing == []
    assert article.blocks[-1].text.endswith("two hundred people.")


def test_what_stands_above_the_headline_is_never_left_out() -> None:
    title, deck = "硇洲岛轮渡票价下月起上调15%", "渔民合作社称岛民仍享受每次2.40元优惠"
    opening = "湛江日报　1998年10月14日　星期三　第3版\n责任编辑：林小燕\n\n"
    # The text has the headline's words, too.
    told = f"本报讯　物价局13日宣布，{title}，这是首次涨价。\n\n“我女儿在霞山上学，”李玉珍说。"
    article = parse(f"{opening}{title}\n\n{deck}\n\n{told}\n")
    assert {title, deck} <= {article.headline, article.standfirst, *article.missing}
