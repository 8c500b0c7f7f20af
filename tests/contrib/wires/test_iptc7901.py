"""IPTC 7901: frames, headlines, wrapped paragraphs, takes."""

from datetime import UTC, datetime

from archive.contrib.wires.iptc7901 import Iptc7901Format
from tests.contrib.intake.formats.documents import document, documents, texts

STORY = (
    b"\x01hna062 4 i 211 ccccb   hna 061\r\n\nChina-ports/\r\n\x02"
    b"1ST LEAD\r\nPort opens new route\r\nBy Wang Wei, hna =\r\n\n"
    b"   Zhanjiang (hna) - A port in southern China opened a new route on\r\n"
    b"Monday, the harbour office said.\r\n\n"
    b"   It is a week faster. The ships call at M\xfcnchen's port, too.\r\n\n"
    b"Year      Ships\r\n2014         12\r\n\n"
    b"# hna NOTEBOOK\r\n\nTel: +49 30 123\r\n\nhna ww ln\r\n\r\n"
    b"\x03221137 GMT Sep 15 \r\n\x7f\n\x7f\x04"
)


def take(slug: bytes, text: bytes) -> bytes:
    return b"\x01hna063 4 i 50\r\n\n" + slug + b"/\r\n\x02" + text + b"\x03221140 GMT Sep 15\x04"


def test_the_head_is_metadata() -> None:
    said = document(Iptc7901Format(), STORY).metadata
    assert (said.headline, said.bylines) == ("Port opens new route", ("By Wang Wei, hna",))
    assert said.keywords == ("China-ports", "1ST LEAD")
    assert said.published == datetime(2015, 9, 22, 11, 37, tzinfo=UTC)


def test_the_lines_of_a_paragraph_are_joined() -> None:
    found = texts(document(Iptc7901Format(), STORY), "text")
    assert found[0] == (
        "Zhanjiang (hna) - A port in southern China opened a new route on Monday, "
        "the harbour office said."
    )
    assert found[1].endswith("München's port, too.")


def test_the_rows_of_a_table_stay_apart() -> None:
    assert texts(document(Iptc7901Format(), STORY), "text")[2:] == ["Year Ships", "2014 12"]


def test_the_notebook_is_for_editors() -> None:
    found = document(Iptc7901Format(), STORY)
    assert texts(found, "furniture") == ["# hna NOTEBOOK", "Tel: +49 30 123", "hna ww ln"]


def test_a_file_of_several_messages_is_several_stories() -> None:
    other = take(b"Weather", b"Rain falls =\r\n\nIt rains.")
    assert len(documents(Iptc7901Format(), STORY + other)) == 2


def test_a_take_goes_on_with_its_story() -> None:
    found = document(Iptc7901Format(), STORY + take(b"China-ports", b"Port - take 2 =\r\n\nMore."))
    assert texts(found, "text")[-1] == "More."


def test_a_message_that_is_cut_off_says_so() -> None:
    found = document(Iptc7901Format(), STORY[:300])
    assert "The message is cut off: its end is missing." in found.warnings
