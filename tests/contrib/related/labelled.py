"""The labelled stories, and how many of the obvious relatives are found."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.contrib.related.models import RelatedStory
from archive.ties.models import Tie
from tests.contrib.related.rows import Row, make_entities, make_rows
from tests.factories import make_publication

FILE = Path(__file__).resolve().parents[2] / "data" / "related" / "stories.toml"
FIRST = 1_000
TOP = 5


@dataclass(frozen=True)
class Labelled:
    """The stories' ids by key, and the keys of each one's obvious relatives."""

    ids: dict[str, int]
    obvious: dict[str, list[str]]


@dataclass(frozen=True)
class Quality:
    """Of the obvious relatives, how many stand in the top five, and on top."""

    obvious: int
    in_top: int
    missed: list[tuple[str, str]]
    firsts: int
    stories: int


def make_labelled() -> Labelled:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    stories: list[dict[str, Any]] = data["story"]
    keys = {key for story in stories for key in (*story["about"], *story["mentioned"])}
    entities = make_entities(sorted(keys))
    for one, two in data["ties"]:
        Tie.objects.create(
            place_a_id=entities[one], place_b_id=entities[two], kind=Tie.Kind.SISTER_CITY
        )
    ids = {story["key"]: FIRST + number for number, story in enumerate(stories)}
    rows = [
        Row(
            ids[story["key"]],
            story["date"],
            {
                **{entities[key]: False for key in story["mentioned"]},
                **{entities[key]: True for key in story["about"]},
            },
        )
        for story in stories
    ]
    make_rows(rows, make_publication())
    return Labelled(ids, {story["key"]: story["obvious"] for story in stories})


def quality(labelled: Labelled) -> Quality:
    """Looks at the stored lists."""
    keys = {pk: key for key, pk in labelled.ids.items()}
    obvious = in_top = firsts = asked = 0
    missed = []
    for key, wanted in labelled.obvious.items():
        rows = RelatedStory.objects.filter(article=labelled.ids[key]).order_by("-score")
        top = [keys[pk] for pk in rows.values_list("related", flat=True)[:TOP]]
        obvious, in_top = obvious + len(wanted), in_top + len(set(wanted) & set(top))
        missed += [(key, one) for one in wanted if one not in top]
        if wanted:
            asked += 1
            firsts += bool(top) and top[0] in wanted
    return Quality(obvious, in_top, missed, firsts, asked)
