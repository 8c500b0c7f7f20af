"""Two texts of one report beside each other, paragraph by paragraph: pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.alignment.aligner import align_texts
from archive.text.differences import Difference, differences

# More paragraphs are shown one behind the other, without their counterparts.
MOST_PARAGRAPHS = 200
# With less than this in common, single words that are the same are chance.
_TOLD = 0.4


@dataclass(frozen=True)
class SideRow:
    """What both texts say in one place; "" where one of them says nothing.

    `parts` are the differences word by word; none across languages.
    """

    earlier: str
    later: str
    parts: tuple[Difference, ...] = ()

    @property
    def before(self) -> list[Difference]:
        return [part for part in self.parts if part.kind != "new"]

    @property
    def after(self) -> list[Difference]:
        return [part for part in self.parts if part.kind != "gone"]


def side_by_side(
    earlier: Sequence[str], later: Sequence[str], *, is_one_language: bool
) -> list[SideRow]:
    """Every paragraph of both, in order, those that say the same in one row."""
    first, second = list(earlier[:MOST_PARAGRAPHS]), list(later[:MOST_PARAGRAPHS])
    pairs = [
        ("\n".join(first[at] for at in link.source), "\n".join(second[at] for at in link.target))
        for link in align_texts(first, second)
    ]
    rest = max(len(earlier), len(later))
    for at in range(MOST_PARAGRAPHS, rest):
        pairs.append(("".join(earlier[at : at + 1]), "".join(later[at : at + 1])))
    return [SideRow(*pair, tuple(_parts(*pair)) if is_one_language else ()) for pair in pairs]


def _parts(one: str, two: str) -> list[Difference]:
    """Word by word where that says something; else one text for the other."""
    parts = differences(one, two)
    same = sum(len(part.text) for part in parts if part.kind == "same")
    if one and two and same < _TOLD * min(len(one), len(two)):
        return [Difference("gone", one), Difference("new", two)]
    return parts
