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
from tests.contrib.intake.formats.reading import stories

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
    story = read_row(row, guess_mapping(list(row)), is_mapped=False)
    article = restored(stored(read_story(story.document(), "table.csv")))
    assert {name: getattr(article, name) for name in ROW} == ROW


@pytest.mark.parametrize("name", ROW)
def test_a_person_can_correct_every_line(name: str) -> None:
    assert name in StoryForm.base_fields
    assert name in LABELS
    assert name in {field.name for field in fields(ParsedArticle)}


def test_a_row_in_two_languages_is_one_story_in_both() -> None:
    table = (
        "Newspaper 报名,Date 日期,English headline,中文标题,English text,中文正文,Remarks 备注\n"
        "The Northern Star,1998-03-09,Night market to make way,夜市让路给火车,"
        '"The night market at Jalan Bunga will move two streets to the south next month.\n'
        'Stallholders were given numbered lots on Sunday.","惹兰峇鲁夜市下个月将南移两条街，'
        '为新火车站让路。\n摊主星期日抽签分配摊位，搬迁计划早已拟定。",printed facing\n'
    )
    (story,) = stories(table.encode(), "register.csv")
    assert [(part.language, part.headline, len(part.blocks)) for part in story.parts] == [
        ("en", "Night market to make way", 2),
        ("zh-hans", "夜市让路给火车", 2),
    ]
    assert story.furniture == ("printed facing",)


def test_fields_down_the_first_column_are_a_record_a_column() -> None:
    table = (
        "Record no.,001,002\nTitle of paper,The Fiji Monitor,The Fiji Monitor\n"
        "Date of issue,9 March 1985,12 March 1985\nHeadline,Old engines,Bus got there\n"
        "Text,The mills will take 14 locomotives.,A court fined a man $40 on Monday.\n"
        ",They will replace tractors in June.,\n"
    )
    found = stories(table.encode(), "records.csv")
    assert [(one.headline, str(one.published), len(one.blocks)) for one in found] == [
        ("Old engines", "1985-03-09", 2),
        ("Bus got there", "1985-03-12", 1),
    ]


def test_days_are_read_as_the_others_of_their_column_tell() -> None:
    row = "{},Southland Times,Second tug,The board will spend a sum on a second tug.\n"
    table = "Date,Newspaper,Headline,Text\n" + row.format("03/02/1959") + row.format("14/06/1988")
    first, _second = stories(table.encode(), "register.csv")
    assert str(first.published) == "1959-02-03"
    assert first.fields["published"].confidence > 0.9


def test_columns_with_unusual_names_are_told_by_their_cells() -> None:
    names = ["Zeitung", "Wann", "Was", "Headline"]
    cells = ["China Daily", "2015-09-22", f"{'The port opened a new route. ' * 8}".strip(), "Route"]
    mapping = guess_mapping(names, [dict(zip(names, cells, strict=True))] * 3)
    assert {"publication": ("Zeitung",), "date": ("Wann",), "body": ("Was",)}.items() <= (
        mapping.columns.items()
    )


def test_of_two_columns_of_sentences_the_long_one_is_the_text() -> None:
    cells = ["The port opened a new route on Monday. " * 8, "A new route was opened on Monday."]
    mapping = guess_mapping(["Date", "Inhalt", "Kurz"], [{
        "Date": "2015-09-22", "Inhalt": cells[0].strip(), "Kurz": cells[1]
    }] * 3)  # fmt: skip
    assert mapping.columns["body"] == ("Inhalt",)


def test_a_register_is_told_by_its_cells_alone() -> None:
    rows = [
        ("甲-017", "陇上日报", "1956.10.12", "2", "骆驼队改走夜路", "秦望岳"),
        ("甲-018", "甘凉工人", "1956.10.19", "4", "三号井昨日出水", "本报讯"),
        ("甲-019", "陇上日报", "1956.11.02", "2", "给骆驼写一首诗", "邵子平"),
    ]
    names = ("甲", "乙", "丙", "丁", "戊", "己")
    columns = guess_mapping(names, [dict(zip(names, row, strict=True)) for row in rows]).columns
    assert columns == {
        "publication": ("乙",),
        "date": ("丙",),
        "page": ("丁",),
        "headline": ("戊",),
        "byline": ("己",),
    }


def test_counts_are_no_pages() -> None:
    rows = [{"Date": "2015-09-22", "Title": f"Route {n}", "n": str(n), "one": "1"} for n in (1, 2)]
    assert "page" not in guess_mapping(["Date", "Title", "n", "one"], rows).columns


def test_a_services_answer_has_its_stories_inside() -> None:
    answer = (
        '{"status": "ok", "results": [{"webTitle": "A way back", "webPublicationDate": '
        '"2015-03-14T08:30:00Z", "fields": {"trailText": "Nine years", "byline": "Rosa Achter", '
        '"body": "<p>The bridge opened again on Saturday.</p><p>It took nine years.</p>"}}]}'
    )
    (story,) = stories(answer.encode(), "answer.json")
    assert (story.headline, str(story.published)) == ("A way back", "2015-03-14")
    assert [block.text for block in story.blocks] == [
        "The bridge opened again on Saturday.",
        "It took nine years.",
    ]


def test_words_in_a_column_of_pictures_are_a_caption() -> None:
    row = {"Headline": "A way back", "Date": "2015-03-14", "Picture": "Rosa Achter on the bridge"}
    story = read_story(
        read_row(row, guess_mapping(list(row)), is_mapped=False).document(), "table.csv"
    )
    assert [one.text for one in story.captions] == ["Rosa Achter on the bridge"]
