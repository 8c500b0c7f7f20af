"""Stories and results in a text browser: what matters first, in the order of reading."""

import subprocess

import pytest
from django.test import Client

from archive.text.language import CHINESE, ENGLISH
from tests.access.kinds import STORY
from tests.access.newspaper import make_newspaper

pytestmark = [pytest.mark.django_db, pytest.mark.text_browser]


def read(address: str) -> str:
    """The page as w3m prints it, from the skip link's target on."""
    html = Client().get(address).content
    command = ["w3m", "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "80"]
    return subprocess.run(command, input=html, capture_output=True, check=True).stdout.decode()


def in_order(text: str, *pieces: str) -> bool:
    """Whether the pieces follow each other; w3m breaks lines anywhere in Chinese."""
    folded = " ".join(text.split())
    places = [folded.find(piece) for piece in pieces]
    assert -1 not in places, [piece for piece, at in zip(pieces, places, strict=True) if at < 0]
    return places == sorted(places)


def test_a_story_and_its_translation_read_from_headline_to_citation() -> None:
    make_newspaper()
    english = read(f"/{ENGLISH}/{STORY}")
    assert in_order(
        english,
        "Skip to the text",
        "City builds on long history with US",
        "Zhanjiang shows its past",
        "22 September 2015",
        "In the latter half of the nineteenth century",
        "Two harbours",
        "Cranes at work in the port",
        "Ships in 2014",
        "Correction 24 September 2015",
        "© 2015 China Daily",
        "In this story",
    )
    chinese = read(f"/{CHINESE}/{STORY}")
    assert in_order(
        chinese, "跳至正文", "湛江续写百年对美交往新篇", "十九世纪下半叶", "更正 2015年9月24日"
    )
    for text in (english, chinese):
        for junk in ("{", "None", "undefined", "[object", "lazy"):
            assert junk not in text


def test_neighbouring_links_do_not_run_together() -> None:
    make_newspaper()
    chinese = " ".join(read(f"/{CHINESE}/{STORY}").split())
    assert "国际 · 中国日报" in chinese


def test_results_read_from_the_number_to_the_stories() -> None:
    make_newspaper()
    text = read(f"/{ENGLISH}/search/?q=Zhanjiang")
    assert in_order(text, "Search", "2 stories", "City builds on long history with US", "page 17")
    # The masthead is left behind within a screen of text.
    assert text.index("City builds on long history with US") < 80 * 60
