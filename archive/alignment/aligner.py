"""Aligns two texts of which one may be in Chinese, whichever is the source.

See docs/alignment.md for how, and for how well.
"""

import math
from collections.abc import Iterable, Sequence

from archive.alignment.beads import BeadScorer
from archive.alignment.lattice import Lattice, Step
from archive.alignment.lexicon import Lexicon
from archive.alignment.likeness import similarity
from archive.alignment.links import Link
from archive.alignment.pieces import is_chinese, read_pieces

__all__ = ["align_texts", "similarity"]

# Texts of fewer pieces don't repeat enough to learn words from.
_TEACHES, _ROUNDS = 60, 2
# From a link's probability among all paths to its confidence; fitted to texts that aren't among
# those of docs/alignment.md.
_BASE, _TEMPER = 0.29, 0.43


def align_texts(
    source: Sequence[str], target: Sequence[str], *, names: Iterable[tuple[str, str]] = ()
) -> list[Link]:
    """Links of two texts' paragraphs or sentences: in order, each index in exactly one link.

    Either text may be the Chinese one. `names` are names in both languages, each pair in any
    order; those that don't occur are harmless.
    """
    turned = is_chinese(source) and not is_chinese(target)
    ours, theirs = (target, source) if turned else (source, target)
    path = _path(ours, theirs, names)
    return [link for step in path for link in _links(step, turned=turned)]


def _path(
    ours: Sequence[str], theirs: Sequence[str], names: Iterable[tuple[str, str]]
) -> list[Step]:
    if not (ours or theirs):
        return []
    pieces = read_pieces(ours), read_pieces(theirs)
    lexicon = Lexicon(*pieces)
    _add_names(lexicon, names, (ours, theirs))
    letters = is_chinese(ours) == is_chinese(theirs)
    end = len(ours), len(theirs)
    lattice = Lattice(BeadScorer(*pieces, lexicon, letters=letters), end)
    for _round in range(_ROUNDS if sum(end) >= _TEACHES else 0):
        pairs = (step for step in lattice.steps if all(step.shape) and step.probability > 0.2)
        lexicon.learn(
            (step.start[0], step.shape[0], step.start[1], step.shape[1], step.probability)
            for step in pairs
        )
        lattice = Lattice(BeadScorer(*pieces, lexicon, letters=letters), end)
    return lattice.best_path()


def _links(step: Step, *, turned: bool) -> list[Link]:
    """The link that a step makes; pieces without a counterpart are one each."""
    ours, theirs = (
        tuple(range(start, start + count))
        for start, count in zip(step.start, step.shape, strict=True)
    )
    if turned:
        ours, theirs = theirs, ours
    confidence = _confidence(step.probability)
    if ours and theirs:
        return [Link(ours, theirs, confidence)]
    return [
        *(Link((one,), (), confidence) for one in ours),
        *(Link((), (one,), confidence) for one in theirs),
    ]


def _add_names(
    lexicon: Lexicon,
    names: Iterable[tuple[str, str]],
    texts: tuple[Sequence[str], Sequence[str]],
) -> None:
    """The names that both texts have, under whatever form comes first."""
    whole = "\n".join(texts[0]), "\n".join(texts[1])
    found = {
        forms
        for pair in names
        for forms in (pair, pair[::-1])
        if all(forms) and forms[1] in whole[1] and forms[0] in whole[0]
    }
    if found:
        lexicon.add_names(sorted(found), texts)


def _confidence(probability: float) -> float:
    """How often links of this probability are right: words of a text aren't independent."""
    odds = max(probability, 1e-6) / max(1 - probability, 1e-6)
    return 1 / (1 + math.exp(-_BASE - _TEMPER * math.log(odds)))
