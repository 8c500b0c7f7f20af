"""How like two texts are, from 0 to 100: 100 is the same text, white space apart."""

from collections.abc import Mapping
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

Key = TypeVar("Key", int, str)


def ranked(text: str, others: Mapping[Key, str], threshold: int) -> list[tuple[Key, int]]:
    """The others that are at least so like, the likest first, with their scores.

    What counts is the share of characters that needn't be typed anew (Levenshtein).
    """
    folded = {key: fold(other) for key, other in others.items()}
    found = process.extract(
        fold(text),
        folded,
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=threshold / 100,
        limit=None,
    )
    return [(key, 100 if ratio == 1 else int(ratio * 100)) for _other, ratio, key in found]


def fold(text: str) -> str:
    return " ".join(text.split())
