"""Texts in both languages with the links that a careful reader makes.

Stories of our own (`tests/data/aligned/*/*.txt`): `@ name language` begins one, with the language
that it was written in. `e` and `z` are an English and a Chinese sentence, capital letters begin a
paragraph, and a blank line ends a link. The links of paragraphs follow from those of sentences.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

Pairs = list[tuple[tuple[int, ...], tuple[int, ...]]]
STORIES = Path(__file__).parent.parent / "data" / "aligned"


@dataclass(frozen=True)
class GoldText:
    """A text in both languages and its links, the empty ones among them."""

    name: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    links: Pairs


def read_stories(folder: Path, *, by_sentence: bool) -> list[GoldText]:
    """The stories of a folder, cut into sentences or paragraphs; half have a Chinese source."""
    return [
        _story(text, by_sentence=by_sentence)
        for path in sorted(folder.glob("*.txt"))
        for text in path.read_text(encoding="utf-8").split("@ ")[1:]
    ]


def _story(text: str, *, by_sentence: bool) -> GoldText:
    head, *groups = text.strip().split("\n\n")
    name, language = head.split()
    sides: dict[str, list[str]] = {"e": [], "z": []}
    links = []
    for group in groups:
        held: dict[str, list[int]] = {"e": [], "z": []}
        for line in group.splitlines():
            side, sentence = line[0].lower(), line[2:].strip()
            if by_sentence or line[0].isupper():
                sides[side].append(sentence)
            else:
                sides[side][-1] += sentence if side == "z" else " " + sentence
            if len(sides[side]) - 1 not in held[side]:
                held[side].append(len(sides[side]) - 1)
        links.append((tuple(held["e"]), tuple(held["z"])))
    links = _joined(links)
    if language == "zh":
        links = [(theirs, ours) for ours, theirs in links]
        return GoldText(name, tuple(sides["z"]), tuple(sides["e"]), links)
    return GoldText(name, tuple(sides["e"]), tuple(sides["z"]), links)


def _joined(links: Iterable[tuple[tuple[int, ...], tuple[int, ...]]]) -> Pairs:
    """Links that share a piece become one."""
    found: list[tuple[set[int], set[int]]] = []
    for ours, theirs in links:
        if found and (found[-1][0] & set(ours) or found[-1][1] & set(theirs)):
            found[-1][0].update(ours)
            found[-1][1].update(theirs)
        else:
            found.append((set(ours), set(theirs)))
    return [(tuple(sorted(ours)), tuple(sorted(theirs))) for ours, theirs in found]


def read_mac(folder: Path) -> Iterator[GoldText]:
    """MAC as bertalign has it: `zh/001`, `en/001` and `gold/001.align` ("[0]:[0,1]")."""
    for path in sorted((folder / "gold").glob("*.align")):
        sides = [
            (folder / code / path.stem).read_text("utf-8").splitlines() for code in ("zh", "en")
        ]
        links = []
        for line in path.read_text("utf-8").splitlines():
            ours, theirs = (
                tuple(map(int, re.findall(r"\d+", part))) for part in line.split(":")[:2]
            )
            links.append((ours, theirs))
        yield GoldText(path.stem, *map(tuple, sides), links)
