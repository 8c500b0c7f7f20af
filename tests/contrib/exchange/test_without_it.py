"""The desk of a site without the app."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from archive.contrib.exchange.views import ExportAction
from archive.models import Translation
from tests.desk.helpers import Person

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
LIST = "wagtailsnippets_archive_translation:list"


def test_the_desk_offers_no_file_and_works(
    translation: Translation, li: Person, monkeypatch: Any
) -> None:
    places = (reverse(LIST), translation.get_edit_url())
    offered = [li.client.get(place).content.decode() for place in places]
    assert reverse("archive_exchange:import") in offered[0]
    assert all(ExportAction.action_type + "/?" in page for page in offered)
    monkeypatch.setitem(hooks._hooks, "register_archive_desk_action", [])
    actions = bulk_action_registry.actions["archive"]["translation"]
    monkeypatch.delitem(actions, ExportAction.action_type)
    without = [li.client.get(place) for place in places]
    assert [page.status_code for page in without] == [200, 200]
    for page in without:
        assert reverse("archive_exchange:import") not in page.content.decode()
        assert "translation/export/" not in page.content.decode()
