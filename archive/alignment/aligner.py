"""Aligns two texts of which one may be in Chinese, whichever is the source.

See docs/alignment.md for how, and for how well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.alignment.beads import BeadScorer
from archive.alignment.confidence import confidences
from archive.alignment.lattice import Lattice, Step
from archive.alignment.lexicon import Lexicon
from archive.alignment.pieces import is_chinese, read_pieces

# Texts of fewer pieces don't repeat enough to learn words from.
_TEACHES, _ROUNDS = 60, 2


# Below it a person should look; measured in docs/alignment.md.
DOUBTFUL = 0.8


@dataclass(frozen=True)
class Link:
    """Pieces of the source and the pieces of the target that say the same.

    Both sides are indices from 0, in order; an empty side is a piece without a counterpart.
    `confidence` is from 0 to 1.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float

    @property
    def is_doubtful(self) -> bool:
        """To be marked *check*."""
        return self.confidence < DOUBTFUL

    @property
    def is_pair(self) -> bool:
        """Whether both texts say it."""
        return bool(self.source and self.target)


def align_texts(
    source: Sequence[str], target: Sequence[str], *, names: Iterable[tuple[str, str]] = ()
) -> list[Link]:
    """Links of two texts' paragraphs or sentences: in order, each index in exactly one link.

    Either text may be the Chinese one. `names` are names in both languages, each pair in any
    order; those that don't occur are harmless.
    """
    turned = is_chinese(source) and not is_chinese(target)
    ours, theirs = (target, source) if turned else (source, target)
    lattice = read_lattice(ours, theirs, names)
    path = lattice.best_path()
    sure = confidences(lattice, path)
    return [
        link
        for step, confidence in zip(path, sure, strict=True)
        for link in _links(step, confidence, turned=turned)
    ]


def read_lattice(
    ours: Sequence[str], theirs: Sequence[str], names: Iterable[tuple[str, str]] = ()
) -> Lattice:
    """All probable ways to link two texts; if one of them is in Chinese, it is the second."""
    pieces = read_pieces(ours), read_pieces(theirs)
    lexicon = Lexicon(*pieces)
    _add_names(lexicon, names, (ours, theirs))
    lexicon.weigh()
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
    return lattice


def _links(step: Step, confidence: float, *, turned: bool) -> list[Link]:
    """The link that a step makes; pieces without a counterpart are one each."""
    ours, theirs = (
        tuple(range(start, start + count))
        for start, count in zip(step.start, step.shape, strict=True)
    )
    if turned:
        ours, theirs = theirs, ours
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
