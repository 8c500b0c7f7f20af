"""A person's own shortcuts at the desk: what they may be, and that they are theirs alone."""

import json
from typing import Any

import pytest
from django.urls import reverse

from archive.desk.editor import shortcuts
from archive.desk.editor.shortcuts import COMBINATION, RESERVED, every_shortcut, shortcuts_of
from archive.models import DeskSetting
from tests.desk.helpers import Person, edit_url, page_text, translation_of
from tests.factories import make_article, make_editor, make_translator

pytestmark = pytest.mark.django_db

ADDRESS = "archive_translation:shortcuts"


@pytest.fixture
def li() -> Person:
    return Person(make_translator("li"))


def choose(person: Person, **wish: Any) -> Any:
    data = json.dumps(wish)
    return person.client.post(reverse(ADDRESS), data, content_type="application/json")


def keys_of(person: Person, command: str) -> str:
    return next(one.keys for one in shortcuts_of(person.user) if one.command == command)


def test_the_defaults_are_what_one_could_choose() -> None:
    keys = [one.keys for one in every_shortcut()]
    assert len(set(keys)) == len(keys)
    assert all(COMBINATION.fullmatch(one) and not RESERVED.fullmatch(one) for one in keys)


def test_own_keys_are_one_persons(li: Person) -> None:
    wang = Person(make_translator("wang"))
    response = choose(li, command="confirm", keys="Alt+KeyQ")
    assert response.status_code == 200
    assert '"Alt+KeyQ": "confirm"' in response.content.decode()
    assert keys_of(li, "confirm") == "Alt+KeyQ"
    assert keys_of(wang, "confirm") == "Ctrl+Enter"


def test_the_desk_shows_them(li: Person) -> None:
    translation = translation_of(make_article("Harbour"))
    choose(li, command="concordance", keys="Ctrl+Alt+Shift+KeyL")
    page = page_text(li.client.get(edit_url(translation)))
    assert '"Ctrl+Alt+Shift+KeyL": "concordance"' in page
    assert '"Ctrl+Alt+KeyW"' not in page


def test_keys_go_back_one_by_one_and_all_at_once(li: Person) -> None:
    for command, keys in (("next", "Ctrl+Alt+ArrowDown"), ("previous", "Ctrl+Alt+ArrowUp")):
        assert choose(li, command=command, keys=keys).status_code == 200
    choose(li, command="next", keys="")
    assert DeskSetting.objects.get().keys == {"previous": "Ctrl+Alt+ArrowUp"}
    choose(li)
    assert DeskSetting.objects.get().keys == {}


def test_taken_keys_are_refused_with_who_has_them(li: Person) -> None:
    response = choose(li, command="save", keys="Ctrl+Enter")
    assert response.status_code == 409
    assert "Confirm and go to the next segment" in response.json()["error"]
    assert shortcuts.keys_of(li.user) == {}


def test_keys_that_were_given_up_are_free(li: Person) -> None:
    choose(li, command="confirm", keys="Alt+KeyQ")
    assert choose(li, command="save", keys="Ctrl+Enter").status_code == 200
    # Who takes the default back meets the new holder: nothing stands for two commands.
    choose(li, command="confirm", keys="")
    assert [keys_of(li, one) for one in ("confirm", "save")] == ["", "Ctrl+Enter"]


@pytest.mark.parametrize(
    "keys", ["KeyA", "Shift+KeyA", "Ctrl+", "Ctrl+Alt+Delete<", "Alt+Ctrl+KeyA"]
)
def test_what_types_or_is_no_key_is_refused(li: Person, keys: str) -> None:
    assert choose(li, command="save", keys=keys).status_code == 400


@pytest.mark.parametrize("keys", ["Ctrl+KeyV", "Ctrl+Alt+Digit1", "Ctrl+Alt+Shift+Digit3"])
def test_what_others_need_is_refused(li: Person, keys: str) -> None:
    assert choose(li, command="save", keys=keys).status_code == 409


@pytest.mark.parametrize("body", ["", "[]", '{"command": "nothing"}'])
def test_other_requests_are_refused(li: Person, body: str) -> None:
    url = reverse(ADDRESS)
    assert li.client.post(url, body, content_type="application/json").status_code == 400


def test_only_translators_have_them() -> None:
    outsider = Person(make_editor())
    assert choose(outsider, command="save", keys="Alt+KeyQ").status_code in (302, 403)


def test_a_command_that_is_no_more_costs_nothing(li: Person) -> None:
    DeskSetting.objects.create(person=li.user, keys={"gone": "Ctrl+Enter"})
    assert keys_of(li, "confirm") == "Ctrl+Enter"
