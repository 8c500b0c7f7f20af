"""Mappings of columns: guessed, read, and checked; every line of a story is one of them."""

from dataclasses import fields
from pathlib import Path

import pytest

from archive.contrib.intake.admin.labels import LABELS
from archive.contrib.intake.admin.story_forms import StoryForm
from archive.contrib.intake.columns import ColumnMapping, guess_mapping, read_mapping
from archive.contrib.intake.formats.column_format import read_row
from archive.contrib.intake.record_json import restored, stored
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.story_reader import read_story
from archive.stories.models import ArticlePage

ROW = {name: f"Words of the {name}" for name in ArticlePage.text_fields}


@pytest.mark.parametrize(
    "names",
    [
        ["Headline", "Body", "Date", "Byline", "Publication"],
        ["post_title", "post_content", "post_date", "post_author", "source"],
        ["标题", "正文", "日期", "作者", "报纸"],
        ["新闻标题", "文章内容", "见报日期", "记者", "来源"],
    ],
)
def test_usual_names_are_known_in_both_languages(names: list[str]) -> None:
    fields = ("headline", "body", "date", "byline", "publication")
    assert guess_mapping(names).columns == {
        field: (name,) for field, name in zip(fields, names, strict=True)
    }


def test_of_two_columns_for_one_field_the_first_is_taken() -> None:
    assert guess_mapping(["Title", "Headline"]).columns == {"headline": ("Title",)}


@pytest.mark.parametrize("names", [["name", "email"], ["title"], ["date", "page"], []])
def test_other_tables_have_no_stories(names: list[str]) -> None:
    assert not guess_mapping(names).is_enough


def test_a_mapping_survives_being_stored() -> None:
    said = {
        "columns": {"headline": "h", "body": ["lead", "text"]},
        "body_format": "html",
        "date_format": "%d/%m/%Y",
        "left_out": ["shelf"],
    }
    assert ColumnMapping.from_dict(said).to_dict() == said


@pytest.mark.parametrize(
    "text",
    ['[columns]\nheadline = "h"\nbody = ["b"]', '{"columns": {"headline": "h", "body": "b"}}'],
)
def test_a_mapping_file_is_toml_or_json(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mapping"
    path.write_text(text)
    assert read_mapping(path).columns == {"headline": ("h",), "body": ("b",)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"columns": {"headlin": "h"}}', "no field “headlin”; the fields are headline, "),
        ('{"columns": {"body": 7}}', "a column is a name"),
        ('{"columns": {}}', "needs “columns”"),
        ('{"colums": {"body": "b"}}', "has no “colums”"),
        ('{"columns": {"body": "b"}, "body_format": "pdf"}', "html, markdown or text"),
        ("{", "neither TOML nor JSON"),
        ("a = ", "neither TOML nor JSON"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(text)
    with pytest.raises(IntakeError, match=reason) as error:
        read_mapping(path)
    assert "mapping.toml" in str(error.value)


def test_a_missing_mapping_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="check the path"):
        read_mapping(tmp_path / "none.toml")


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
