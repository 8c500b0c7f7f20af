"""How probably each link of a path is right: a logistic model of the link and its neighbours.

Most wrong links have a part of the right one: a sentence stands on the wrong side of a border. So
besides the link's share of all paths the model looks at the clauses at its borders, and at
whether a neighbour has too much of the language that the link has too little of.
`python -m tests.alignment.weights` learns the weights.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

from archive.alignment.lattice import Lattice, Step
from archive.text.dictionary import installed_glosses

Measures = tuple[float, ...]
# A bias and the weights of `measures`: with a dictionary, and without one.
_WITH_DICTIONARY: Measures = (
    *(3.766, 3.76, 0.428, -0.959, -2.353),
    *(-4.065, -0.963, -0.956, -0.86, -0.932),
)
_ALONE: Measures = (
    *(2.118, 3.116, 0.279, -0.527, -2.288),
    *(-2.651, -1.564, -0.718, -0.814, -1.334),
)
# Of pieces without a counterpart: from the odds among all paths to the confidence.
_BASE, _TEMPER = 0.29, 0.43


def confidences(lattice: Lattice, path: Sequence[Step]) -> list[float]:
    """Of each step of the lattice's path, from 0 to 1."""
    bias, *weights = _WITH_DICTIONARY if installed_glosses() else _ALONE
    found = []
    for step, values in zip(path, measures(lattice, path), strict=True):
        if values:
            told = bias + sum(map(float.__mul__, weights, values))
            # What most paths don't have isn't likely, whatever else speaks for it.
            if step.probability < 0.5:
                told = min(told, _odds(step.probability))
        else:
            told = _BASE + _TEMPER * _odds(step.probability)
        found.append(1 / (1 + math.exp(-told)))
    return found


def measures(lattice: Lattice, path: Sequence[Step]) -> list[Measures]:
    """What tells right links from wrong ones, by step; nothing for a step with an empty side."""
    ratios = [_ratio(lattice, step) for step in path]
    pulls = [_pulls(lattice, one, other) for one, other in pairwise(path)]
    found: list[Measures] = []
    for at, step in enumerate(path):
        if not all(step.shape):
            found.append(())
            continue
        around = [n for n in (at - 1, at + 1) if 0 <= n < len(path)]
        # The borders before and after: what pulls out of the link, and what pulls into it.
        borders = [
            *([pulls[at - 1][::-1]] if at else []),
            *([pulls[at]] if at < len(pulls) else []),
        ]
        found.append(
            (
                step.probability,
                min((path[n].probability for n in around), default=1.0),
                *_sizes(lattice, step),
                max((-ratios[at] * ratios[n] for n in around), default=0.0),
                float(sum(not all(path[n].shape) for n in around)),
                max((out for out, _into in borders), default=0.0),
                max((into for _out, into in borders), default=0.0),
                float(_are_closed_apart(lattice, step)),
            )
        )
    return found


def _odds(probability: float) -> float:
    return math.log(max(probability, 1e-6) / max(1 - probability, 1e-6))


def _ratio(lattice: Lattice, step: Step) -> float:
    """By how much our side is longer than theirs, as a logarithm; 0 if one side is empty."""
    if not all(step.shape):
        return 0.0
    ours, theirs = _lengths(lattice, step)
    return math.log((ours + 5) / (theirs + 5))


def _sizes(lattice: Lattice, step: Step) -> tuple[float, float]:
    """The logarithm of the link's length, and how far its sides are from the same length."""
    ours, theirs = _lengths(lattice, step)
    return math.log((ours + 5) * (theirs + 5)) / 2, abs(_ratio(lattice, step))


def _lengths(lattice: Lattice, step: Step) -> tuple[float, float]:
    return lattice.scorer.lengths(step.start[0], step.shape[0], step.start[1], step.shape[1])


def _pulls(lattice: Lattice, one: Step, other: Step) -> tuple[float, float]:
    """How much better the last clause of a step fits the next one than its own, and the first
    clause of the next one this one: the worse of the two languages."""
    scorer = lattice.scorer
    back, ahead = [], []
    for side in (0, 1):
        if one.shape[side]:
            words = scorer.piece(side, one.end[side] - 1).edges[1]
            back.append(_fit(lattice, words, other, 1 - side) - _fit(lattice, words, one, 1 - side))
        if other.shape[side]:
            words = scorer.piece(side, other.start[side]).edges[0]
            ahead.append(
                _fit(lattice, words, one, 1 - side) - _fit(lattice, words, other, 1 - side)
            )
    return max(back, default=0.0), max(ahead, default=0.0)


def _fit(lattice: Lattice, words: frozenset[str], step: Step, side: int) -> float:
    if not step.shape[side]:
        return 0.0
    return lattice.scorer.fit(words, side, step.start[side], step.shape[side])


def _are_closed_apart(lattice: Lattice, step: Step) -> bool:
    """Whether only one side ends with a quotation mark."""
    ours, theirs = (lattice.scorer.piece(side, step.end[side] - 1).is_closed for side in (0, 1))
    return ours != theirs
