"""The archive has one entry for each audience in the admin's main menu."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.menu import Menu, SubmenuMenuItem, admin_menu

from archive.wagtail_admin import NAMES_MENU, STORIES_MENU, TRANSLATIONS_MENU, AudienceMenuItem
from newsroom.demo.people import ACCOUNTS, make_people

WAGTAILS = {"explorer", "images", "documents", "reports", "settings", "help"}


def test_an_administrator_has_few_entries_of_the_archive(admin_client: Client) -> None:
    request = admin_client.get("/admin/").wsgi_request
    shown = {item.name for item in admin_menu.menu_items_for_request(request)} - WAGTAILS
    assert shown == {"stories", "translations", "names", "notices", "import"}


def test_an_audiences_entry_has_the_sum_of_its_numbers(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = admin_client.get("/admin/").wsgi_request
    (item,) = (one for one in admin_menu.registered_menu_items if one.name == "translations")
    assert isinstance(item, AudienceMenuItem)
    assert "data-archive-count" not in item.render_component(request).attrs
    for one in item.menu.registered_menu_items:
        if one.name in ("all-translations", "readers-reports"):
            monkeypatch.setattr(one, "count_for", lambda user: 120)
    assert item.render_component(request).attrs["data-archive-count"] == "198+"


@pytest.mark.parametrize("hook", [STORIES_MENU, TRANSLATIONS_MENU, NAMES_MENU])
def test_an_entrys_name_is_the_same_in_each_language(hook: str) -> None:
    # Wagtail's viewsets bring their entries with their addresses.
    reverse("wagtailadmin_home")
    named = []
    for language in ("en", "zh-hans"):
        with override(language):
            named.append([one.name for one in Menu(hook).registered_menu_items])
    assert named[0] == named[1]


@pytest.mark.exhaustive
def test_an_account_of_the_demo_can_open_every_entry_that_it_has(db: None) -> None:
    make_people()
    dead = []
    for user in get_user_model().objects.filter(username__in=[one.username for one in ACCOUNTS]):
        client = Client()
        client.force_login(user)
        request = client.get("/admin/").wsgi_request
        entries = admin_menu.menu_items_for_request(request)
        while entries:
            entry = entries.pop()
            if isinstance(entry, SubmenuMenuItem):
                entries += entry.menu.menu_items_for_request(request)
            elif entry.url.startswith("/"):
                page = client.get(entry.url, follow=True)
                # Whoever may not open a page is sent to the first one of the admin.
                if page.status_code != 200 or page.request["PATH_INFO"] == "/admin/":
                    dead.append((user.username, entry.name))
    assert dead == []
