"""What changed between two versions of a story, by paragraph: pure functions of raw bodies.

A paragraph is a block of the body, known by its id, or one of the fields before it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from rapidfuzz.distance import Indel

from archive.stories.body import TRANSLATABLE, raw_pictures, rich_texts
from archive.text import richtext
from archive.text.differences import Difference, differences
from archive.text.segmentation import Raw, Struct, canonical, extract

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

    `pictures`: the primary keys of what it shows, once, or if another version showed others, of
    the older version and of the newer one. `is_markup_only`: links, emphasis or a flag differ,
    and neither a word or figure nor a picture.
    """

    key: str
    kind: str
    state: State
    old: str
    new: str
    pictures: tuple[tuple[int, ...], ...] = ()
    is_markup_only: bool = False

    @property
    def parts(self) -> list[Difference]:
        return differences(self.old, self.new)


def compare_versions(
    old: StoryVersion, new: StoryVersion, name_of: Callable[[tuple[str, ...]], str] = " ".join
) -> list[VersionRow]:
    """Every paragraph in the newer version's order; what is gone, after what it stood behind.

    `name_of` says where a link leads; see `addresses` in `richtext`.
    """
    rows = []
    for name in dict.fromkeys([*new.fields, *old.fields]):
        said, says = (version.fields.get(name, "") for version in (old, new))
        if said or says:
            rows.append(VersionRow(name, name, "same" if said == says else "changed", said, says))
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
    rows += [_block_row(block, None) for block in gone_behind.get("", [])]
    for key, block in after.items():
        row = _block_row(before.get(key), block, is_moved=key not in stayed)
        links = _links(before.get(key)), _links(block)
        if row.state == "changed" and links[0] != links[1]:
            one, two = ("".join(f"\n→ {name_of(at)}" for at in each) for each in links)
            row = replace(row, old=row.old + one, new=row.new + two)
        rows.append(row)
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


def _block_row(old: Raw | None, new: Raw | None, *, is_moved: bool = False) -> VersionRow:
    block: Raw = new or old or {}
    shown = [
        tuple(one["image"] for _key, one in raw_pictures([version]) if one.get("image"))
        for version in (old, new)
        if version is not None
    ]
    pictures = tuple(dict.fromkeys(shown))
    said, says = ("\n".join(filter(None, _lines(one))) for one in (old, new))
    state: State = "moved" if is_moved else "same"
    if old is None:
        state = "new"
    elif new is None:
        state = "gone"
    elif canonical([old], TRANSLATABLE) != canonical([new], TRANSLATABLE):
        state = "changed"
    is_markup_only = state == "changed" and said == says and len(pictures) == 1
    return VersionRow(block["id"], block["type"], state, said, says, pictures, is_markup_only)


def _lines(block: Raw | None) -> Iterator[str]:
    """All that a reader reads of a block and all that an editor has written in it, as dates."""
    if block is None:
        return
    kind, value = block["type"], block["value"] or {}
    if kind == "table":
        yield value.get("table_caption") or ""
        for row in value.get("data") or []:
            yield " | ".join(str(cell or "").strip() for cell in row).rstrip()
        return
    for number, segment in enumerate(extract([block], TRANSLATABLE), 1):
        mark = f"{number}. " if kind == "list" and value.get("ordered") else ""
        yield mark + segment.plain_text
    spec = TRANSLATABLE.get(kind)
    if isinstance(spec, Struct):
        others = [part for name, part in value.items() if name not in spec.fields]
        yield from (str(part) for part in others if isinstance(part, str | date))


def _links(block: Raw | None) -> list[tuple[str, ...]]:
    texts = rich_texts(block["value"]) if block else ()
    return [at for text in texts for at in richtext.addresses(text)]
