"""The body's lines, beside those that a format has set apart."""

from archive.contrib.intake.documents import DocumentLine, LineKind, SourceDocument, from_lines
from archive.contrib.intake.records import ParsedArticle
from archive.contrib.intake.story_reader import read_story

HEADLINE = "Port opens a new route"
PROSE = "The port of Zhanjiang opened a new route on Monday, and two ships left for the south."


def story(*lines: tuple[LineKind, str]) -> ParsedArticle:
    text, placed = from_lines(DocumentLine(text, (0, 0), kind, gap=1) for kind, text in lines)
    return read_story(SourceDocument(text, placed), "page.html")


def test_menus_above_the_headline_hide_nothing() -> None:
    menus: list[tuple[LineKind, str]] = [("furniture", f"Menu {number}") for number in range(60)]
    found = story(*menus, ("headline", HEADLINE), ("standfirst", "A week sooner"), ("text", PROSE))
    assert (found.headline, found.standfirst) == (HEADLINE, "A week sooner")
    assert [block.text for block in found.blocks] == [PROSE]
    assert found.unplaced == tuple(text for _kind, text in menus)


def test_a_first_paragraph_that_points_to_something_stays_in_the_body() -> None:
    shown = f"{PROSE} Readers may ask their questions (in the section below). " + PROSE * 3
    found = story(("headline", HEADLINE), ("text", shown))
    assert [block.text for block in found.blocks] == [shown]


def test_the_lines_of_one_quote_are_one_block() -> None:
    quotes = [("One.", "a"), ("— Li Na", "a"), ("Two.", "b")]
    lines = [DocumentLine(HEADLINE, (0, 0), "headline"), DocumentLine(PROSE, (0, 0), gap=1)]
    lines += [DocumentLine(text, (0, 0), "quote", group=group) for text, group in quotes]
    text, placed = from_lines([*lines, DocumentLine(PROSE, (0, 0), gap=1)])
    found = read_story(SourceDocument(text, placed), "page.html")
    assert [block.text for block in found.blocks if block.type == "quote"] == [
        "One.\n— Li Na",
        "Two.",
    ]
