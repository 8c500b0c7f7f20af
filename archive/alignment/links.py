"""What an aligner gives: links between the pieces of two texts."""

from dataclasses import dataclass

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
