"""Reading names from CSV files: a parse without a database."""

import pytest

from archive.entities.csv_files import (
    alias_kind,
    parse_entities,
)
from archive.text.language import CHINESE, ENGLISH, column
from tests.entities.files import PEOPLE, PLACES

HEADER = "key,kind,name_en,name_zh,lat,lon,geonames_id,verified\n"


def test_reads_a_place_with_its_names():
    zhanjiang = parse_entities(PLACES, "cities.csv").rows[0]
    assert zhanjiang.key == "zhanjiang"
    assert zhanjiang.values["kind"] == "place"
    assert zhanjiang.values["place_type"] == "city"
    assert zhanjiang.values[column("name", CHINESE)] == "湛江"
    assert zhanjiang.values["latitude"] == 21.2
    assert zhanjiang.values["coordinates_source"] == "geonames"
    assert [alias.text for alias in zhanjiang.aliases] == ["Fort Bayard", "湛江市", "广州灣"]


def test_reads_people_and_organisations():
    chen, association = parse_entities(PEOPLE, "people.csv").rows
    assert chen.values["kind"] == "person"
    assert chen.values["verified"] is True
    assert association.values["verified"] is False
    assert "latitude" not in chen.values


def test_reads_a_file_that_a_spreadsheet_saved():
    parsed = parse_entities("\ufeff" + PEOPLE.replace("\n", "\r\n"), "people.csv")
    assert [row.key for row in parsed.rows] == ["chen-lanbin", "cpaffc"]
    assert parsed.errors == []


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("广州灣", CHINESE, "traditional"),
        ("湛江市", CHINESE, "alias"),
        ("CPAFFC", ENGLISH, "abbreviation"),
        ("Fort Bayard", ENGLISH, "alias"),
    ],
)
def test_tells_what_a_spelling_gives_away(text, language, kind):
    assert alias_kind(text, language) == kind


@pytest.mark.parametrize(
    ("row", "field", "way_out"),
    [
        ("Zhan Jiang,city,Zhanjiang,湛江,,,,", "key", "small letters"),
        ("zhanjiang,town,Zhanjiang,湛江,,,,", "kind", "city, port, province, state"),
        ("zhanjiang,city,Zhanjiang,湛江,21°N,110,,", "lat", "number with a point"),
        ("zhanjiang,city,Zhanjiang,湛江,nan,110,,", "lat", "number with a point"),
        ("zhanjiang,city,Zhanjiang,湛江,21,110,12.5,", "geonames_id", "whole number"),
        ("zhanjiang,city,Zhanjiang,湛江,21,110,,maybe", "verified", "yes or no"),
        ("zhanjiang,city,Zhanjiang,湛江,21,110", "", "number of cells"),
        ("zhanjiang,city,Zhanjiang,湛江,21,110,,yes,Guangdong, China", "", "quote texts"),
    ],
)
def test_reports_a_bad_cell_with_its_place_and_a_way_out(row, field, way_out):
    good = "nanjing,city,Nanjing,南京,,,,"
    parsed = parse_entities(f"{HEADER}{good}\n{row}\n", "cities.csv")
    assert [found.key for found in parsed.rows] == ["nanjing"]
    (error,) = parsed.errors
    assert (error.file, error.line, error.field) == ("cities.csv", 3, field)
    assert way_out in error.message


def test_reports_every_bad_cell_of_a_row():
    parsed = parse_entities(f"{HEADER}A B,town,,,north,east,x,perhaps\n", "cities.csv")
    assert {error.field for error in parsed.errors} == {
        *("key", "kind", "lat", "lon", "geonames_id", "verified"),
    }


def test_reports_a_key_that_comes_twice():
    parsed = parse_entities(f"{HEADER}a,city,,,,,,\nb,city,,,,,,\na,city,,,,,,\n", "cities.csv")
    assert [row.key for row in parsed.rows] == ["a", "b"]
    assert str(parsed.errors[0]).startswith("cities.csv:4: key: The same key is on line 2")


@pytest.mark.parametrize(
    ("header", "field", "complaint"),
    [("key,name_en", "kind", "missing"), ("key,kind,nam_en", "nam_en", "No such column")],
)
def test_reports_a_header_that_does_not_fit(header, field, complaint):
    (error,) = parse_entities(f"{header}\n", "cities.csv").errors
    assert (error.line, error.field) == (1, field)
    assert complaint in error.message


@pytest.mark.parametrize("text", ["", "\n", "key,kind\n,\n"])
def test_an_empty_file_gives_no_rows(text):
    assert parse_entities(text, "cities.csv").rows == []
