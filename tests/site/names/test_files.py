"""The ties as files: CSV that no spreadsheet runs, and what apps write."""

import csv
import io

import pytest

from archive.text.language import CHINESE, column
from tests.factories import make_home
from tests.ties.places import tie


@pytest.fixture
def home(db):
    return make_home()


def test_a_csv_file_says_all_that_is_known_of_a_tie(client, home):
    stored = tie(since="2005-10", status="in_force", sentence="They signed.")
    stored.evidence.update(**{column("sentence", CHINESE): "两市签约。"})
    response = client.get("/en/ties/?format=csv")
    assert response["Content-Disposition"] == 'attachment; filename="ties.csv"'
    text = response.content.decode()
    assert text.startswith("\ufeff")
    [row] = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert (row["from_key"], row["to_zh"], row["since"]) == ("atlantic-city", "湛江", "2005-10")
    assert (row["evidence_en"], row["evidence_zh"]) == ("They signed.", "两市签约。")
    assert row["sources"] == "https://example.org/tie"


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_files_hold_what_the_filter_leaves(client, home, form):
    tie()
    tie(two="long-beach", kind="visit")
    text = client.get(f"/en/ties/?kind=visit&format={form}").content.decode()
    assert "Long Beach" in text
    assert "Atlantic City" not in text


@pytest.mark.parametrize("number", [1, 9])
@pytest.mark.parametrize("path", ["?format=csv", "?format=geojson"])
def test_files_cost_the_same_for_any_number_of_ties(
    client, home, number, path, django_assert_max_num_queries
):
    kinds = ["sister_city", "visit", "trade", "study"]
    for n in range(number):
        tie(two="long-beach" if n % 2 else "atlantic-city", kind=kinds[n // 2 % 4])
        if n == 7:
            break
    # The site's frame is read once a process.
    client.get(f"/en/ties/{path}")
    with django_assert_max_num_queries(4):
        client.get(f"/en/ties/{path}")
