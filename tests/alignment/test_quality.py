"""How well stories of our own are aligned; docs/alignment.md has more figures."""

import pytest

from archive.alignment import beads, confidence, lattice, lexicon, likeness, pieces
from archive.alignment.aligner import align_texts
from archive.alignment.likeness import similarity
from tests.alignment.gold import STORIES, read_stories
from tests.alignment.scores import score

PARTS = [("tune", False), ("tune", True), ("unseen", False), ("unseen", True)]


@pytest.fixture
def no_dictionary(monkeypatch):
    """As without the extra `align`."""
    for module in (beads, confidence, lattice, lexicon, likeness, pieces):
        monkeypatch.setattr(module, "installed_glosses", lambda: None)
    read = (pieces._read_chinese, pieces._read_english, likeness._read)
    read += (pieces._read_chinese_sentence, pieces._read_english_sentence)
    for cached in read:
        cached.cache_clear()
    yield
    for cached in read:
        cached.cache_clear()


def gold():
    return [
        story
        for part, by_sentence in PARTS
        for story in read_stories(STORIES / part, by_sentence=by_sentence)
    ]


def test_links_of_news_stories_are_right_and_wrong_ones_marked():
    tally = score(gold())
    assert tally.f1 >= 0.95
    assert tally.wrong_doubtful >= 0.65 * (tally.found - tally.right)
    assert tally.right_doubtful <= 0.08 * tally.right


def test_most_links_are_right_without_a_dictionary(no_dictionary):
    assert score(gold()).f1 >= 0.85


@pytest.mark.parametrize("plain", [False, True])
def test_a_story_is_told_from_its_neighbours(plain, request):
    if plain:
        request.getfixturevalue("no_dictionary")
    stories = read_stories(STORIES / "unseen", by_sentence=False)
    own = [similarity(one.source, one.target) for one in stories]
    pairs = [(one, other) for one in stories for other in stories if one is not other]
    others = [similarity(one.source, other.target) for one, other in pairs]
    told = sum(one > 0.5 for one in own), sum(other > 0.5 for other in others)
    assert told[0] >= (13 if plain else 16)
    assert told[1] <= (2 if plain else 0)


def test_a_name_that_the_archive_knows_makes_two_texts_more_alike(no_dictionary):
    source, target = ["Smith went home early today."], ["史密斯今天早早回家去了。"]
    known = similarity(source, target, names=[("史密斯", "Smith")])
    assert known > similarity(source, target)
    assert similarity(source, target, names=[("Jones", "琼斯")]) == similarity(source, target)


def test_a_name_that_the_archive_knows_makes_a_link_surer(no_dictionary):
    source = ["Nobody knows why Smith went home early.", "The weather was fine all day long."]
    target = ["谁也不知道史密斯为什么早早回家去了。", "那一天从早到晚天气都很好。"]
    known = align_texts(source, target, names=[("史密斯", "Smith")])
    assert known[0].confidence > align_texts(source, target)[0].confidence


def test_texts_in_one_script_are_aligned_by_what_they_share():
    source = [
        "Nobody on board knew how long the voyage would take this time.",
        "In 1998, Zhanjiang had 42 berths.",
        "It is raining hard.",
    ]
    target = ["En 1998, Zhanjiang comptait 42 postes.", "Il pleut beaucoup."]
    assert ((1,), (0,)) in [(link.source, link.target) for link in align_texts(source, target)]
