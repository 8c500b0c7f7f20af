"""Blocks of a story's form in which nothing is written."""

from archive.stories.blocks import BodyBlock


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
