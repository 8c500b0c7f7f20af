"""People whom no list knows: by the sound of their names, and one way to write each."""

import pytest

from archive.contrib.checks.people import dotted_names, heard_in, pinyin_names
from archive.qa.runner import check_story
from tests.qa.cases import ids, story_of

CHECKS = {"person-name", "person-varies"}


@pytest.mark.parametrize(
    ("source", "target", "is_found"),
    [
        ("Qin Yaohui, a potter, smiled.", "陶工秦耀辉笑了。", False),
        ("Qin Yaohui, a potter, smiled.", "陶工秦志明笑了。", True),
        ("Yaohui Qin, a potter, smiled.", "陶工秦耀辉笑了。", False),
        ("Lü Xi'an smiled.", "吕西安笑了。", False),
        ("Lyu Bing smiled.", "吕冰笑了。", False),
        ("诗人单雪松笑了。", "The poet Shan Xuesong smiled.", False),
        ("诗人单雪松笑了。", "The poet Dan Meiling smiled.", True),
        ("They met in Hong Kong.", "他们在香港见面。", False),
        ("“You see,” said Sue Long.", "“你看。”苏·朗说。", False),
        ("Ms. Ursula Kaminski smiled.", "乌尔苏拉·卡明斯基女士笑了。", False),
        ("Ms. Ursula Kaminski smiled.", "多萝西·格林伍德女士笑了。", True),
        ("Ms. Ursula Kaminski smiled.", "乌尔苏拉·格林伍德女士笑了。", True),
        ("Ursula Carter-Kaminski left.", "乌尔苏拉·卡特-卡明斯基离开了。", False),
        ("Ursula Carter left.", "乌尔苏拉·卡特离开了。", False),
    ],
)
def test_a_name_sounds_the_same_in_both_languages(source, target, is_found):
    assert bool(ids(source, target) & CHECKS) == is_found


def test_a_name_that_another_segment_has_may_stand_for_a_pronoun():
    story = story_of(("Qin Yaohui came.", "秦耀辉来了。"), ("He left.", "秦耀辉走了。"))
    back = story_of(("秦耀辉来了。", "Qin Yaohui came."), ("他走了。", "Qin Yaohui left."))
    assert not [f for one in (story, back) for f in check_story(one) if f.check_id in CHECKS]


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        ([("Qin Yaohui came.", "秦耀辉来了。"), ("Qin Yaohui left.", "秦耀晖走了。")], "秦耀晖"),
        (
            [
                ("Ursula Kaminski came.", "乌尔苏拉·卡明斯基来了。"),
                ("Kaminski left.", "卡名斯基走了。"),
            ],
            "卡名斯基",
        ),
    ],
)
def test_a_name_is_written_as_before(pairs, found):
    story = story_of(*pairs)
    (finding,) = (f for f in check_story(story) if f.check_id == "person-varies")
    (start, end) = finding.target_spans[0]
    assert pairs[1][1][start:end] == found


def test_pinyin_is_told_from_other_capitalised_words():
    text = "Du Fu and Ouyang Xiu, not Long Beach or Bank of China"
    assert [name.text for name in pinyin_names(text)] == ["Du Fu", "Ouyang Xiu"]


def test_characters_have_all_their_readings():
    assert heard_in("Zeng Le", "曾乐") == "曾乐"
    assert heard_in("Ceng Yue", "曾乐") == "曾乐"


def test_a_foreign_name_ends_where_other_words_begin():
    assert [name.text for name in dotted_names("部长卡尔·林德表示欢迎")] == ["卡尔·林德"]
