"""Stories in Wagtail's API v3: in its schema, in its pages, and behind its tokens."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import APIToken

from archive.models import ArticlePage
from tests.factories import make_article, make_image, make_user, translate

pytestmark = pytest.mark.django_db


def client_with_token(**fields: Any) -> Client:
    _token, plain = APIToken.create_token(user=make_user("reader", **fields), name="A program")
    return Client(headers={"Authorization": f"Bearer {plain}"})


def test_the_schema_describes_stories() -> None:
    schema = Client().get("/api/v3/openapi.json").json()
    assert schema["openapi"] == "3.1.0"
    told = {one["get"]["operationId"] for one in schema["paths"].values() if "get" in one}
    assert {"stories_list", "stories_detail", "pages_list"} <= told
    story = schema["components"]["schemas"]["StoryRecord"]
    assert "texts" in story["properties"]


def test_wagtails_pages_have_the_story() -> None:
    story = make_article("Harbour opens")
    translate(story, headline="港口开放")
    told = Client().get(f"/api/v3/pages/{story.pk}/").json()
    assert told["title"] == "Harbour opens"
    assert [one["headline"] for one in told["story"]["texts"]] == ["Harbour opens", "港口开放"]
    listed = Client().get("/api/v3/pages/", {"type": "archive.ArticlePage"}).json()
    assert [one["id"] for one in listed["items"]] == [story.pk]


def test_what_stands_for_no_story_takes_a_token() -> None:
    image = make_image()
    for path in ("images/", f"images/{image.pk}/", "documents/", "redirects/", "sites/"):
        answer = Client().get(f"/api/v3/{path}")
        assert (answer.status_code, "port" in answer.text) == (401, False), path
    assert client_with_token().get("/api/v3/images/").json()["count"] == 1


def test_a_token_asks_as_anybody_does(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    shown, draft = make_article(slug="shown"), make_article(slug="draft", live=False)
    client = client_with_token(is_superuser=True)
    client.get("/api/v3/stories/")
    with django_assert_max_num_queries(8):
        told = client.get("/api/v3/stories/").json()
    assert [one["id"] for one in told["items"]] == [shown.pk]
    assert client.get(f"/api/v3/stories/{draft.pk}/").status_code == 404
    assert Client(headers={"Authorization": "Bearer x"}).get("/api/v3/stories/").json() == told


def test_nothing_is_written() -> None:
    story = make_article("Kept")
    client = client_with_token(is_superuser=True)
    for method in (client.post, client.patch, client.delete):
        assert method(f"/api/v3/pages/{story.pk}/").status_code == 405
    assert ArticlePage.objects.get(pk=story.pk).live


def test_a_client_that_has_the_answer_gets_none() -> None:
    make_article()
    tag = Client().get("/api/v3/stories/")["ETag"]
    assert Client(headers={"If-None-Match": tag}).get("/api/v3/stories/").status_code == 304


def test_programs_are_led_to_it() -> None:
    make_article()
    text = Client().get("/llms.txt").text
    assert "[API](http://localhost/api/v3/stories/)" in text
    assert "[OpenAPI](http://localhost/api/v3/openapi.json)" in text
