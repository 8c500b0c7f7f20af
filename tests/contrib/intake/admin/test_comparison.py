"""A record beside the archive's text: what is the same on both sides isn't told as changed."""

import pytest

from archive.contrib.intake.admin.comparison import compared, texts_of_record, texts_of_story
from archive.text.language import CHINESE, ENGLISH
from tests.factories import block, make_article, make_image, translate

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
ROWS = [["Ship", "Containers"], ["Nanhai 7", "9.4"]]
RECORD = {
    "headline": "Ships",
    "blocks": [
        {"type": "paragraph", "text": "They came."},
        {"type": "table", "text": "Ship\tContainers\nNanhai 7\t9.4"},
    ],
    "captions": [{"text": "A ship.", "credit": "Zhao Qiang"}],
}


def test_figures_and_captions_that_stay_are_no_change() -> None:
    picture = {
        "image": make_image(rights="© 2015").pk,
        "caption": "A ship.",
        "credit": "Zhao",
        "alt_text": "A ship",
    }
    table = {"data": ROWS, "first_row_is_table_header": True}
    body = [block("paragraph", "<p>They came.</p>"), block("image", picture), block("table", table)]
    story = make_article("Ships", body=body)
    fields = compared(texts_of_story(story, ENGLISH, None), texts_of_record(RECORD))
    assert {str(one.label): one.is_changed for one in fields if one.new} == {
        "Headline": False,
        "Text": False,
        "Captions": False,
    }


def test_a_translation_is_compared_with_the_figures_of_its_source() -> None:
    table = block("table", {"data": ROWS, "first_row_is_table_header": True})
    story = make_article("Ships", body=[table])
    key = table["id"]
    cells = {f"{key}/r0c0": "船", f"{key}/r0c1": "集装箱", f"{key}/r1c0": "南海7号"}
    translate(story, headline="船来了", **cells)
    assert texts_of_story(story, CHINESE, None)["body"] == "船\t集装箱\n南海7号\t9.4"
