"""A text file with several stories is cut where that is sure, and nowhere else."""

import time

import pytest

from archive.contrib.intake.formats.plain_text import story_texts
from tests.contrib.intake.batches.values import ANOTHER
from tests.contrib.intake.formats.reading import stories
from tests.contrib.intake.texts import CHINESE, ENGLISH, SEED

UNCITED = "Rain falls\nIt rains in the south of the country.\n"


@pytest.mark.parametrize("mark", ["-----\n", "\n==========\n\n", "* * *\n*****\n"])
def test_cited_stories_with_marks_between_them_are_stories(mark: str) -> None:
    text = mark.join([ENGLISH, CHINESE, ANOTHER])
    found = stories(text.encode(), "port.txt")
    assert [one.headline for one in found] == [
        *("Port opens new route", "湛江港开通新航线", "Canal bridge closes for repairs"),
    ]
    assert [one.item for one in found] == [1, 2, 3]
    assert "".join(one.text for one in found) == text


def test_a_databases_documents_are_stories() -> None:
    text = "".join(f"{n} of 2 DOCUMENTS\n\n{UNCITED}\nEnd of Document\n\n" for n in (1, 2))
    assert [one.headline for one in stories(text.encode(), "a.txt")] == ["Rain falls"] * 2
    assert "".join(story_texts(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        f"{ENGLISH}-----\n{UNCITED}",
        f"-----\n{ENGLISH}-----\n",
        f"{ENGLISH}\n{ANOTHER}",
        f"{ENGLISH}\f{ANOTHER}",
        ENGLISH.replace("Room for growth", "----------"),
        SEED.read_text(encoding="utf-8"),
        "\f\f",
    ],
)
def test_what_may_be_one_story_stays_one(text: str) -> None:
    assert story_texts(text) == [text]


@pytest.mark.parametrize(
    "line", ["-----\n", "a\n-----\n", "\f", " " * 79 + "\n", "1 of 2 DOCUMENTS\n"]
)
def test_a_megabyte_of_marks_takes_a_moment(line: str) -> None:
    started = time.process_time()
    story_texts(line * (1_000_000 // len(line)))
    assert time.process_time() - started < 3
