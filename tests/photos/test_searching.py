"""Pictures are found by any part of their texts, in the list and in the chooser."""

import pytest
from django.test import Client
from django.urls import reverse

from archive.photos.search_fields import as_compared, beginnings
from tests.factories import make_image, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    make_image(
        title="IMG_2041",
        caption_en="Cranes at the new quay",
        caption_zh_hans="工人在湛江港新码头装卸集装箱",
        alt_text_en="Two men in helmets",
        alt_text_zh_hans="两名戴安全帽的男子",
        creator="李明 / Tom Reed",
        credit="新华社 Port Authority",
    )
    make_image(title="Unwanted", caption_zh_hans="别的", creator="Somebody")
    client.force_login(make_user("boss", is_superuser=True))
    return client


@pytest.mark.parametrize("name", ["wagtailimages:index", "wagtailimages_chooser:choose"])
@pytest.mark.parametrize(
    "words",
    [
        *("quay", "码头", "湛江港新码头装卸集装箱", "helmets", "安全帽"),
        *("Reed", "李明", "Authority", "华社", "IMG_2041"),
    ],
)
def test_any_part_of_any_text_finds_a_picture(editor: Client, name: str, words: str) -> None:
    page = editor.get(reverse(name), {"q": words}).text
    assert "IMG_2041" in page
    assert "Unwanted" not in page


def test_a_long_run_of_chinese_is_indexed_in_little_time() -> None:
    run = "湛江港" * 100_000
    assert len(beginnings(run)) < 12
    assert as_compared(run) == "湛江港湛江港湛江"
