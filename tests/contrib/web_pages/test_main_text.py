"""Which blocks of a page are its story."""

import pytest

from archive.contrib.web_pages.main_text import find_main_text
from archive.text.markup.blocks import read_page
from archive.text.markup.html_tree import parse_html

PROSE = "<p>The port of {} opened a new route on Monday, and two ships left for the south.</p>"
STORY = "".join(map(PROSE.format, ("Zhanjiang", "Beihai", "Haikou", "Xiamen", "Ningbo")))


def story(body: str, *, elements: int = 0) -> list[str]:
    """The texts that are found; so many `elements` that trafilatura isn't asked."""
    source = f"<html><body><nav><a href='/'>Home</a></nav><main>{body}</main></body></html>"
    main = find_main_text(source, read_page(parse_html(source)), elements)
    return [block.text for block in main.blocks if block.is_story]


@pytest.mark.parametrize("elements", [0, 1_000_000])
@pytest.mark.parametrize(
    "apart",
    [
        '<div class="share-buttons"><p>Share it with all your friends on the web.</p></div>',
        '<div id="relatedArticles"><p>Ferries return to the strait after a long winter.</p></div>',
        "<aside><p>The ferries return to the strait after a winter without them.</p></aside>",
        '<p><a href="/2">What the new quay means for the fleet of fishing boats</a></p>',
        "<p>Read more: What the new quay means for the fleet of fishing boats</p>",
        '<p style="display: none">The port is open to all the ships of the world again.</p>',
    ],
)
def test_what_is_set_apart_is_left_out(apart: str, elements: int) -> None:
    assert story(STORY + apart + STORY, elements=elements) == story(STORY + STORY)


@pytest.mark.parametrize("elements", [0, 1_000_000])
@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<h3>Room for growth</h3>", "Room for growth"),
        ("<p>It is.</p>", "It is."),
        ("<ul><li>Two berths</li></ul>", "Two berths"),
        ("<blockquote>Ten years.</blockquote>", "Ten years."),
        ('<div class="tweet-embed social"><p>At last a route!</p></div>', "At last a route!"),
    ],
)
def test_what_stands_in_the_story_is_the_storys(inside: str, text: str, elements: int) -> None:
    assert text in "\n".join(story(STORY + inside + STORY, elements=elements))


def test_headings_below_the_story_are_not() -> None:
    assert story(f"{STORY}<h3>Most read</h3><h3>Ferries return</h3>") == story(STORY)
