"""What changed between two versions of a story, by paragraph: pure functions of raw bodies.

A paragraph is a block of the body, known by its id, or one of the fields before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz.distance import Indel

from archive.stories.body import TRANSLATABLE
from archive.text.differences import Difference, differences
from archive.text.segmentation import Raw, canonical, extract

State = Literal["same", "moved", "changed", "gone", "new"]


class VersionError(ValueError):
    """There is no such paragraph to restore."""


@dataclass(frozen=True)
class StoryVersion:
    """The lines by their fields in reading order, and the raw blocks, in the source language."""

    fields: Mapping[str, str]
    body: Sequence[Raw]


@dataclass(frozen=True)
class VersionRow:
    """A paragraph in both versions; `old` or `new` is "" where a version lacks it.

    `images` are the primary keys of what it shows, in the newer version if that has it.
    """

    key: str
    kind: str
    state: State
    old: str
    new: str
    images: tuple[int, ...] = ()

    @property
    def parts(self) -> list[Difference]:
        return differences(self.old, self.new)

    @property
    def before(self) -> list[Difference]:
        return [part for part in self.parts if part.kind != "new"]

    @property
    def after(self) -> list[Difference]:
        return [part for part in self.parts if part.kind != "gone"]

    @property
    def is_markup_only(self) -> bool:
        """Links, emphasis, a picture or a flag differ, and no word."""
        return self.state == "changed" and self.old == self.new


def compare_versions(old: StoryVersion, new: StoryVersion) -> list[VersionRow]:
    """Every paragraph in the newer version's order; what is gone, after what it stood behind."""
    names = dict.fromkeys([*new.fields, *old.fields])
    rows = [_row(name, name, old.fields.get(name, ""), new.fields.get(name, "")) for name in names]
    before = {block["id"]: block for block in old.body}
    after = {block["id"]: block for block in new.body}
    stayed = _in_place(list(before), list(after))
    gone_behind: dict[str, list[Raw]] = {}
    neighbour = ""
    for key, block in before.items():
        if key in after:
            neighbour = key
        else:
            gone_behind.setdefault(neighbour, []).append(block)
    rows = [row for row in rows if row.old or row.new]
    rows += [_block_row(block, None) for block in gone_behind.get("", [])]
    for key, block in after.items():
        rows.append(_block_row(before.get(key), block, is_moved=key not in stayed))
        rows += [_block_row(one, None) for one in gone_behind.get(key, [])]
    return rows


def restored(body: Sequence[Raw], former: Sequence[Raw], key: str) -> list[Raw]:
    """The body with the block as the former one has it: its old text, back in its place, or out.

    One that comes back stands behind the nearest block that stood before it and is still there.
    Raises VersionError where neither has it.
    """
    before = {block["id"]: block for block in former}
    places = {block["id"]: number for number, block in enumerate(body)}
    if key not in before and key not in places:
        raise VersionError(key)
    if key not in before:
        return [block for block in body if block["id"] != key]
    if key in places:
        return [before[key] if block["id"] == key else block for block in body]
    earlier = list(before)[: list(before).index(key)]
    at = next((places[one] + 1 for one in reversed(earlier) if one in places), 0)
    return [*body[:at], before[key], *body[at:]]


def _in_place(before: list[str], after: list[str]) -> set[str]:
    """The ids of both that kept their order; the others were moved."""
    both = set(before) & set(after)
    old, new = [one for one in before if one in both], [one for one in after if one in both]
    blocks = Indel.opcodes(old, new).as_matching_blocks()
    return {one for block in blocks for one in old[block.a : block.a + block.size]}


def _row(key: str, kind: str, old: str, new: str) -> VersionRow:
    state: State = "same" if old == new else "changed"
    return VersionRow(key, kind, state, old, new)


def _block_row(old: Raw | None, new: Raw | None, *, is_moved: bool = False) -> VersionRow:
    block: Raw = new or old or {}
    images = tuple(_images(block["value"])) if block["type"] in ("image", "gallery") else ()
    said, says = _text(old), _text(new)
    state: State = "moved" if is_moved else "same"
    if old is None:
        state = "new"
    elif new is None:
        state = "gone"
    elif canonical([old], TRANSLATABLE) != canonical([new], TRANSLATABLE):
        state = "changed"
    return VersionRow(block["id"], block["type"], state, said, says, images)


def _text(block: Raw | None) -> str:
    if block is None:
        return ""
    return "\n".join(segment.plain_text for segment in extract([block], TRANSLATABLE))


def _images(value: Any) -> list[int]:
    structs = [item["value"] for item in value.get("pictures") or []] or [value]
    return [struct["image"] for struct in structs if struct.get("image")]
