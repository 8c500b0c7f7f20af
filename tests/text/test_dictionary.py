"""Glosses from the lines of CC-CEDICT's file."""

from archive.text.dictionary import Glosses

LINES = [
    "# CC-CEDICT",
    "貓 猫 [mao1] /cat/CL:隻|只[zhi1]/(coll.) modem/",
    "港口 港口 [gang3 kou3] /port/harbor/",
    "% % [pa1] /percent (Tw)/",
]


def test_meanings_share_a_word_and_classifiers_are_none():
    assert dict(Glosses(LINES).of("猫")) == {"cat": 0.5, "modem": 0.5}


def test_unknown_words_mean_nothing():
    assert Glosses(LINES).of("狗") == ()


def test_the_longest_words_come_first():
    assert Glosses(LINES).split("猫在港口") == ["猫", "在", "港口"]
