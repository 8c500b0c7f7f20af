"""The number beside "Translations" in the admin's menu: one's own open work."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from archive.desk.queue import actions
from archive.desk.queue.panels import own_count
from archive.models import Translation
from tests.desk.helpers import Person
from tests.factories import make_editor, make_translator, translate


@pytest.fixture(autouse=True)
def _fresh(db: None) -> None:
    cache.clear()


def menu_of(person: Person) -> str:
    return person.client.get(reverse("wagtailadmin_home")).content.decode()


def test_says_how_many_are_ones_own(
    translation: Translation, li: Person, django_capture_on_commit_callbacks: Any
) -> None:
    assert "data-archive-count" not in menu_of(li)
    with django_capture_on_commit_callbacks(execute=True):
        actions.assign([translation], li.user, user=li.user)
    shown = menu_of(li)
    assert '"data-archive-count": "1"' in shown
    assert json.dumps("1 open translation assigned to you") in shown
    with django_capture_on_commit_callbacks(execute=True):
        actions.assign([translation], make_translator("wang"), user=li.user)
    assert "data-archive-count" not in menu_of(li)


def test_what_is_done_is_not_counted(translation: Translation, li: Person) -> None:
    translate(translation.article)
    Translation.objects.update(assignee=li.user)
    assert own_count(li.user) == 0


def test_asks_once_a_minute_and_nothing_for_who_may_not(
    translation: Translation, li: Person, django_assert_num_queries: Any
) -> None:
    li.user.get_all_permissions()
    with django_assert_num_queries(1):
        own_count(li.user)
    with django_assert_num_queries(0):
        own_count(li.user)
    editor = make_editor()
    editor.get_all_permissions()
    with django_assert_num_queries(0):
        assert own_count(editor) == 0
