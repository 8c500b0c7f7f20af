"""Lays a story's two texts beside each other, block by block: by key, never by number."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from archive.pages.marks import Marks, blocks_of

# What readers are told of a pair; `TEXTS` in archive.pages.rows has the words.
LEFT_OUT, MISSING, GONE = "left-out", "missing", "gone"
JOINED, PARTLY, STALE, MACHINE = "joined", "partly", "stale", "machine"
# Blocks that show the same pictures in both languages: once is enough.
PICTURES = ("image", "gallery", "embed")


@dataclass(frozen=True)
class Pair:
    """Blocks of the source, and those of the translation that say the same.

    `keys` are the source's block ids, or the translation's where the source has nothing any more;
    either side may be empty, and `notes` say why.
    """

    keys: tuple[str, ...]
    source: tuple[Any, ...] = ()
    target: tuple[Any, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.keys[0]

    @property
    def kind(self) -> str:
        return str((*self.source, *self.target)[0].block_type)

    @property
    def is_picture(self) -> bool:
        return self.kind in PICTURES and bool(self.source and self.target)


def under_own_ids(body: Iterable[Any]) -> list[Any]:
    """The blocks; one with an earlier one's id is told from it, in both languages alike."""
    times: dict[str, int] = {}
    found = list(body)
    for block in found:
        key = str(block.id)
        times[key] = times.get(key, 0) + 1
        if times[key] > 1:
            block.id = f"{key}-{times[key]}"
    return found


def pair_up(source: Iterable[Any], target: Iterable[Any], marks: Marks) -> list[Pair]:
    """Pairs in the source's order; what only the translation has stands where it has it."""
    source, target = under_own_ids(source), under_own_ids(target)
    waiting = {str(block.id): block for block in target}
    pairs: list[Pair] = []
    for block in source:
        key = str(block.id)
        found = waiting.pop(marks.blocks.get(key, key), None)
        if found is None and key in marks.joined and _may_grow(pairs):
            pairs[-1] = _grown(pairs[-1], block)
        else:
            pairs.append(Pair((key,), (block,), (found,) if found else ()))
    told = _Told(blocks_of(marks.left_out), blocks_of(marks.stale), blocks_of(marks.machine))
    return [_with_notes(pair, marks, told) for pair in _with_leftovers(pairs, target, waiting)]


class _Told(NamedTuple):
    """The blocks of which something is to be said."""

    left_out: frozenset[str]
    stale: frozenset[str]
    machine: frozenset[str]


def _may_grow(pairs: list[Pair]) -> bool:
    """A joined paragraph belongs to the one before it, unless something has come between."""
    return bool(pairs) and pairs[-1].kind == "paragraph"


def _grown(pair: Pair, block: Any) -> Pair:
    return replace(pair, keys=(*pair.keys, str(block.id)), source=(*pair.source, block))


def _with_leftovers(pairs: list[Pair], target: list[Any], waiting: dict[str, Any]) -> list[Pair]:
    """The blocks that the source has lost since the translation, each after its neighbour."""
    if not waiting:
        return pairs
    after: dict[str, list[Pair]] = {}
    neighbour = ""
    for block in target:
        key = str(block.id)
        if key in waiting:
            after.setdefault(neighbour, []).append(Pair((key,), (), (block,)))
        else:
            neighbour = key
    laid_out = after.get("", [])
    for pair in pairs:
        laid_out.append(pair)
        for block in pair.target:
            laid_out += after.get(str(block.id), [])
    return laid_out


def _with_notes(pair: Pair, marks: Marks, told: _Told) -> Pair:
    keys = set(pair.keys)
    if not pair.source:
        return replace(pair, notes=(GONE,))
    if not pair.target:
        return replace(pair, notes=(_why_empty(keys, marks, told),))
    notes = (
        (JOINED, len(pair.source) > 1),
        (PARTLY, keys & told.left_out),
        (STALE, keys & told.stale),
        (MACHINE, keys & told.machine),
    )
    holding = tuple(note for note, holds in notes if holds)
    return replace(pair, notes=holding) if holding else pair


def _why_empty(keys: set[str], marks: Marks, told: _Told) -> str:
    if keys & told.left_out:
        return LEFT_OUT
    return JOINED if keys & marks.joined else MISSING
