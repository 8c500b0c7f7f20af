"""The word lists in `data/`: each says what it is from."""

from pathlib import Path

FOLDER = Path(__file__).parent / "data"


def read_lists(name: str) -> dict[str, list[str]]:
    """A file's lines by their sections ("== buttons"), without its comments."""
    found: dict[str, list[str]] = {}
    section: list[str] = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            section = found.setdefault(line.removeprefix("== "), [])
        elif line and not line.startswith("# ") and line != "#":
            section.append(line)
    return found
