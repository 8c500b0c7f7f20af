"""Editors take the stories of their list with them as files."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.stories.models import ArticlePage
from tests.factories import make_article, make_editor, make_home, make_publication, translate

EXPORT = "/admin/bulk/archive/articlepage/export/"


def records(response: Any) -> dict[str, dict[str, Any]]:
    """What the ZIP's JSON Lines say, by slug."""
    data = b"".join(response.streaming_content)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        (name,) = (one for one in packed.namelist() if one.endswith("stories.jsonl"))
        found = [json.loads(line) for line in packed.read(name).splitlines()]
    return {one["slug"]: one for one in found}


@pytest.fixture
def stories() -> dict[str, ArticlePage]:
    make_home()
    mine = make_publication("mine")
    theirs = make_publication("theirs")
    made = {
        "port": make_article("Port", publication=mine),
        "draft": make_article("Draft", publication=mine, live=False),
        "foreign": make_article("Foreign", publication=theirs, live=False),
    }
    translate(made["port"], headline="港口")
    return made


@pytest.fixture
def editor_client(stories: Any, client: Client) -> Client:
    client.force_login(make_editor("ed", make_publication("mine")))
    return client


@pytest.mark.django_db
def test_the_list_gives_what_is_filtered_as_files(editor_client: Client, stories: Any) -> None:
    shown = editor_client.get(f"{EXPORT}?id=all&status=live")
    assert "Port" in shown.text
    assert "Draft" not in shown.text

    response = editor_client.post(f"{EXPORT}?id=all&status=live", {"format": "jsonl"})

    assert response["Content-Disposition"].endswith('-jsonl.zip"')
    found = records(response)
    assert found["port"]["texts"]["zh-hans"]["headline"] == "港口"
    assert found.keys() == {"port"}


@pytest.mark.django_db
def test_drafts_are_those_that_the_person_may_see(editor_client: Client, stories: Any) -> None:
    chosen = "&".join(f"id={one.pk}" for one in stories.values())
    assert "Foreign" not in editor_client.get(f"{EXPORT}?{chosen}").text

    response = editor_client.post(f"{EXPORT}?{chosen}", {"format": "jsonl", "drafts": "on"})

    assert records(response).keys() == {"port", "draft"}


@pytest.mark.django_db
def test_a_story_of_others_drafts_is_refused(editor_client: Client, stories: Any) -> None:
    address = f"{EXPORT}?id={stories['foreign'].pk}"

    response = editor_client.post(address, {"format": "jsonl", "drafts": "on"})

    assert response.status_code in (302, 403)


@pytest.mark.django_db
def test_what_cant_be_exported_is_told(editor_client: Client, stories: Any) -> None:
    shown = reverse("stories:index")
    address = f"{EXPORT}?id={stories['draft'].pk}&next={shown}"

    response = editor_client.post(address, {"format": "nitf"}, follow=True)

    assert "Readers see none of these stories: export them with drafts." in response.text


@pytest.mark.django_db
def test_what_is_exported_only_with_drafts_is_told_before(
    editor_client: Client, stories: Any
) -> None:
    shown = editor_client.get(f"{EXPORT}?id=all")

    assert (
        "1 of them isn't for all readers: it is exported only with drafts."
        in shown.text.replace("&#x27;", "'")
    )


@pytest.mark.django_db
def test_a_format_for_readers_has_no_drafts(editor_client: Client, stories: Any) -> None:
    said = {"format": "site", "drafts": "on"}

    response = editor_client.post(f"{EXPORT}?id={stories['draft'].pk}", said)

    assert response.status_code == 200
    assert "Site of files is for readers: choose another format for drafts" in response.text


@pytest.mark.django_db
def test_many_stories_cost_no_more_queries_than_few(editor_client: Client, stories: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            editor_client.get(f"{EXPORT}?id=all")
        return len(asked)

    queries()
    few = queries()
    for number in range(5):
        make_article(f"Port {number}", publication=stories["port"].publication)

    assert queries() == few
