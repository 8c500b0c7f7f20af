"""What is known of the languages: glosses, forms of English terms, surnames, Han characters."""

import pytest

from archive.alignment.pieces import is_chinese
from archive.contrib.checks.people import pinyin_names
from archive.entities.glossary.terms import inflected
from archive.text.chinese import phrases
from archive.text.dictionary import Glosses
from archive.text.normalisation import fold
from archive.text.scripts import HAN_CHARACTER, HAN_RUN
from archive.text.surnames import COMMONEST, DOUBLE, IN_PINYIN, SIGNING, SURNAMES

LINES = [
    "# CC-CEDICT",
    "貓 猫 [mao1] /cat/CL:隻|只[zhi1]/(coll.) modem/",
    "港口 港口 [gang3 kou3] /port/harbor/",
    "% % [pa1] /percent (Tw)/",
]


def test_meanings_share_a_word_and_classifiers_are_none():
    assert Glosses("\n".join(LINES)).of("猫") == {"cat": 0.5, "modem": 0.5}


def test_unknown_words_mean_nothing():
    assert Glosses("\n".join(LINES)).of("狗") == {}


def test_the_longest_words_come_first():
    assert Glosses("\n".join(LINES)).split("猫在港口") == ["猫", "在", "港口"]


@pytest.mark.parametrize(
    ("phrase", "part_of_speech", "forms"),
    [
        ("sister city", "noun", ["sister cities"]),
        ("ecological footprint", "noun", ["ecological footprints"]),
        ("carbon tax", "noun", ["carbon taxes"]),
        ("holiday", "noun", ["holidays"]),
        ("letter of intent", "noun", ["letters of intent"]),
        ("carry out", "verb", ["carries out", "carried out", "carrying out"]),
        ("merge", "verb", ["merges", "merged", "merging"]),
        ("plan", "verb", ["plans", "planned", "planning"]),
        ("open", "verb", ["opens", "opened", "opening"]),
        ("agree", "verb", ["agrees", "agreed", "agreeing"]),
        ("sustainable", "adjective", []),
    ],
)
def test_nouns_and_verbs_take_their_regular_forms(phrase, part_of_speech, forms):
    assert list(inflected(phrase, part_of_speech)) == forms


def test_each_surname_is_listed_once() -> None:
    assert len(set(SURNAMES)) == len(SURNAMES)
    assert SURNAMES.startswith(COMMONEST)
    assert {*COMMONEST, *"温傅蕭"} <= SIGNING
    assert not SIGNING & {*"文时和"}
    assert all(len(name) == 2 for name in DOUBLE)
    assert all(name.istitle() for name in IN_PINYIN)


def test_people_of_any_surname_are_found_in_english() -> None:
    text = "Wang Wei met Ouyang Xiu, Yuchi Gong and Shan Tianfang."
    assert [name.text for name in pinyin_names(text)] == [
        *("Wang Wei", "Ouyang Xiu", "Yuchi Gong", "Shan Tianfang")
    ]


@pytest.mark.parametrize("character", ["湛", "㐀", "〇", "々", "豈", "𠮷", "𬭎", "\U000323b0"])
def test_is_a_han_character(character: str) -> None:
    assert HAN_CHARACTER.fullmatch(character)


@pytest.mark.parametrize("character", ["a", "é", "7", "。", "·", "《", "Ａ", "䷀", "한", "か"])
def test_is_none(character: str) -> None:
    assert not HAN_CHARACTER.fullmatch(character)


def test_a_year_is_one_run() -> None:
    assert HAN_RUN.findall("“二〇一五”年，𬭎石") == ["二〇一五", "年", "𬭎石"]


def test_rooms_agree_about_a_rare_character() -> None:
    assert is_chinese(["𬭎𬭎"])
    # A right mark beside Han is no apostrophe.
    assert fold("〇’").text == "〇"


@pytest.mark.parametrize(
    ("headline", "pieces"),
    [
        ("时隔24年，成都再添美国友城", "时隔|24年，成都|再添|美国|友城"),
        ("休斯敦与深圳：一对友城，两个年份", "休斯敦|与深圳：一对|友城，两个|年份"),
        ("河源、铜川在加利福尼亚州各添一座友城", "河源、铜川|在加利福尼亚州|各添|一座|友城"),
        ("从芝加哥到塔科马：中美友城大会十年", "从芝加哥到塔科马：中美友城大会|十年"),
        ("7周之内，长滩港两度签约", "7周之内，长滩港两度|签约"),
        ("结好的中美友城另有4对", "结好的|中美友城另有4对"),
        ("City builds on long history with US", "City builds on long history with US"),
        ("", ""),
    ],
)
def test_a_headline_breaks_between_words_and_never_inside_a_name(headline, pieces):
    assert "|".join(phrases(headline)) == pieces
