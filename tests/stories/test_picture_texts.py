"""What a picture block takes from its picture is asked for by the story's form."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_image, make_user

pytestmark = pytest.mark.django_db
URL = "archive_stories:picture_texts"


def test_the_form_gets_a_pictures_texts_in_both_languages(client: Client) -> None:
    picture = make_image(caption_en="Cranes", caption_zh_hans="起重机", credit="Li Ming")
    client.force_login(make_user("boss", is_superuser=True))
    assert client.get(reverse(URL), {"id": picture.pk}).json() == {
        "caption_en": "Cranes",
        "caption_zh_hans": "起重机",
        "alt_text_en": "",
        "alt_text_zh_hans": "",
        "credit": "Li Ming",
    }


@pytest.mark.parametrize("number", ["", "999", "x", "9" * 30])
def test_a_picture_that_is_not_there_has_none(client: Client, number: str) -> None:
    client.force_login(make_user("boss", is_superuser=True))
    assert client.get(reverse(URL), {"id": number}).json() == {}


def test_who_may_choose_no_picture_gets_none(client: Client) -> None:
    client.force_login(make_user("reader"))
    assert client.get(reverse(URL), {"id": make_image().pk}).status_code != 200
