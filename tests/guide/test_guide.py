"""The guides in the admin: in both languages, and reached from the screen one is on."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail import hooks
from wagtail.users.models import UserProfile

from archive.guide.pages import NAMES, guide_page
from archive.guide.screens import GuideScreen, guide_of, screens
from tests.factories import make_article, make_translator

CHINESE = re.compile(r"[一-鿿]")


def headings(name: str, language: str) -> list[str]:
    return re.findall(r'<h[23] id="([^"]+)"', guide_page(name, language).html)


def test_every_guide_is_whole_in_chinese_with_the_same_headings() -> None:
    for name in NAMES:
        english, chinese = guide_page(name, "en"), guide_page(name, "zh-hans")
        assert headings(name, "en") == headings(name, "zh-hans")
        assert not CHINESE.search(english.title)
        assert CHINESE.search(chinese.title)
        texts = re.findall(r"<(?:p|li|h\d)[^>]*>(.+?)</(?:p|li|h\d)>", chinese.html, re.DOTALL)
        assert [one for one in texts if not CHINESE.search(one)] == []
        # Emphasis that ends with a mark of punctuation, and goes on without a space, is none.
        assert "*" not in re.sub(r"<code[^>]*>[^<]*</code>", "", chinese.html)


def test_links_lead_to_guides_in_the_admin() -> None:
    html = guide_page("editor", "zh-hans").html
    assert '<a href="../reviewer/">审核指南</a>' in html
    assert ".md" not in html
    # What the admin doesn't have is no link.
    assert "见名称与往来关系和相关报道" in html


def test_every_screen_leads_to_a_heading_that_is_there() -> None:
    every = screens()
    assert len({begin for begin, _part in every}) == len(every)
    for _begin, part in every:
        name, _sign, heading = part.partition("#")
        assert name in NAMES
        assert not heading or heading in headings(name, "en"), part


def test_the_views_of_the_table_are_there() -> None:
    def names(resolver: Any, prefix: str = "") -> Any:
        for one in resolver.url_patterns:
            space = getattr(one, "namespace", None)
            if hasattr(one, "url_patterns"):
                yield from names(one, f"{prefix}{space}:" if space else prefix)
            elif one.name:
                yield f"{prefix}{one.name}"

    known = set(names(get_resolver()))
    unused = [begin for begin, _part in screens() if not any(k.startswith(begin) for k in known)]
    assert unused == []
    assert guide_of("wagtailimages:edit") == "editor#pictures"
    assert guide_of("of_another_app") == "editor"


def test_an_app_says_which_part_is_about_its_screens() -> None:
    screen = GuideScreen("of_another_app:", "editor#pictures")
    with hooks.register_temporarily("register_archive_guide_screen", lambda: screen):
        assert guide_of("of_another_app:list") == "editor#pictures"


def guide_link(client: Client, path: str) -> str:
    html = client.get(path).content.decode()
    found = re.search(r'"(/admin/guide/[^"]*)"', html)
    assert found
    return str(json.loads(f'"{found[1]}"'))


@pytest.mark.django_db
def test_the_help_menu_leads_to_the_part_about_the_screen(admin_client: Client) -> None:
    story = make_article()
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert guide_link(admin_client, edit) == "/admin/guide/editor/#a-new-story"
    assert guide_link(admin_client, "/admin/images/") == "/admin/guide/editor/#pictures"
    assert guide_link(admin_client, "/admin/import/") == "/admin/guide/import/"


@pytest.mark.django_db
def test_the_guide_is_in_the_interfaces_language(client: Client) -> None:
    user = make_translator()
    client.force_login(user)
    assert "Guide for translators" in client.get("/admin/guide/translator/").content.decode()
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "zh-hans"
    profile.save()
    page = client.get("/admin/guide/editor/").content.decode()
    assert "编辑指南" in page
    assert 'id="the-list-of-stories"' in page
    assert client.get("/admin/guide/nothing/", follow=True).status_code == 404
