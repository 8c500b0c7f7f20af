"""Reads the demo's stories: TOML files with both languages' text side by side."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from archive.text.language import LANGUAGES

DEMO = Path(__file__).parent
DATA = DEMO / "data"
STORIES = DEMO / "stories"
SEED = "zhanjiang-2015-09-22"

ByLanguage = dict[str, Any]


@dataclass(frozen=True)
class DemoPicture:
    """A drawing, or a locator map: of these places, or else of all that the story names.

    `after` counts blocks; `caption` stands in place of a map's own.
    """

    after: int
    drawing: str = ""
    alt: ByLanguage = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    caption: ByLanguage = field(default_factory=dict)


@dataclass(frozen=True)
class DemoStory:
    slug: str
    source_language: str
    print_date: date
    print_page: str
    section: str
    publication: str
    is_sample: bool
    headline: ByLanguage
    standfirst: ByLanguage
    blocks: list[dict[str, Any]]
    authors: list[str] = field(default_factory=list)
    entities_about: list[str] = field(default_factory=list)
    entities_mentioned: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    mentions_en: dict[str, str] = field(default_factory=dict)
    picture: DemoPicture | None = None
    # The words of a picture that was printed and isn't there, by name and language.
    printed_picture: dict[str, ByLanguage] = field(default_factory=dict)

    @property
    def languages(self) -> list[str]:
        return [language for language in LANGUAGES if language in self.headline]


def read_story(path: Path) -> DemoStory:
    """One file; a misspelt or missing key raises TypeError with its name."""
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    picture = values.pop("picture", None)
    return DemoStory(**values, picture=DemoPicture(**picture) if picture else None)


def read_stories() -> list[DemoStory]:
    """All stories, oldest paper first."""
    stories = [read_story(path) for path in sorted(STORIES.glob("*.toml"))]
    return sorted(stories, key=lambda story: (story.print_date, story.print_page))
