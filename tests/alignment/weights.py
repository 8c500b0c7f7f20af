"""Learns how sure a link is: `python -m tests.alignment.weights --mac PATH [--plain]`.

PATH has chapters that aren't among those that `scores` measures, laid out like them (`zh/001`,
`en/001`, `gold/001.align`), four of each book in a row: bertalign's `corpus/mac/test/split` and
`eval/mac/test/gold`. The stories of `tests/data/aligned/tune` are learnt from as well. It prints
the weights for `archive/alignment/confidence.py` and, each book judged by what the other books
teach, how many wrong links are marked where so many right ones are.
"""

import math
import sys
from collections.abc import Iterable, Sequence

from tests.alignment.gold import STORIES, GoldText, read_mac, read_stories
from tests.alignment.scores import curve, read_arguments

_CHAPTERS = 4
_ROUNDS, _RIDGE = 8, 1.0
# Measures with a bias in front, and whether the link is right.
Row = tuple[list[float], bool]


def rows(texts: Iterable[GoldText]) -> list[Row]:
    # Django has to be set up first.
    from archive.alignment.aligner import read_lattice
    from archive.alignment.confidence import measures
    from archive.alignment.pieces import is_chinese

    found = []
    for text in texts:
        turned = is_chinese(text.source)
        sides = (text.target, text.source) if turned else (text.source, text.target)
        gold = {link[::-1] if turned else link for link in text.links if all(link)}
        lattice = read_lattice(*sides)
        path = lattice.best_path()
        for step, values in zip(path, measures(lattice, path), strict=True):
            if values:
                link = tuple(
                    tuple(range(one, end)) for one, end in zip(step.start, step.end, strict=True)
                )
                found.append(([1.0, *values], link in gold))
    return found


def learn(rows: Sequence[Row]) -> list[float]:
    """A logistic regression by Newton's method, the weights kept small by a ridge."""
    size = len(rows[0][0])
    weights = [0.0] * size
    for _round in range(_ROUNDS):
        slope = [-_RIDGE * weight * (at > 0) for at, weight in enumerate(weights)]
        bend = [[_RIDGE * (at == n and at > 0) for n in range(size)] for at in range(size)]
        for values, is_right in rows:
            told = probability(weights, values)
            spread = told * (1 - told) + 1e-9
            for at, value in enumerate(values):
                slope[at] += (is_right - told) * value
                row, share = bend[at], spread * value
                for n in range(size):
                    row[n] += share * values[n]
        weights = [w + step for w, step in zip(weights, _solved(bend, slope), strict=True)]
    return weights


def probability(weights: Sequence[float], values: Sequence[float]) -> float:
    told = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, told))))


def _solved(table: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a system of linear equations, by elimination."""
    rows = [[*row, value] for row, value in zip(table, right, strict=True)]
    for at in range(len(rows)):
        best = max(range(at, len(rows)), key=lambda n: abs(rows[n][at]))
        rows[at], rows[best] = rows[best], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for n, row in enumerate(rows):
            if n != at:
                rows[n] = [a - row[at] * b for a, b in zip(row, rows[at], strict=True)]
    return [row[-1] for row in rows]


def main() -> None:
    arguments = read_arguments(__doc__)
    chapters = [rows([text]) for text in read_mac(arguments.mac)]
    own = [
        row
        for by_sentence in (False, True)
        for row in rows(read_stories(STORIES / "tune", by_sentence=by_sentence))
    ]
    told = []
    for first in range(0, len(chapters), _CHAPTERS):
        book = range(first, first + _CHAPTERS)
        others = [row for at, one in enumerate(chapters) if at not in book for row in one]
        weights = learn([*others, *own])
        told += [
            (probability(weights, values), is_right)
            for at in book
            for values, is_right in chapters[at]
        ]
    weights = learn([*(row for one in chapters for row in one), *own])
    sys.stdout.write(f"{[round(one, 3) for one in weights]}\n{curve(told)}\n")
    mine = [(probability(weights, values), is_right) for values, is_right in own]
    sys.stdout.write(f"own stories: {curve(mine)}\n")


if __name__ == "__main__":
    main()
