"""How much the checks find and how often they are wrong; docs/desk.md has the figures by kind.

The held-out pairs are news prose that nothing is tuned on.
"""

import json

import pytest

from tests.contrib.checks import scores
from tests.contrib.checks.scores import correlation, read_set, score, speed


def test_errors_that_the_checks_are_built_for_are_found():
    told = score(read_set("tuning"))
    assert told.share_found >= 0.95, told.missed
    assert told.share_of_alarms <= 1 / 60, told.alarms


@pytest.mark.exhaustive
def test_nine_in_ten_errors_of_news_prose_are_found_and_one_good_pair_in_thirty_is_minded():
    told = score(read_set("held_out"))
    assert told.good >= 300
    assert told.planted.total() >= 150
    assert told.share_found >= 0.9
    assert told.share_of_alarms <= 1 / 30


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ["strangers", "third"])
def test_of_the_strangers_errors_that_the_checks_are_built_with_nine_in_ten_are_found(name):
    told = score(read_set(name))
    assert told.share_found >= 0.9
    assert told.share_of_alarms <= 1 / 60


@pytest.mark.exhaustive
def test_a_long_story_is_checked_before_one_notices():
    assert speed() <= 150


def demetr_row(**changed) -> dict[str, object]:
    return {
        "src_sent": "展厅里有45幅画。",
        "mt_sent": "There are 45 paintings in the hall.",
        "pert_sent": "There are 67 paintings in the hall.",
        "lang_tag": "chinese_simple",
        "pert_check": True,
    } | changed


def test_recall_on_demetr_counts_what_was_really_changed(tmp_path):
    """A dataset's class has rows that couldn't be changed, and rows of other languages."""
    (tmp_path / "dataset").mkdir()
    same = "There are 45 paintings in the hall."
    classes = {
        "critical_id10_numbers_replaced": [
            demetr_row(),
            demetr_row(pert_sent=same, pert_check=False),
            demetr_row(lang_tag="german"),
        ],
        "minor_id29_punc_addition": [demetr_row(pert_sent="There are 45 paintings  in the hall.")],
    }
    for name, rows in classes.items():
        text = json.dumps(rows, ensure_ascii=False)
        (tmp_path / "dataset" / f"{name}.json").write_text(text, "utf-8")
    _head, *lines = scores.report_demetr(tmp_path)
    assert [line.split() for line in lines] == [
        ["critical_id10_numbers_replaced", "1", "1", "1"],
        ["minor_id29_punc_addition", "1", "1", "0"],
    ]


def test_verdicts_on_mlqe_are_correlated_with_peoples(tmp_path):
    folder = tmp_path / "data" / "catastrophic_errors"
    folder.mkdir(parents=True)
    rows = {
        "dev": (
            "1\tThe hall has 45 paintings.\t展厅 有 67 幅 画 。\t[1, 1, 0]\tERR\n"
            "2\tThe hall has 45 paintings.\t展厅 有 45 幅 画 。\t[0, 0, 0]\tNOT\n"
        ),
        "train": (
            "3\tThe hall is open.\t展厅 开放 ,\t[0, 0, 0]\tNOT\n"
            "4\tThe hall has 45 doors.\t展厅 有 45 扇 门 。\t[0, 0, 1]\tNOT\n"
        ),
    }
    for part, text in rows.items():
        (folder / f"enzh_majority_{part}.tsv").write_text(text, "utf-8")
    head, every, content = scores.report_mlqe(tmp_path)
    assert head.split() == ["found", "of", "1", "minded", "of", "3", "MCC"]
    assert every.split() == ["all", "checks", "1", "1", "0.577"]
    assert content.split() == ["content", "checks", "1", "0", "1.000"]


def test_alarms_on_ntrex_are_of_a_hundred_pairs(tmp_path):
    folder = tmp_path / "NTREX-128"
    folder.mkdir()
    english = "The hall has 45 paintings.\nThe hall is open.\n"
    (folder / "newstest2019-src.eng.txt").write_text(english, "utf-8")
    chinese = "展厅有67幅画。\n展厅 开放。\n"
    (folder / "newstest2019-ref.zho-CN.txt").write_text(chinese, "utf-8")
    assert [line.split() for line in scores.report_ntrex(tmp_path)] == [
        ["all", "checks", "100.00"],
        ["content", "checks", "50.00"],
        ["number-value", "50.00"],
        ["spacing", "50.00"],
    ]


def test_a_correlation_is_between_right_and_wrong():
    right = [(True, True), (False, False)]
    wrong = [(True, False), (False, True)]
    assert [correlation(seen) for seen in (right, wrong, right + wrong)] == [1, -1, 0]
    assert correlation([(False, True), (False, False)]) == 0
