"""Good translations to check: the demo's own stories, and a Debian manual."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from archive.qa.base import Pair, Story
from archive.stories.body import TRANSLATABLE
from archive.text import richtext
from archive.text.language import CHINESE, ENGLISH, other
from archive.text.segmentation import RICH, SourceSegment, extract
from newsroom.demo.bodies import BodyBuilder
from newsroom.demo.seed import link_mentions
from newsroom.demo.stories import DATA, SEED, DemoStory, read_stories

TEXTS = Path(__file__).parents[2] / "data" / "parallel"
# The seed story's English: headline, standfirst, then a paragraph for each block.
_SEED_BODY = slice(2, 18)


def demo_stories() -> list[Story]:
    return [_story(story) for story in read_stories() if len(_with_seed(story).languages) == 2]


def _with_seed(story: DemoStory) -> DemoStory:
    """The seed story with the English that the demo imports from the paper's text."""
    if story.slug != SEED:
        return story
    lines = (DATA / f"{SEED}.txt").read_text(encoding="utf-8").split("\n")
    blocks = [
        {**block, ENGLISH: line}
        for block, line in zip(story.blocks, lines[_SEED_BODY], strict=True)
    ]
    headline = {**story.headline, ENGLISH: lines[0]}
    standfirst = {**story.standfirst, ENGLISH: lines[1]}
    return replace(story, headline=headline, standfirst=standfirst, blocks=blocks)


def _story(told: DemoStory) -> Story:
    story = _with_seed(told)
    numbers: Any = defaultdict(count(1).__next__)
    source, target = (
        _segments(story, language, numbers)
        for language in (story.source_language, other(story.source_language))
    )
    pairs = tuple(_pair(segment, target[key]) for key, segment in source.items() if key in target)
    return Story(pairs, story.source_language, other(story.source_language))


def _segments(story: DemoStory, language: str, numbers: Any) -> dict[str, SourceSegment]:
    body = BodyBuilder(story, language, numbers).build(1)
    if language == ENGLISH and story.mentions_en:
        body = link_mentions(body, story.mentions_en, numbers)
    fields = [
        SourceSegment(name, name, getattr(story, name)[language])
        for name in ("headline", "standfirst")
    ]
    return {segment.key: segment for segment in [*fields, *extract(body, TRANSLATABLE)]}


def _pair(source: SourceSegment, target: SourceSegment) -> Pair:
    if source.markup != RICH:
        return Pair(source.key, source.kind, source.text, target.text)
    plain = richtext.plain_text
    texts = plain(source.text), plain(target.text)
    return Pair(source.key, source.kind, *texts, source.text, target.text)


def turned_round(story: Story) -> Story:
    """The same two texts, as if the other had been first."""
    return Story(tuple(map(_turned, story.pairs)), story.target_language, story.source_language)


def _turned(pair: Pair) -> Pair:
    return replace(
        pair,
        source=pair.target,
        target=pair.source,
        source_markup=pair.target_markup,
        target_markup=pair.source_markup,
    )


def debian_story() -> Story:
    """The excerpt of a manual: see ATTRIBUTION.md beside it."""
    return _from_file("debmake-doc.json")


def newspaper_story() -> Story:
    """Sentences as newspapers print them, written for this test."""
    return _from_file("newspaper.json")


def _from_file(name: str) -> Story:
    texts = json.loads((TEXTS / name).read_text(encoding="utf-8"))
    pairs = (Pair(str(n), "paragraph", *text) for n, text in enumerate(texts, 1))
    return Story(tuple(pairs), ENGLISH, CHINESE)


def good_pairs() -> Iterator[tuple[Pair, Story]]:
    """All of the demo's pairs, each with its story."""
    for story in demo_stories():
        for pair in story.pairs:
            yield pair, story
