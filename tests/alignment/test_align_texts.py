"""The command: which lines of two texts say the same."""

import json

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.alignment.aligner import align_texts

pytestmark = pytest.mark.django_db


ENGLISH = """Port of Zhanjiang

It handled 300 million tons in 2018.
Heavy rain is expected in the whole province until the weekend, forecasters say.
"""


CHINESE = "湛江港\n2018年吞吐量3亿吨。\n"


@pytest.fixture
def align(tmp_path, capsys):
    """Runs the command on two texts; gives what it wrote."""

    def run(source: bytes, target: bytes, *options: str) -> str:
        paths = [tmp_path / "source.txt", tmp_path / "target.txt"]
        for path, data in zip(paths, (source, target), strict=True):
            path.write_bytes(data)
        call_command("align_texts", *map(str, paths), *options)
        return capsys.readouterr().out

    return run


def test_json_gives_numbers_of_lines_that_are_not_empty(align):
    told = align(ENGLISH.encode(), CHINESE.encode(), "--json", "-")
    assert json.loads(told) == [[[1], [1]], [[2], [2]], [[3], []]]


def test_the_chinese_text_may_be_the_source_and_in_its_own_encoding(align):
    told = align(CHINESE.encode("gb18030"), ENGLISH.encode(), "--json", "-")
    assert json.loads(told) == [[[1], [1]], [[2], [2]], [[], [3]]]


def test_a_table_shows_both_texts(align):
    told = align(ENGLISH.encode(), CHINESE.encode())
    assert "3 – no counterpart" in told
    assert "    Port of Zhanjiang\n    湛江港\n" in told


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nothing\.txt can't be read"):
        call_command("align_texts", str(tmp_path / "nothing.txt"), str(tmp_path / "nothing.txt"))


def test_a_file_that_is_no_text_is_refused(align):
    with pytest.raises(CommandError, match="isn't text"):
        align(b"\xff" * 500, CHINESE.encode())


PIECES = st.lists(st.sampled_from(["It rained.", "下雨了。", "", "5 ships", "三艘"]), max_size=6)


@given(PIECES, PIECES)
@settings(max_examples=100, deadline=None)
def test_every_piece_is_in_one_link_and_in_order(source, target):
    links = align_texts(source, target)
    assert [one for link in links for one in link.source] == [*range(len(source))]
    assert [one for link in links for one in link.target] == [*range(len(target))]
    assert all(link.source or link.target for link in links)
    assert all(0 <= link.confidence <= 1 for link in links)
