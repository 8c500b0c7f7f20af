"""What changed between two versions of a text, word by word; in Chinese character by character."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from archive.text.normalisation import HAN

Kind = Literal["same", "gone", "new"]

_PIECES = re.compile(rf"[{HAN}]|(?:(?![{HAN}])\w)+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Difference:
    """A stretch of text, and whether both versions have it, only the old or only the new one."""

    kind: Kind
    text: str


def differences(old: str, new: str) -> list[Difference]:
    """The differences in reading order, removed text before the new text in its place."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    found: list[Difference] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if i < j:
            found.append(Difference("same" if tag == "equal" else "gone", "".join(before[i:j])))
        if k < m and tag != "equal":
            found.append(Difference("new", "".join(after[k:m])))
    return found
