"""Blocks of two texts are paired by what the site says of them, and nothing is lost."""

import pytest

from archive.contrib.transfer.pairs import pair_blocks, paired_text
from archive.stories.body import TRANSLATABLE
from archive.text.markup.blocks import MarkupBlock, identified
from archive.text.segmentation import extract

PAIRS = {
    "the same kinds in order": ("p h p p", "p h p p", {0: 0, 1: 1, 2: 2, 3: 3}),
    "one paragraph in two": ("p h p", "p h p p", {}),
    "a heading that the other lacks": ("p h p", "p p", {}),
    "a picture that the other lacks": ("p i p h p", "p p h p", {}),
    "no text at all": ("p p", "", {}),
}
KINDS = {"p": "paragraph", "h": "subhead", "i": "image"}


def blocks(kinds: str, groups: str = "") -> list[MarkupBlock]:
    names = groups.split() or [""] * len(kinds.split())
    return [
        MarkupBlock(KINDS[kind], f"text {number}", group)
        for number, (kind, group) in enumerate(zip(kinds.split(), names, strict=True))
    ]


@pytest.mark.parametrize("case", PAIRS)
def test_texts_without_names_are_paired_where_they_are_built_alike(case: str) -> None:
    source, target, expected = PAIRS[case]
    assert pair_blocks(blocks(source), blocks(target)) == expected


def test_blocks_that_share_a_name_are_paired_in_any_order() -> None:
    source, target = blocks("p p h", "a a b"), blocks("h p p p", "b a a c")
    assert pair_blocks(source, target) == {1: 0, 2: 1, 0: 2}


def test_a_name_shared_by_other_kinds_pairs_nothing() -> None:
    assert pair_blocks(blocks("h p", "a b"), blocks("p p", "a b")) == {1: 1}


def test_further_items_and_captions_are_known_to_no_source() -> None:
    one = {"image": "1", "caption": "", "alt_text": "", "credit": ""}
    source = [
        MarkupBlock("list", {"ordered": False, "items": ["<p>a</p>"]}),
        MarkupBlock("image", one),
    ]
    target = [
        MarkupBlock("list", {"ordered": False, "items": ["<p>一</p>", "<p>二</p>"]}),
        MarkupBlock("image", {**one, "caption": "三"}),
    ]
    raw = identified(source, "key")
    fitted, known = paired_text(raw, identified(target, "other"), pair_blocks(source, target))
    segments = extract(fitted, TRANSLATABLE)
    assert [one.text for one in segments if one.key in known] == ["<p>一</p>"]
    assert [one.text for one in segments if one.key not in known] == ["<p>二</p>", "三"]


def test_ids_follow_from_the_key_and_keep_a_groups_own() -> None:
    uuid = "00000000-0000-4000-8000-000000000001"
    found = identified(blocks("p p p", f"{uuid} {uuid} lead"), "key")
    assert found == identified(blocks("p p p", f"{uuid} {uuid} lead"), "key")
    assert found[0]["id"] == uuid
    assert len({block["id"] for block in found}) == 3
