"""Every form of the admin, by every role, sent as a browser without scripts sends it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from lxml import html

from tests.safety.addresses import _walk, admin_requests, routes
from tests.safety.world import World, build_world

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
PEOPLE = ("translator into Chinese", "editor of Alpha", "reviewer", "administrator")
# What these pages do is done by asking for them.
LEAVES = ("wagtailadmin_logout", "wagtailadmin_error_test")


@pytest.fixture
def world() -> World:
    return build_world(lambda world: None)


@pytest.mark.exhaustive
@pytest.mark.parametrize("role", ["translator into Chinese", "administrator"])
def test_the_server_takes_every_form_of_the_dashboard(world: World, role: str) -> None:
    assert sent(world, role, [reverse("wagtailadmin_home")])


@pytest.mark.exhaustive
@pytest.mark.parametrize("role", PEOPLE)
def test_the_server_takes_every_form_of_the_admin(world: World, role: str) -> None:
    assert sent(world, role, dict.fromkeys(addresses(world))) > 20


def addresses(world: World) -> Iterator[str]:
    for route in routes():
        if not route.is_public:
            yield from (asked.path for asked in admin_requests(world, route))
    # Wagtail's own, as far as they name nothing.
    for route in _walk(get_resolver(), "", ()):
        if not route.is_public and not route.parts and route.name not in LEAVES:
            try:
                yield reverse(route.name)
            except NoReverseMatch:
                continue


def sent(world: World, role: str, paths: Any) -> int:
    """How many different forms there are; each is sent once, and what it does is undone."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    user = world.users[role]
    seen, wrong = set(), []
    for path in paths:
        client.force_login(user)
        for action, values in forms(client, path):
            kind = (re.sub(r"\d+", "1", action), *sorted(values))
            if "logout" in action or kind in seen:
                continue
            seen.add(kind)
            with transaction.atomic():
                response = client.post(action, values)
                transaction.set_rollback(True)
            is_refused = response.status_code == 403
            if is_refused or response.status_code >= 500:
                wrong.append(f"{path}: the form to {action} is answered {response.status_code}")
    assert not wrong, "\n".join(wrong)
    return len(seen)


def forms(client: Client, path: str) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Where each form of the page is sent, and what is in it."""
    response = client.get(path)
    is_page = "html" in response.headers.get("Content-Type", "")
    if response.status_code != 200 or not is_page or not response.content.strip():
        return
    root = html.fromstring(response.content)
    for form in root.iter("form"):
        # One of Wagtail's holds what its script asks for elsewhere.
        if form.method != "POST" or form.get("data-w-swap-src-value"):
            continue
        values: dict[str, list[str]] = {}
        for name, value in form.form_values():
            values.setdefault(name, []).append(value)
        for button in form.xpath(".//button[@name and (not(@type) or @type='submit')][1]"):
            values[button.get("name")] = [button.get("value", "")]
        # Fields of blocks are made by Wagtail's scripts: here without any.
        for field in form.xpath(".//*[@data-block]"):
            values[f"{field.get('id')}-count"] = ["0"]
        yield form.get("action") or path, values
