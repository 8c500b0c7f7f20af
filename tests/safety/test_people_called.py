"""The admin calls people by their names; what they log in with is for whoever keeps accounts."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from archive.contrib.reprints.models import StoryReuse
from archive.entities.merging.models import Double
from archive.models import JournalEntry, StoryPair
from tests.factories import make_entity
from tests.safety.addresses import admin_requests, routes
from tests.safety.world import World, build_world

LOGIN = "zqlogin"
# Whom a comment may mention, by name or login.
ASKED = {"archive_translation:people"}
TAB = re.compile(r'href="(\?(?:state|show|dismissed)=[^"]*)"')


def deleted(world: World) -> None:
    world.rows["pk of deleted"] = world.pages["deleted"].pk


def decide(world: World) -> None:
    """A row in each list of what people have decided, and what they have done."""
    decided = {"decided_at": timezone.now()}
    StoryPair.objects.update(state="refused", **decided)
    StoryReuse.objects.update(**decided)
    names = sorted((make_entity("a1"), make_entity("a2")), key=lambda each: each.pk)
    Double.objects.create(one=names[0], two=names[1], score=90, dismissed_at=timezone.now())
    for about in (world.rows["translation open"], world.pages["open"]):
        JournalEntry.objects.create(kind="replace", about=about, label="zqlabel")


def fill_in(person: User) -> None:
    """Whatever may name a person names this one."""
    for model in apps.get_models():
        if model._meta.label_lower.startswith("archive"):
            for field in model._meta.concrete_fields:
                if field.related_model is User and field.null:
                    model._base_manager.filter(**{field.name: None}).update(**{field.name: person})


def screens(world: World, client: Client) -> Iterator[tuple[str, str, str]]:
    """Each address in the admin by its name, with what it shows, and the tabs of its list."""
    for route in routes():
        for asked in () if route.is_public else admin_requests(world, route):
            text = client.get(asked.path).getvalue().decode("utf-8", "replace")
            yield route.name, text, asked.path
            for query in sorted(set(TAB.findall(text))):
                path = f"{asked.path.partition('?')[0]}{unescape(query)}"
                yield route.name, client.get(path).getvalue().decode("utf-8", "replace"), path


@pytest.mark.exhaustive
@pytest.mark.django_db
def test_no_screen_names_an_account() -> None:
    world = build_world(deleted)
    decide(world)
    for user in User.objects.all():
        user.username, user.first_name, user.last_name = f"{LOGIN}{user.pk}", "Ann", "Lee"
        user.save()
    boss = User.objects.get(pk=world.users["administrator"].pk)
    fill_in(boss)
    client = Client(raise_request_exception=False)
    client.force_login(boss)
    found = [one for one in screens(world, client) if LOGIN in one[1] and one[0] not in ASKED]
    assert not found, "\n".join(address for _name, _text, address in found)
