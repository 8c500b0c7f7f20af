"""Finding the two languages of a story among many texts."""

import time
from datetime import date

import pytest

from archive.alignment.file_names import NameTie, file_key
from archive.alignment.marks import figures
from archive.alignment.pairs import SURE, PairText, find_pairs
from archive.text.language import CHINESE, ENGLISH
from tests.alignment.folder import make_folder


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_eighty_pairs_of_ten_habits_are_found_in_a_folder_of_two_hundred_files(seed: int) -> None:
    folder = make_folder(seed)
    found = find_pairs(folder.texts)
    right = {(one.one, one.two) for one in found} & folder.pairs
    sure = {(one.one, one.two) for one in found if one.confidence >= SURE}
    assert (len(folder.texts), len(right) >= 78, sure - folder.pairs) == (200, True, set())
