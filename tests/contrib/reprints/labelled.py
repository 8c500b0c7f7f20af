"""The labelled stories: their texts, and which two of them are one report."""

import tomllib
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from archive.contrib.reprints.models import StoryReuse
from archive.models import ArticlePage
from tests.factories import make_article, make_body, make_entity, make_publication, tag

FOLDER = Path(__file__).resolve().parents[2] / "data" / "reuse"
PARTS = ("tune", "held_out")


@dataclass(frozen=True)
class LabelledStory:
    id: str
    day: date
    language: str
    script: str
    headline: str
    paragraphs: tuple[str, ...]
    groups: frozenset[str]
    names: tuple[str, ...]


def read(part: str) -> list[LabelledStory]:
    data = tomllib.loads((FOLDER / f"{part}.toml").read_text(encoding="utf-8"))
    raw = {one["id"]: one for one in data["story"]}
    return [_made(one, raw) for one in raw.values()]


def same(stories: list[LabelledStory]) -> set[tuple[str, str]]:
    """The ids of every two that are the same report, in the order of the file."""
    pairs = combinations(stories, 2)
    return {(one.id, two.id) for one, two in pairs if one.groups & two.groups}


def _made(one: dict[str, Any], raw: dict[str, dict[str, Any]]) -> LabelledStory:
    base = raw.get(one.get("of", ""), one)
    paragraphs = _split(base["text"])[: one.get("keep")]
    if "lead" in one:
        paragraphs[0] = one["lead"]
    if "with" in one:
        paragraphs += _split(raw[one["with"]]["text"])[: one["with_keep"]]
    text = "\n\n".join([*paragraphs, *_split(one.get("add", ""))])
    for old, new in one.get("replace", ()):
        text = text.replace(old, new)
    return LabelledStory(
        id=one["id"],
        day=one["day"],
        language=base.get("language", "en"),
        script=base.get("script", ""),
        headline=one["headline"],
        paragraphs=tuple(_split(text)),
        groups=frozenset(one.get("groups", ())),
        names=tuple(one.get("names", base.get("names", ()))),
    )


def _split(text: str) -> list[str]:
    return [one.strip() for one in text.split("\n\n") if one.strip()]


def make_stories(stories: list[LabelledStory]) -> dict[int, str]:
    """Publish them in papers of their own; their ids by key."""
    made = {}
    names: dict[str, Any] = {}
    papers = [make_publication(f"paper-{number}") for number in range(4)]
    for number, one in enumerate(stories):
        story = make_article(
            one.headline,
            body=make_body(*one.paragraphs),
            language=one.language,
            day=one.day,
            publication=papers[number % len(papers)],
            script=one.script,
            slug=one.id,
        )
        for name in one.names:
            if name not in names:
                names[name] = make_entity(name, name, name)
            tag(story, names[name])
        made[story.pk] = one.id
    return made


def found(made: dict[int, str]) -> dict[tuple[str, str], StoryReuse]:
    """The stored rows by both ids, in the order of the file."""
    order = list(made)
    rows = {}
    for row in StoryReuse.objects.exclude(state=StoryReuse.State.REFUSED):
        one, two = sorted((row.earlier_id, row.later_id), key=order.index)
        rows[made[one], made[two]] = row
    return rows


def publish(key: str, paper: str = "china-daily", **fields: Any) -> ArticlePage:
    """One of the stories of the first part, in a paper."""
    one = next(story for story in read("tune") if story.id == key)
    values = {
        "day": one.day,
        "language": one.language,
        "script": one.script,
        "slug": key,
        "body": make_body(*one.paragraphs),
        "publication": make_publication(paper, en=paper.title()),
    }
    return make_article(one.headline, **{**values, **fields})
