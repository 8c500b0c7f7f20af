"""Files that can't be stories are refused with the way out."""

import pytest

from archive.contrib.intake.records import IntakeError
from tests.contrib.intake.files import JPEG, zipped
from tests.contrib.intake.formats.reading import stories

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("data", "way_out"),
    [
        (COMPOUND + "WordDocument".encode("utf-16-le"), r"save it as \.docx"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "take the protection off"),
        (COMPOUND + "__substg1.0_0037".encode("utf-16-le"), r"as \.eml"),
        (COMPOUND + "Workbook".encode("utf-16-le"), "as CSV"),
        (COMPOUND, r"\.docx"),
        (zipped({"[Content_Types].xml": b"x", "xl/workbook.bin": b"x"}), "as CSV"),
        (zipped({"[Content_Types].xml": b"x", "ppt/slides.xml": b"x"}), "presentation"),
        (zipped({"[Content_Types].xml": b"x", "word/document.xml": b"x"})[:-9], "damaged"),
        (JPEG, "a picture"),
        (b"Rar!\x1a\x07\x01\x00" + b"x" * 40, "pack it as ZIP"),
        (b"\x1f\x8b\x08\x00" + b"x" * 40, "pack it as ZIP"),
        (b"\x00\x00\x00\x18ftypmp42" + b"x" * 40, "sound or film"),
        (b"MZ\x90\x00" + b"x" * 40, "a program"),
    ],
)
def test_it_says_what_the_file_is_and_what_to_do(data: bytes, way_out: str) -> None:
    with pytest.raises(IntakeError, match=way_out):
        stories(data)


def test_a_text_that_begins_like_one_is_read() -> None:
    assert stories(b"MZ opens\nThe port opens.\n")[0].headline == "MZ opens"
