"""Finding the two languages of a story among many texts."""

import time
from datetime import date

import pytest

from archive.alignment.file_names import NameTie, file_key
from archive.alignment.marks import figures
from archive.alignment.pairs import SURE, PairText, Similar, compare_texts, find_pairs
from archive.text.language import CHINESE, ENGLISH
from tests.alignment.folder import make_folder

DAY = date(2015, 9, 22)
PORT = (
    "Port opens\nThe port of Zhanjiang handled 152 million tons, up 12.5 percent.\nIt cost $3.1m."
)
HAIGANG = "港口开放\n湛江港吞吐量达1.52亿吨，增长12.5%。\n投资310万美元。"
RAIN = "下雨\n" * 9
WEATHER = "Rain\nIt will rain for days, said the office, and fishing boats stay in the harbor."


@pytest.mark.parametrize("compare", [None, compare_texts])
def test_eighty_pairs_of_ten_habits_are_found_in_a_folder_of_two_hundred_files(
    compare: Similar | None,
) -> None:
    folder = make_folder(4)
    found = find_pairs(folder.texts, compare)
    right = {(one.one, one.two) for one in found} & folder.pairs
    sure = {(one.one, one.two) for one in found if one.confidence >= SURE}
    assert (len(folder.texts), len(right) >= 78, sure - folder.pairs) == (200, True, set())
    assert len(sure) >= 70


@pytest.mark.parametrize(
    ("one", "two", "tie"),
    [
        ("2015/port.en.txt", "2015/port.zh.html", NameTie.MARKED),
        ("port_英文.txt", "port_中文.txt", NameTie.MARKED),
        ("en/port.txt", "zh/port.txt", NameTie.MARKED),
        ("English version/port.txt", "Chinese version/port.txt", NameTie.MARKED),
        ("2015-09-22-p17-en.txt", "2015-09-22-p17-cn.txt", NameTie.MARKED),
        ("EN_port.txt", "CN_port.txt", NameTie.MARKED),
        ("port (English).docx", "port（中文版）.docx", NameTie.MARKED),
        ("A017e.txt", "A017c.txt", NameTie.MARKED),
        ("portEN.txt", "portCN.txt", NameTie.MARKED),
        ("港口英文稿.txt", "港口中文稿.txt", NameTie.MARKED),
        ("port.txt", "port-译文.txt", NameTie.SAME),
        ("port.txt", "port.zh.txt", NameTie.SAME),
        ("wires/port.txt", "translations/port.txt", NameTie.SAME_FILE),
        ("p17.txt", "p18.txt", NameTie.NEIGHBOURS),
        ("p17.txt", "p19.txt", NameTie.NONE),
        ("port.txt", "ferry.txt", NameTie.NONE),
        ("Chen.txt", "Chec.txt", NameTie.NONE),
        ("en.txt", "zh.txt", NameTie.NONE),
    ],
)
def test_names_of_files_tell_what_belongs_together(one: str, two: str, tie: NameTie) -> None:
    assert file_key(one).tie_to(file_key(two)) is tie
    assert file_key(two).tie_to(file_key(one)) is tie


def test_figures_are_read_by_value_in_both_languages() -> None:
    assert figures("152 million tons, 12.5 percent, 3,400 people") == {
        "f1.52e+08",
        "f12.5",
        "f3400",
    }
    assert figures("1.52亿吨，12.5%，3400人，32万") >= {"f1.52e+08", "f12.5", "f3400", "f320000"}


def test_texts_with_the_same_figures_and_names_are_a_pair_whatever_their_files_are_called() -> None:
    texts = [
        PairText(1, ENGLISH, PORT),
        PairText(2, CHINESE, HAIGANG),
        PairText(3, ENGLISH, WEATHER),
    ]
    (pair,) = find_pairs(texts)
    assert (pair.one, pair.two, pair.reasons) == (1, 2, ("figures", "names"))


def test_a_name_alone_makes_no_pair_sure() -> None:
    texts = [
        PairText(1, ENGLISH, WEATHER, "a.en.txt"),
        PairText(2, CHINESE, RAIN, "a.zh.txt"),
    ]
    (pair,) = find_pairs(texts)
    assert 0.5 < pair.confidence < SURE


def test_a_text_with_two_likely_partners_is_in_one_pair_that_is_not_sure() -> None:
    texts = [PairText(1, ENGLISH, PORT, day=DAY)]
    texts += [PairText(key, CHINESE, HAIGANG, day=DAY) for key in (2, 3)]
    (pair,) = find_pairs(texts)
    assert pair.confidence < SURE


def test_other_figures_tell_two_events_of_one_day_apart() -> None:
    other = HAIGANG.replace("1.52亿", "2.9亿").replace("12.5", "7.8").replace("310", "990")
    texts = [PairText(1, ENGLISH, PORT, "a.en.txt"), PairText(2, CHINESE, other, "a.zh.txt")]
    assert find_pairs(texts) == []


def test_what_compares_whole_texts_is_asked_where_there_is_doubt() -> None:
    texts = [PairText(1, ENGLISH, WEATHER, "a.en.txt"), PairText(2, CHINESE, RAIN, "a.zh.txt")]
    assert find_pairs(texts, lambda one, two: 0.0) == []
    assert find_pairs(texts, lambda one, two: 1.0)[0].confidence > SURE


def test_what_a_person_has_refused_is_no_pair() -> None:
    texts = [PairText(1, ENGLISH, PORT), PairText(2, CHINESE, HAIGANG)]
    assert find_pairs(texts, apart=lambda one, two: (one.key, two.key) == (1, 2)) == []


def test_stories_of_two_files_meet_by_their_numbers() -> None:
    texts = [PairText(n, ENGLISH, PORT, "all.en.csv", number=n) for n in (1, 2)]
    texts += [PairText(n + 5, CHINESE, HAIGANG, "all.zh.csv", number=n) for n in (1, 2)]
    assert {(one.one, one.two) for one in find_pairs(texts)} == {(1, 6), (2, 7)}


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "text", ["1," * 500_000, "9" * 1_000_000, "A" * 1_000_000, "湛" * 1_000_000]
)
def test_a_megabyte_of_anything_is_read_in_linear_time(text: str) -> None:
    started = time.process_time()
    figures(text)
    texts = [PairText(1, ENGLISH, text, text[:400]), PairText(2, CHINESE, text, text[:400])]
    find_pairs(texts)
    assert time.process_time() - started < 4
