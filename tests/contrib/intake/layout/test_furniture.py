"""What a page says to its readers amid a story is no paragraph, whatever its form."""

import pytest

from archive.contrib.intake.layout.furniture import read_furniture
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
