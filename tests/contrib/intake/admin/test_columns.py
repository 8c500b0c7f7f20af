"""A table's columns are chosen in the admin, kept in a profile, and the table is read again."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive.contrib.intake.batches.actions import add_file, create_batch
from archive.contrib.intake.batches.slices import read_slice
from archive.contrib.intake.models import ImportBatch, ImportItem, SourceProfile
from archive.contrib.intake.options import FilingOptions
from archive.contrib.intake.record_json import waiting
from tests.contrib.intake.admin.screens import address, importer_client
from tests.contrib.intake.files import JPEG, zipped
from tests.contrib.intake.formats.test_tables import workbook
from tests.contrib.intake.texts import ENGLISH

pytestmark = pytest.mark.django_db
TABLE = (
    "Kop;Tekst;Dag;Plank\n"
    "Port opens;A port opened on Monday, with two ships.;04/11/2015;B7\n"
    "Rain falls;It rains in the south of the country.;05/11/2015;\n"
)
LINES = "\n".join(
    json.dumps({"kop": "Port opens", "tekst": f"A port opened on day {day}."}) for day in (1, 2)
)
FIELDS = {"Kop": "headline", "Tekst": "body", "Dag": "date"}


@pytest.fixture
def client() -> Client:
    return importer_client()


def read(client: Client, data: str | bytes, name: str = "export-2015.csv") -> ImportBatch:
    batch = create_batch(client.user, options=FilingOptions(publication="China Daily"))
    add_file(batch, client.user, name, data.encode() if isinstance(data, str) else data)
    read_slice(batch, 60)
    return batch


def chosen(client: Client, item: ImportItem, **values: Any) -> Any:
    """The form as the screen has it, sent with FIELDS and these values; read again."""
    form = client.get(address("item_columns", item.batch, item)).context["form"]
    data = {field.html_name: field.value() or "" for field in (*form, *form.table)}
    formset = form.table.columns
    data |= {field.html_name: field.value() for field in formset.management_form}
    for column in formset:
        name = column["column"].value()
        data[column["column"].html_name] = name
        data[column["field"].html_name] = FIELDS.get(name.capitalize(), "")
    found = client.post(address("item_columns", item.batch, item), {**data, **values})
    read_slice(item.batch, 60)
    return found


@pytest.mark.parametrize(
    ("data", "name"), [(TABLE, "export-2015.csv"), (TABLE, "table"), (LINES, "lines.jsonl")]
)
def test_unknown_columns_are_offered_with_their_first_values(
    client: Client, data: str, name: str
) -> None:
    batch = read(client, data, name)
    item = batch.items.get()
    assert item.state == ImportItem.State.FAILED
    assert "columns aren't known" in item.error
    assert address("item_columns", batch, item) in client.get(address("batch", batch)).text
    form = client.get(address("item_columns", batch, item)).context["form"]
    (_column, values), *_others = form.rows()
    assert values[0] == "Port opens"


def test_columns_that_were_not_placed_are_offered_too(client: Client) -> None:
    batch = read(client, TABLE.replace("Kop;Tekst", "Headline;Text"))
    page = client.get(address("batch", batch)).text
    assert "Columns that were not placed: Plank." in page
    assert "Columns that only their cells tell, to be checked: Dag." in page
    assert {item.state for item in batch.items.all()} == {ImportItem.State.CHECK}
    assert [waiting(item.record) for item in batch.items.order_by("number")] == [
        *(["B7"], []),
    ]
    columns = address("item_columns", batch, batch.items.order_by("number")[0])
    assert columns in page
    assert "What the columns of export-2015.csv are" in client.get(columns).text


def test_the_choice_is_a_profile_and_the_table_is_read_again(client: Client) -> None:
    item = read(client, TABLE).items.get()
    chosen(client, item, **{"table-date_format": "%d/%m/%Y"})
    profile = SourceProfile.objects.get()
    assert (profile.name, profile.file_pattern) == ("export-2015", "export-*.csv")
    first, second = item.batch.items.order_by("number")
    assert (first.headline, second.headline) == ("Port opens", "Rain falls")
    assert first.record["published"] == "2015-11-04"
    assert first.profile == profile
    # The next file of the source needs no choice.
    assert read(client, TABLE, "export-2016.csv").items.count() == 2


@pytest.mark.parametrize(("choice", "waits"), [("", ["B7"]), ("left_out", [])])
def test_words_of_a_column_wait_unless_it_is_left_out(
    client: Client, choice: str, waits: list[str]
) -> None:
    item = read(client, TABLE).items.get()
    chosen(client, item, **{"table-date_format": "%d/%m/%Y", "columns-3-field": choice})
    first = item.batch.items.order_by("number")[0]
    assert (first.record["unplaced"], waiting(first.record)) == (["B7"], waits)
    form = client.get(address("item_columns", item.batch, first)).context["form"]
    assert form.table.columns[-1]["field"].value() == choice


@pytest.mark.parametrize("name", ["export-2016.csv", "lines.jsonl"])
def test_a_column_that_comes_later_waits_until_somebody_says(client: Client, name: str) -> None:
    is_csv = name.endswith("csv")
    chosen(client, read(client, TABLE if is_csv else LINES, name).items.get())
    later = TABLE.replace("Plank", "Plank;Note").replace("B7", ";Hold")
    lines = [*LINES.splitlines() * 2, LINES.replace('"kop"', '"note": "Hold", "kop"', 1)]
    batch = read(client, later if is_csv else "\n".join(lines), name)
    waits = [waiting(one.record) for one in batch.items.order_by("number")]
    assert [one for one in waits if one] == [["Hold"]]
    item = batch.items.order_by("number")[0]
    shown = client.get(address("item_columns", batch, item)).context["form"]
    last = shown.table.columns[-1]
    assert last["column"].value() in ("Note", "note")
    chosen(client, item, **{last["field"].html_name: "left_out"})
    assert [one for one in batch.items.all() if waiting(one.record)] == []


def test_an_excel_table_gets_its_columns_in_the_same_way(client: Client) -> None:
    rows = [line.split(";") for line in TABLE.splitlines()]
    item = read(client, workbook(rows), "export-2015.xlsx").items.get()
    assert "columns aren't known" in item.error
    chosen(client, item, **{"table-date_format": "%d/%m/%Y"})
    first, second = item.batch.items.order_by("number")
    assert (first.headline, second.headline) == ("Port opens", "Rain falls")
    assert first.record["published"] == "2015-11-04"


def test_only_the_table_of_a_zip_is_read_again(client: Client) -> None:
    packed = zipped({"a.txt": ENGLISH.encode(), "b.csv": TABLE.encode(), "c.jpg": JPEG})
    batch = read(client, packed, "papers.zip")
    item = batch.items.get(format="csv")
    text = batch.items.get(format="text")
    chosen(client, item)
    assert sorted(one.headline for one in batch.items.filter(format="csv")) == [
        *("Port opens", "Rain falls"),
    ]
    assert batch.items.get(format="text") == text


def test_without_a_text_or_for_other_files_it_is_refused_with_the_reason(client: Client) -> None:
    item = read(client, TABLE).items.get()
    found = chosen(client, item, **{"columns-0-field": "", "columns-1-field": "page"})
    assert (found.status_code, SourceProfile.objects.count()) == (422, 0)
    assert "Say which column is the headline or the text." in found.text
    found = chosen(client, item, file_pattern="other-*.csv")
    assert "the file must fit the profile" in found.text
    assert not SourceProfile.objects.exists()


def test_a_table_with_accepted_stories_is_left_alone(client: Client) -> None:
    batch = read(client, TABLE.replace("Kop;Tekst;Dag", "title;body;Dag"))
    item = batch.items.order_by("number")[0]
    client.post(address("decide", batch), {"do": f"accept:{item.pk}"})
    other = batch.items.order_by("number")[1]
    found = chosen(client, other, **{"columns-0-field": "headline"})
    assert "some of its stories are accepted" in found.text
    assert not SourceProfile.objects.exists()


def test_a_story_that_is_no_table_has_no_columns(client: Client) -> None:
    item = read(client, ENGLISH, "port.txt").items.get()
    assert "this is no table" in client.get(address("item_columns", item.batch, item)).text


def test_the_columns_are_editable_in_the_profile(client: Client) -> None:
    mapping = {"columns": {"headline": "Kop", "body": ["Lead", "Tekst"]}}
    profile = SourceProfile.objects.create(name="Gulf", file_pattern="g*", mapping=mapping)
    url = reverse("archive_source_profiles:edit", args=[profile.pk])
    form = client.get(url).context["form"]
    data = {field.html_name: field.value() or "" for field in (*form, *form.table)}
    for formset in (form.lines, form.labels, form.table.columns):
        data |= {field.html_name: field.value() for field in formset.management_form}
        for one in formset:
            data |= {field.html_name: field.value() or "" for field in one}
    # The second column goes, another is named.
    client.post(url, {**data, "columns-1-column": "", "columns-3-column": "Dag",
                      "columns-3-field": "date"})  # fmt: skip
    profile.refresh_from_db()
    assert profile.mapping["columns"] == {"headline": "Kop", "body": "Tekst", "date": "Dag"}
