"""Blocks of a story's body when it is saved: each a paragraph, none of them empty."""

from archive.stories.blocks import BodyBlock
from archive.stories.body import with_single_paragraphs
from tests.factories import block, make_article


def test_a_block_of_several_paragraphs_is_split_on_save(db):
    whole = block("paragraph", "<p>Ships came.</p><p></p><p>They <b>left</b>.</p>")
    story = make_article("Ships", body=[whole])
    assert [one["value"] for one in story.body_en.raw_data] == [
        "<p>Ships came.</p>",
        "<p>They <b>left</b>.</p>",
    ]
    assert story.body_en.raw_data[0]["id"] == whole["id"]


def test_the_parts_have_the_same_ids_each_time():
    body = [block("paragraph", "<p>One.</p><p>Two.</p>"), block("subhead", "Three")]
    first = with_single_paragraphs(body)
    assert first == with_single_paragraphs(body)
    assert with_single_paragraphs(first) == first
    assert len({one["id"] for one in first}) == 3


def test_an_empty_subhead_or_paragraph_is_left_out_and_keeps_nobody_from_publishing() -> None:
    posted = [("subhead", " "), ("subhead", "Why ships?"), ("paragraph", "null")]
    data = {"body-count": f"{len(posted)}"}
    for number, (kind, value) in enumerate(posted):
        prefix = f"body-{number}"
        data |= {f"{prefix}-type": kind, f"{prefix}-order": f"{number}", f"{prefix}-id": ""}
        data |= {f"{prefix}-deleted": "", f"{prefix}-value": value}
    block = BodyBlock()
    value = block.clean(block.value_from_datadict(data, {}, "body"))
    assert [(one.block_type, one.value) for one in value] == [("subhead", "Why ships?")]
