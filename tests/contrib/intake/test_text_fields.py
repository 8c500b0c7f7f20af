"""The lines of a story beside its body: an import can take each of them."""

from dataclasses import fields

import pytest

from archive.contrib.intake.admin.labels import LABELS
from archive.contrib.intake.admin.story_forms import StoryForm
from archive.contrib.intake.columns import guess_mapping
from archive.contrib.intake.formats.column_format import read_row
from archive.contrib.intake.record_json import restored, stored
from archive.contrib.intake.records import ParsedArticle
from archive.contrib.intake.story_reader import read_story
from archive.stories.models import ArticlePage

ROW = {name: f"Words of the {name}" for name in ArticlePage.text_fields}


def test_a_table_gives_every_line_and_the_stored_record_keeps_it() -> None:
    row = {**ROW, "body": "The port of Zhanjiang opened a terminal on Monday."}
    story = read_row(row, guess_mapping(row), is_mapped=False)
    article = restored(stored(read_story(story.document(), "table.csv")))
    assert {name: getattr(article, name) for name in ROW} == ROW


@pytest.mark.parametrize("name", ROW)
def test_a_person_can_correct_every_line(name: str) -> None:
    assert name in StoryForm.base_fields
    assert name in LABELS
    assert name in {field.name for field in fields(ParsedArticle)}
