"""The front page of an archive that has hardly begun."""

import pytest
from django.test import Client

from tests.factories import make_article

pytestmark = pytest.mark.django_db


def columns(client: Client) -> int:
    return client.get("/en/").content.decode().count("front-second")


def test_a_single_story_has_no_empty_column_beside_it(client: Client) -> None:
    make_article("Port opens")
    assert columns(client) == 0
    make_article("Port is enlarged")
    assert columns(client) == 1
