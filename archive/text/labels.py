"""Labels and numbers as people and addresses write them: a paper's page "B8", a row's key."""

import re

_PARTS = re.compile(r"(\d+)")


def label_key(label: str) -> list[tuple[int, int, str]]:
    """A sort key: 2 before 17, A1 before B8, stories without a page last."""
    if not label:
        return [(2, 0, "")]
    parts = [part for part in _PARTS.split(label) if part]
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in parts]


def row_key(text: str) -> int | None:
    """The key of a database row that a text from outside gives; None for anything else.

    No key has more than eighteen digits, and no database takes more.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
