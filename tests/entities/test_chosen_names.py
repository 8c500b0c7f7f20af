"""What is shown of a name that was chosen, whichever of Wagtail's choosers asks."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_entity, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["wagtailsnippetchoosers_archive_entity", "archive_place_chooser"])
def test_a_chosen_name_is_shown_by_choosers_of_snippets_and_of_others(
    kind: str, client: Client
) -> None:
    client.force_login(make_user("boss", is_superuser=True))
    response = client.get(reverse(f"{kind}:chosen", args=[make_entity().pk]))
    result = json.loads(response.content)["result"]
    assert result["string"] == result["title"] == "Zhanjiang"
