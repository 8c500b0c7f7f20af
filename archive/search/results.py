"""What a search is narrowed to, and what it gives: the same for every engine."""

from collections import defaultdict
from dataclasses import dataclass, field

RELEVANCE, NEWEST, OLDEST = "relevance", "newest", "oldest"
MOST_VALUES = 12


@dataclass(frozen=True)
class Filters:
    """What the reader has narrowed the results to; each value as in the address."""

    year: int | None = None
    section: int | None = None
    publication: int | None = None
    language: str = ""
    picture: bool = False
    # Ids of tagged entities, places and people alike: all must be tagged.
    entities: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True)
class Found:
    """A story that matches: the languages it matches in, best first; a higher score is better."""

    article_id: int
    languages: tuple[str, ...]
    score: float


@dataclass
class Results:
    """One page of results; `facets` maps a facet to its values and their numbers of stories."""

    total: int = 0
    found: list[Found] = field(default_factory=list)
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))

    def order_facets(self) -> None:
        """The latest years first; of all else what is most often found."""
        for name, values in self.facets.items():
            values.sort(key=lambda one: (-int(one[0]),) if name == "year" else (-one[1], one[0]))
