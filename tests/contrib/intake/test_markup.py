"""HTML becomes blocks, each paragraph by itself; words are never dropped."""

from typing import Any

import pytest

from archive.text.markup.blocks import read_markup, read_page
from archive.text.markup.html_tree import parse_html

FIGURE = (
    '<figure><img class="wp-image-{0}" src="{0}.jpg" alt="a"/><figcaption>{1}</figcaption></figure>'
)
TABLE = {
    "first_row_is_table_header": False,
    "first_col_is_header": False,
    "table_header_choice": "neither",
    "table_caption": "",
}


def blocks(text: str, **options: Any) -> list[tuple[str, Any]]:
    return [(one.kind, one.value) for one in read_markup(text, **options).blocks]


CASES = {
    "emphasis and links stay": (
        '<p>A <strong>b</strong> <em>c</em> <span>d</span> <a href="https://x.org/?a=1&b=2">e</a></p>',
        [("paragraph", '<p>A <b>b</b> <i>c</i> d <a href="https://x.org/?a=1&amp;b=2">e</a></p>')],
    ),
    "a script's link goes, its words stay": (
        '<p><a href="javascript:alert(1)">x</a><script>y</script></p>',
        [("paragraph", "<p>x</p>")],
    ),
    "a quote and its source": (
        "<blockquote><p>One.</p><p>Two.</p><cite>— Li Na</cite></blockquote>",
        [("pull_quote", {"quote": "One.\nTwo.", "attribution": "Li Na"})],
    ),
    "a list inside a list": (
        "<ol><li>a<ul><li>b</li></ul></li></ol>",
        [("list", {"ordered": True, "items": ["<p>a</p>", "<p>b</p>"]})],
    ),
    "a picture between words": (
        '<p>Before <img src="x.jpg" alt="y"> after</p>',
        [
            ("paragraph", "<p>Before after</p>"),
            ("image", {"image": "x.jpg", "caption": "", "alt_text": "y", "credit": ""}),
        ],
    ),
    "an element without a block": (
        "<details><summary>More</summary>Words</details>",
        [("paragraph", "<p>More</p>"), ("paragraph", "<p>Words</p>")],
    ),
    "a figure inside a figure": (
        "<figure><figure><blockquote>One.</blockquote></figure>Two<figcaption>3</figcaption>"
        "</figure>",
        [
            ("pull_quote", {"quote": "One.", "attribution": ""}),
            ("paragraph", "<p>Two</p>"),
            ("paragraph", "<p>3</p>"),
        ],
    ),
    "words beside a figure's picture": (
        '<figure><img src="x.jpg" alt=""><figcaption>Quay</figcaption>Seen <b>today</b></figure>',
        [
            ("image", {"image": "x.jpg", "caption": "Quay", "alt_text": "", "credit": ""}),
            ("paragraph", "<p>Seen <b>today</b></p>"),
        ],
    ),
    "a table that frames a page": (
        "<table><tr><td>a<table><tr><td>b</td></tr></table></td><td>c</td></tr></table>",
        [
            ("paragraph", "<p>a</p>"),
            ("table", TABLE | {"data": [["b"]]}),
            ("paragraph", "<p>c</p>"),
        ],
    ),
    "words between a table's cells": (
        "<table><caption>t</caption><tr><td>a</td>b</tr></table>",
        [("table", TABLE | {"data": [["a"]], "table_caption": "t"}), ("paragraph", "<p>b</p>")],
    ),
    "paragraphs in a list's item": (
        "<ul><li><p>a</p><p>b</p><div><ul><li>c</ul></div></li>d</ul>",
        [("list", {"ordered": False, "items": ["<p>a<br/>b</p>", "<p>c</p>", "<p>d</p>"]})],
    ),
    "a picture that is loaded late": (
        '<img src="data:image/gif;base64,R0" data-src="x.jpg" alt="y">',
        [("image", {"image": "x.jpg", "caption": "", "alt_text": "y", "credit": ""})],
    ),
    "raised and lowered digits": (
        "<p>10<sup>9</sup> of H<sub>2</sub>O, 10<sup>-3</sup> on the 4<sup>th</sup>"
        '<sup><a href="https://x.org/1">1</a></sup></p><h2>CO<sub>2</sub></h2>'
        "<table><tr><td>m<sup>2</sup></td></tr></table>",
        [
            (
                "paragraph",
                '<p>10⁹ of H₂O, 10⁻³ on the 4th<a href="https://x.org/1">¹</a></p>',
            ),
            ("subhead", "CO₂"),
            ("table", TABLE | {"data": [["m²"]]}),
        ],
    ),
    "an address alone": (
        "<figure>https://vimeo.com/1<figcaption>Film</figcaption></figure>",
        [("embed", {"url": "https://vimeo.com/1", "caption": "Film"})],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_html_becomes(case: str) -> None:
    text, expected = CASES[case]
    assert blocks(text) == expected


def test_a_gallery_keeps_its_captions() -> None:
    [(kind, value)] = blocks(
        f'<figure class="wp-block-gallery">{FIGURE.format(1, "One")}{FIGURE.format(2, "Two")}'
        "<figcaption>Both</figcaption></figure>"
    )
    assert (kind, value["title"]) == ("gallery", "Both")
    assert [(one["image"], one["caption"]) for one in value["pictures"]] == [
        ("1", "One"),
        ("2", "Two"),
    ]


def test_a_table_has_equal_rows() -> None:
    [(kind, value)] = blocks("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td></tr></table>")
    assert (kind, value["data"]) == ("table", [["a", "b"], ["1", ""]])
    assert value["first_row_is_table_header"]


def test_a_cell_that_spans_others_leaves_their_places_empty() -> None:
    head = "<tr><th>Crop</th><th colspan=2>Port and tonnes</th></tr>"
    body = "<tr><td rowspan=2>Cane</td><td>A</td><td>210</td></tr><tr><td>B</td><td>190</td></tr>"
    [(_kind, value)] = blocks(f"<table><thead>{head}</thead><tbody>{body}</tbody></table>")
    assert value["data"] == [
        ["Crop", "Port and tonnes", ""],
        ["Cane", "A", "210"],
        ["", "B", "190"],
    ]


def test_a_cell_spans_no_more_than_its_table() -> None:
    row = '<tr><td rowspan="99999999999" colspan="99999999999">a</td><td>b</td></tr>'
    [(_kind, value)] = blocks(f"<table>{row}<tr><td>c</td></tr></table>")
    assert value["data"] == [["a", "b"], ["", "c"]]


def test_classic_text_is_parted_by_blank_lines() -> None:
    found = blocks("One\nline\n\n<b>Two</b>\n\nhttps://vimeo.com/1\n", keeps_lines=True)
    assert found[:2] == [("paragraph", "<p>One<br/>line</p>"), ("paragraph", "<p><b>Two</b></p>")]
    assert found[2][0] == "embed"


def test_elements_end_without_end_tags() -> None:
    assert blocks("<p>word word" * 400) == [("paragraph", "<p>word word</p>")] * 400
    assert blocks("<ul><li><p>a<li>b</ul><div>c<p><b>d<h2>e</h2>f") == [
        ("list", {"ordered": False, "items": ["<p>a</p>", "<p>b</p>"]}),
        *(("paragraph", "<p>c</p>"), ("paragraph", "<p><b>d</b></p>")),
        *(("subhead", "e"), ("paragraph", "<p>f</p>")),
    ]
    [(_kind, table)] = blocks("<table><tr><td><p>a<td>b<tr><td>c<td>d</table>")
    assert table["data"] == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize("tag", ["div", "blockquote", "b", "dl", "section"])
def test_a_text_of_any_depth_keeps_its_words(tag: str) -> None:
    deep = f"<{tag}>" * 5000 + "<p>A <b>bold</b> word</p>" + f"</{tag}>" * 5000 + "<p>End</p>"
    found = str(blocks(deep))
    assert "bold" in found
    assert found.endswith("End</p>')]")
    if tag in ("div", "section"):
        assert "<p>A <b>bold</b> word</p>" in found


def test_a_page_without_paragraphs_is_cut_at_its_line_breaks() -> None:
    text = "<div>\u3000\u3000one<br>\u3000\u3000<b>two</b><br><br>three<br>3</div>"
    found = [block.value for _node, block in read_page(parse_html(text))]
    assert found == ["<p>one</p>", "<p><b>two</b></p>", "<p>three<br/>3</p>"]
