"""Links, mentions and emphasis come back whole from an engine, or its draft is refused."""

import pytest

from archive.contrib.machinery.markup import BrokenMarkupError, protect, restore
from archive.text.segmentation import PLAIN, RICH, SourceSegment
from tests.contrib.machinery.fake_server import shout

LINKED = (
    '<p>In <a linktype="entity" id="7">Zhanjiang</a> &amp; <b>many <i>ports</i></b>.<br/>'
    '<a href="https://example.org/?a=1&amp;b=2">More</a></p><p>End</p>'
)


def rich(text: str) -> SourceSegment:
    return SourceSegment("k", "paragraph", text, RICH)


def plain(text: str) -> SourceSegment:
    return SourceSegment("k", "headline", text, PLAIN)


def test_no_address_or_id_leaves_the_house() -> None:
    sent = protect(rich(LINKED))
    assert "example.org" not in sent
    assert "entity" not in sent
    assert '<a id="2">Zhanjiang</a>' in sent


def test_all_marks_come_back_around_the_new_words() -> None:
    restored = restore(shout(protect(rich(LINKED))), rich(LINKED))
    assert restored == (
        '<p>IN <a linktype="entity" id="7">ZHANJIANG</a> &amp; <b>MANY <i>PORTS</i></b>.<br/>'
        '<a href="https://example.org/?a=1&amp;b=2">MORE</a></p><p>END</p>'
    )


def test_marks_may_change_places() -> None:
    source = rich("<p><b>Big</b> <i>port</i></p>")
    draft = '<p id="1"><i id="3">港</i><b id="2">大</b></p>'
    assert restore(draft, source) == "<p><i>港</i><b>大</b></p>"


@pytest.mark.parametrize("text", ["A & B", "1 < 2", "<b>no tag</b>", "“Quoted” 中文", "AT&amp;T"])
def test_a_plain_text_stays_plain(text: str) -> None:
    assert restore(protect(plain(text)), plain(text)) == text


@pytest.mark.parametrize(
    "draft",
    [
        '<p id="1">湛江</p>',
        '<p id="1"><a id="2">湛江</a><a id="2">港</a></p>',
        '<p id="1"><a id="2"></a>湛江</p>',
        '<p id="1"><a id="2">湛江</p></a>',
        '<p id="1"><a id="2">湛江</a>',
        '<p id="1"><a id="3">湛江</a></p>',
        '<p id="1"><b id="2">湛江</b></p>',
        '<p id="1"><a id="2">湛江</a><script>alert(1)</script></p>',
        '<p id="1"><a id="2">湛江</a></p><!-- x -->',
        '<p id="1"><a href="https://evil.example">湛江</a></p>',
        "</p></a>",
        "",
    ],
)
def test_a_broken_draft_is_refused(draft: str) -> None:
    source = rich('<p><a linktype="entity" id="7">Zhanjiang</a></p>')
    with pytest.raises(BrokenMarkupError):
        restore(draft, source)


def test_a_tag_in_a_plain_draft_is_refused() -> None:
    with pytest.raises(BrokenMarkupError):
        restore("<b>港</b>", plain("Port"))
