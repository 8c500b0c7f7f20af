"""The title of a work is that of the same work, as far as a dictionary and the sound tell."""

import pytest

from archive.contrib.checks import titles
from archive.text.language import ENGLISH
from tests.qa.cases import ids, rich


@pytest.mark.parametrize(
    ("source", "target", "is_found"),
    [
        ('She sang in "The Magic Flute" on Monday.', "她周一演唱了《魔笛》。", False),
        ('She sang in "The Magic Flute" on Monday.', "她周一演唱了《茶花女》。", True),
        ('He reread "Hamlet" on the train.', "他在火车上重读《哈姆雷特》。", False),
        ('He reread "Hamlet" on the train.', "他在火车上重读《罗密欧》。", True),
        ('The film "1917" was shown.', "影片《1917》放映。", False),
        ("老舍的《骆驼祥子》再版。", "Lao She's Camel Xiangzi has been reprinted.", False),
        (
            "老舍的《骆驼祥子》再版。",
            "Lao She's The Yellow Storm has been reprinted.",
            True,
        ),
        ("《早春》获奖。", "“Early Spring” won a prize.", False),
        ("《早春》获奖。", "“The Red House” won a prize.", True),
        # Newspapers and laws have several names; what has no capitals may be left out.
        ("《南方周报》报道了此事。", "The Guangzhou Post reported it.", False),
        ("《早春》获奖。", "It won a prize.", False),
        # Which is which can't be told.
        ("《早春》获“金鸡奖”。", "It won the “Golden Rooster”.", False),
        ('He read "Emma" and wrote of "The Waves".', "他读了《海浪》。", False),
    ],
)
def test_a_title_is_that_of_the_same_work(source, target, is_found):
    assert ("title-changed" in ids(source, target)) == is_found


def test_italics_are_a_title():
    assert "title-changed" in rich("<p>He filmed <i>Red Dust</i>.</p>", "<p>他拍了《黑夜》。</p>")
    assert "title-changed" not in rich(
        "<p>He filmed <i>Red Dust</i>.</p>", "<p>他拍了《红尘》。</p>"
    )
    into = {"into": ENGLISH}
    assert "title-changed" in rich(
        "<p>他拍了《黑夜》。</p>", "<p>He filmed <em>Red Dust</em>.</p>", **into
    )


def test_without_the_dictionary_nothing_is_said(monkeypatch):
    monkeypatch.setattr(titles, "installed_glosses", lambda: None)
    assert "title-changed" not in ids("《早春》获奖。", "“The Red House” won a prize.")
