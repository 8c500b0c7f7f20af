"""Tags and links: none broken, none lost, none invented."""

import pytest

from archive.entities.glossary.terms import Glossary
from archive.qa.base import Pair, Story
from archive.qa.runner import check_story
from archive.text.language import CHINESE, ENGLISH
from archive.text.richtext import plain_text
from tests.qa.cases import findings, rich

CITY = '<a linktype="entity" id="1">Zhanjiang</a>'
ZH_CITY = '<a linktype="entity" id="1">湛江</a>'
MAYOR = '<a linktype="entity" id="2">王中丙</a>'
WEB = '<a href="https://example.org/en">the site</a>'


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        (f"<p>{CITY} grows fast.</p>", f"<p>{ZH_CITY}发展很快。</p>", set()),
        (f"<p>{CITY} grows fast.</p>", "<p>湛江发展很快。</p>", {"link-lost"}),
        ("<p>It grows fast.</p>", f"<p>{MAYOR}发展很快。</p>", {"link-added"}),
        (
            f"<p>{CITY} grows fast.</p>",
            f"<p>{ZH_CITY}发展快，{ZH_CITY}很快。</p>",
            {"link-doubled"},
        ),
        (f"<p>See {WEB} for it.</p>", "<p>详见<a href='x'>网站</a>。</p>", {"link-address"}),
        (f"<p>See {WEB} for it.</p>", "<p>详见网站。</p>", {"link-address"}),
        ("<p>It <b>grows</b> fast.</p>", "<p>它发展<b>很快</b>。</p>", set()),
        ("<p>It <b>grows</b> fast.</p>", "<p>它发展很快。</p>", {"emphasis"}),
        ("<p>It <i>grows</i> fast.</p>", "<p>它发展很快。</p>", set()),
        ("<p>It grows.</p><p>It shrinks.</p>", "<p>它增长。</p><p>它缩小。</p>", set()),
        ("<p>It grows.</p><p>It shrinks.</p>", "<p>它增长又缩小。</p>", {"paragraph-count"}),
    ],
)
def test_links_and_emphasis_are_those_of_the_source(source, target, found):
    if "href='x'" in target:
        target, found = target.replace("'x'", '"https://example.org/zh"'), set()
    assert rich(source, target) == found


@pytest.mark.parametrize(
    "target",
    [
        "<p>它<b>发展</p>",
        "<p>它</b>发展</p>",
        "<p>它<b><i>发展</b></i></p>",
        '<p>它<a href="x">发展</p>',
        "<p>它发展</p><g id=",
    ],
)
def test_a_broken_tag_is_an_error(target):
    assert "markup-broken" in rich("<p>It grows.</p>", target)


@pytest.mark.parametrize(
    "target",
    ["<p>它<br/>发展。</p>", "<p>1 &lt; 2，它发展。</p>", '<p data-block-key="a1">它发展。</p>'],
)
def test_sound_markup_is_no_error(target):
    assert "markup-broken" not in rich("<p>It grows. 1 &lt; 2</p>", target)


def test_a_name_that_the_story_links_elsewhere_may_be_linked_here():
    pairs = (
        Pair("a", "paragraph", "Zhanjiang", "湛江", f"<p>{CITY}</p>", f"<p>{ZH_CITY}</p>"),
        Pair("b", "paragraph", "The city", "湛江", "<p>The city</p>", f"<p>{ZH_CITY}</p>"),
    )
    assert check_story(Story(pairs, ENGLISH, CHINESE)) == []


def test_the_words_of_a_lost_link_are_marked():
    source, target = f"<p>The city of {CITY} grows fast.</p>", "<p>湛江市发展很快。</p>"
    pair = Pair(
        "p", "paragraph", "The city of Zhanjiang grows fast.", "湛江市发展很快。", source, target
    )
    (finding,) = check_story(Story((pair,), ENGLISH, CHINESE))
    ((start, end),) = finding.source_spans
    assert pair.source[start:end] == "Zhanjiang"


def test_plain_text_has_no_tags_to_break():
    assert findings("a < b", "甲<乙") == []


OLD_CITY = '<a linktype="entity" id="7">Canton Bay</a>'
PAGE = '<a linktype="page" id="7">the story</a>'


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        (f"{OLD_CITY} grows.", f"{ZH_CITY}在发展。", []),
        (f"{CITY} grows.", f"{OLD_CITY.replace('Canton Bay', '湛江')}在发展。", []),
        (f"{OLD_CITY} grows.", "湛江在发展。", ["link-lost"]),
        (
            f"{OLD_CITY} grows.",
            f"{ZH_CITY}在发展，{OLD_CITY.replace('Canton Bay', '湛江')}也好。",
            ["link-doubled"],
        ),
        # A page of the same number is no name.
        (f"{PAGE} says so.", f"{ZH_CITY}这么说。", ["link-added", "link-lost"]),
    ],
)
def test_a_merged_name_is_the_name_that_is_kept(source, target, found):
    markup = f"<p>{source}</p>", f"<p>{target}</p>"
    pair = Pair("p", "paragraph", *map(plain_text, markup), *markup)
    story = Story((pair,), ENGLISH, CHINESE, Glossary(redirects={7: 1}))
    assert [one.check_id for one in check_story(story)] == found
