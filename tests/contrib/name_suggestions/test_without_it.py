"""A story's form in a site without the app."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail import hooks

from archive.contrib.name_suggestions.models import SuggestionCount
from tests.factories import make_article, make_body, make_editor, make_entity

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_names_are_tagged_by_hand_alone(client: Client, monkeypatch: Any) -> None:
    make_entity()
    story = make_article(body=make_body("A ship sails to Zhanjiang."))
    client.force_login(make_editor())
    form = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert 'name="suggestion_answers"' in client.get(form).content.decode()
    SuggestionCount.objects.all().delete()
    monkeypatch.setitem(hooks._hooks, "register_archive_version_follower", [])
    page = client.get(form)
    assert page.status_code == 200
    assert 'name="suggestion_answers"' not in page.content.decode()
    story.save_revision()
    assert not SuggestionCount.objects.exists()
