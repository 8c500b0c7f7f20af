"""The story that everything is measured by, in both languages, and variants of its size."""

import json
import random
import re
import tomllib
import uuid
from dataclasses import dataclass, replace
from functools import cache
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "zhanjiang-2015-09-22"
ENGLISH_FILE = ROOT / "tests" / "data" / f"{NAME}.expected.json"
CHINESE_FILE = ROOT / "newsroom" / "demo" / "stories" / f"{NAME}.toml"

_MENTION = re.compile(r"\[\[([\w-]+)\|([^\]]+)\]\]")


@dataclass(frozen=True)
class Paragraph:
    """A block of the body: "paragraph" or "subhead", the same words in both languages."""

    kind: str
    english: str
    chinese: str
    id: str


@dataclass(frozen=True)
class Story:
    headline: tuple[str, str]
    standfirst: tuple[str, str]
    caption: tuple[str, str]
    blocks: tuple[Paragraph, ...]
    # Words of the text that a site links to a person, place or topic, by key.
    mentions: tuple[tuple[str, str], ...]
    about: tuple[str, ...]
    mentioned: tuple[str, ...]

    @property
    def tags(self) -> tuple[str, ...]:
        return (*self.about, *self.mentioned)


@cache
def seed_story() -> Story:
    """The story of 22 September 2015: 589 English words, 17 blocks, 20 tags."""
    english = json.loads(ENGLISH_FILE.read_text(encoding="utf-8"))
    chinese = tomllib.loads(CHINESE_FILE.read_text(encoding="utf-8"))
    pairs = zip(english["blocks"], chinese["blocks"], strict=True)
    return Story(
        headline=(english["headline"], chinese["headline"]["zh-hans"]),
        standfirst=(english["standfirst"], chinese["standfirst"]["zh-hans"]),
        caption=(english["captions"][0]["text"], chinese["printed_picture"]["caption"]["zh-hans"]),
        blocks=tuple(
            Paragraph(en["type"], en["text"], _MENTION.sub(r"\2", zh["zh-hans"]), _id(0, place))
            for place, (en, zh) in enumerate(pairs)
        ),
        mentions=tuple(chinese["mentions_en"].items()),
        about=tuple(chinese["entities_about"]),
        mentioned=tuple(chinese["entities_mentioned"]),
    )


def variant(number: int) -> Story:
    """Another story of the same size: the blocks in another order, under another headline."""
    seed = seed_story()
    blocks = random.Random(number).sample(seed.blocks, len(seed.blocks))
    english, chinese = seed.headline
    return replace(
        seed,
        headline=(f"{english} {number}", f"{chinese}（{number}）"),
        blocks=tuple(replace(b, id=_id(number, place)) for place, b in enumerate(blocks)),
    )


def long_story(blocks: int) -> Story:
    """The seed story, told again and again until it has so many blocks, each with its own words."""
    seed = seed_story()
    told = enumerate(islice(cycle(seed.blocks), blocks))
    return replace(
        seed,
        blocks=tuple(
            replace(b, english=f"{b.english} ({n})", chinese=f"{b.chinese}（{n}）", id=_id(0, n))
            for n, b in told
        ),
    )


def filler(number: int) -> Story:
    """One of the many: of the same size, with five tags and without links in the text."""
    return replace(variant(number), mentions=(), mentioned=())


def _id(number: int, place: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{number}/{place}"))
