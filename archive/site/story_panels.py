"""Other stories that an app around the archive shows beside a story."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from archive.prepared import GivenSeveral


@dataclass(frozen=True)
class PanelStory:
    """Another story, at its address in the language that it was printed in.

    `relation` is what it is to this one, as a property of schema.org's CreativeWork: "isBasedOn";
    "" where machines aren't told.
    """

    article: Any
    url: str
    relation: str


class StoryPanel(ABC):
    """Registered with `register_archive_story_panel`.

    What it shows isn't among the related stories, unless an editor has put it there.
    """

    # Gets `stories`, and all that the story's page has.
    template: str

    @abstractmethod
    def rows(self, story: Any) -> Mapping[int, Any]:
        """By another story's id, why it is here, whether readers may see it; one query."""

    @abstractmethod
    def stories(
        self, story: Any, rows: Mapping[int, Any], cards: Mapping[int, Any], request: HttpRequest
    ) -> Sequence[PanelStory]:
        """In their order; `cards` are those of the rows' stories that every reader may see."""

    @abstractmethod
    def pages_showing(self, pks: GivenSeveral) -> Sequence[QuerySet]:
        """Queries, each of one column: the ids of the stories beside which these are shown.

        They are prepared: `pks` stands on the right side of `__in`."""


@dataclass(frozen=True)
class ShownPanel:
    """A panel that has stories for every reader."""

    template: str
    stories: Sequence[PanelStory]
