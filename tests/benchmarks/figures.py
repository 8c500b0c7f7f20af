"""What a series of measurements comes to: percentiles, and ratios between two series."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Series:
    """Durations in seconds, all of the same piece of work."""

    seconds: Sequence[float]

    @property
    def p50(self) -> float:
        return self.percentile(50)

    @property
    def p95(self) -> float:
        return self.percentile(95)

    def percentile(self, share: float) -> float:
        """The smallest measured duration that `share` per cent of them don't exceed."""
        ordered = sorted(self.seconds)
        rank = -(-len(ordered) * share // 100)
        return ordered[max(0, int(rank) - 1)]

    def __add__(self, other: "Series") -> "Series":
        return Series([*self.seconds, *other.seconds])


def milliseconds(seconds: float) -> str:
    """ "12.3 ms", with three significant figures or so."""
    value = seconds * 1000
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms"


def times(ratio: float) -> str:
    return f"{ratio:.0f} ×" if ratio >= 10 else f"{ratio:.2f} ×"
