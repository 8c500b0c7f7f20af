"""What a page says to its readers amid a story is no paragraph, whatever its form."""

import pytest

from archive.contrib.intake.layout.furniture import is_jump, read_furniture
from tests.contrib.intake.texts import paragraphs, parse


@pytest.mark.parametrize(
    "line",
    [
        "Already a subscriber? Log in",
        "People are also reading…",
        "Subscribe today to support local journalism.",
        "Sign up now and get a 10% discount on the paper edition.",
        "Have views on this issue? Send your letter to letters@harbor.example.",
        "If you wish to comment, please login.",
        "This text has been digitised and processed using Optical Character Recognition (OCR).",
        "We want our comments to be a lively part of our community.",
        "The Harbor is not responsible for the content of external sites",
        "视频：六年级的音乐课（03:26）",
        "【声明】本网转载此文，仅代表作者个人观点。",
        "（文中当事人为化名）",
        "Reproduced with permission of the copyright owner. Further reproduction prohibited.",
        "To order reprints of these photos call the Ledger, 330-555-0147.",
        "Gale Academic OneFile",
        "※ 提醒您：抽菸有礙健康。",
        "News   Opinion   Sport   Culture   Lifestyle",
        "Subscribe | Log In | E-edition | Obituaries | Classifieds",
        "▽",
        "* Comments (43)",
    ],
)
def test_a_notice_to_readers_is_furniture(line: str) -> None:
    assert read_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Already a member of the club, she asked for the keys of the boat.",
        "Support for local journalism is falling, the professor said.",
        "People who read the notice went home.",
        "The company is not responsible for the flood, he said.",
        "县政府声明：桥周六开通。",
    ],
)
def test_a_sentence_with_such_words_is_text(line: str) -> None:
    assert not read_furniture(line)


@pytest.mark.parametrize(
    "note",
    [
        "CORRECTION: In our last number we said that a scow is a barge.",
        "（本文作者为专栏作家，著有《桥》。）",
        "(Interview edited for length and clarity.)",
    ],
)
def test_a_note_below_the_last_paragraph_is_no_text(note: str) -> None:
    ours = ["The bridge opened again.", "It was dry."]
    if note.startswith("（"):
        ours = ["小河上的桥周六重新开通，全县等了九年。", "全县等了九年。"]
    article = parse("\n\n".join(["桥又通了" if note[0] == "（" else "A bridge", *ours, note]))
    assert paragraphs(article) == ours


def test_a_printed_correction_is_a_note_where_it_stands() -> None:
    note = "Correction: An earlier version of this report gave the year as 1998."
    article = parse("\n\n".join(["A bridge", "The bridge opened again.", "It was dry.", note]))
    assert (article.blocks[-1].type, article.blocks[-1].text) == ("correction", note[12:])
    assert (article.furniture, article.missing) == (("Correction:",), [])


@pytest.mark.parametrize(
    "jump",
    ["See FERRY, A6", "Turn to A4, Col. 1", "FERRY from 1A", "(Continued on C3)", "（下接A2版）"],
)
def test_where_a_story_goes_on_in_print_is_furniture(jump: str) -> None:
    assert is_jump(jump)


@pytest.mark.parametrize("text", ["See page for yourself", "Trains from A to B", "Back from 1984"])
def test_other_ways_lead_to_no_page(text: str) -> None:
    assert not is_jump(text)


def test_a_jump_in_brackets_is_cut_off_its_paragraph() -> None:
    story = parse(
        "公园拆墙\n本报记者 李娜\n昨天上午，公园的围墙被推倒。（下转A4版）\n"
        "（上接A1版）拆墙之后，公园夜间不再清园。\n入口处将装上石墩。\n"
    )
    assert paragraphs(story)[:2] == ["昨天上午，公园的围墙被推倒。", "拆墙之后，公园夜间不再清园。"]
    assert {"（下转A4版）", "（上接A1版）"} <= set(story.unplaced)
