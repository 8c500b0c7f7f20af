"""ANPA 1312: typesetting marks, head lines, columns, takes."""

from datetime import UTC, datetime

import pytest

from archive.contrib.wires.anpa import AnpaFormat
from archive.contrib.wires.iptc7901 import Iptc7901Format
from tests.contrib.intake.formats.documents import document, source, texts

STORY = (
    b"\x16\x16\x01W2870\x1fasian\r\nr i\x13\x11 BC-AS--China-Port     09-22 1049\r\n\x02"
    b"^BC-AS--China-Port,466<\r\n^Port opens new route<\r\n^AP Photo XNP101<\r\n"
    b"^Eds: With photo.<\r\n^By WANG WEI=\r\n^Harbour News=\r\n"
    b"\t   ZHANJIANG, China (HN) _ A port opened a ``new'' route\r\non Monday. \r\n \r\n"
    b"^Room for growth=\r\n"
    b"\x08^\x1f\x1e W\x1e \x1e L\r\n\x08Tampa\x10 Bay\x1f\x1e 73\x1e \x1e 6{\r\n"
    b"\t   ;MIN;MAX\r\n\t   Beijing;28;60<\r\n"
    b"\t   Heat: won; lost; drew.\r\n\t   ___\r\n"
    b"\t   \x03AP-WF-09-22-15 1509GMT<\r\n\r\n\x0c\r\n\x04"
)
ADD = (
    b"\x16\x16\x01W2871\x1fasian\r\nr i\x13\x11 BC-AS--China-Port 1stAdd    09-22 0100\r\n\x02"
    b"^BC-AS--China-Port, 1st Add,100<\r\n\t   The port is large.\r\n"
    b"\x03AP-WF-09-22-15 1520GMT<\x04"
)


def test_the_head_is_metadata() -> None:
    said = document(AnpaFormat(), STORY).metadata
    assert (said.headline, said.bylines) == ("Port opens new route", ("By WANG WEI",))
    assert (said.keywords, said.section) == (("AS--China-Port",), "International")
    assert said.published == datetime(2015, 9, 22, 15, 9, tzinfo=UTC)


def test_a_date_that_no_calendar_has_is_kept() -> None:
    said = document(AnpaFormat(), STORY.replace(b"WF-09-22-15", b"WF-13-22-15")).metadata
    assert (said.published, said.unread) == (None, ("13-22-15 1509GMT",))


def test_notes_and_photo_numbers_are_for_editors() -> None:
    assert document(AnpaFormat(), STORY).warnings == (
        "Note to editors: AP Photo XNP101",
        "Note to editors: Eds: With photo.",
    )


def test_quotation_marks_and_dashes_are_set() -> None:
    assert texts(document(AnpaFormat(), STORY), "text") == [
        "ZHANJIANG, China (HN) — A port opened a “new” route on Monday.",
        "Heat: won; lost; drew.",
    ]


def test_a_centred_line_is_a_subhead() -> None:
    assert texts(document(AnpaFormat(), STORY), "subhead") == ["Room for growth"]


def test_columns_are_rows_of_a_table() -> None:
    rows = texts(document(AnpaFormat(), STORY), "table_row")
    assert rows == ["\tW\tL", "Tampa Bay\t73\t6½", "\tMIN\tMAX", "Beijing\t28\t60"]


def test_an_add_goes_on_with_its_story() -> None:
    found = document(AnpaFormat(), STORY + ADD)
    assert texts(found, "text")[-1] == "The port is large."


def test_without_a_headline_the_slug_is_one() -> None:
    text = STORY.replace(b"^Port opens new route<\r\n", b"")
    assert document(AnpaFormat(), text).metadata.headline == "China-Port"


@pytest.mark.parametrize("text", [b"Port opens\nOne.", b"\x01", b"\x01a\x03\x02", b""])
def test_other_files_are_not_recognised(text: bytes) -> None:
    assert not AnpaFormat().recognises(source(text))
    assert not Iptc7901Format().recognises(source(text))


def test_each_wire_is_told_from_the_other() -> None:
    assert not Iptc7901Format().recognises(source(STORY))
