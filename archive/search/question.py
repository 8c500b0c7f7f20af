"""What an engine is asked, and what it answers: the same values for every engine."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from archive.search.analysis import TermPhrase

RELEVANCE, NEWEST, OLDEST = "relevance", "newest", "oldest"
# So many values of a facet are shown; of names, so many are counted.
MOST_VALUES = 12

# What SQL is given beside its text.
Value = str | int | date


@dataclass(frozen=True)
class WantedPhrase:
    """A phrase in some of a document's fields; in any of them where `fields` is empty."""

    phrase: TermPhrase
    fields: tuple[str, ...] = ()


# All of the groups must match, each by one of its phrases.
Expression = Sequence[Sequence[WantedPhrase]]


@dataclass(frozen=True)
class Alternative:
    """One way to hold: by date or page of the paper (`field`, `value`), or by one of the texts."""

    field: str = ""
    value: Value = ""
    wanted: tuple[WantedPhrase, ...] = ()


@dataclass(frozen=True)
class Restriction:
    """One of the choices must hold; if excluded, none may, in either of a story's languages."""

    choices: tuple[Alternative, ...]
    is_excluded: bool = False


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


@dataclass
class SearchQuestion:
    """What an engine is asked. `start` counts from 0; `hidden` are tree paths of hidden pages."""

    texts: Expression
    restrictions: Sequence[Restriction]
    filters: Filters
    sort: str
    start: int
    count: int
    hidden: Sequence[str] = ()


@dataclass(frozen=True)
class FoundStory:
    """A story that matches: the languages it matches in, best first; a higher score is better."""

    article_id: int
    languages: tuple[str, ...]
    score: float


@dataclass
class Results:
    """One page of results; `facets` maps a facet to its values and their numbers of stories."""

    total: int = 0
    found: list[FoundStory] = field(default_factory=list)
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))

    def order_facets(self) -> None:
        """The latest years first; of all else what is most often found."""
        for name, values in self.facets.items():
            values.sort(key=lambda one: (-int(one[0]),) if name == "year" else (-one[1], one[0]))
