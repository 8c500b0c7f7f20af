"""A search as a file, read by somebody else's readers."""

import csv
import io
import json
from datetime import date
from typing import Any

import bibtexparser
import pytest
import rispy
from django.test import Client
from wagtail.models import PageViewRestriction

from archive.models import ArticlePage
from archive.search.actions import index_stories
from tests.factories import make_article, make_entity, tag, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories() -> list[ArticlePage]:
    first = make_article("Harbour opens", print_page="17", slug="opens")
    tag(first, make_entity())
    translate(first, headline="港口启用")
    second = make_article("=1+1: harbour closes", day=date(2014, 1, 2), slug="closes")
    make_article("Elsewhere", slug="elsewhere")
    index_stories([first.pk])
    return [first, second]


def file(form: str, language: str = "en", **parameters: str) -> str:
    query = {"q": "harbour", "sort": "newest", "format": form, **parameters}
    response = Client().get(f"/{language}/search/", query)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment; filename=")
    return response.content.decode()


def test_a_table_has_a_row_a_story_and_no_formulas(stories: list[ArticlePage]) -> None:
    text = file("csv")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert [row["headline"] for row in rows] == ["Harbour opens", "'=1+1: harbour closes"]
    assert rows[0]["about"] == "zhanjiang"
    assert (rows[0]["print_date"], rows[0]["page"]) == ("2015-09-22", "17")
    assert rows[0]["languages"] == "en; zh-hans"
    assert Client().get(rows[0]["url"]).status_code in (200, 301, 302)


def test_json_lines_are_in_the_readers_language(stories: list[ArticlePage]) -> None:
    one, two = map(json.loads, file("jsonl", "zh-hans").splitlines())
    assert (one["headline"], one["original_headline"]) == ("港口启用", "Harbour opens")
    assert one["about"] == ["zhanjiang"]
    assert (two["headline"], two["rights"]) == ("=1+1: harbour closes", None)


def test_citations_are_read_by_reference_managers(stories: list[ArticlePage]) -> None:
    titles = ["Harbour opens", "=1+1: harbour closes"]
    assert [entry["title"] for entry in rispy.loads(file("ris"))] == titles
    entries = bibtexparser.parse_string(file("bibtex")).entries
    assert [entry["title"].strip("{}") for entry in entries] == titles
    assert len({entry.key for entry in entries}) == 2
    assert [one["title"] for one in json.loads(file("csl-json"))] == titles


def test_filters_hold_and_hidden_stories_stay_out(stories: list[ArticlePage]) -> None:
    assert len(file("jsonl", year="2014").splitlines()) == 1
    PageViewRestriction.objects.create(page=stories[0], restriction_type="login")
    assert len(file("jsonl").splitlines()) == 1


def test_a_file_costs_the_same_for_any_number_of_stories(
    stories: list[ArticlePage], django_assert_num_queries: Any
) -> None:
    file("csv")
    with django_assert_num_queries(12):
        file("csv")
    index_stories([make_article(f"Harbour {n}", slug=f"n-{n}").pk for n in range(4)])
    file("csv")
    with django_assert_num_queries(12):
        assert file("csv").count("\n") == 7
