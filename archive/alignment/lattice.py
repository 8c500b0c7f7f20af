"""The best monotone path through two texts, and how probable each of its steps is.

A cell is how many pieces of either text are done. Cells are visited by how many are done in all;
of each such diagonal only those near its best are kept, so time and memory grow with the length of
the texts and not with its square.
"""

import math
from collections import defaultdict
from dataclasses import dataclass

from archive.alignment.beads import GAPS, PAIRS, BeadScorer
from archive.text.dictionary import installed_glosses

Cell = tuple[int, int]
# Cells that are so much worse (in nats) than the best of their diagonal are given up, and so are
# all but so many: with a dictionary, and without one, when the right way looks worse at first.
# The narrow beam is a quarter faster and no less right (`python -m tests.alignment.scores`).
_NARROW, _WIDE = (8.0, 6), (10.0, 8)
# Steps that are less probable (in nats) aren't worth a look. There are fewer than a million, so
# at least one path is of others only.
_IMPROBABLE = -14.0
_GAPS = [
    step
    for size, score in GAPS.items()
    for step in (((size, 0), size, 0, score), ((0, size), 0, size, score))
]


@dataclass(frozen=True, slots=True)
class Step:
    """`shape` pieces from `start` on are one link; its probability among all paths."""

    start: Cell
    shape: Cell
    probability: float

    @property
    def end(self) -> Cell:
        return self.start[0] + self.shape[0], self.start[1] + self.shape[1]


class Lattice:
    """All paths that are worth a look."""

    def __init__(self, scorer: BeadScorer, end: Cell) -> None:
        self.scorer, self._end = scorer, end
        self._beam, self._width = _NARROW if installed_glosses() else _WIDE
        # By cell in the order of diagonals: the steps that go on from it, with their scores.
        self._onward: dict[Cell, list[tuple[Cell, Cell, float]]] = {}
        self._before = self._forward()
        self.steps = self._backward()

    def _forward(self) -> dict[Cell, float]:
        """The log-likelihood of all paths to each cell."""
        best: dict[Cell, float] = {(0, 0): 0.0}
        total: dict[Cell, float] = {(0, 0): 0.0}
        diagonals: dict[int, list[Cell]] = defaultdict(list, {0: [(0, 0)]})
        for diagonal in range(sum(self._end) + 1):
            for cell in self._kept(diagonals.pop(diagonal, []), best):
                onward = self._onward[cell] = self._steps_from(cell)
                best_here, total_here = best[cell], total[cell]
                for _shape, following, score in onward:
                    known = best.get(following)
                    if known is None:
                        diagonals[sum(following)].append(following)
                        best[following], total[following] = best_here + score, total_here + score
                    else:
                        if best_here + score > known:
                            best[following] = best_here + score
                        total[following] = _log_sum(total[following], total_here + score)
        return total

    def _kept(self, cells: list[Cell], best: dict[Cell, float]) -> list[Cell]:
        if self._end in cells:
            return [self._end]
        cells.sort(key=best.__getitem__, reverse=True)
        floor = best[cells[0]] - self._beam if cells else 0
        return [cell for cell in cells[: self._width] if best[cell] >= floor]

    def _steps_from(self, cell: Cell) -> list[tuple[Cell, Cell, float]]:
        """Shapes that fit in, the cells they lead to and their scores."""
        at, other_at = cell
        left, other_left = self._end[0] - at, self._end[1] - other_at
        score_of, floor = self.scorer.score, -self._beam
        found = []
        for shape in PAIRS:
            count, other_count = shape
            if count <= left and other_count <= other_left:
                score = score_of(at, count, other_at, other_count, floor)
                if score >= floor:
                    found.append((shape, (at + count, other_at + other_count), score))
        # However bad the pairs, there is always a way on.
        for shape, count, other_count, score in _GAPS:
            if count <= left and other_count <= other_left:
                found.append((shape, (at + count, other_at + other_count), score))
        return found

    def _backward(self) -> list[Step]:
        """The steps that are probable enough, by their start."""
        total = self._before[self._end]
        after: dict[Cell, float] = {self._end: 0.0}
        steps = []
        for cell in reversed(self._onward):
            rest = after.get(cell, -math.inf)
            for shape, following, score in self._onward[cell]:
                if following in after:
                    onward = score + after[following]
                    rest = _log_sum(rest, onward)
                    share = self._before[cell] + onward - total
                    if share > _IMPROBABLE:
                        steps.append(Step(cell, shape, min(1.0, math.exp(share))))
            if rest > -math.inf:
                after[cell] = rest
        return steps[::-1]

    def best_path(self) -> list[Step]:
        """The path that gets most pieces right, as far as is known: by sums of probabilities."""
        gains: dict[Cell, tuple[float, Step | None]] = {(0, 0): (0.0, None)}
        for step in self.steps:
            if step.start in gains:
                gain = gains[step.start][0] + step.probability * sum(step.shape)
                if step.end not in gains or gain > gains[step.end][0]:
                    gains[step.end] = gain, step
        path = []
        last = gains[self._end][1]
        while last:
            path.append(last)
            last = gains[last.start][1]
        return path[::-1]


def _log_sum(one: float, other: float) -> float:
    """log(exp(one) + exp(other))"""
    high, low = (one, other) if one > other else (other, one)
    return high + math.log1p(math.exp(low - high)) if low > -math.inf else high
