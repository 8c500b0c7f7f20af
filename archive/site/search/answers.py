"""What stands above the stories that a search finds: answers of apps around the archive."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from archive.registry import registered
from archive.search.engines import FoundStory
from archive.search.query import Query


@dataclass(frozen=True)
class SearchAsked:
    """`typed` is what the reader typed; `query` what was looked for, once it was corrected.

    `found` are the stories of the first page; `is_whole`: they have all that was asked for.
    """

    typed: str
    query: Query
    found: Sequence[FoundStory]
    is_whole: bool


class SearchAnswers(ABC):
    """Registered with `register_archive_search_answers`."""

    # Gets `answers`, and all that the page of results has.
    template: str

    @abstractmethod
    def find(self, request: HttpRequest, asked: SearchAsked) -> Sequence[Any]:
        """The answers, the best first, each of what every reader may see; a bounded number of
        queries."""


def search_answers(request: HttpRequest, asked: SearchAsked) -> list[tuple[str, Sequence[Any]]]:
    """By template, what the registered apps answer."""
    found = [(one.template, one.find(request, asked)) for one in _registered()]
    return [(template, answers) for template, answers in found if answers]


def _registered() -> list[SearchAnswers]:
    return registered("search_answers", SearchAnswers)  # type: ignore[type-abstract]
