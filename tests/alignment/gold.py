"""Texts in both languages with the links that a careful reader makes.

Stories of our own (`tests/data/aligned/*/*.txt`): `@ name language` begins one, with the language
that it was written in. `e` and `z` are an English and a Chinese sentence, capital letters begin a
paragraph, and a blank line ends a link. The links of paragraphs follow from those of sentences.
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import lxml.html

Pairs = list[tuple[tuple[int, ...], tuple[int, ...]]]
HAN = re.compile(r"[\u3400-\u9fff]")
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


def read_debian(folder: Path) -> Iterator[GoldText]:
    """The packages debian-faq and debian-faq-zh-cn, unpacked into a folder, chapter by chapter.

    Both are made from one source, so their elements agree in number and order. To have more to
    find than pairs, paragraphs are joined and left out on either side, each time the same ones.
    """
    chance = random.Random(15)
    for path in sorted(folder.glob("usr/share/doc/debian/FAQ/zh-cn/*.zh-cn.html")):
        english = path.parent.parent / path.name.replace(".zh-cn.", ".en.")
        ours, theirs = _elements(english), _elements(path)
        pairs = [(a, b) for a, b in zip(ours, theirs, strict=False) if len(HAN.findall(b)) > 4]
        if len(ours) == len(theirs) and len(pairs) > 5:
            yield _cut(path.name.partition(".")[0], pairs, chance)


def _elements(path: Path) -> list[str]:
    """Paragraphs, headings and terms that have no other inside, without listings."""
    tree = lxml.html.fromstring(path.read_bytes())
    found = [
        " ".join(element.text_content().split())
        for element in tree.iter("p", "h1", "h2", "h3", "dt")
        if element.find(".//p") is None
    ]
    return [text for text in found if text]


def _cut(name: str, pairs: list[tuple[str, str]], chance: random.Random) -> GoldText:
    """Of a hundred pairs four are left out on one side, and twelve are joined with the next."""
    sides: tuple[list[str], list[str]] = ([], [])
    links = []
    joins = -1
    for number, pair in enumerate(pairs):
        for side in (0, 1):
            if side == joins:
                sides[side][-1] += " " + pair[side]
            else:
                sides[side].append(pair[side])
        links.append((((len(sides[0]) - 1),), ((len(sides[1]) - 1),)))
        joins = chance.choice((0, 1)) if chance.random() < 0.12 and number < len(pairs) - 1 else -1
        if joins < 0 and chance.random() < 0.04:
            lonely = chance.choice((0, 1))
            sides[lonely].append(chance.choice(pairs)[lonely])
            links.append(((len(sides[0]) - 1,), ()) if lonely == 0 else ((), (len(sides[1]) - 1,)))
    return GoldText(name, tuple(sides[0]), tuple(sides[1]), _joined(links))
