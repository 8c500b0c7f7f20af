"""Time and memory grow with the length of the texts, whatever they are."""

import time
import tracemalloc

import pytest

from archive.alignment.aligner import align_texts

WORST = ["", "same", "一", "12"]


@pytest.mark.parametrize("piece", WORST)
def test_texts_of_one_word_all_over_are_aligned(piece):
    links = align_texts([piece] * 50, [piece] * 40)
    assert sum(len(link.source) for link in links) == 50
    assert sum(len(link.target) for link in links) == 40


@pytest.mark.exhaustive
def test_a_piece_of_a_megabyte_takes_seconds():
    start = time.process_time()
    align_texts(["Aa-a' 1,2 " * 100_000, "End."], ["一二三，" * 250_000, "完。"])
    assert time.process_time() - start < 60


@pytest.mark.exhaustive
@pytest.mark.parametrize("piece", ["No words in common at all {}.", "Ship {} sailed to port {}."])
def test_a_thousand_sentences_need_little_memory(piece):
    ours = [piece.format(n, n * 7) for n in range(1000)]
    theirs = [f"{n}号船驶往{n * 7}号港。" for n in range(1000)]
    tracemalloc.start()
    links = align_texts(ours, theirs)
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()
    assert len(links) > 300
