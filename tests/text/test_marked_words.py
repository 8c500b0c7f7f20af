"""Marking words of a rich text, and nothing else of it."""

import re

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from archive.text.richtext import marked, plain_text

OPENING = '<a linktype="entity" id="7">'


def mark(markup: str, words: str) -> str | None:
    start = plain_text(markup).index(words)
    return marked(markup, start, start + len(words), OPENING)


@pytest.mark.parametrize(
    ("markup", "words", "wanted"),
    [
        ("<p>In Zhanjiang.</p>", "Zhanjiang", f"<p>In {OPENING}Zhanjiang</a>.</p>"),
        ("<p>在<b>湛江</b>港</p>", "湛江", f"<p>在<b>{OPENING}湛江</a></b>港</p>"),
        ("<p>A &amp; B Co &lt;x&gt;</p>", "B Co", f"<p>A &amp; {OPENING}B Co</a> &lt;x&gt;</p>"),
        ("<p>A&amp;B</p>", "A&B", f"<p>{OPENING}A&amp;B</a></p>"),
        ("<br/><p>one</p><p>two</p>", "two", f"<br/><p>one</p><p>{OPENING}two</a></p>"),
    ],
)
def test_marks_the_words_and_leaves_the_rest(markup, words, wanted):
    assert mark(markup, words) == wanted


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>Zhan<b>jiang</b></p>", "Zhanjiang"),
        ('<p><a href="/x">Port of Zhanjiang</a></p>', "Zhanjiang"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
    ],
)
def test_marks_no_words_that_a_link_or_a_tag_cuts(markup, words):
    assert mark(markup, words) is None


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 99)])
def test_marks_nothing_outside_the_text(start, end):
    assert marked("<p>text</p>", start, end, OPENING) is None


PIECES = st.lists(
    st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<br/>", "&amp;", "湛江", "a b", " ", "\n"]),
    max_size=12,
).map("".join)


@hypothesis_settings(max_examples=200)
@given(PIECES, st.integers(0, 20), st.integers(0, 20))
def test_taking_the_mark_off_gives_the_text_back(markup, start, length):
    found = marked(markup, start, start + length, OPENING)
    if found is not None:
        assert re.sub(r"<a[^>]*>|</a>", "", found) == markup
        inside = found[found.index(OPENING) + len(OPENING) : found.index("</a>")]
        assert plain_text(f"x{inside}x")[1:-1] == plain_text(markup)[start : start + length]
