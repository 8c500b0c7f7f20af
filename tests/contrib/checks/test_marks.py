"""Quotation marks, full and half width, dashes, ellipses, title marks, ends of sentences."""

import pytest

from archive.qa.runner import check_story
from archive.text.language import CHINESE
from tests.qa.cases import ids, rich, story_of

SAID = '"We want to learn from other cities, and we will," he said.'


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        (SAID, "“我们愿意向其他城市学习。”他说。", set()),
        (SAID, "“我们愿意向其他城市学习。他说。", {"quote-unpaired"}),
        (SAID, "我们愿意向其他城市学习。”他说。", {"quote-unpaired"}),
        (SAID, "他说，他们愿意向其他城市学习。", {"quote-lost"}),
        (SAID, "“我们愿意向其他城市学习。”", {"speaker-lost"}),
        (SAID, '"我们愿意向其他城市学习。"他说。', {"quote-style"}),
        (SAID, "「我们愿意向其他城市学习。」他说。", {"quote-style"}),
        (SAID, "‘我们愿意向其他城市学习。’他说。", {"quote-style", "quote-lost"}),
        ('"It follows the "Belt" plan," he said.', "“遵循‘一带一路’倡议。”他说。", set()),
        ('The "smart" city.', "这座智慧城市。", {"quote-lost"}),
        ("The smart city.", "“智慧城市”。", set()),
        ("He likes to learn.", "他说：“我爱学习，一直都爱。”", {"quote-added"}),
        # A quotation that goes on in the next paragraph isn't closed.
        ("“We want to learn. We do.", "“我们愿意学习。", set()),
        ("“我们愿意向其他城市学习，我们会的。”他说。", SAID, set()),
        (
            "“我们愿意向其他城市学习，我们会的。”他说。",
            "They want to learn, he said.",
            {"quote-lost"},
        ),
        (
            "“我们愿意向其他城市学习，我们会的。”他说。",
            "「We want to learn」, he said.",
            {"quote-style"},
        ),
    ],
)
def test_who_is_quoted_stays_quoted(source, target, found):
    assert ids(source, target) == found


@pytest.mark.parametrize(
    ("target", "check"),
    [
        ("湛江,港口城市。", "half-width"),
        ("湛江是港口城市.", "half-width"),
        ("你来吗?", "half-width"),
        ("湛江(港口城市)很大。", "half-width"),
        ("他说:这里很大。", "half-width"),
        ("湛江——港口城市——很大。", ""),
        ("湛江--港口城市很大。", "dash"),
        ("湛江 - 港口城市很大。", "dash"),
        ("湛江 —— 港口城市很大。", "dash"),
        ("北京—上海的高铁很快。", ""),
        ("1644—1911年的清朝。", ""),
        ("他想了想……走了。", ""),
        ("他想了想...走了。", "ellipsis"),
        ("他想了想…走了。", "ellipsis"),
        ("他想了想。。。走了。", "ellipsis"),
        ("他来了，，走了。", "repeated-mark"),
        ("他来了，。", "repeated-mark"),
        ("他来了。。", "repeated-mark"),
        ("他来了！！", "repeated-mark"),
        ("他来了！。", "repeated-mark"),
        ("他说：“来了。”。", "repeated-mark"),
        ("他说：“来了！”走了。", ""),
        ("他来了？！", ""),
        ("他读《红楼梦，很喜欢。", "title-marks"),
        ("他读《红楼梦》，很喜欢。", ""),
        ("８５％的人来了。", "full-width-letters"),
        ("比分是3:2，1,000人观看。", ""),
        ("中国国内生产总值（GDP）增长了。", ""),
        ("网址是https://example.org/a?b=1。", ""),
    ],
)
def test_chinese_has_its_own_punctuation(target, check):
    found = ids("Somebody said something about it here.", target, into=CHINESE) - CONTENT
    assert (check in found) if check else not found


def test_marks_may_be_repeated_as_in_the_source():
    assert "repeated-mark" not in ids("They came!!", "他们来了！！", into=CHINESE)


# What the words are about isn't asked here.
CONTENT = {"number-added", "number-missing", "latin-left", "length", "clause-unmatched"}


@pytest.mark.parametrize(
    ("target", "check"),
    [
        ("Zhanjiang，a port city.", "full-width"),
        ("It is a port city。", "full-width"),
        ("He read 《A Dream》 and liked it.", "full-width"),
        ("A port —— and a city.", "dash"),
        ("A port — and a city.", ""),
        ("He thought…… and left.", "ellipsis"),
        ("He thought... and left.", ""),
        ("He came,, and left.", "repeated-mark"),
        ("Ｈe came and left.", "full-width-letters"),
        ("She came, e.g., from the U.S., and left.", ""),
    ],
)
def test_english_has_its_own_punctuation(target, check):
    found = ids("有人在这里说了些什么，仅此而已。", target) - CONTENT
    assert (check in found) if check else not found


@pytest.mark.parametrize(
    ("source", "target", "kind", "found"),
    [
        ("Did they come?", "他们来了。", "paragraph", {"end-mark"}),
        ("Did they come?", "他们来了吗？", "paragraph", set()),
        ("Did they come?", "谁来了", "subhead", set()),
        ("They came.", "他们来了", "paragraph", {"end-mark"}),
        ("They came.", "他们来了", "caption", set()),
        ("They came.", "他们来了！", "paragraph", set()),
        ('"They came," he said.', "他说：“他们来了。”", "paragraph", set()),
        ("他们来了吗？", "They came.", "paragraph", {"end-mark"}),
    ],
)
def test_sentences_end_as_in_the_source(source, target, kind, found):
    assert ids(source, target, kind=kind) == found


@pytest.mark.parametrize(
    ("source", "target", "is_lost"),
    [
        ("It appeared in the journal Nature Astronomy.", "论文刊登在自然天文学上。", True),
        ("It appeared in the journal Nature Astronomy.", "论文刊登在《自然·天文学》上。", False),
        ("They live in New York.", "他们住在纽约。", False),
        ("片名《归途》取自一句话。", "The film takes its title, the way back, from it.", True),
        ("片名《归途》取自一句话。", "The film takes its title, The Way Back, from it.", False),
        ("片名《归途》取自一句话。", "The film takes its title, “the way back”, from it.", False),
        ("《南方都市报》报道", "The paper reported", False),
        ("李安的《归途》首映。", "Homewards, by Ang Lee, has opened.", False),
    ],
)
def test_a_title_stays_a_title(source, target, is_lost):
    assert ("title-lost" in ids(source, target)) == is_lost


@pytest.mark.parametrize(
    ("target", "is_found"),
    [
        ("里昂教师周二罢课 抗议人数过多", False),
        ("里昂教师周二罢课 抗议人数过多。", True),
        ("里昂教师使用 Linux 系统", True),
        ("里昂 教师", True),
    ],
)
def test_a_blank_parts_the_clauses_of_a_headline_alone(target, is_found):
    assert ("spacing" in ids("Teachers in Lyon on strike", target)) == is_found


def test_spaces_around_latin_letters_are_told_once_where_they_are_the_manner():
    pairs = [(f"Linux {n} is here.", f"系统 Linux {n} 来了。") for n in range(20, 24)]
    found = [f for f in check_story(story_of(*pairs)) if f.check_id == "spacing"]
    assert [f.key for f in found] == ["p0"]
    assert "4" in found[0].message


def test_a_title_in_italics_asks_for_title_marks():
    source = "<p>He read <i>The Old Man and the Sea</i> in school.</p>"
    assert rich(source, "<p>他上学时读过老人与海。</p>") == {"title-marks"}
    assert rich(source, "<p>他上学时读过《老人与海》。</p>") == set()


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        # One quotation of two: its marks are in two paragraphs.
        ("他说：“我们愿意学习。", "我们会的。”", False),
        ("他说：“我们愿意学习。", "“我们会的。”", True),
        ("他说：“我们愿意学习。", "他们走了。", True),
        ("他说，我们愿意学习。”", "“我们会的。”", True),
    ],
)
def test_a_quotation_may_go_on_in_the_next_paragraph(first, second, found):
    story = story_of(("“We want to learn,” he said.", first), ("“And we will.”", second))
    assert any(one.check_id == "quote-unpaired" for one in check_story(story)) == found
