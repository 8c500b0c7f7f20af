"""A site's own blocks become the archive's; words are never dropped."""

from typing import Any

import pytest
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.embeds.blocks import EmbedBlock

from archive.contrib.transfer.stream_blocks import StreamReader

QUOTE = blocks.StructBlock([("quote", blocks.TextBlock()), ("author", blocks.CharBlock())])
INNER = blocks.StreamBlock([("text", blocks.TextBlock()), ("heading", blocks.CharBlock())])
TEXT = blocks.RichTextBlock()
VIDEO = blocks.StructBlock([("video", EmbedBlock()), ("caption", blocks.CharBlock())])
BOX = blocks.StructBlock(
    [("title", blocks.CharBlock()), ("body", TEXT), ("wide", blocks.BooleanBlock())]
)
ADDRESS = "https://www.youtube.com/watch?v=1"


def read(name: str, block: Any, value: Any) -> tuple[list[tuple[str, Any]], list[str]]:
    """The kinds and values of the blocks that one block becomes, and the notes."""
    stream = blocks.StreamBlock([(name, block)])
    raw = [{"type": name, "value": value, "id": "5"}]
    reading = StreamReader({3: "/en/other/"}.get).read_stream(stream.to_python(raw))
    assert {one.group for one in reading.blocks} <= {"5"}
    return [(one.kind, one.value) for one in reading.blocks], reading.notes


CASES = {
    "a paragraph each": (
        *("text", TEXT, "<p>One <b>b</b></p><p>Two</p><h3>Three</h3>"),
        [("paragraph", "<p>One <b>b</b></p>"), ("paragraph", "<p>Two</p>"), ("subhead", "Three")],
    ),
    "a heading by its name": ("heading", blocks.CharBlock(), "Costs", [("subhead", "Costs")]),
    "a text by its name": (
        "note",
        blocks.CharBlock(),
        "A & B",
        [("paragraph", "<p>A &amp; B</p>")],
    ),
    "a quote and who said it": (
        *("quote", QUOTE, {"quote": "We did.", "author": "Li Na"}),
        [("pull_quote", {"quote": "We did.", "attribution": "Li Na"})],
    ),
    "an embed and its caption": (
        *("film", VIDEO, {"video": ADDRESS, "caption": "The port"}),
        [("embed", {"url": ADDRESS, "caption": "The port"})],
    ),
    "a struct is taken apart": (
        *("box", BOX, {"title": "Facts", "body": "<p>Deep.</p>", "wide": True}),
        [("subhead", "Facts"), ("paragraph", "<p>Deep.</p>")],
    ),
    "a list of words": (
        *("points", blocks.ListBlock(blocks.CharBlock()), ["a", "b"]),
        [("list", {"ordered": False, "items": ["<p>a</p>", "<p>b</p>"]})],
    ),
    "blocks inside blocks": (
        *("inner", INNER, [{"type": "heading", "value": "H"}, {"type": "text", "value": "T"}]),
        [("subhead", "H"), ("paragraph", "<p>T</p>")],
    ),
    "HTML by its words": (
        *("html", blocks.RawHTMLBlock(), "<div><p>Kept</p></div>"),
        [("paragraph", "<p>Kept</p>")],
    ),
    "a block that nobody knows": (
        *("day", blocks.DateBlock(), "2015-09-22"),
        [("paragraph", "<p>2015-09-22</p>")],
    ),
    "a link to a page of the site": (
        *("text", TEXT, '<p><a id="3" linktype="page">there</a></p>'),
        [("paragraph", '<p><a href="/en/other/">there</a></p>')],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_block_becomes(case: str) -> None:
    name, block, value, expected = CASES[case]
    assert read(name, block, value)[0] == expected


def test_a_table_stays_one() -> None:
    value = {"data": [["Year", None], ["2015", "3"]], "first_row_is_table_header": True}
    [(kind, table)], _notes = read("table", TableBlock(), value)
    assert kind == "table"
    assert table["data"] == [["Year", ""], ["2015", "3"]]
    assert table["first_row_is_table_header"]


def test_what_is_left_out_or_unknown_is_reported() -> None:
    assert read("box", BOX, {"title": "A", "body": "", "wide": True})[1] == [
        "setting wide (BooleanBlock): left out"
    ]
    assert "no block of the archive" in read("day", blocks.DateBlock(), "2015-09-22")[1][0]
