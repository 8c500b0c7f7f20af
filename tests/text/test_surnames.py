"""The surnames of the data file: each once, and read as the checks need them."""

from archive.qa.people import pinyin_names
from archive.text.surnames import COMMONEST, DOUBLE, IN_PINYIN, SIGNING, SURNAMES


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
