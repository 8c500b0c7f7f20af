"""A megabyte of any text takes moments: no rule of the layout reads a line twice as it grows."""

import time
from contextlib import suppress

import pytest

from archive.contrib.intake import story_reader
from archive.contrib.intake.documents import SourceDocument
from archive.contrib.intake.formats.story_texts import read_document_lines
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.story_reader import read_story

MEGABYTE = 1_000_000
SECONDS = 4.0
# Two usual ones; the rest of what a rule could stumble over is read with all the cases.
WORST = ["A-", "By Li Na and "]
MORE = [
    *["a", "Aa ", "(", "a@", "1,", "李", "李·", "李娜、", "（李", "十", "> ", "A. "],
    *["page 1 ", "第1版", "Jan 1, 2015 ", "2015-10-26 ", "（完）"],
    *("|", " ", "\t", "\n", "a\n", "One.\n", "李娜 摄\n", "- item\n", "a\tb\tc\n", "&nbsp;"),
    *("Share - WeChat\n", "湛江港新建的两个泊位周一启用\n", "\u3000\u3000第一段。"),
    *("Key points:\n", "A > ", "▲第一条。（李娜）\n", "李娜：好吗？\n", "一、\n第一段。\n"),
    *("Ships dock. Photo by Li Na\n", "WANG WEI and LI NA\n", "Related reading\n"),
    "It grows today.\n港口每天都在发展。\n",
]  # fmt: skip


def seconds(piece: str) -> float:
    text = piece * (MEGABYTE // len(piece))
    document = SourceDocument(text, read_document_lines(text))
    start = time.process_time()
    with suppress(IntakeError):  # Some have no word in them.
        read_story(document, "long.txt")
    return time.process_time() - start


@pytest.mark.exhaustive
@pytest.mark.parametrize("piece", WORST)
def test_a_megabyte_takes_moments(piece: str) -> None:
    assert seconds(piece) < SECONDS


@pytest.mark.exhaustive
@pytest.mark.parametrize("piece", MORE)
def test_a_megabyte_of_anything_takes_moments(piece: str) -> None:
    assert seconds(piece) < SECONDS


def test_lines_beyond_any_story_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story_reader, "_MOST_LINES", 4)
    text = "Headline\nOne.\nTwo.\nThree.\nFour.\nFive."
    article = read_story(SourceDocument(text, read_document_lines(text)), "long.txt")
    assert article.unplaced == ("Four.\nFive.",)
    assert "Only the first 4 lines were read as a story." in article.warnings
