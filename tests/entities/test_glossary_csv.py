"""A glossary file read line by line: a bad line says what is wrong and how to mend it."""

import pytest

from archive.entities.glossary.csv_import import parse_glossary
from archive.text.language import CHINESE, ENGLISH, column

HEADER = "en,zh,kind,aliases_en,forbidden_zh,wikidata_id,key\n"


def test_a_line_gives_names_forms_and_facts():
    text = f"\ufeff{HEADER}Wang Zhongbing,王中丙,person,Wang Zhong-bing,王中平；王忠炳,Q1,\n"
    (row,) = parse_glossary(text, "list.csv").rows
    assert row.names == {ENGLISH: "Wang Zhongbing", CHINESE: "王中丙"}
    assert row.facts == {"wikidata_id": "Q1"}
    assert [(form.text, form.language, form.forbidden) for form in row.forms] == [
        ("Wang Zhong-bing", ENGLISH, False),
        ("王中平", CHINESE, True),
        ("王忠炳", CHINESE, True),
    ]


def test_a_kind_of_place_stands_where_the_kind_is_asked_for():
    (row,) = parse_glossary("zh,kind\n湛江,city\n", "list.csv").rows
    assert (row.kind, row.place_type) == ("place", "city")


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        (",,person,,,,", "en", "in both"),
        ("A,,tree,,,,", "kind", "person"),
        ("A,甲,person,,甲,,", "forbidden_zh", "remove one of the two"),
        ("A,,person,,,59144,", "wikidata_id", "Q59144"),
        ("A,,person,,,,New York", "key", "new-york"),
        ("A,person", "", "number of cells"),
    ],
)
def test_a_bad_line_is_reported_and_the_rest_goes_in(line, field, words):
    parsed = parse_glossary(f"{HEADER}{line}\nB,乙,person,,,,\n", "list.csv")
    (error,) = parsed.errors
    assert (error.file, error.line, error.field) == ("list.csv", 2, field)
    assert words in error.message
    assert [str(row) for row in parsed.rows] == ["B / 乙"]


def test_a_quotation_mark_that_is_never_closed_is_reported():
    text = f'{HEADER}A,甲,person,,,,\n"B,乙,person,,,,\n{"x" * 140_000}'
    parsed = parse_glossary(text, "list.csv")
    assert [str(row) for row in parsed.rows] == ["A / 甲"]
    assert ["quotation mark" in error.message for error in parsed.errors] == [True]
    (error,) = parse_glossary(f'"{"x" * 140_000}', "list.csv").errors
    assert "quotation mark" in error.message


def test_a_character_that_no_database_holds_is_reported():
    parsed = parse_glossary(f"{HEADER}A\x00,甲,person,,,,\nB,乙,person,,,,\n", "list.csv")
    assert [(error.line, "stored" in error.message) for error in parsed.errors] == [(2, True)]
    assert [str(row) for row in parsed.rows] == ["B / 乙"]


@pytest.mark.parametrize(("header", "field"), [("en,zh", "kind"), ("en,kind,chinese", "chinese")])
def test_a_wrong_header_is_named(header, field):
    assert field in [error.field for error in parse_glossary(f"{header}\n", "list.csv").errors]


def test_columns_of_the_model_and_the_file_agree():
    (row,) = parse_glossary("zh,kind,description_zh\n湛江,city,港口。\n", "list.csv").rows
    assert row.facts == {column("description", CHINESE): "港口。"}
