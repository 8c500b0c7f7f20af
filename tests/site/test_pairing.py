"""Two texts side by side: paired by key, whatever was moved, joined, left out or made anew."""

from dataclasses import dataclass

import pytest

from archive.site.rows import (
    GONE,
    JOINED,
    LEFT_OUT,
    MISSING,
    PARTLY,
    PARTLY_GONE,
    PARTLY_MISSING,
    STALE,
    pair_up,
)
from archive.stories.marks import Marks


@dataclass(frozen=True)
class Block:
    id: str
    block_type: str = "paragraph"


def blocks(ids: str) -> list[Block]:
    """ "a b:subhead": paragraphs unless told otherwise."""
    return [Block(*one.split(":")) for one in ids.split()]


def marks(**keys: str) -> Marks:
    return Marks(**{name: frozenset(ids.split()) for name, ids in keys.items()})


def laid_out(source: str, target: str, told: Marks | None = None) -> list[str]:
    """ "a|a", "b c|b", "d|" …, each followed by its notes."""
    pairs = pair_up(blocks(source), blocks(target), told or Marks())
    return [
        "|".join(" ".join(block.id for block in side) for side in (pair.source, pair.target))
        + "".join(f" {note}" for note in pair.notes)
        for pair in pairs
    ]


@pytest.mark.parametrize(
    ("source", "target", "told", "rows"),
    [
        ("a b c", "a b c", Marks(), ["a|a", "b|b", "c|c"]),
        ("c a b", "a b c", Marks(), ["c|c", "a|a", "b|b"]),
        ("a b c", "a c", marks(left_out="b"), ["a|a", f"b| {LEFT_OUT}", "c|c"]),
        ("a b c", "a c", marks(joined="b"), [f"a b|a {JOINED}", "c|c"]),
        ("a b c d", "a d", marks(joined="b c"), [f"a b c|a {JOINED}", "d|d"]),
        ("a b c", "a c", Marks(), ["a|a", f"b| {MISSING}", "c|c"]),
        ("a c", "a b c", Marks(), ["a|a", f"|b {GONE}", "c|c"]),
        ("c", "a b c", Marks(), [f"|a {GONE}", f"|b {GONE}", "c|c"]),
        ("a", "a b", marks(stale="a"), [f"a|a {STALE}", f"|b {GONE}"]),
        ("a:list", "a:list", marks(left_out="a/items/x"), [f"a|a {PARTLY}"]),
        ("a x", "a b", Marks(blocks={"x": "b"}), ["a|a", "x|b"]),
        (
            "a:list",
            "a:list",
            marks(gone="a/x", missing="a/y"),
            [f"a|a {PARTLY_MISSING} {PARTLY_GONE}"],
        ),
        ("a c", "a b c", Marks(merged={"b": "a"}), ["a|a b", "c|c"]),
        ("b c", "a b c", Marks(merged={"a": "b"}), ["b|a b", "c|c"]),
        ("x c", "a b c", Marks(merged={"a": "x", "b": "x"}), ["x|a b", "c|c"]),
        ("a b", "", marks(left_out="a", joined="b"), [f"a b| {LEFT_OUT}"]),
    ],
)
def test_blocks_are_paired_by_key(source: str, target: str, told: Marks, rows: list[str]) -> None:
    assert laid_out(source, target, told) == rows


def test_a_joined_paragraph_stays_alone_once_a_subhead_has_come_between() -> None:
    rows = laid_out("a s:subhead b", "a s:subhead", marks(joined="b"))
    assert rows == ["a|a", "s|s", f"b| {JOINED}"]


def test_marks_come_back_as_they_were_stored_and_say_nothing_of_a_whole_translation() -> None:
    told = Marks(left_out=frozenset({"b/caption", "a"}), blocks={"x": "b"}, merged={"c": "x"})
    stored = {"left_out": ["a", "b/caption"], "blocks": {"x": "b"}, "merged": {"c": "x"}}
    assert told.as_json() == stored
    assert Marks.from_json(told.as_json()) == told
    assert Marks().as_json() == {}


def test_marks_of_a_later_release_are_passed_over() -> None:
    assert Marks.from_json({"sung": ["a"], "joined": ["b"]}) == marks(joined="b")
