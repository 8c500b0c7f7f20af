"""Files: which are read, and what is said of those that can't be."""

from pathlib import Path

import pytest

from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile, decode, read

LIMIT = 1_000
HAN = "湛江港开通新航线。“航程更短”——李娜"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_head_tells_a_format_in_any_encoding(encoding: str) -> None:
    source = SourceFile(Path("a"), "\n <?xml version='1.0'?>".encode(encoding))
    assert source.head.startswith(b"<?xml")
    assert source.beside("photo.jpg") is None


def test_a_damaged_text_is_read_and_says_where() -> None:
    text = decode("One\nTwo 湛江港开通\nThree 新航线".encode() + b"\xff" + b" end")
    assert text.text.endswith("新航线\ufffd end")
    assert text.warnings[0] == "1 place could not be decoded, in line 3."


def test_a_text_that_is_cut_off_keeps_the_rest() -> None:
    text = decode(HAN.encode("gb18030")[:-1])
    assert text.text == HAN[:-1] + "\ufffd"
    assert "could not be decoded" in " ".join(text.warnings)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"a\x00b", bytes(range(64))]
)
def test_a_binary_file_is_no_text(data: bytes) -> None:
    with pytest.raises(IntakeError, match="not a text file"):
        decode(data)


def test_stray_control_characters_are_left_out_with_a_doubt() -> None:
    text = decode(b"Port opens\x07 new route. " + b"More text. " * 20 + b"\x1a")
    assert "\x07" not in text.text
    assert text.warnings == ("Control characters removed: 1.",)


def test_nuls_at_the_end_and_lone_surrogates_are_no_text() -> None:
    assert decode(b"Port opens.\x00\x00\x00\x1a\x00").text == "Port opens."
    lone = f"Port {'opens ' * 200}\ud800.".encode("utf-16", "surrogatepass")
    assert decode(lone).text.endswith("opens \ufffd.")


def test_letters_lost_earlier_are_reported() -> None:
    assert "1 letter was lost" in decode("caf\ufffd".encode()).warnings[0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty"), (b" \n\t\n", "empty"), (b"x" * (LIMIT + 1), "1,001 bytes.*1,000")],
)
def test_refuses_empty_and_large_files(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(data)
    with pytest.raises(IntakeError, match=reason):
        read(path, LIMIT)


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(10**12)  # a sparse terabyte: reading it would take minutes
    with pytest.raises(IntakeError, match="more than the limit"):
        read(path, LIMIT)


def test_refuses_what_is_missing_or_no_file(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="no such file"):
        read(tmp_path / "missing.txt", LIMIT)
    with pytest.raises(IntakeError, match="not a file"):
        read(Path("/dev/zero"), LIMIT)
