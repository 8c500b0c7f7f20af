"""The lists as CSV and XLSX."""

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from archive.models import Translation
from archive.text.language import CHINESE, ENGLISH
from tests.desk.helpers import Person
from tests.factories import make_article, make_entity, make_section, make_translator, translate


def rows_of_csv(response: Any) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.django_db
def test_exports_what_the_filters_let_through() -> None:
    person = Person(make_translator())
    article = make_article('=HYPERLINK("https://evil.example")', section=make_section())
    translate(article, publish=False)
    make_article("Another")
    Translation.objects.filter(article=article).update(
        assignee=person.user, urgency=2, due_date=date(2026, 12, 1)
    )
    url = reverse("wagtailsnippets_archive_translation:list")
    response = person.client.get(url, {"export": "csv", "assignee": "me"})
    assert "translations.csv" in response["Content-Disposition"]
    (row,) = rows_of_csv(response)
    assert row["Story"] == '\'=HYPERLINK("https://evil.example")'
    assert (row["State"], row["Segments"], row["Done"]) == ("In progress", "3", "3")
    assert (row["Length of the source"], row["Unit"]) == ("5", "words")
    assert (row["Section"], row["Print date"]) == ("World", "2015-09-22")
    assert (row["Assigned to"], row["Priority"], row["Due date"]) == (
        "translator",
        "Urgent",
        "2026-12-01",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_headings_are_in_the_interface_language(language: str) -> None:
    person = Person(make_translator(), language)
    make_article()
    url = reverse("wagtailsnippets_archive_translation:list")
    head = b"".join(person.client.get(url, {"export": "csv"}).streaming_content)
    assert head.startswith(b"\xef\xbb\xbf")
    columns = rows_of_csv(person.client.get(url, {"export": "csv"}))[0]
    assert len(columns) == 27
    assert ("Story" in columns) == (language == ENGLISH) or language == CHINESE


@pytest.mark.django_db
def test_an_xlsx_holds_texts_as_texts_and_numbers_as_numbers() -> None:
    person = Person(make_translator())
    make_article("=1+1")
    url = reverse("wagtailsnippets_archive_translation:list")
    response = person.client.get(url, {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    head, row = sheet.iter_rows()
    cells = {name.value: cell for name, cell in zip(head, row, strict=True)}
    assert (cells["Story"].value, cells["Story"].data_type) == ("'=1+1", "s")
    assert (cells["Segments"].value, cells["Segments"].data_type) == (3, "n")


@pytest.mark.django_db
def test_exports_the_other_texts() -> None:
    make_entity(en="Hope", zh="", description_en="-A port.")
    url = reverse("archive_translation:other_texts")
    person = Person(make_translator())
    rows = rows_of_csv(person.client.get(url, {"export": "csv", "kind": "description"}))
    assert [(r["Text"], r["Missing in"], r["Part of"]) for r in rows] == [
        ("'-A port.", "中文", "Hope")
    ]


@pytest.mark.django_db
def test_an_export_costs_the_same_for_any_number(django_assert_max_num_queries: Any) -> None:
    person = Person(make_translator())
    for number in range(6):
        translate(make_article(f"Story {number}"))
    url = reverse("wagtailsnippets_archive_translation:list")
    person.client.get(url)
    with django_assert_max_num_queries(14):
        assert len(rows_of_csv(person.client.get(url, {"export": "csv"}))) == 6
