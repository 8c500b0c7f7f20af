"""The archive without the app leads programs nowhere; another app may give all stories, too."""

import json
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from wagtail import hooks

from archive.site.exports import Export
from archive.site.metadata.tags import Json
from tests.factories import make_publication
from tests.site.reading import opened_at

pytestmark = pytest.mark.django_db


class ParquetExport(Export):
    def links(self, request: HttpRequest) -> list[tuple[str, str]]:
        return [("Parquet", "https://example.org/stories.parquet")]

    def data_set(self, request: HttpRequest, home: Any, at: Any, language: str) -> Json:
        return {"@type": "Dataset", "inLanguage": language}


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    hooks.get_hooks("register_archive_export")
    monkeypatch.setitem(hooks._hooks, "register_archive_export", [])


def kinds() -> list[str]:
    [script] = opened_at("/en/").select('script[type="application/ld+json"]')
    return [one["@type"] for one in json.loads(script.text)["@graph"]]


@pytest.mark.usefixtures("without")
def test_nothing_leads_to_what_isnt_there() -> None:
    make_publication()
    text = Client().get("/llms.txt").text
    assert "OAI" not in text
    assert "[Sitemap](http://localhost/sitemap.xml)" in text
    assert kinds() == ["WebSite"]


@pytest.mark.usefixtures("without")
def test_an_app_adds_its_own() -> None:
    make_publication()
    with hooks.register_temporarily("register_archive_export", ParquetExport):
        assert (
            "- [Parquet](https://example.org/stories.parquet)\n" in Client().get("/llms.txt").text
        )
        assert kinds() == ["WebSite", "Dataset"]
