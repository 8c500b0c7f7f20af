"""The key of a name: of its English name, or seen by a person before it is for good."""

import pytest
from django.test import Client
from django.urls import reverse

from archive.entities.actions import load_entities
from archive.entities.csv_files import parse_entities
from archive.entities.romanisation import suggest_key
from archive.models import Entity
from tests.factories import make_entity, make_user

pytestmark = pytest.mark.django_db
ADD = "wagtailsnippets_archive_entity:add"


@pytest.fixture
def fields(client: Client) -> dict[str, str]:
    """A form of the place 长滩, without its English name."""
    client.force_login(make_user("boss", is_superuser=True))
    empty = {f"{name}-{count}": "0" for name in ("names", "offices") for count in FORMS}
    return {"kind": "place", "place_type": "city", "name_zh_hans": "长滩", "key": "", **empty}


FORMS = ("TOTAL_FORMS", "INITIAL_FORMS")


def test_a_key_made_from_chinese_is_shown_before_it_is_kept(client: Client, fields: dict) -> None:
    page = client.post(reverse(ADD), fields)
    assert not Entity.objects.exists()
    assert page.context["form"]["key"].value() == "changtan"
    client.post(reverse(ADD), {**fields, "key": "changtan"})
    assert Entity.objects.get().key == "changtan"


def test_with_the_english_name_the_key_is_made_from_that(client: Client, fields: dict) -> None:
    client.post(reverse(ADD), {**fields, "name_en": "Long Beach"})
    assert Entity.objects.get().key == "long-beach"


def test_a_namesake_is_called_as_the_archive_knows_it() -> None:
    make_entity("long-beach", "Long Beach", "长滩")
    assert suggest_key(Entity(kind="place", name_zh_hans="长滩")) == "long-beach-2"
    assert suggest_key(Entity(kind="place", name_zh_hans="长滩港")) == "long-beach-gang"


@pytest.mark.parametrize(("is_published", "key"), [(False, "long-beach"), (True, "chang-tan")])
def test_a_key_may_change_until_readers_know_it(
    client: Client, fields: dict, is_published: bool, key: str
) -> None:
    name = make_entity("chang-tan", "", "长滩", is_published=is_published)
    address = reverse("wagtailsnippets_archive_entity:edit", args=[name.pk])
    shown = {"is_published": "on"} if is_published else {}
    client.post(address, {**fields, **shown, "key": "long-beach", "name_en": "Long Beach"})
    assert Entity.objects.get().key == key


def test_a_file_of_names_needs_no_keys() -> None:
    rows = parse_entities("kind,name_en,name_zh\ncity,Long Beach,长滩\n", "names.csv").rows
    load_entities(rows)
    # The same file again means the same name.
    report = load_entities(rows)
    assert (report.created, report.unchanged) == (0, 1)
    assert Entity.objects.get().key == "long-beach"


def test_a_line_with_neither_key_nor_english_name_is_refused() -> None:
    parsed = parse_entities("kind,name_zh\ncity,长滩\n", "names.csv")
    assert [(error.line, error.field) for error in parsed.errors] == [(2, "key")]
