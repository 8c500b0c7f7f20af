"""Labels of a paper's pages: "17", "B8", "A12"."""

import re

_PARTS = re.compile(r"(\d+)")


def label_key(label: str) -> list[tuple[int, int, str]]:
    """A sort key: 2 before 17, A1 before B8, stories without a page last."""
    if not label:
        return [(2, 0, "")]
    parts = [part for part in _PARTS.split(label) if part]
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in parts]
