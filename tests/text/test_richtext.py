"""Rich text in database form: what it says, and where it leads."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import richtext


@pytest.mark.parametrize(
    "markup",
    [None, "", " ", "<p></p>", '<p data-block-key="x1y2z"></p>', "<p> <br/></p>", "<p>&nbsp;</p>"],
)
def test_knows_an_empty_text(markup: str | None) -> None:
    assert richtext.is_blank(markup)


@pytest.mark.parametrize(
    "markup", ["<p>0</p>", "<p>湛江</p>", "x", '<embed embedtype="image" id="1"/>']
)
def test_knows_a_text_that_says_something(markup: str) -> None:
    assert not richtext.is_blank(markup)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>A &amp; <b>b</b></p>", "A & b"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("<p>One<br/>Two</p>", "One\nTwo"),
        ('<p><a linktype="entity" id="1">湛江</a>港</p>', "湛江港"),
        ("<p>1 &lt; 2 &gt; 0</p>", "1 < 2 > 0"),
    ],
)
def test_reads_as_plain_text(markup: str, text: str) -> None:
    assert richtext.plain_text(markup) == text


@given(st.text(alphabet="ab<>&\"' 湛江").filter(str.strip))
def test_gives_back_any_words_that_were_marked_up(words: str) -> None:
    assert richtext.plain_text(f"<p>{html.escape(words)}</p>") == words


def test_block_keys_are_taken_off_and_nothing_else() -> None:
    markup = '<p data-block-key="a1">One <a href="/x" id="3">b</a></p>'
    assert richtext.without_block_keys(markup) == '<p>One <a href="/x" id="3">b</a></p>'


def test_finds_the_links_of_one_type_in_order() -> None:
    markup = (
        '<a linktype="entity" id="2">a</a><a id="9" linktype="page">b</a>'
        '<a id="1" linktype="entity">c</a><a linktype="entity" id="2">d</a>'
        '<a linktype="entity" id="x">e</a><a href="https://example.org/">f</a>'
    )
    assert richtext.linked_ids(markup, "entity") == [2, 1, 2]
    assert richtext.linked_ids(markup, "page") == [9]


def test_links_become_marks_that_lead_nowhere() -> None:
    markup = (
        '<p>In <a linktype="entity" id="7">湛江</a> and <a href="https://example.org">there</a></p>'
    )
    assert richtext.links_as_marks(markup) == "<p>In <mark>湛江</mark> and <mark>there</mark></p>"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>A &quot;b&quot;</p>", '<p data-block-key="x1">A "b"</p>'),
        ("<p>a  b</p>", "<p>a\xa0b</p>"),
        ("<p><strong>a</strong></p>", "<p><b>a</b></p>"),
        (
            '<p><a linktype="entity" id="7">湛江</a></p>',
            '<p><a id="7" linktype="entity">湛江</a></p>',
        ),
        ('<p><a href="/x" rel="nofollow">a</a></p>', '<p><a href="/x">a</a></p>'),
        ("", '<p data-block-key="x1"></p>'),
    ],
)
def test_markups_that_say_the_same_fold_alike(one: str, other: str) -> None:
    assert richtext.folded(one) == richtext.folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a b</p>", "<p>ab</p>"),
        ("<p>a</p>", "<p><b>a</b></p>"),
        ("<p>a</p><p>b</p>", "<p>ab</p>"),
        ('<p><a linktype="entity" id="7">a</a></p>', '<p><a linktype="entity" id="8">a</a></p>'),
        ('<p><a href="/x">a</a></p>', '<p><a href="/y">a</a></p>'),
    ],
)
def test_markups_that_differ_fold_apart(one: str, other: str) -> None:
    assert richtext.folded(one) != richtext.folded(other)


def test_links_as_tags_are_numbered_and_can_be_copied() -> None:
    markup = '<p><a linktype="entity" id="7">湛江</a> <a href="/x" onclick="y()">a</a></p>'
    assert richtext.links_as_tags(markup) == (
        '<p><mark data-tag="1" data-linktype="entity" data-id="7">湛江</mark> '
        '<mark data-tag="2" data-href="/x">a</mark></p>'
    )
