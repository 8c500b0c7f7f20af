"""Aligns two texts, in English and Chinese, by dynamic programming over their pieces."""

import math
import re
from collections.abc import Iterable, Sequence

from archive.alignment.links import Link

# How many pieces of either side a link takes, and how rarely it is so (in nats).
_BEADS = {(1, 1): 0.0, (1, 0): 4.5, (0, 1): 4.5, (1, 2): 2.3, (2, 1): 2.3}
_BEADS |= {(2, 2): 4.5, (1, 3): 4.0, (3, 1): 4.0}
_HAN = re.compile(r"[\u3400-\u9fff]")
_NUMBER = re.compile(r"\d+")


def align_texts(
    source: Sequence[str], target: Sequence[str], *, names: Iterable[tuple[str, str]] = ()
) -> list[Link]:
    """Links of two texts' paragraphs or sentences: in order, each index in exactly one link.

    Either text may be the English one. `names` are names in both languages, in any order.
    """
    lengths = [list(map(_length, side)) for side in (source, target)]
    ratio = sum(lengths[1]) / (sum(lengths[0]) or 1) or 1
    costs: list[list[float]] = [[math.inf] * (len(target) + 1) for _ in range(len(source) + 1)]
    steps: dict[tuple[int, int], tuple[int, int]] = {}
    costs[0][0] = 0
    for i in range(len(source) + 1):
        for j in range(len(target) + 1):
            for (m, n), rarity in _BEADS.items():
                if i >= m and j >= n:
                    ours, theirs = sum(lengths[0][i - m : i]), sum(lengths[1][j - n : j])
                    off = 0 if not (m and n) else _mismatch(ours * ratio, theirs)
                    cost = costs[i - m][j - n] + rarity + off
                    if cost < costs[i][j]:
                        costs[i][j], steps[i, j] = cost, (m, n)
    links = []
    i, j = len(source), len(target)
    while i or j:
        m, n = steps[i, j]
        links.append(Link(tuple(range(i - m, i)), tuple(range(j - n, j)), 0.6))
        i, j = i - m, j - n
    return links[::-1]


def similarity(
    source: Sequence[str], target: Sequence[str], *, names: Iterable[tuple[str, str]] = ()
) -> float:
    """How probably two whole texts tell one story, from 0 to 1."""
    ours, theirs = (set(_NUMBER.findall(" ".join(side))) for side in (source, target))
    return len(ours & theirs) / (len(ours | theirs) or 1)


def _length(text: str) -> float:
    return len(text) + 2 * len(_HAN.findall(text))


def _mismatch(ours: float, theirs: float) -> float:
    return (ours - theirs) ** 2 / (6.8 * (ours + theirs + 1))
