"""What a site needs of the archive is in the wheel."""

from pathlib import Path

from package import compare


def test_it_holds_every_file_and_no_other(wheel: Path) -> None:
    assert compare(wheel) == ([], [])
