"""The headline is found below what a page prints above it."""

import pytest

from tests.contrib.intake.texts import paragraphs, parse

BODY = (
    "The bridge over Mill Creek opened again on Saturday, nine years after the flood.\n"
    "The county paid for the steel, and the planks came from a barn."
)


@pytest.mark.parametrize(
    "above",
    [
        "Knowledge Dies Quietly Here",
        "4 of 48 DOCUMENTS",
        "Perspectives / From the Readers\nMore to See",
        "View this email in your browser\nForward to a friend",
        "Bridge over Mill Creek opens again - The Creek Ledger",
    ],
)
def test_what_shares_no_word_with_the_text_is_no_headline(above: str) -> None:
    article = parse(f"{above}\nBridge over Mill Creek opens again\nBy Rosa Achter\n\n{BODY}")
    assert article.headline == "Bridge over Mill Creek opens again"


def test_a_headline_of_other_words_stands_above_its_standfirst() -> None:
    deck = (
        "The county has its bridge over Mill Creek again, and nobody knows what to complain about"
    )
    article = parse(f"A way back to the bread\n{deck}\nBy Rosa Achter\n\n{BODY}")
    assert (article.headline, article.standfirst) == ("A way back to the bread", deck)


def test_a_headline_without_a_word_of_the_text_is_less_than_sure() -> None:
    article = parse(f"Sense and sandwiches\n\n{BODY}")
    assert article.fields["headline"].confidence < 0.9


def test_running_text_is_no_headline_where_nothing_else_is_one() -> None:
    lines = [
        f"The {what} on the creek opened again on Saturday, nine years after a flood."
        for what in ("bridge", "mill by the bridge", "school", "old ferry house", "inn")
    ]
    article = parse("\n\n".join(lines))
    assert (article.headline, len(paragraphs(article))) == ("", 5)


@pytest.mark.parametrize(
    "decks",
    [
        ("SHIPPING IN THE STRAITS.", 'THE "HONG WAN" AGROUND.', "ALL PASSENGERS LANDED."),
        ("FIRE AT THE RICE MILLS", "HEAVY LOSSES FEARED", "TWO GODOWNS GUTTED"),
        ("THE LAUNCH OF THE DREDGER.", "CROWDS AT THE SLIPWAY."),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_lines_in_capitals_above_the_text_are_headline_and_decks(
    decks: tuple[str, ...], between: str
) -> None:
    article = parse(between.join([*decks, *BODY.split("\n")]))
    assert article.headline == decks[0]
    assert (article.standfirst or "").split("\n") == list(decks[1:])
    assert article.bylines == ()
    assert paragraphs(article) == BODY.split("\n")


def test_one_line_of_names_below_a_headline_in_capitals_signs() -> None:
    article = parse(f"FIRE AT THE RICE MILLS\n\nLI NA\n\n{BODY}")
    assert article.headline == "FIRE AT THE RICE MILLS"
    assert [one.name for one in article.bylines] == ["LI NA"]


QUESTION = "Who pays for the new bridge?"


@pytest.mark.parametrize("name", ["The Creek Ledger", "CREEKSIDE LANTERN", "Creekside Lantern"])
@pytest.mark.parametrize("between", ["", "Tuesday, September 22, 2015\n"])
def test_a_question_below_a_papers_name_is_the_headline(name: str, between: str) -> None:
    article = parse(f"{name}\n{between}{QUESTION}\n{BODY}")
    assert (article.headline, article.publication) == (QUESTION, name)
    assert paragraphs(article) == BODY.split("\n")


def test_a_question_below_a_headline_sums_up_or_begins_the_story() -> None:
    article = parse(f"New Bridge Over Mill Creek\n{QUESTION}\n\n{BODY}")
    assert article.headline == "New Bridge Over Mill Creek"


@pytest.mark.parametrize(
    "name", ["THE LEIZHOU LANTERN", "Leizhou Lantern", "Millside Light", "The Evening Whistle"]
)
@pytest.mark.parametrize(
    "edition",
    ["Tuesday, September 22, 2015\nPage 3", "September 22, 2015  Page 3", "A3\nSept 22, 2015"],
)
def test_what_may_be_a_papers_name_is_no_sure_headline(name: str, edition: str) -> None:
    article = parse(f"{name}\n{edition}\n{BODY}")
    assert article.fields["headline"].confidence <= 0.5


@pytest.mark.parametrize(
    "head",
    [
        "THE HARBOUR LIGHT\nEDITORIAL\nTuesday, September 22, 2015",
        "Tuesday, September 22, 2015\nTHE HARBOUR LIGHT",
    ],
)
def test_a_day_or_a_section_is_no_companion_of_a_sure_headline(head: str) -> None:
    article = parse(f"{head}\n{BODY}")
    assert article.fields["headline"].confidence <= 0.5


def test_a_columns_name_stands_above_its_headline() -> None:
    article = parse(f"HARBOR LIGHTS\n\nA creek that votes\nBy Rosa Achter\n\n{BODY}")
    assert article.headline == "A creek that votes"


def test_lines_in_capitals_in_one_block_are_one_headline() -> None:
    printed = "12    THE GARRISON COURIER, FRIDAY, MAY 2, 1947"
    head = "      MILL CREEK BRIDGE\n       REOPENS 9TH TIME"
    deck = "    County Pays For\n      All The Steel"
    article = parse(f"{printed}\n\n{head}\n\n{deck}\n\n{BODY}")
    assert article.headline == "MILL CREEK BRIDGE REOPENS 9TH TIME"
    assert article.standfirst == "County Pays For\nAll The Steel"


def test_an_old_chinese_papers_pauses_end_its_paragraphs() -> None:
    told = "本縣電燈公司、成立八年、機力久感不足、近向洋行訂購新機一座、計四百匹馬力、日內可到、"
    article = parse(f"●縣城電燈公司添置新機\n▲下月起通宵供電\n{told}\n（廬江新報 第二版）")
    assert article.headline == "縣城電燈公司添置新機"
    assert article.standfirst == "下月起通宵供電"
    assert paragraphs(article) == [told]


def test_a_headline_that_is_printed_twice_is_there_once() -> None:
    article = parse(
        "A RUNAWAY ON THE INCLINE.\nWaikari Times, 19 March 1908, Page 3\n\n"
        f"A RUNAWAY ON THE INCLINE.\n\nNARROW ESCAPE OF A BRIDGE.\n\n{BODY}"
    )
    assert article.headline == "A RUNAWAY ON THE INCLINE."


def test_decks_stand_above_a_correspondents_post_and_place() -> None:
    article = parse(
        "Western Argus - Saturday 14 March 1914\n\nPage 5\n\nBRIDGE AT MILL CREEK.\n"
        f"NINE YEARS OF DETOURS ARE OVER.\n[FROM OUR OWN CORRESPONDENT.]\n{BODY}"
    )
    assert (article.headline, article.standfirst) == (
        "BRIDGE AT MILL CREEK.",
        "NINE YEARS OF DETOURS ARE OVER.",
    )


def test_a_line_as_whole_as_a_headline_stands_above_its_deck() -> None:
    head = "Band Welcomes Wrong\nShip in Harbor Fog"
    deck = "Chinese freighter, first since 1953, slips in behind"
    told = (
        "The high school band played four choruses of welcome on Tuesday to a ship that nobody had"
        " asked.\n\nFog hid the harbor. The freighter, with tea, tied up where the mayor stood."
    )
    printed = "THE NOLAN TRIBUNE          WEDNESDAY, MARCH 22, 1972          PAGE 3\n======"
    article = parse(f"{printed}\n\n{head}\n\n{deck}\n\nBy HAROLD VANCE\nMarine Reporter\n\n{told}")
    assert (article.headline, article.standfirst) == (head.replace("\n", " "), deck)
