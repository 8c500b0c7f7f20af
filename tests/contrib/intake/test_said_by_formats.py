"""What a format says of its lines stands in the record, whatever the layout would make of it."""

from archive.contrib.intake.documents import (
    DocumentImage,
    DocumentLine,
    DocumentMetadata,
    LineKind,
    SourceDocument,
    from_lines,
)
from archive.contrib.intake.records import ParsedArticle, ParsedCaption
from archive.contrib.intake.story_reader import read_story


def read(
    *lines: tuple[LineKind, str],
    images: tuple[DocumentImage, ...] = (),
    group: str = "",
    **said: str | tuple[str, ...],
) -> ParsedArticle:
    """The record of lines; captions, credits, items and rows are of one `group`."""
    grouped = ("caption", "credit", "list_item", "table_row")
    made = [
        DocumentLine(text, (0, 0), kind, gap=1, group=group if kind in grouped else "")
        for kind, text in lines
    ]
    text, placed = from_lines(made)
    document = SourceDocument(text, placed, DocumentMetadata(**said), images)  # type: ignore[arg-type]
    return read_story(document, "wire.xml", language="en")


def test_a_row_keeps_its_empty_cells() -> None:
    rows = ("\tW\t\tL", "Port\t1\t\t2")
    article = read(("headline", "Standings"), *(("table_row", row) for row in rows), group="t")
    assert [block.text for block in article.blocks] == ["\n".join(rows)]


def test_the_numbers_of_a_list_stay() -> None:
    article = read(
        ("headline", "Three things"),
        ("paragraph", "Here they are, in their order."),
        ("paragraph", "1. A port."),
        ("paragraph", "2. A quay."),
    )
    assert "1. A port.\n2. A quay." in [block.text for block in article.blocks]


def test_a_dateline_is_no_headline_and_is_placed() -> None:
    article = read(
        ("dateline", "Helsinki"), ("headline", ""), ("paragraph", "A port opened on Monday.")
    )
    assert (article.dateline, article.unplaced) == ("Helsinki", ())
    assert article.headline != "Helsinki"


def test_a_byline_that_is_in_no_usual_form_is_a_name() -> None:
    article = read(
        ("headline", "Port opens"),
        ("byline", "harbour/KN"),
        ("paragraph", "A port opened on Monday."),
        bylines=("harbour/KN",),
    )
    assert ([one.name for one in article.bylines], article.unplaced) == (["harbour/KN"], ())


def test_a_caption_knows_its_picture_and_both_credits() -> None:
    article = read(
        ("headline", "Port opens"),
        ("paragraph", "A port opened on Monday."),
        ("caption", "Cranes at the port. Li Na / Xinhua"),
        ("credit", "Harbour News"),
        images=(DocumentImage("port.jpg", after=2),),
        group="port.jpg",
    )
    assert article.captions == (
        ParsedCaption("Cranes at the port.", "Li Na / Xinhua / Harbour News", 1, "port.jpg"),
    )


def test_a_picture_without_words_has_its_place_among_the_blocks() -> None:
    article = read(
        ("headline", "Port opens"),
        ("paragraph", "A port opened on Monday."),
        ("paragraph", "It is large."),
        images=(DocumentImage("port.jpg", after=2),),
    )
    assert [image.after for image in article.images] == [1]


def test_a_standfirst_in_capitals_is_no_name_and_the_agency_signs() -> None:
    article = read(
        ("headline", "Port opens"),
        ("standfirst", "HARBOUR GOVERNMENT"),
        ("furniture", "Harbour News"),
        ("paragraph", "A port opened on Monday."),
        standfirst="HARBOUR GOVERNMENT",
        agencies=("Harbour News",),
    )
    assert [(one.name, one.role) for one in article.bylines] == [("Harbour News", "agency")]
    assert (article.standfirst, article.unplaced) == ("HARBOUR GOVERNMENT", ())
