"""A block of several paragraphs is split when it is saved: a segment is a paragraph."""

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
