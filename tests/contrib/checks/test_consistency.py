"""The story as a whole: alike where the source is, not too short, nothing forgotten."""

import pytest

from archive.qa.base import Pair, Story
from archive.qa.runner import check_story
from archive.text.language import CHINESE, ENGLISH
from tests.qa.cases import ids, story_of

LONG = "The city has grown fast over the years, and its port has grown with it, as ports will."
FULL = "多年来，这座城市发展很快，港口也随之壮大，港口向来如此。"


def test_the_same_source_is_to_be_translated_alike():
    story = story_of(
        ("From this story", "摘自本文"), ("Other", "其他"), ("from this  story", "本文")
    )
    (finding,) = check_story(story)
    assert (finding.check_id, finding.key) == ("inconsistent", "p2")
    assert "摘自本文" in finding.message


def test_the_same_translation_twice_is_fine():
    assert check_story(story_of(("Page one", "头版"), ("Page one", "头版"))) == []


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        (LONG, FULL, set()),
        (LONG, "这座城市很大。", {"length"}),
        (LONG, FULL + FULL + FULL, {"length"}),
        (FULL, LONG, set()),
        (FULL, "The city has grown.", {"length"}),
        ("Yes.", "是的，我们当然同意。", set()),
        (
            "Fourth: Houston, Texas, 17 July 2019.",
            "第四届：2019年7月17日，得克萨斯州休斯敦。",
            set(),
        ),
    ],
)
def test_a_translation_is_about_as_long_as_usual(source, target, found):
    assert ids(source, target) == found


def pairs(*targets: str, kinds: tuple[str, ...] = ()) -> Story:
    made = (
        Pair(f"p{n}", kinds[n] if kinds else "paragraph", "Some words here.", target)
        for n, target in enumerate(targets)
    )
    return Story(tuple(made), ENGLISH, CHINESE)


@pytest.mark.parametrize(
    ("targets", "missing"),
    [
        (("几个字。", "", "几个字。"), ["p1"]),
        (("几个字。", "几个字。", " "), ["p2"]),
        (("几个字。", "", "", ""), []),
        (("", "", ""), []),
    ],
)
def test_a_gap_is_found_once_most_of_the_story_is_translated(targets, missing):
    found = check_story(pairs(*targets))
    assert [finding.key for finding in found] == missing
    assert {finding.check_id for finding in found} <= {"paragraph-missing"}


def test_a_picture_without_words_is_found():
    story = pairs(
        "几个字。", "", "", "几个字。", kinds=("paragraph", "caption", "alt_text", "paragraph")
    )
    assert [(f.key, f.check_id) for f in check_story(story)] == [
        ("p1", "caption-empty"),
        ("p2", "caption-empty"),
    ]
