"""Inline mentions in stored text: leads them to another entry, and back. Pure: values only.

Works on rich text, on JSON that holds it, and on JSON inside JSON, as versions store bodies: an
attribute's quotation marks may have any number of backslashes before them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any

_ANCHOR = re.compile(r"<a\b[^<>]*>")
_IS_MENTION = re.compile(r'\blinktype=\\*"entity\\*"')
_ID = re.compile(r'(\bid=\\*")([0-9]{1,18})(\\*")')


class Mentions:
    """Walks texts and counts their mentions; `places` are the numbers of those that it changed."""

    def __init__(self, target: int, is_wanted: Callable[[int, int], bool]) -> None:
        self._target = target
        self._is_wanted = is_wanted
        self._number = -1
        self.places: list[int] = []

    def through(self, value: Any) -> Any:
        """The same value with the wanted mentions led to the target."""
        if isinstance(value, str):
            return _ANCHOR.sub(self._anchor, value) if "<a " in value else value
        if isinstance(value, dict):
            return {key: self.through(value[key]) for key in sorted(value)}
        if isinstance(value, list):
            return [self.through(part) for part in value]
        return value

    def _anchor(self, anchor: re.Match[str]) -> str:
        tag = anchor[0]
        found = _ID.search(tag)
        if not found or not _IS_MENTION.search(tag):
            return tag
        self._number += 1
        if not self._is_wanted(self._number, int(found[2])):
            return tag
        self.places.append(self._number)
        return f"{tag[: found.start()]}{found[1]}{self._target}{found[3]}{tag[found.end() :]}"


def lead(value: Any, old: int, new: int) -> tuple[Any, list[int]]:
    """The value with mentions of `old` led to `new`, and the numbers of the changed mentions."""
    walk = Mentions(new, lambda _number, pk: pk == old)
    return walk.through(value), walk.places


def lead_back(value: Any, places: Collection[int], target: int) -> Any:
    """The value with the mentions of these numbers led to `target`."""
    wanted = set(places)
    return Mentions(target, lambda number, _pk: number in wanted).through(value)


def count(value: Any, pk: int) -> int:
    """How often an entry is mentioned in the value."""
    return len(lead(value, pk, pk)[1])
